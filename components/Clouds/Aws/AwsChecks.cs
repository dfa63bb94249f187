using System.Text;
using System.Text.RegularExpressions;
using Infra.Components.Buckets;
using Infra.Components.Buckets.Aws;
using Infra.Components.Caches;
using Infra.Components.Caches.Aws;
using Infra.Components.Certificates;
using Infra.Components.Checks;
using Infra.Components.Databases;
using Infra.Components.Databases.Aws;
using Infra.Components.LoadBalancers;
using Infra.Components.LoadBalancers.Aws;
using Infra.Components.Networks;
using Infra.Components.Networks.Aws;
using Infra.Components.Placements;
using Infra.Components.Registries;
using Infra.Components.Registries.Aws;
using Infra.Components.Relays;
using Infra.Components.Runtimes.Aws;
using Infra.Components.Services;
using Infra.Components.Services.Aws;
using Infra.Components.Systems;

namespace Infra.Components.Clouds.Aws;

/// <summary>What AWS refuses and no provider checks: found here, it costs a second; found by AWS, minutes into an update.</summary>
internal sealed partial class AwsChecks(Blueprint blueprint, Findings findings)
{
    // AWS documentation: a task definition has 64 KiB at most; the rest of the definition needs some of it.
    private const int MostEnvironmentBytes = 48 * 1024;

    // AWS documentation: an ECS service uses five target groups at most.
    private const int MostLoadBalancers = 5;

    // AWS documentation: a Network Load Balancer has 50 listeners at most.
    private const int MostRelayTargets = 50;

    // AWS documentation, Amazon VPC quotas: a security group has 60 rules for each direction, raised on request.
    private const int GrantedRules = 60;

    // The other clouds' addresses need ten of the rules at most.
    private const int MostRelayBlocks = 50;

    // AWS documentation, Amazon VPC quotas: Elastic IP addresses per region, raised on request.
    private const int GrantedElasticAddresses = 5;

    // AWS documentation, AWS Certificate Manager: CAA record troubleshooting.
    private static readonly string[] CertificateAuthorities = ["amazon.com", "amazontrust.com", "awstrust.com", "amazonaws.com"];

    /// <summary>Reports everything.</summary>
    public void Run()
    {
        CheckAccount();
        CheckNetwork();
        foreach (var component in blueprint.On<Component>(Cloud.Aws))
        {
            CheckName(component);
            blueprint.CheckTogether(component, findings);
        }

        CheckSecurityGroups();
        CheckRelay();
        foreach (var certificate in blueprint.On<Certificate>(Cloud.Aws)) Check(certificate, GuardOf(certificate, "certificate"));
        foreach (var bucket in blueprint.On<Bucket>(Cloud.Aws)) Check(bucket, GuardOf(bucket, "bucket"));
        foreach (var database in blueprint.On<ManagedDatabase>(Cloud.Aws)) Check(database, GuardOf(database, "managed-database"));
        foreach (var cache in blueprint.On<Cache>(Cloud.Aws)) Check(cache, GuardOf(cache, "cache"));
        foreach (var balancer in blueprint.On<LoadBalancer>(Cloud.Aws)) Check(balancer, GuardOf(balancer, "load-balancer"));
        foreach (var consumer in blueprint.On<Consumer>(Cloud.Aws)) Check(consumer, GuardOf(consumer, "container"));
    }

    private Guard GuardOf(Component component, string kind) => new(findings, component.Name, "aws-" + kind);

    // What the model does not hold, and what is not placed at all, is reported elsewhere.
    private bool IsElsewhere(Component component) =>
        blueprint.Model.Components.Contains(component) && !BlueprintDrawing.IsFoundation(component.Kind) && blueprint.CloudOf(component) != Cloud.Aws;

    private void CheckAccount()
    {
        var settings = blueprint.Settings;
        if (settings.Accounts.Aws is not { } account)
        {
            if (!settings.Hypothetical)
                findings.Error("aws-account", null, "infra:accounts.aws is missing; allowed: the account's 12 digits, because the provider must refuse every other account. Set infra:accounts.aws.accountId.");
        }
        else
        {
            if (!AccountId().IsMatch(account.AccountId))
                findings.Error("aws-account", null, $"infra:accounts.aws.accountId is '{account.AccountId}'; allowed: 12 digits. Correct it.");
            if (account.RoleArn is { } role && !RoleArn().IsMatch(role))
                findings.Error("aws-account", null, $"infra:accounts.aws.roleArn is '{role}'; allowed: an ARN such as arn:aws:iam::{account.AccountId}:role/deploy. Correct it.");
        }

        if (!TagValue().IsMatch(settings.Owner))
            findings.Error("aws-tag", null, $"infra:owner is '{settings.Owner}'; allowed in a tag on AWS: 1 to 256 letters, digits, spaces and + - = . _ : / @. Change it.");
    }

    private void CheckNetwork()
    {
        var region = blueprint.RegionOn(Cloud.Aws);
        var zones = AwsRegions.Zones(region);
        if (region.Length > 0 && zones.Count == 0)
            findings.Error("aws-region", null, $"The region is '{region}', whose availability zones are not listed; allowed: {string.Join(", ", AwsRegions.All)}. Change infra:location or infra:regions.aws.");
        if (blueprint.Model.Find<PrivateNetwork>() is not { } network) return;

        var guard = GuardOf(network, "private-network");
        if (zones.Count > 0) guard.InRange(nameof(PrivateNetworkArgs.Zones), network.Args.Zones, 2, zones.Count, $"zones in {region}");
        foreach (var service in network.Args.Tweak<AwsNetworkTweak>()?.InterfaceEndpoints ?? [])
            guard.Matches("AwsNetworkTweak.InterfaceEndpoints", service, EndpointService(), "services as endpoints name them, such as sqs or ecr.api");
        if (network.Args.Egress != Egress.None) return;

        foreach (var consumer in blueprint.On<Consumer>(Cloud.Aws))
        {
            if (blueprint.Settings.Images.TryGetValue(consumer.Name, out var image) && AwsImage.IsPublic(image))
                guard.Refuse(nameof(PrivateNetworkArgs.Egress), $"none, but '{consumer.Name}' has the image '{image}'", "images in Amazon ECR, or a way out", "Push the image to Amazon ECR, or set Egress to shared");
            foreach (var link in consumer.Links.Where(link => IsElsewhere(link.Target)))
                guard.Refuse(nameof(PrivateNetworkArgs.Egress), $"none, but '{consumer.Name}' uses '{link.Target.Name}' on another cloud", "shared, per-zone", "Set Egress to shared");
        }

        foreach (var database in blueprint.On<ManagedDatabase>(Cloud.Aws).Where(database => blueprint.LinksTo(database).Any()))
        {
            if (AwsImage.IsPublic(AwsManagedDatabase.ClientImage(database.Args)))
                guard.Refuse(nameof(PrivateNetworkArgs.Egress), $"none, but logins of '{database.Name}' are set up by an image of a public registry", "an image in Amazon ECR, or a way out", "Copy the image and name it in AwsDatabaseTweak.ClientImage, or set Egress to shared");
        }
    }

    // Every consumer, and every load balancer's service, takes a rule.
    private void CheckSecurityGroups()
    {
        foreach (var links in blueprint.Model.Links.Where(link => link.Target is not Bucket && !IsElsewhere(link.Target) && !IsElsewhere(link.Consumer)).GroupBy(link => link.Target))
            Warn(links.Key, links.Count(), "consumers");
        foreach (var balancer in blueprint.On<LoadBalancer>(Cloud.Aws))
            Warn(balancer, balancer.Args.Routes.Select(route => route.Service).Distinct().Count(), "services");

        void Warn(Component component, int count, string what)
        {
            if (count > GrantedRules)
                GuardOf(component, "security-group").Warn("Rules", $"'{component.Name}' has {count} {what}, each of which needs a rule of its security group, and AWS grants {GrantedRules} to an account that has not asked for more. Raise the quota 'Inbound or outbound rules per security group' before deploying.");
        }
    }

    private void CheckRelay()
    {
        var links = blueprint.ForeignLinksTo(Cloud.Aws).Where(link => RelayPorts.IsRelayed(link.Target)).ToList();
        if (links.Count == 0 || blueprint.Model.Find<PrivateNetwork>() is not { } network) return;

        var guard = GuardOf(network, "relay");
        if (network.Args.Egress == Egress.None)
        {
            guard.Refuse(
                nameof(PrivateNetworkArgs.Egress),
                $"none, but '{links[0].Consumer.Name}' on {blueprint.CloudOf(links[0].Consumer).Name()} uses '{links[0].Target.Name}' through a relay, whose image is in a public registry",
                "shared, per-zone",
                "Set Egress to shared");
        }

        var targets = links.Select(link => link.Target).Distinct().ToList();
        if (targets.Count > MostRelayTargets)
            findings.Error("aws-relay-targets", targets[MostRelayTargets].Name, $"{targets.Count} components are used from other clouds; allowed: {MostRelayTargets} at most, because a Network Load Balancer has no more listeners. Place components and their consumers on one cloud.");

        var blocks = blueprint.Settings.Accounts.Kubernetes?.EgressAddresses.Distinct().Count() ?? 0;
        if (blocks > MostRelayBlocks && links.Find(link => blueprint.CloudOf(link.Consumer) == Cloud.Kubernetes) is { } link)
            findings.Error("aws-relay-addresses", link.Consumer.Name, $"infra:accounts.kubernetes.egressAddresses lists {blocks} blocks, from which it uses '{link.Target.Name}' on aws; allowed: {MostRelayBlocks} at most, because each is a rule of the relay's security group. List fewer and larger blocks, or place '{link.Target.Name}' on kubernetes.");

        CheckElasticAddresses(network, guard);
    }

    private void CheckElasticAddresses(PrivateNetwork network, Guard guard)
    {
        var zones = network.Args.Zones;
        var gateways = network.Args.Egress switch { Egress.None => 0, Egress.Shared => 1, _ => zones };
        var entrances = blueprint.Profile.HighAvailability ? zones : 1;
        if (gateways + entrances > GrantedElasticAddresses)
        {
            guard.Warn(
                "ElasticAddresses",
                $"The network's gateways need {gateways} Elastic IP addresses and the relay {entrances}, and AWS grants {GrantedElasticAddresses} per region to an account that has not asked for more. Raise the quota 'EC2-VPC Elastic IPs' to {gateways + entrances} at least before deploying, set Zones to 2, or set Egress to shared.");
        }
    }

    // Names that AWS keeps for itself: security groups, internal load balancers, buckets of other services.
    private void CheckName(Component component)
    {
        var reserved = new List<string> { "sg-" };
        if (component is LoadBalancer) reserved.Add("internal-");
        if (component is Bucket) reserved.Add("sthree-");
        foreach (var prefix in reserved.Where(prefix => component.Name.StartsWith(prefix, StringComparison.Ordinal)))
            findings.Error("aws-name", component.Name, $"The name '{component.Name}' starts with '{prefix}', which AWS keeps for itself; allowed: other names. Rename it.");
    }

    private static void Check(Bucket bucket, Guard guard)
    {
        if (bucket.Args.Tweak<AwsBucketTweak>()?.KmsKeyArn is { } key)
            guard.Matches("AwsBucketTweak.KmsKeyArn", key, KeyArn(), "the ARN of a key, such as arn:aws:kms:eu-west-3:123456789012:key/…");
        foreach (var rule in bucket.Args.Lifecycle)
            guard.Require(rule.Prefix.Length <= 240, "Lifecycle.Prefix", $"{rule.Prefix.Length} characters", "240 characters at most: the rule's identifier on S3 holds it");
    }

    private void Check(Certificate certificate, Guard guard)
    {
        IssuancePolicy.Check(guard, certificate, blueprint.Model, CertificateAuthorities);
        CertificateProof.Check(guard, certificate, blueprint.On<Certificate>(Cloud.Aws));
    }

    private void Check(ManagedDatabase database, Guard guard)
    {
        var args = database.Args;
        var tweak = args.Tweak<AwsDatabaseTweak>() ?? new();
        guard.Require(
            tweak.ExtendedSupport || AwsDatabaseProducts.HasStandardSupport(args.Engine, args.Version),
            nameof(ManagedDatabaseArgs.Version),
            $"{args.Version}, whose standard support by Amazon RDS has ended",
            string.Join(", ", ManagedDatabaseArgs.Versions(args.Engine).Where(version => AwsDatabaseProducts.HasStandardSupport(args.Engine, version))),
            "Raise Version, or pay for AwsDatabaseTweak.ExtendedSupport");
        guard.Require(
            args.StorageLimitGiB == args.StorageGiB || args.StorageLimitGiB * 10 >= args.StorageGiB * 11,
            nameof(ManagedDatabaseArgs.MaximumStorageGiB),
            args.StorageLimitGiB,
            $"StorageGiB, which turns growth off, or at least a tenth more: {((args.StorageGiB * 11) + 9) / 10}");
        if (tweak.InstanceClass is { } instance)
            guard.Matches("AwsDatabaseTweak.InstanceClass", instance, InstanceClass(), "an instance class such as db.r7g.4xlarge");
        if (tweak.Iops is { } iops)
        {
            guard.InRange("AwsDatabaseTweak.Iops", iops, 12000, 64000);
            guard.Require(args.StorageGiB >= 400, "AwsDatabaseTweak.Iops", $"{iops} on {args.StorageGiB} GiB", "volumes of 400 GiB and more", "Raise StorageGiB or remove Iops");
        }

        var days = tweak.QueryInsightsDays;
        guard.Require(days is 7 or 731 || (days % 31 == 0 && days is >= 31 and <= 713), "AwsDatabaseTweak.QueryInsightsDays", days, "7, 731, or a multiple of 31 up to 713");
        guard.Require(
            tweak.CertificateAuthority.Length == 0 || tweak.CertificateAuthority.Contains("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal),
            "AwsDatabaseTweak.CertificateAuthority",
            "a text without certificates",
            "certificates as PEM");
        if (tweak.CertificateAuthority.Length == 0 && blueprint.Profile.IsProduction && blueprint.LinksTo(database).Any())
        {
            guard.Warn(
                "AwsDatabaseTweak.CertificateAuthority",
                $"Clients of '{database.Name}' encrypt but do not verify the server, because Amazon RDS has a private certificate authority. Hand over the region's bundle in AwsDatabaseTweak.CertificateAuthority.");
        }
    }

    private static void Check(Cache cache, Guard guard)
    {
        if (cache.Args.Tweak<AwsCacheTweak>()?.NodeType is { } node)
            guard.Matches("AwsCacheTweak.NodeType", node, NodeType(), "a node type such as cache.r7g.8xlarge");
    }

    private static void Check(LoadBalancer balancer, Guard guard)
    {
        var tweak = balancer.Args.Tweak<AwsLoadBalancerTweak>() ?? new();
        guard.Matches("AwsLoadBalancerTweak.TlsPolicy", tweak.TlsPolicy, TlsPolicy(), "the name of a policy such as ELBSecurityPolicy-TLS13-1-2-2021-06");
        if (tweak.AccessLogDays is { } days) guard.InRange("AwsLoadBalancerTweak.AccessLogDays", days, 0, 3650, "days");
        foreach (var route in balancer.Args.Routes)
        {
            guard.Require(RulePriorities.Depth(route.Path) <= RulePriorities.DeepestPath, "Routes.Path", route.Path, $"paths of {RulePriorities.DeepestPath} segments at most");
            // AWS documentation: a path pattern has 128 characters at most; ours adds two.
            guard.Require(route.Path.Length <= 126, "Routes.Path", $"{route.Path.Length} characters", "126 characters at most");
            guard.Require(route.Host.Length <= 128, "Routes.Host", $"{route.Host.Length} characters", "128 characters at most");
        }
    }

    private void Check(Consumer consumer, Guard guard)
    {
        if (blueprint.Settings.Images.TryGetValue(consumer.Name, out var image) && !ImageName.HasRegistry(image) && blueprint.Model.Find<ContainerRegistry>() is not null)
        {
            guard.OneOf($"infra:images.{consumer.Name} (its repository)", AwsImage.RepositoryOf(image), blueprint.On<Consumer>(Cloud.Aws).Select(other => other.Name));
        }

        var bytes = consumer.Container.Environment.Sum(entry => Encoding.UTF8.GetByteCount(entry.Key) + Encoding.UTF8.GetByteCount(entry.Value));
        guard.Require(bytes <= MostEnvironmentBytes, nameof(ContainerArgs.Environment), $"{bytes} bytes", $"{MostEnvironmentBytes} bytes at most", "Move what is large into the image or a bucket");

        if (consumer is ContainerService service)
        {
            var balancers = blueprint.On<LoadBalancer>(Cloud.Aws).Count(balancer => balancer.Args.Routes.Any(route => route.Service == service));
            guard.Require(balancers <= MostLoadBalancers, "Routes", $"routes of {balancers} load balancers", $"routes of {MostLoadBalancers} load balancers at most", "Merge load balancers");
        }

        if (consumer.Container.Tweak<AwsServiceTweak>() is not { } tweak) return;
        if (tweak.DiskGiB is { } disk) guard.InRange("AwsServiceTweak.DiskGiB", disk, 21, 200, "GiB");
        guard.Require(
            tweak.CpuUnits is null == tweak.MemoryMiB is null,
            "AwsServiceTweak.CpuUnits",
            tweak.CpuUnits is null ? "nothing, but MemoryMiB is given" : $"{tweak.CpuUnits}, but MemoryMiB is not given",
            "both or none");
        if (tweak is not { CpuUnits: { } cpu, MemoryMiB: { } memory }) return;
        guard.OneOf("AwsServiceTweak.CpuUnits", cpu, FargateSize.CpuUnitsOffered);
        if (FargateSize.MemoryFor(cpu) is { Count: > 0 } offered) guard.OneOf("AwsServiceTweak.MemoryMiB", memory, offered);
    }

    [GeneratedRegex(@"^\d{12}$")]
    private static partial Regex AccountId();

    [GeneratedRegex(@"^arn:aws:iam::\d{12}:role/[\w+=,.@/-]+$")]
    private static partial Regex RoleArn();

    [GeneratedRegex(@"^[\p{L}\p{Zs}\p{Nd}_.:/=+\-@]{1,256}$")]
    private static partial Regex TagValue();

    [GeneratedRegex(@"^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*$")]
    private static partial Regex EndpointService();

    [GeneratedRegex(@"^arn:aws:kms:[a-z0-9-]+:\d{12}:key/[A-Za-z0-9-]+$")]
    private static partial Regex KeyArn();

    [GeneratedRegex(@"^db\.[a-z0-9-]+\.[a-z0-9-]+$")]
    private static partial Regex InstanceClass();

    [GeneratedRegex(@"^cache\.[a-z0-9-]+\.[a-z0-9]+$")]
    private static partial Regex NodeType();

    [GeneratedRegex(@"^ELBSecurityPolicy-[A-Za-z0-9-]+$")]
    private static partial Regex TlsPolicy();
}
