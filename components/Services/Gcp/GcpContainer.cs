using Infra.Components.Buckets.Gcp;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Identities.Gcp;
using Infra.Components.Networks.Gcp;
using Infra.Components.Registries.Gcp;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Services.Gcp;

/// <summary>A container beside that of a service.</summary>
/// <param name="Declared">What was asked for.</param>
/// <param name="Image">The image's full reference.</param>
/// <param name="Equipment">What it is given.</param>
internal sealed record GcpSidecar(Sidecar Declared, Output<string> Image, GcpEquipment Equipment)
{
    /// <summary>How it is asked whether it is well; null where nobody asks, as no program does on Cloud Run.</summary>
    public GcpProbes? Probes => Declared is { HealthCheck: { } check, CheckedPort: { } port } ? new(check, port) : null;
}

/// <summary>The container of a service or job, with its links wired.</summary>
/// <param name="Identity">What the service or job is to Google Cloud.</param>
/// <param name="Image">The image's full reference.</param>
/// <param name="Variables">The environment.</param>
/// <param name="Directories">The directories that are mounted.</param>
/// <param name="Sidecars">What runs beside it.</param>
/// <param name="Grants">What must exist before it starts.</param>
internal sealed record GcpContainer(
    GcpServiceIdentity Identity,
    Output<string> Image,
    IReadOnlyList<GcpVariable> Variables,
    IReadOnlyList<GcpDirectory> Directories,
    IReadOnlyList<GcpSidecar> Sidecars,
    IReadOnlyList<Resource> Grants)
{
    /// <summary>The bucket of which it finds an object as a file; null for none.</summary>
    public Output<string>? Bucket { get; init; }

    /// <summary>The directories that are mounted into it and its sidecars.</summary>
    public IEnumerable<GcpDirectory> AllDirectories => Directories.Concat(Sidecars.SelectMany(sidecar => sidecar.Equipment.Directories));

    /// <summary>What a Cloud Run job of it runs.</summary>
    /// <param name="args">Its arguments.</param>
    /// <param name="timeout">How long one attempt may take.</param>
    /// <param name="retries">How often a failed attempt is repeated.</param>
    /// <param name="network">The network.</param>
    /// <param name="labels">The labels.</param>
    public GcpJobRun Run(
        ContainerArgs args,
        TimeSpan timeout,
        int retries,
        GcpPrivateNetwork network,
        IReadOnlyDictionary<string, string> labels) => new()
        {
            Image = Image,
            EntryPoint = args.EntryPoint,
            Arguments = args.Command,
            Variables = Variables,
            Directories = Directories,
            Bucket = Bucket,
            Size = args.Size,
            MemoryMiB = args.MemoryMiB,
            Account = Identity.Email,
            Network = network,
            NetworkTag = Identity.NetworkTag,
            Timeout = timeout,
            Retries = retries,
            Labels = labels,
        };

    /// <summary>Wires a consumer; the grants become children of its component.</summary>
    /// <param name="consumer">The service or job.</param>
    /// <param name="holder">Its component.</param>
    /// <param name="context">What every component needs.</param>
    public static GcpContainer Wire(Consumer consumer, ComponentResource holder, GcpContext context)
    {
        var identity = context.Of<GcpServiceIdentity>(consumer);
        var grantee = identity.GranteeOf(holder);
        context.Connect(consumer, grantee);

        // Every plan has images, also for a cloud that the stack file does not name: the checks demand one per consumer.
        var settings = context.Blueprint.Settings;
        return new(
            identity,
            Reference(settings.Images[consumer.Name]),
            [.. grantee.Equipment.Variables.Where(variable => !IsSetByCloudRun(variable.Name))],
            grantee.Equipment.Directories,
            [
                // It starts first: whatever runs beside the container may call, too.
                .. grantee.Forwards.Count == 0 ? Enumerable.Empty<GcpSidecar>() : [GcpGrpcProxy.Of(grantee.Forwards)],
                .. consumer.Container.Sidecars.Select(sidecar => new GcpSidecar(
                    sidecar,
                    Reference(settings.ImageOf(consumer, sidecar.Name)),
                    grantee.EquipmentOf(sidecar.Name))),
            ],
            grantee.Grants)
        {
            Bucket = consumer.Container.Fetched is { } fetched ? context.Of<GcpBucket>(fetched.Bucket).BucketName : null,
        };

        Output<string> Reference(string image) =>
            GcpImages.Reference(image, settings, context.Find<GcpContainerRegistry>(), context.Get<GcpRuntime>().Mirrors);

        // It says to a service itself on which port it listens, and takes the variable of nobody else.
        bool IsSetByCloudRun(string variable) =>
            variable == ContainerServiceArgs.PortVariable && consumer is ContainerService { Args.IsHttp: true };
    }
}
