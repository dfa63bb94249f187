using Infra.Components.Buckets.Scaleway;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Clouds.Scaleway;
using Infra.Components.LoadBalancers;
using Edge = Pulumiverse.Scaleway.Edgeservices;
using EdgeInputs = Pulumiverse.Scaleway.Edgeservices.Inputs;
using Storage = Pulumiverse.Scaleway.Object;
using StorageInputs = Pulumiverse.Scaleway.Object.Inputs;

namespace Infra.Components.ContentDelivery.Scaleway;

/// <summary>
/// A pipeline of Scaleway Edge Services: a name, its certificate, a cache and a bucket, each of which refers to the next one. It reads
/// private objects by the bucket's website, and by nothing else (Scaleway documentation: pipelines for buckets).
/// </summary>
internal sealed class ScalewayCdn : PlacedCdn<KubernetesGrantee>
{
    // A website has a document at its root, whether or not it is there.
    private const string UsualDocument = "index.html";

    /// <summary>Builds the pipeline.</summary>
    public ScalewayCdn(Cdn cdn, ScalewayEdgePlan? plan, ScalewayContext context)
        : base(context.Place(cdn), cdn.Args)
    {
        var bucket = context.Of<ScalewayBucket>(Args.Origin.Bucket!);
        var documents = new Storage.BucketWebsiteConfigurationArgs
        {
            Bucket = bucket.BucketName,
            Region = context.Region,
            IndexDocument = new StorageInputs.BucketWebsiteConfigurationIndexDocumentArgs
            {
                Suffix = Args.DefaultDocument.Length > 0 ? Args.DefaultDocument : UsualDocument,
            },
        };
        if (Args.FallbackDocument.Length > 0)
            documents.ErrorDocument = new StorageInputs.BucketWebsiteConfigurationErrorDocumentArgs { Key = Args.FallbackDocument };
        var website = new Storage.BucketWebsiteConfiguration($"{Name}-website", documents, Child());
        var pipeline = new Edge.Pipeline(
            Name,
            new() { ProjectId = context.ProjectId, Description = $"{Name} of {context.Stack}" },
            Child(protect: context.Protect, dependsOn: plan is null ? null : [plan.Active]));
        var origin = new Edge.BackendStage(
            $"{Name}-origin",
            new()
            {
                PipelineId = pipeline.Id,
                ProjectId = context.ProjectId,
                S3BackendConfig = new EdgeInputs.BackendStageS3BackendConfigArgs
                {
                    BucketName = bucket.BucketName,
                    BucketRegion = context.Region,
                    IsWebsite = true,
                },
            },
            Child(dependsOn: [website]));
        var cache = new Edge.CacheStage(
            $"{Name}-cache",
            new()
            {
                PipelineId = pipeline.Id,
                ProjectId = context.ProjectId,
                BackendStageId = origin.Id,
                FallbackTtl = Args.TtlSeconds,
            },
            Child());
        var names = new Edge.DnsStageArgs { PipelineId = pipeline.Id, ProjectId = context.ProjectId };
        if (Args.FullHost is { } host)
        {
            // Let's Encrypt issues it once the name leads here.
            var certificate = new Edge.TlsStage(
                $"{Name}-certificate",
                new()
                {
                    PipelineId = pipeline.Id,
                    ProjectId = context.ProjectId,
                    CacheStageId = cache.Id,
                    ManagedCertificate = true,
                },
                Child());
            names.Fqdns = [host];
            names.TlsStageId = certificate.Id;
        }
        else
        {
            names.CacheStageId = cache.Id;
        }

        var name = new Edge.DnsStage($"{Name}-name", names, Child());
        _ = new Edge.HeadStage($"{Name}-head", new() { PipelineId = pipeline.Id, HeadStageId = name.Id }, Child());
        Complete(name.DefaultFqdn, AddressKind.HostName);
    }
}
