using System.Globalization;
using System.Net;
using Infra.Components.Buckets;
using Infra.Components.Buckets.Ovh;
using Infra.Components.Caches;
using Infra.Components.Caches.Ovh;
using Infra.Components.Checks;
using Infra.Components.Databases;
using Infra.Components.Databases.Ovh;
using Infra.Components.Dns;
using Infra.Components.Dns.Kubernetes;
using Infra.Components.LoadBalancers;
using Infra.Components.LoadBalancers.Ovh;
using Infra.Components.Networks;
using Infra.Components.Networks.Ovh;
using Infra.Components.Placements;
using Infra.Components.Registries;
using Infra.Components.Runtimes.Ovh;
using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Components.Clouds.Ovh;

/// <summary>What OVHcloud refuses or does not have, and no provider checks.</summary>
internal sealed class OvhChecks(Blueprint blueprint, Findings findings)
{
    // OVHcloud documentation: known limits of Managed Kubernetes.
    private const int MostBalancerPorts = 10;

    /// <summary>Reports everything.</summary>
    public void Run()
    {
        if (CheckPlace() is not { } region) return;
        CheckNetwork(region);
        CheckRegistry(region);
        if (OvhBuild.HasCluster(blueprint)) CheckNodes(region);

        foreach (var bucket in blueprint.On<Bucket>(Cloud.Ovh)) Check(bucket, region);
        foreach (var database in blueprint.On<ManagedDatabase>(Cloud.Ovh)) Check(database, region);
        foreach (var cache in blueprint.On<Cache>(Cloud.Ovh)) Check(cache, region);
        foreach (var record in blueprint.On<DnsRecord>(Cloud.Ovh)) Check(record);
        foreach (var balancer in blueprint.On<LoadBalancer>(Cloud.Ovh)) Check(balancer);
        foreach (var consumer in blueprint.On<Consumer>(Cloud.Ovh)) Check(consumer);
        CheckRelay();
    }

    private Guard GuardOf(Component component, string kind) => new(findings, component.Name, "ovh-" + kind);

    private OvhRegion? CheckPlace()
    {
        var settings = blueprint.Settings;
        if (settings.Accounts.Ovh is null && !settings.Hypothetical)
            findings.Error("ovh-account", null, "Something stands on ovh, and the stack file does not say in which project. Set infra:accounts.ovh.projectId to the Public Cloud project's 32 hexadecimal digits.");

        var code = blueprint.RegionOn(Cloud.Ovh);
        if (code.Length == 0) return null;
        if (OvhRegions.Find(code) is not { } region)
        {
            findings.Error("ovh-region", null, $"The region is '{code}', whose products are not listed; allowed: {OvhRegions.Where(_ => true)}. Change infra:location or infra:regions.ovh.");
            return null;
        }

        if (settings.Accounts.Ovh is { } account && region.IsAmerican != (account.Endpoint == OvhAccount.UnitedStates))
        {
            findings.Error(
                "ovh-endpoint",
                null,
                $"infra:accounts.ovh.endpoint is {account.Endpoint}, whose accounts cannot use {code}; allowed there: {OvhRegions.Where(other => other.IsAmerican == (account.Endpoint == OvhAccount.UnitedStates))}. Change infra:location, or the account.");
        }

        return region;
    }

    private void CheckNetwork(OvhRegion region)
    {
        if (blueprint.Model.Find<PrivateNetwork>() is not { } network) return;
        var guard = GuardOf(network, "private-network");
        if (network.Args.Tweak<OvhNetworkTweak>() is { } tweak)
        {
            if (tweak.VlanId is { } vlan) guard.InRange("OvhNetworkTweak.VlanId", vlan, 1, 4000);
            if (tweak.GatewayModel is { } model) guard.OneOf("OvhNetworkTweak.GatewayModel", model, OvhNetworkTweak.GatewayModels);
        }

        if (!OvhBuild.HasCluster(blueprint) || !IPNetwork.TryParse(network.Args.Cidr, out var block)) return;

        // OVHcloud documentation: ranges that its clusters use themselves. The networks overlap when either holds the other's first address.
        string[] reserved = region.HasStandardPlan ? ["10.240.0.0/13", "10.3.0.0/16"] : ["10.2.0.0/16", "10.3.0.0/16", "172.17.0.0/16"];
        foreach (var range in reserved.Where(range => IPNetwork.Parse(range) is var used && (used.Contains(block.BaseAddress) || block.Contains(used.BaseAddress))))
        {
            guard.Refuse(
                nameof(PrivateNetworkArgs.Cidr),
                $"{network.Args.Cidr}, which overlaps {range}, a range of OVHcloud's own clusters",
                $"private blocks outside {string.Join(", ", reserved)}, such as 10.20.0.0/16");
        }

        if (!region.IsMultiZone)
        {
            Report(
                blueprint.Notable,
                "ovh-private-network-zones",
                network,
                $"Zones is {network.Args.Zones}, and {region.Code} is a single availability zone: what fails with a data centre fails together. Regions of several zones: {OvhRegions.Where(other => other.IsMultiZone)}.");
        }

        if (network.Args.Egress == Egress.None)
            Report(Severity.Info, "ovh-private-network-egress", network, "Egress is none: containers cannot leave, but the cluster's nodes still do, through the gateway, without which they would not work.");
    }

    private void CheckRegistry(OvhRegion region)
    {
        if (blueprint.Model.Find<ContainerRegistry>() is not { } registry || region.Registry is not null) return;
        var unnamed = blueprint.On<Consumer>(Cloud.Ovh).Where(consumer => blueprint.Settings.Images.TryGetValue(consumer.Name, out var image) && !ImageName.HasRegistry(image)).Select(consumer => consumer.Name).ToList();
        if (unnamed.Count > 0)
        {
            Report(Severity.Error, "ovh-registry-region", registry, $"The images of {string.Join(", ", unnamed)} name no registry, and OVHcloud has none in or near {region.Code}; allowed: {OvhRegions.Where(other => other.Registry is not null)}. Name another registry in infra:images, or change infra:location.");
        }
    }

    private void CheckNodes(OvhRegion region)
    {
        if (blueprint.Model.Find<PrivateNetwork>() is not { } network) return;
        if (blueprint.Settings.Accounts.Ovh is { ApiAddresses.Count: 0 })
            findings.Add(new(blueprint.Notable, "ovh-api-open", null, "The cluster's API answers every address that has credentials. Set infra:accounts.ovh.apiAddresses to those from which the stack is deployed and administered."));

        var guard = GuardOf(network, "runtime");
        var tweak = network.Args.Tweak<OvhRuntimeTweak>() ?? new();
        if (tweak.Flavor is { } flavor) guard.OneOf("OvhRuntimeTweak.Flavor", flavor, OvhNodes.Flavors(region));
        if (tweak.MaximumNodes is { } most) guard.InRange("OvhRuntimeTweak.MaximumNodes", most, 1, region.MostNodes, $"nodes in {region.Code}");

        var nodes = OvhNodes.For(blueprint, region);
        guard.Require(
            nodes.Total <= region.MostNodes,
            "Scaling.Maximum",
            string.Create(CultureInfo.InvariantCulture, $"such that all services together need {nodes.Total} nodes of {nodes.Flavor}"),
            string.Create(CultureInfo.InvariantCulture, $"{region.MostNodes} nodes in {region.Code}"),
            "Lower the services' bounds, or ask for a larger OvhRuntimeTweak.Flavor");
        guard.Require(
            !tweak.AntiAffinity || nodes.Maximum <= OvhNodes.MostApart,
            "OvhRuntimeTweak.AntiAffinity",
            string.Create(CultureInfo.InvariantCulture, $"true, with {nodes.Maximum} nodes in a pool"),
            string.Create(CultureInfo.InvariantCulture, $"{OvhNodes.MostApart} nodes in a pool"),
            "Set AntiAffinity to false, or ask for a larger OvhRuntimeTweak.Flavor");
    }

    private void Check(Bucket bucket, OvhRegion region)
    {
        var guard = GuardOf(bucket, "bucket");
        foreach (var rule in bucket.Args.Lifecycle)
        {
            guard.Require(rule.Prefix.Length <= 240, "Lifecycle.Prefix", $"{rule.Prefix.Length} characters", "240 characters at most: the rule's identifier holds it");
            if (rule is { MoveAfterDays: not null, MoveTo: StorageClass.Archive } && !OvhBucket.HasArchive(region))
                guard.Warn("Lifecycle.MoveTo", $"The rule for '{rule.Prefix}' moves objects to the archive, which {region.Code} does not have: they move to infrequent access. Regions that have it: {OvhRegions.Where(OvhBucket.HasArchive)}.");
        }

        if (bucket.Args.CorsOrigins.Count > 0)
        {
            guard.Warn(
                nameof(BucketArgs.CorsOrigins),
                $"CorsOrigins is {string.Join(", ", bucket.Args.CorsOrigins)}, and OVHcloud's provider cannot set it: browsers may not upload to '{bucket.Name}' directly. Pass uploads through a service, set CORS once with an S3 client, or place '{bucket.Name}' on {Alternatives(ComponentKind.Bucket)}.");
        }
    }

    private void Check(ManagedDatabase database, OvhRegion region)
    {
        var args = database.Args;
        var guard = GuardOf(database, "managed-database");
        if (region.Databases is null)
        {
            guard.Refuse("infra:location", $"{region.Code}, where OVHcloud has no databases", OvhRegions.Where(other => other.Databases is not null), $"Change it, or place '{database.Name}' on {Alternatives(ComponentKind.ManagedDatabase)}");
            return;
        }

        // What no cloud has is refused elsewhere; what only this one lacks, here.
        if (ManagedDatabaseArgs.Versions(args.Engine).Contains(args.Version)) guard.OneOf(nameof(ManagedDatabaseArgs.Version), args.Version, OvhDatabaseProducts.Versions(args.Engine));
        var plans = OvhDatabaseProducts.PlansIn(region).Select(plan => plan.Name).ToList();
        if (args.Tweak<OvhDatabaseTweak>()?.Plan is { } asked && !plans.Contains(asked))
        {
            guard.OneOf("OvhDatabaseTweak.Plan", asked, plans);
            return;
        }

        var plan = OvhDatabaseProducts.PlanOf(args, region);
        var flavors = OvhDatabaseProducts.FlavorsOf(plan);
        if (OvhDatabaseProducts.FlavorOf(args, plan) is not { } flavor)
        {
            if (args.Tweak<OvhDatabaseTweak>()?.Flavor is { } named)
            {
                guard.Refuse("OvhDatabaseTweak.Flavor", named, $"{string.Join(", ", flavors.Select(known => known.Product.Code))} with the plan {plan.Name}");
            }
            else
            {
                guard.InRange(nameof(ManagedDatabaseArgs.StorageGiB), args.StorageGiB, 1, flavors[^1].MostGiB, $"GiB with the plan {plan.Name}");
            }

            return;
        }

        guard.InRange(nameof(ManagedDatabaseArgs.StorageGiB), OvhDatabaseProducts.DiskOf(args, flavor), flavor.LeastGiB, flavor.MostGiB, $"GiB with the flavor {flavor.Product.Code}");
        if (args.BackupDays > plan.BackupDays)
        {
            var best = OvhDatabaseProducts.PlansIn(region).Where(other => other.BackupDays >= args.BackupDays).Select(other => other.Name).ToList();
            var change = best.Count > 0
                ? $"Set OvhDatabaseTweak.Plan to {string.Join(" or ", best)}, or BackupDays to {plan.BackupDays}"
                : $"Set BackupDays to {plan.BackupDays}, or place '{database.Name}' on {Alternatives(ComponentKind.ManagedDatabase)}";
            Report(
                blueprint.Profile.IsProduction ? Severity.Error : Severity.Warning,
                "ovh-managed-database-backup-days",
                database,
                string.Create(CultureInfo.InvariantCulture, $"BackupDays is {args.BackupDays}, and the plan {plan.Name} keeps backups for {plan.BackupDays} days; allowed: at most that. {change}."));
        }

        if (args.MaximumStorageGiB is { } maximum && maximum > args.StorageGiB)
            Report(Severity.Info, "ovh-managed-database-storage", database, $"MaximumStorageGiB is {maximum}, and volumes of OVHcloud do not grow by themselves: raise StorageGiB in time.");
        if (!args.HighAvailability && plan.Nodes > 1)
            Report(Severity.Info, "ovh-managed-database-nodes", database, $"HighAvailability is false, and the plan {plan.Name} has {plan.Nodes} nodes all the same; plans with one: essential, in {OvhRegions.Where(other => other is { IsMultiZone: false, Databases: not null })}.");
        if (args.HighAvailability && plan.Nodes < 2)
            guard.Refuse("OvhDatabaseTweak.Plan", $"{plan.Name}, which has one node, with HighAvailability", string.Join(", ", OvhDatabaseProducts.PlansIn(region).Where(other => other.Nodes > 1).Select(other => other.Name)));
    }

    private void Check(Cache cache, OvhRegion region)
    {
        var args = cache.Args;
        var guard = GuardOf(cache, "cache");
        if (region.Databases is null)
        {
            guard.Refuse("infra:location", $"{region.Code}, where OVHcloud has no caches", OvhRegions.Where(other => other.Databases is not null), $"Change it, or place '{cache.Name}' on {Alternatives(ComponentKind.Cache)}");
            return;
        }

        var plan = OvhCacheProducts.PlanOf(args, region);
        if (OvhCacheProducts.FlavorOf(args, plan) is null)
        {
            var flavors = string.Join(", ", OvhDatabaseProducts.FlavorsOf(plan).Select(flavor => flavor.Product.Code));
            if (args.Tweak<OvhCacheTweak>()?.Flavor is { } named) guard.Refuse("OvhCacheTweak.Flavor", named, $"{flavors} with the plan {plan.Name}");
            else guard.Refuse(nameof(CacheArgs.Size), args.Size, $"sizes that {flavors} hold: up to x-large without HighAvailability", "Lower Size, or set HighAvailability");
        }

        // Whoever has asked for another policy than usual has a reason.
        Report(
            args.Eviction == new CacheArgs().Eviction ? Severity.Info : Severity.Warning,
            "ovh-cache-eviction",
            cache,
            $"Eviction is {args.EvictionPolicy}, and OVHcloud does not let it be chosen: when '{cache.Name}' is full, it does what OVHcloud has set. Give it room enough, or place it on {Alternatives(ComponentKind.Cache)}.");
    }

    private void Check(DnsRecord record)
    {
        var carrying = KubernetesDnsRecord.Carrying(record.Args).ToList();
        if (carrying.Count > 1)
        {
            Report(
                Severity.Error,
                "ovh-dns-record-weight",
                record,
                $"{carrying.Count} targets carry traffic, and OVHcloud's DNS has no weights; allowed: one target above 0. Set the other weights to 0, split the traffic by a load balancer's routes, or place '{record.Args.Zone.Name}' and '{record.Name}' on {Alternatives(ComponentKind.DnsRecord)}.");
        }

        foreach (var balancer in carrying.Select(target => target.LoadBalancer).OfType<LoadBalancer>().Where(balancer => blueprint.CloudOf(balancer) != Cloud.Ovh)) Elsewhere(record, balancer, "points at");
        if (blueprint.CloudOf(record.Args.Zone) != Cloud.Ovh) Elsewhere(record, record.Args.Zone, "lies in");
    }

    private void Check(LoadBalancer balancer)
    {
        if (balancer.Args.Tweak<OvhLoadBalancerTweak>()?.Flavor is { } flavor) GuardOf(balancer, "load-balancer").OneOf("OvhLoadBalancerTweak.Flavor", flavor, OvhLoadBalancerTweak.Flavors);
    }

    private void Check(Consumer consumer)
    {
        if (consumer.Container.Architecture != CpuArchitecture.Arm64) return;
        GuardOf(consumer, "container").Refuse(
            nameof(ContainerArgs.Architecture),
            "arm64, which no node of OVHcloud has",
            "amd64",
            $"Build the image for x86-64 and set Architecture to amd64, or place '{consumer.Name}' on {Alternatives(ComponentKind.ContainerService)}");
    }

    private void CheckRelay()
    {
        var targets = blueprint.ForeignLinksTo(Cloud.Ovh).Select(link => link.Target).Where(target => target is not Bucket).Distinct().ToList();
        if (targets.Count > MostBalancerPorts)
        {
            Report(
                Severity.Error,
                "ovh-relay-ports",
                targets[MostBalancerPorts],
                $"{targets.Count} components are used from other clouds, and a load balancer of OVHcloud opens {MostBalancerPorts} ports; allowed: {MostBalancerPorts} at most. Place components and their consumers on one cloud.");
        }
    }

    private static string Alternatives(ComponentKind kind) => string.Join(", ", CloudIndex.All.Where(other => other.Cloud != Cloud.Ovh && other.Offers[kind].Backing == Backing.Native).Select(other => other.Cloud.Name()));

    private void Elsewhere(Component component, Component other, string verb) => Report(
        Severity.Error,
        "placement-apart",
        component,
        $"It {verb} '{other.Name}', which stands on {blueprint.CloudOf(other).Name()}; allowed: the same cloud, {Cloud.Ovh.Name()}. Place both on one cloud.");

    private void Report(Severity severity, string rule, Component component, string message) => findings.Add(new(severity, rule, component.Name, message));
}
