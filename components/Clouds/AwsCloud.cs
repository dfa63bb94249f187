using Infra.Components.Buckets.Aws;
using Infra.Components.Caches.Aws;
using Infra.Components.Checks;
using Infra.Components.Clouds.Aws;
using Infra.Components.Databases.Aws;
using Infra.Components.LoadBalancers.Aws;
using Infra.Components.Networks.Aws;
using Infra.Components.Placements;
using Infra.Components.Services.Aws;
using Infra.Components.Systems;

namespace Infra.Components.Clouds;

/// <summary>Amazon Web Services.</summary>
internal sealed class AwsCloud : ICloud
{
    /// <summary>What it offers.</summary>
    public static IReadOnlyDictionary<ComponentKind, Offer> Table { get; } = new Dictionary<ComponentKind, Offer>
    {
        [ComponentKind.PrivateNetwork] = new(Backing.Native, "Amazon VPC"),
        [ComponentKind.ContainerRegistry] = new(Backing.Native, "Amazon ECR", "A repository per service and job, named after stack and component."),
        [ComponentKind.Runtime] = new(Backing.Native, "Amazon ECS on Fargate"),
        [ComponentKind.ServiceIdentity] = new(Backing.Native, "AWS IAM role"),
        [ComponentKind.ClusterAddon] = new(Backing.None, "containers run on Amazon ECS, which needs no cluster-wide add-on", "Remove the add-on."),
        [ComponentKind.Relay] = new(
            Backing.Native,
            "AWS Network Load Balancer, HAProxy on Amazon ECS",
            "Outside production in one availability zone. At most 50 targets; buckets need only a key of an IAM user."),
        [ComponentKind.DnsZone] = new(Backing.Native, "Amazon Route 53"),
        [ComponentKind.Certificate] = new(Backing.Native, "AWS Certificate Manager", "Its zone must stand on AWS too."),
        [ComponentKind.Bucket] = new(Backing.Native, "Amazon S3", "Consumers on AWS need no keys: their role gives access."),
        [ComponentKind.ManagedDatabase] = new(
            Backing.Native,
            "Amazon RDS",
            "Clients verify the server only where AwsDatabaseTweak.CertificateAuthority hands over the region's certificates; elsewhere TLS encrypts without verifying."),
        [ComponentKind.Cache] = new(Backing.Native, "Amazon ElastiCache for Valkey"),
        [ComponentKind.LoadBalancer] = new(Backing.Native, "AWS Application Load Balancer", "Its address is a host name, its certificate's zone must stand on AWS."),
        [ComponentKind.ContainerService] = new(Backing.Native, "Amazon ECS on Fargate"),
        [ComponentKind.Job] = new(Backing.Native, "Amazon ECS on Fargate, run by AWS Lambda"),
        [ComponentKind.DnsRecord] = new(Backing.Native, "Amazon Route 53"),
    };

    /// <inheritdoc/>
    public Cloud Cloud => Cloud.Aws;

    /// <inheritdoc/>
    public IReadOnlyDictionary<ComponentKind, Offer> Offers => Table;

    /// <inheritdoc/>
    public IReadOnlyDictionary<Type, IReadOnlyList<ComponentKind>> Tweaks { get; } = new Dictionary<Type, IReadOnlyList<ComponentKind>>
    {
        [typeof(AwsBucketTweak)] = [ComponentKind.Bucket],
        [typeof(AwsCacheTweak)] = [ComponentKind.Cache],
        [typeof(AwsDatabaseTweak)] = [ComponentKind.ManagedDatabase],
        [typeof(AwsLoadBalancerTweak)] = [ComponentKind.LoadBalancer],
        [typeof(AwsNetworkTweak)] = [ComponentKind.PrivateNetwork],
        [typeof(AwsServiceTweak)] = [ComponentKind.ContainerService, ComponentKind.Job],
    };

    /// <inheritdoc/>
    public void Check(Blueprint blueprint, Findings findings) => new AwsChecks(blueprint, findings).Run();

    /// <inheritdoc/>
    public ICloudBuild Begin(Blueprint blueprint, ValueProviders values) => new AwsBuild(blueprint, values);
}
