using System.Globalization;
using Infra.Components.Addons;
using Infra.Components.Buckets;
using Infra.Components.Buckets.Kubernetes;
using Infra.Components.Caches;
using Infra.Components.Certificates;
using Infra.Components.Checks;
using Infra.Components.Databases;
using Infra.Components.Databases.Kubernetes;
using Infra.Components.Dns;
using Infra.Components.Dns.Kubernetes;
using Infra.Components.LoadBalancers;
using Infra.Components.LoadBalancers.Kubernetes;
using Infra.Components.Networks;
using Infra.Components.Placements;
using Infra.Components.Services;
using Infra.Components.Services.Kubernetes;
using Infra.Components.Systems;

namespace Infra.Components.Clouds.Kubernetes;

/// <summary>What components in a cluster cannot keep of the neutral promises, and what they need; the same for every cloud whose cluster it is.</summary>
/// <param name="blueprint">The blueprint.</param>
/// <param name="cloud">The cloud on which the components stand.</param>
/// <param name="traits">What the cluster can do.</param>
/// <param name="encrypted">Whether volumes are encrypted at rest.</param>
/// <param name="findings">Where findings go.</param>
internal sealed class ClusterChecks(Blueprint blueprint, Cloud cloud, ClusterTraits traits, bool encrypted, Findings findings)
{
    // Where the stack file says nothing because it is about another cloud, what would be an error is worth a warning.
    private readonly Severity _refused = blueprint.Profile.IsProduction && !blueprint.Settings.Hypothetical ? Severity.Error : Severity.Warning;

    /// <summary>Reports about everything that stands in the cluster.</summary>
    public void Run()
    {
        foreach (var database in blueprint.On<ManagedDatabase>(cloud)) Check(database);
        foreach (var cache in blueprint.On<Cache>(cloud)) Check(cache);
        foreach (var bucket in blueprint.On<Bucket>(cloud)) Check(bucket);
        foreach (var record in blueprint.On<DnsRecord>(cloud)) Check(record);
        RunForServices();
        CheckReferences();
        CheckNetwork();
    }

    /// <summary>Reports about containers and the edge only: for a cloud whose stores, records and network stand beside the cluster.</summary>
    public void RunForServices()
    {
        foreach (var certificate in blueprint.On<Certificate>(cloud)) Check(certificate);
        foreach (var balancer in blueprint.On<LoadBalancer>(cloud)) Check(balancer);
        foreach (var consumer in blueprint.On<Consumer>(cloud)) Check(consumer);
    }

    private void Check(ManagedDatabase database)
    {
        CheckEncryption(database);
        var args = database.Args;
        if (traits.Backups is null)
        {
            Report(_refused, "database-backup", database, $"Backups of {args.BackupDays} days are promised, and nothing says where they go; allowed: an S3-compatible bucket outside the cluster. Set infra:accounts.kubernetes.backups.");
        }
        else if (args.Engine == DatabaseEngine.MySql)
        {
            Report(Severity.Warning, "database-backup", database, $"Backups are daily dumps: going back to any moment of {args.BackupDays} days is not possible, and the bucket's own rules delete old dumps. Use PostgreSQL, or place '{database.Name}' on a cloud with a managed MySQL.");
        }

        if (args.MaximumStorageGiB is not null)
            Report(Severity.Info, "database-storage", database, $"MaximumStorageGiB is {args.MaximumStorageGiB}, and volumes here do not grow by themselves: raise StorageGiB in time.");

        if (args.Engine == DatabaseEngine.MySql)
            Report(Severity.Info, "database-storage", database, "StorageGiB cannot be raised later: MySQL's volumes keep the size that they are created with. Start with what will be needed.");

        if (args.Tweak<KubernetesDatabaseTweak>() is not { } tweak) return;
        var guard = Guard(database, "database");
        if (tweak.Instances is { } instances)
            guard.Require(instances is >= 1 and <= 9 && instances % 2 == 1, "KubernetesDatabaseTweak.Instances", instances, "1, 3, 5, 7 or 9");
        foreach (var parameter in tweak.Parameters)
        {
            guard.Require(
                parameter.Key.Length > 0 && parameter.Key.All(character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '_' or '.') && !parameter.Value.Contains('\n', StringComparison.Ordinal),
                "KubernetesDatabaseTweak.Parameters",
                $"'{parameter.Key}'",
                "names of lower-case letters, digits, underscores and dots, with values of one line");
        }
    }

    private void Check(Cache cache)
    {
        CheckEncryption(cache);
        if (cache.Args.HighAvailability)
        {
            Report(Severity.Warning, "cache-high-availability", cache, $"A replica keeps a second copy here but does not take over by itself: when the primary's node is lost, the cache is back within minutes, on another node of the same zone. Set highAvailability: false to accept that, or place '{cache.Name}' on a cloud with a managed cache.");
        }

        foreach (var shared in blueprint.LinksTo(cache).GroupBy(link => link.Intent).Where(group => group.Select(link => link.Consumer).Distinct().Count() > 1))
        {
            Report(Severity.Info, "cache-login", cache, $"{string.Join(", ", shared.Select(link => link.Consumer.Name).Distinct())} share the login for {shared.Key.ToString().ToLowerInvariant()}: one per consumer would restart the cache whenever a consumer comes or goes.");
        }
    }

    private void Check(Bucket bucket)
    {
        CheckEncryption(bucket);
        foreach (var rule in bucket.Args.Lifecycle.Where(rule => rule.MoveAfterDays is not null))
            Report(Severity.Warning, "bucket-lifecycle", bucket, $"The rule for '{rule.Prefix}' moves objects after {rule.MoveAfterDays} days, and the store has no cheaper class: they stay. Remove MoveAfterDays to accept that.");
        if (bucket.Args.CorsOrigins.Count > 0)
            Report(Severity.Warning, "bucket-cors", bucket, $"CorsOrigins is {string.Join(", ", bucket.Args.CorsOrigins)}, and browsers cannot reach a store inside the cluster: it is ignored. Pass uploads and downloads through a service, or place '{bucket.Name}' on a cloud with object storage.");
        foreach (var link in blueprint.LinksTo(bucket).Where(link => blueprint.CloudOf(link.Consumer) != cloud))
            Report(Severity.Error, "bucket-foreign", bucket, $"'{link.Consumer.Name}' uses it from {blueprint.CloudOf(link.Consumer).Name()}; allowed: consumers in the cluster, because the store has no public API. Place '{bucket.Name}' or '{link.Consumer.Name}' elsewhere.");
        if (bucket.Args.Tweak<KubernetesBucketTweak>() is not { } tweak) return;
        var guard = Guard(bucket, "bucket");
        guard.InRange("KubernetesBucketTweak.VolumeGiB", tweak.VolumeGiB, 1, 16384, "GiB");
        if (tweak.VolumeServers is { } servers) guard.InRange("KubernetesBucketTweak.VolumeServers", servers, blueprint.Profile.HighAvailability ? 2 : 1, 100, "servers");
    }

    private void Check(Certificate certificate)
    {
        if (traits.ClusterIssuer is not null) return;
        foreach (var domain in certificate.Args.Domains.Where(domain => domain.StartsWith('*')))
            Report(Severity.Error, "certificate-wildcard", certificate, $"'{domain}' cannot be validated over HTTP; allowed: single names. Name every host, or set infra:accounts.{cloud.Name()}.clusterIssuer to one that validates over DNS.");
        if (ClusterBuild.GatewaysOf(blueprint, certificate).Count == 0)
            Report(Severity.Error, "certificate-unused", certificate, $"No load balancer uses it, and it is validated through one; allowed: certificates of load balancers. Use it, remove it, or set infra:accounts.{cloud.Name()}.clusterIssuer to one that validates over DNS.");
        if (!blueprint.Profile.IsProduction)
            Report(Severity.Info, "certificate-staging", certificate, "Outside production it comes from Let's Encrypt's staging service, which browsers distrust: production's limits would be used up by previews.");
    }

    private void Check(LoadBalancer balancer)
    {
        var tweak = balancer.Args.Tweak<KubernetesLoadBalancerTweak>();
        if ((tweak?.GatewayClass ?? traits.GatewayClass) != ClusterContext.EnvoyGatewayClass && balancer.Args.IdleTimeoutSeconds != 60)
            Report(Severity.Info, "load-balancer-idle-timeout", balancer, $"IdleTimeoutSeconds is {balancer.Args.IdleTimeoutSeconds}, and the Gateway API leaves it to the controller: only Envoy Gateway's is set here.");
        foreach (var service in balancer.Args.Routes.Select(route => route.Service).Distinct().Where(service => blueprint.CloudOf(service) != cloud))
            Elsewhere(balancer, service, "routes to");
        if (blueprint.CloudOf(balancer.Args.Certificate) != cloud) Elsewhere(balancer, balancer.Args.Certificate, "uses");
    }

    private void Check(DnsRecord record)
    {
        var carrying = KubernetesDnsRecord.Carrying(record.Args).ToList();
        if (carrying.Count > 1)
        {
            Report(Severity.Error, "dns-record-weight", record, $"{carrying.Count} targets carry traffic, and external-dns has no weights; allowed: one target above 0. Set the other weights to 0, or place '{record.Args.Zone.Name}' and '{record.Name}' on {Alternatives(ComponentKind.DnsRecord)}.");
        }

        foreach (var target in carrying)
        {
            if (target.Type is { } type && !KubernetesDnsRecord.Types.Contains(type))
                Report(Severity.Error, "dns-record-type", record, $"Targets.Type is {type}; allowed: {string.Join(", ", KubernetesDnsRecord.Types)}. Change the type, or place the zone on {Alternatives(ComponentKind.DnsRecord)}.");
            if (target.LoadBalancer is not { } balancer) continue;
            if (blueprint.CloudOf(balancer) != cloud) Elsewhere(record, balancer, "points at");
            if (record.Args.Host == "@" && balancer.Args.Tweak<KubernetesLoadBalancerTweak>() is { HostNameAddress: true })
                Report(Severity.Error, "dns-record-apex", record, $"'{balancer.Name}' has a host name, and the zone's own name cannot be a CNAME (RFC 1034); allowed: a load balancer with an address. Use another host, or a cluster that gives addresses.");
        }

        if (blueprint.CloudOf(record.Args.Zone) != cloud) Elsewhere(record, record.Args.Zone, "lies in");
    }

    private void Check(Consumer consumer)
    {
        if (consumer.Container.Architecture == CpuArchitecture.Arm64)
            Report(Severity.Info, "architecture", consumer, "It runs on nodes with the label kubernetes.io/arch: arm64 only; without one it never starts.");
        if (consumer.Container.Tweak<KubernetesServiceTweak>() is { RunAsUser: { } user })
            Guard(consumer, "service").InRange("KubernetesServiceTweak.RunAsUser", user, 1, 65535);
    }

    private void CheckReferences()
    {
        var dns = blueprint.On<DnsRecord>(cloud).FirstOrDefault();
        if (dns is not null && traits.Dns is null && ClusterBuild.Owns(blueprint, cloud, Addon.ExternalDns) && !blueprint.Settings.Hypothetical)
        {
            Report(Severity.Error, "dns-service", dns, "This stack installs external-dns, and nothing says which DNS service it writes to. Set infra:accounts.kubernetes.dns, or infra:addons.external-dns to the stack that owns it.");
        }
    }

    private void CheckNetwork()
    {
        if (blueprint.Model.Find<PrivateNetwork>() is not { } network) return;
        var plain = new PrivateNetworkArgs();
        if (network.Args.Cidr != plain.Cidr || network.Args.Zones != plain.Zones)
            Report(Severity.Info, "network-ignored", network, string.Create(CultureInfo.InvariantCulture, $"Cidr {network.Args.Cidr} and Zones {network.Args.Zones} have no meaning in a given cluster: its pods have the cluster's addresses and zones."));
    }

    private void CheckEncryption(Component store)
    {
        if (encrypted) return;

        // What is about people or would harm when it leaks is not deployed on the hope that a disk is encrypted.
        var severity = store.Arguments.DataClass is DataClass.Confidential or DataClass.Personal ? _refused : Severity.Warning;
        if (blueprint.Profile.Kind == EnvironmentKind.Preview) severity = Severity.Info;
        Report(severity, "storage-encryption", store, $"Nothing says that its volumes are encrypted at rest, and its data is {store.Arguments.DataClass.ToString().ToLowerInvariant()}. Name a storage class that encrypts in infra:accounts.kubernetes.storageClass, and set encryptedStorage: true.");
    }

    private void Elsewhere(Component component, Component other, string verb) => Report(
        Severity.Error,
        "placement-apart",
        component,
        $"It {verb} '{other.Name}', which stands on {blueprint.CloudOf(other).Name()}; allowed: the same cloud, {cloud.Name()}. Place both on one cloud.");

    private static string Alternatives(ComponentKind kind) =>
        string.Join(", ", CloudIndex.All.Where(other => other.Offers[kind].Backing == Backing.Native).Select(other => other.Cloud.Name())) is { Length: > 0 } clouds
            ? clouds
            : "a cloud whose DNS has weights";

    private Guard Guard(Component component, string kind) => new(findings, component.Name, kind);

    private void Report(Severity severity, string rule, Component component, string message) => findings.Add(new(severity, rule, component.Name, message));
}
