using System.Globalization;
using System.Text.RegularExpressions;
using Infra.Components.Addons.Scaleway;
using Infra.Components.Buckets;
using Infra.Components.Buckets.Scaleway;
using Infra.Components.Caches;
using Infra.Components.Caches.Scaleway;
using Infra.Components.Checks;
using Infra.Components.Databases;
using Infra.Components.Databases.Scaleway;
using Infra.Components.Dns;
using Infra.Components.Dns.Scaleway;
using Infra.Components.LoadBalancers;
using Infra.Components.LoadBalancers.Scaleway;
using Infra.Components.Networks;
using Infra.Components.Networks.Scaleway;
using Infra.Components.Placements;
using Infra.Components.Registries;
using Infra.Components.Runtimes.Scaleway;
using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Components.Clouds.Scaleway;

/// <summary>What Scaleway refuses and no provider checks, and what it keeps differently: found here, it costs a second; found by Scaleway, minutes into an update.</summary>
internal sealed partial class ScalewayChecks(Blueprint blueprint, Findings findings)
{
    private static readonly string[] GatewayTypes = ["VPC-GW-S", "VPC-GW-M", "VPC-GW-L", "VPC-GW-XL"];
    private static readonly string[] ControlPlanes = ["kapsule", "kapsule-dedicated-4", "kapsule-dedicated-8", "kapsule-dedicated-16"];
    private static readonly string[] VolumeTypes = ["sbs_5k", "sbs_15k"];

    private readonly string _region = blueprint.RegionOn(Cloud.Scaleway);

    /// <summary>Reports everything.</summary>
    public void Run()
    {
        CheckAccount();
        CheckKeys();
        CheckNetwork();
        foreach (var bucket in blueprint.On<Bucket>(Cloud.Scaleway)) Check(bucket);
        foreach (var database in blueprint.On<ManagedDatabase>(Cloud.Scaleway)) Check(database, GuardOf(database, "managed-database"));
        foreach (var cache in blueprint.On<Cache>(Cloud.Scaleway)) Check(cache, GuardOf(cache, "cache"));
        foreach (var zone in blueprint.On<DnsZone>(Cloud.Scaleway)) Check(zone, GuardOf(zone, "dns-zone"));
        foreach (var record in blueprint.On<DnsRecord>(Cloud.Scaleway)) Check(record, GuardOf(record, "dns-record"));
        foreach (var balancer in blueprint.On<LoadBalancer>(Cloud.Scaleway)) Check(balancer, GuardOf(balancer, "load-balancer"));
        if (ScalewayBuild.HasCluster(blueprint)) CheckCluster();
    }

    private Guard GuardOf(Component component, string kind) => new(findings, component.Name, "scaleway-" + kind);

    private void Report(Severity severity, string rule, Component? component, string message) => findings.Add(new(severity, rule, component?.Name, message));

    private void CheckAccount()
    {
        var settings = blueprint.Settings;
        if (settings.Accounts.Scaleway is { } account)
        {
            if (!Identifier().IsMatch(account.ProjectId))
                findings.Error("scaleway-account", null, $"infra:accounts.scaleway.projectId is '{account.ProjectId}'; allowed: the project's identifier, such as 11111111-2222-3333-4444-555555555555. Correct it.");
            if (account.OrganizationId is { } organization && !Identifier().IsMatch(organization))
                findings.Error("scaleway-account", null, $"infra:accounts.scaleway.organizationId is '{organization}'; allowed: the organization's identifier. Correct it.");
        }
        else if (!settings.Hypothetical)
        {
            findings.Error("scaleway-account", null, "infra:accounts.scaleway is missing; allowed: the project to deploy to. Set infra:accounts.scaleway.projectId.");
        }

        if (_region.Length > 0 && ScalewayRegions.Zones(_region).Count == 0)
            findings.Error("scaleway-region", null, $"The region is '{_region}', which lacks products that a stack needs; allowed: {string.Join(", ", ScalewayRegions.All)}. Change infra:location or infra:regions.scaleway.");
    }

    // Who calls Scaleway's API holds a key: users of buckets, a cluster that pulls images, an issuer that writes records.
    private void CheckKeys()
    {
        if (blueprint.Settings.Accounts.Scaleway is not { KeysExpireOn: null }) return;
        var needed = blueprint.On<Bucket>(Cloud.Scaleway).Any(bucket => blueprint.LinksTo(bucket).Any())
            || (blueprint.Model.Find<ContainerRegistry>() is not null && blueprint.On<Consumer>(Cloud.Scaleway).Any())
            || ScalewayBuild.TraitsOf(blueprint).ClusterIssuer == ScalewayDnsIssuer.Issuer;
        if (needed)
            Report(blueprint.Notable, "scaleway-key-expiry", null, "The keys that the stack makes never expire: one that leaks works until someone notices. Set infra:accounts.scaleway.keysExpireOn to a day within a year, and move it on before it comes: the update replaces the keys, and none is deleted before its users have the new one.");
    }

    private void CheckNetwork()
    {
        if (blueprint.Model.Find<PrivateNetwork>() is not { } network) return;
        var guard = GuardOf(network, "private-network");
        var args = network.Args;

        // Kapsule's default block of services, and Docker's of containers, lie inside these.
        guard.Require(args.Cidr is not ("10.32.0.0/16" or "172.17.0.0/16"), nameof(PrivateNetworkArgs.Cidr), args.Cidr, "blocks other than 10.32.0.0/16 and 172.17.0.0/16, which clusters use inside");
        if (args.Tweak<ScalewayNetworkTweak>()?.GatewayType is { } gateway) guard.OneOf("ScalewayNetworkTweak.GatewayType", gateway, GatewayTypes);
        if (args.Egress == Egress.PerZone)
            Report(blueprint.Notable, "scaleway-network-egress", network, "Egress is per-zone, and a private network on Scaleway has one way out: when the gateway's zone fails, nodes lose the internet and their control plane. Set egress: shared to accept that.");
        if (args.FlowLogs) Report(Severity.Info, "scaleway-network-flow-logs", network, "FlowLogs is true, and Scaleway does not log the flows of private networks. Set flowLogs: false to accept that.");
        if (args.Zones > ScalewayRegions.Zones(_region).Count && ScalewayRegions.Zones(_region).Count > 0)
            Report(Severity.Info, "scaleway-network-zones", network, $"Zones is {args.Zones}, and {string.Join(", ", ScalewayRegions.Zones(_region))} have everything that a stack needs: nodes stand in these.");
    }

    private void CheckCluster()
    {
        var network = blueprint.Model.Find<PrivateNetwork>()!;
        var guard = GuardOf(network, "runtime");
        guard.Require(network.Args.Egress != Egress.None, nameof(PrivateNetworkArgs.Egress), "none", "shared, per-zone: nodes without a public address reach their control plane through the gateway", "Set Egress to shared");
        if (blueprint.Settings.Accounts.Scaleway is { ApiAddresses.Count: 0 })
            Report(blueprint.Notable, "scaleway-api-open", null, "The cluster's API answers every address that has credentials. Set infra:accounts.scaleway.apiAddresses to those from which the stack is deployed and administered.");

        var tweak = network.Args.Tweak<ScalewayRuntimeTweak>() ?? new();
        if (tweak.ControlPlane is { } plane) guard.OneOf("ScalewayRuntimeTweak.ControlPlane", plane, ControlPlanes);
        var chosen = tweak.NodeType is { } code ? ScalewayNodes.Find(code) : null;
        if (tweak.NodeType is { } named && (chosen is null || ScalewayNodes.Of(CpuArchitecture.Arm64).Contains(chosen)))
            guard.Refuse("ScalewayRuntimeTweak.NodeType", $"'{named}'", $"{string.Join(", ", ScalewayNodes.Of(CpuArchitecture.Amd64).Select(type => type.Code))}, and types whose names say their size, such as POP2-4C-16G");

        foreach (var architecture in ScalewayRuntime.Architectures(blueprint))
        {
            var consumers = blueprint.On<Consumer>(Cloud.Scaleway).Where(consumer => consumer.Container.Architecture == architecture).ToList();
            var loads = consumers.Select(Load.Of).ToList();
            var largest = architecture == CpuArchitecture.Amd64 && chosen is not null ? chosen : ScalewayNodes.Of(architecture)[^1];
            foreach (var consumer in consumers.Where(consumer => !ScalewayNodes.Fits(largest, Load.Of(consumer))))
                GuardOf(consumer, "container").Refuse(nameof(ContainerArgs.Size), consumer.Container.Size, $"sizes that fit on a node of type {largest.Code} beside what every node runs", "Reduce Size, or name a larger type in ScalewayRuntimeTweak.NodeType");
            var nodes = ScalewayNodes.Nodes(largest, loads);
            var type = architecture == CpuArchitecture.Amd64 && chosen is not null ? chosen : ScalewayNodes.TypeFor(architecture, loads);
            guard.Require(
                type is not null && ScalewayNodes.Nodes(type, loads) <= ScalewayNodes.MostNodes,
                "Scaling",
                $"bounds that add up to {nodes} nodes of type {largest.Code}",
                $"{ScalewayNodes.MostNodes / 2} nodes per architecture at most",
                "Lower Scaling.Maximum of the largest services, or split the stack");
        }
    }

    private void Check(Bucket bucket)
    {
        foreach (var rule in bucket.Args.Lifecycle.Where(rule => rule.MoveAfterDays is not null))
        {
            if (ScalewayBucket.ClassOf(rule.MoveTo, _region) is not { } storage)
                Report(Severity.Warning, "scaleway-bucket-lifecycle", bucket, $"The rule for '{rule.Prefix}' moves objects to {rule.MoveTo} storage, which {_region} lacks: they stay. Remove MoveAfterDays to accept that.");
            else if (storage == "ONEZONE_IA")
                Report(blueprint.Notable, "scaleway-bucket-lifecycle", bucket, $"The rule for '{rule.Prefix}' moves objects to storage in a single zone: Scaleway's class for infrequent access is lost with its zone. Move them to the archive, or remove MoveAfterDays, to keep them in several.");
        }

        Report(Severity.Info, "scaleway-bucket-transport", bucket, "Consumers are given the HTTPS endpoint. Only a bucket policy could refuse plain HTTP, and this one has none: a policy also takes away every access that it does not name.");
        var others = blueprint.On<Bucket>(Cloud.Scaleway).Where(other => other != bucket).Select(other => other.Name).ToList();
        if (others.Count > 0 && bucket.Args.DataClass is DataClass.Confidential or DataClass.Personal && blueprint.LinksTo(bucket).Any())
            Report(blueprint.Notable, "scaleway-bucket-access", bucket, $"Keys open every bucket of the project, and the project also holds {string.Join(", ", others)}: their consumers can open this one. Give '{bucket.Name}' a stack with a project of its own to separate them.");
    }

    private void Check(ManagedDatabase database, Guard guard)
    {
        var args = database.Args;
        var tweak = args.Tweak<ScalewayDatabaseTweak>() ?? new();
        var versions = ScalewayDatabaseProducts.Versions(args.Engine);
        if (ManagedDatabaseArgs.Versions(args.Engine).Contains(args.Version) && !versions.Contains(args.Version))
            guard.Refuse(nameof(ManagedDatabaseArgs.Version), args.Version, string.Join(", ", versions), $"Set infra:components.{database.Name}.version, or place '{database.Name}' on a cloud that has {args.Version}");
        guard.Require(args.StorageGiB <= ScalewayDatabaseProducts.MostStorageGiB, nameof(ManagedDatabaseArgs.StorageGiB), args.StorageGiB, string.Create(CultureInfo.InvariantCulture, $"{ScalewayDatabaseProducts.MostStorageGiB} GiB at most"));
        guard.OneOf("ScalewayDatabaseTweak.VolumeType", tweak.VolumeType, VolumeTypes);
        if (tweak.NodeType is { } node) guard.Matches("ScalewayDatabaseTweak.NodeType", node, DatabaseNode(), "a node type such as DB-POP2-4C-16G");
        guard.Require(args.Database is not "rdb", nameof(ManagedDatabaseArgs.Database), "'rdb'", "names other than rdb, which every instance has from the start");

        Report(blueprint.Notable, "scaleway-database-backup", database, $"Going back to any moment of {args.BackupDays} days is promised, and Scaleway takes snapshots once a day. Accept to lose up to a day, or place '{database.Name}' on a cloud that archives the log.");
        if (args.HighAvailability)
            Report(blueprint.Notable, "scaleway-database-zone", database, "The standby stands in the same zone, on another rack: it takes over when a machine fails, not when the zone does.");
        if (args.MaximumStorageGiB is not null)
            Report(Severity.Info, "scaleway-database-storage", database, $"MaximumStorageGiB is {args.MaximumStorageGiB}, and volumes on Scaleway do not grow by themselves: raise StorageGiB in time.");
        Report(Severity.Info, "scaleway-database-transport", database, "The server also accepts connections without TLS, from the private network only; network policies admit none but its consumers, which are told to verify it.");

        foreach (var twice in blueprint.LinksTo(database).GroupBy(link => link.Consumer).Where(group => group.Count() > 1))
            guard.Refuse("Links", $"{twice.Count()} links from '{twice.Key.Name}'", "one link from a consumer, because its login has one password", "Remove the weaker link");
    }

    private void Check(Cache cache, Guard guard)
    {
        var args = cache.Args;
        if (args.Tweak<ScalewayCacheTweak>()?.NodeType is { } node)
            guard.OneOf("ScalewayCacheTweak.NodeType", node, ScalewayCacheProducts.NodeTypes);
        else
            guard.Require(ScalewayCacheProducts.NodeTypeOf(args.Size) is not null, nameof(CacheArgs.Size), args.Size, string.Join(", ", Enum.GetValues<Size>().Where(size => ScalewayCacheProducts.NodeTypeOf(size) is not null)), $"Reduce Size, or place '{cache.Name}' on a cloud with larger caches");

        if (args.HighAvailability)
            Report(blueprint.Notable, "scaleway-cache-zone", cache, "The standby stands in the same zone: it takes over when a machine fails, not when the zone does.");
        Report(args.DataClass is DataClass.Confidential or DataClass.Personal ? blueprint.Notable : Severity.Info, "scaleway-cache-encryption", cache, $"Its data is {args.DataClass.ToString().ToLowerInvariant()}, and Scaleway does not encrypt the snapshots that Redis writes. Keep such data out of it, or place '{cache.Name}' on a cloud that encrypts.");
        if (blueprint.LinksTo(cache).Select(link => link.Consumer).Distinct().Skip(1).Any() || blueprint.LinksTo(cache).Any(link => link.Intent == Intent.Read))
            Report(Severity.Info, "scaleway-cache-login", cache, $"{string.Join(", ", blueprint.LinksTo(cache).Select(link => link.Consumer.Name).Distinct())} share one login that may read and write: Redis on Scaleway has no other.");
    }

    private static void Check(LoadBalancer balancer, Guard guard)
    {
        if (balancer.Args.Tweak<ScalewayLoadBalancerTweak>()?.Type is { } type) guard.OneOf("ScalewayLoadBalancerTweak.Type", type, ScalewayLoadBalancerTweak.Types);
    }

    private static void Check(DnsZone zone, Guard guard)
    {
        var registered = ScalewayDnsZone.RegisteredDomain(zone.Args);
        guard.Require(
            zone.Args.Domain == registered || zone.Args.Domain.EndsWith("." + registered, StringComparison.Ordinal),
            "ScalewayDnsTweak.RegisteredDomain",
            $"'{registered}'",
            $"'{zone.Args.Domain}' or a domain that it is a part of");
    }

    private void Check(DnsRecord record, Guard guard)
    {
        var args = record.Args;
        blueprint.CheckTogether(record, findings);
        if (args.IsWeighted)
        {
            foreach (var target in args.Targets.Where(target => target.Type is not (null or "A")))
                guard.Refuse("Targets.Type", target.Type, "A, or a load balancer: Scaleway shares traffic between IPv4 addresses only", "Name the addresses, or keep one target");
            return;
        }

        foreach (var target in args.Targets.Where(target => target.Type is not null))
        {
            foreach (var value in target.Values)
            {
                if (target.Type == "MX") guard.Matches("Targets.Values", value, Mail(), "a priority and a host, such as 10 mail.example.org");
                if (target.Type == "SRV") guard.Matches("Targets.Values", value, Service(), "priority, weight, port and host, such as 1 10 5060 sip.example.org");
                if (target.Type == "CAA") guard.Matches("Targets.Values", value, Authority(), "flags, tag and value, such as 0 issue letsencrypt.org");
            }
        }
    }

    [GeneratedRegex("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
    private static partial Regex Identifier();

    [GeneratedRegex("^DB-[A-Z0-9]+(-[A-Z0-9]+){1,3}$")]
    private static partial Regex DatabaseNode();

    [GeneratedRegex(@"^\d{1,5} \S+$")]
    private static partial Regex Mail();

    [GeneratedRegex(@"^\d{1,5} \d{1,5} \d{1,5} \S+$")]
    private static partial Regex Service();

    [GeneratedRegex(@"^\d{1,3} [a-z0-9]+ \S.*$")]
    private static partial Regex Authority();
}
