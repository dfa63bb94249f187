using System.Globalization;
using System.Text.RegularExpressions;
using Infra.Components.Caches;
using Infra.Components.Caches.Gcp;
using Infra.Components.Certificates;
using Infra.Components.Checks;
using Infra.Components.Databases;
using Infra.Components.Databases.Gcp;
using Infra.Components.Dns;
using Infra.Components.Dns.Gcp;
using Infra.Components.LoadBalancers;
using Infra.Components.LoadBalancers.Gcp;
using Infra.Components.Networks;
using Infra.Components.Networks.Gcp;
using Infra.Components.Placements;
using Infra.Components.Relays;
using Infra.Components.Relays.Gcp;
using Infra.Components.Services;
using Infra.Components.Services.Gcp;
using Infra.Components.Systems;

namespace Infra.Components.Clouds.Gcp;

/// <summary>What Google Cloud refuses: rules that neither the neutral arguments nor the provider know, and that otherwise fail minutes into an update.</summary>
internal sealed partial class GcpChecks(Blueprint blueprint, Findings findings)
{
    // The platform's own variables (Google Cloud documentation: Cloud Run container runtime contract).
    private static readonly string[] ReservedVariables = ["K_CONFIGURATION", "K_REVISION", "K_SERVICE", "PORT"];

    // Google Cloud documentation, Certificate Manager: the authorities of Google-managed certificates.
    private static readonly string[] CertificateAuthorities = ["pki.goog", "letsencrypt.org"];

    // Google Cloud documentation, Cloud SQL: private IP, reserved ranges.
    private const string DatabasesOwnBlock = "172.17.0.0/16";

    // With the consumer's 16 characters and a role's suffix, what stays within the 63 of a firewall rule's name.
    private const int LongestPrefix = 16;

    /// <summary>Reports everything.</summary>
    public void Run()
    {
        foreach (var component in blueprint.On<Component>(Cloud.Gcp)) blueprint.CheckTogether(component, findings);
        CheckNetwork();
        foreach (var consumer in blueprint.On<Consumer>(Cloud.Gcp)) CheckConsumer(consumer, GuardOf(consumer));
        foreach (var service in blueprint.On<ContainerService>(Cloud.Gcp)) CheckService(service, GuardOf(service));
        foreach (var database in blueprint.On<ManagedDatabase>(Cloud.Gcp)) CheckDatabase(database, GuardOf(database));
        foreach (var cache in blueprint.On<Cache>(Cloud.Gcp)) CheckCache(cache, GuardOf(cache));
        foreach (var balancer in blueprint.On<LoadBalancer>(Cloud.Gcp)) CheckBalancer(balancer, GuardOf(balancer));
        foreach (var certificate in blueprint.On<Certificate>(Cloud.Gcp)) CheckCertificate(certificate, GuardOf(certificate));
        foreach (var record in blueprint.On<DnsRecord>(Cloud.Gcp)) CheckRecord(record, GuardOf(record));
        CheckRelay();
    }

    private Guard GuardOf(Component component) => new(findings, component.Name, "gcp");

    private void CheckNetwork()
    {
        if (blueprint.Model.Find<PrivateNetwork>() is not { } network) return;
        if (network.Args.Tweak<GcpNetworkTweak>() is { } tweak) GuardOf(network).InRange("GcpNetworkTweak.EgressAddresses", tweak.EgressAddresses, 1, 8, "addresses");
        GuardOf(network).Require(
            network.Args.Cidr != DatabasesOwnBlock || !blueprint.On<ManagedDatabase>(Cloud.Gcp).Any(),
            nameof(PrivateNetworkArgs.Cidr),
            $"'{network.Args.Cidr}', which machines of Cloud SQL use among themselves: they answer nobody in it",
            "any other private /16");
    }

    private void CheckConsumer(Consumer consumer, Guard guard)
    {
        guard.Require(
            consumer.Container.Architecture == CpuArchitecture.Amd64,
            "Architecture",
            consumer.Container.Architecture,
            "Amd64, because Cloud Run runs no other",
            $"Build the image for x86-64, or set infra:placement.{consumer.Name} to aws or kubernetes");
        foreach (var variable in consumer.Container.Environment.Keys.Intersect(ReservedVariables))
            guard.Refuse("Environment", $"'{variable}'", $"names other than {string.Join(", ", ReservedVariables)}, which Cloud Run sets", $"Remove '{variable}'");
        foreach (var link in consumer.Links.Where(link => link.Prefix.Length > LongestPrefix))
            guard.Refuse("Prefix", $"'{link.Prefix}'", $"at most {LongestPrefix} characters, because it is part of physical names", $"Shorten the prefix of the link to '{link.Target.Name}'");
        if (blueprint.Settings.Images.TryGetValue(consumer.Name, out var image) && GcpImages.ForeignRegistry(image) is { } host)
            guard.Warn("Image", $"infra:images.{consumer.Name} is '{image}', which Artifact Registry fetches from {host} for Cloud Run without credentials. Anyone must be able to pull it; copy a private image to the stack's own registry.");
    }

    private static void CheckService(ContainerService service, Guard guard)
    {
        var args = service.Args;
        if (args.StopSeconds > new ContainerServiceArgs().StopSeconds)
            guard.Warn("StopSeconds", string.Create(CultureInfo.InvariantCulture, $"StopSeconds is {args.StopSeconds}; Cloud Run gives {CloudRunSize.StopSeconds} seconds to everyone. Work that takes longer must bear being repeated."));
        if (!args.IsHttp)
        {
            if (args.Scaling.IsAutomatic)
            {
                guard.Warn(
                    "Scaling",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Scaling is {args.Scaling.Minimum} to {args.Scaling.Maximum} replicas, but workers on Cloud Run do not scale on CPU: {args.Scaling.Minimum} run. Raise infra:components.{service.Name}.scaling.minimum before a peak, or set infra:placement.{service.Name} to aws or kubernetes."));
            }

            return;
        }

        var tweak = args.Tweak<GcpServiceTweak>() ?? new();
        guard.InRange("GcpServiceTweak.Concurrency", tweak.Concurrency, 1, 1000, "requests");
        guard.InRange("GcpServiceTweak.RequestTimeoutSeconds", tweak.RequestTimeoutSeconds, 1, 3600, "seconds");
        guard.InRange("HealthCheck.GraceSeconds", args.HealthCheck.GraceSeconds, 0, CloudRunSize.StartSeconds, "seconds, because Cloud Run gives up on a container after that");
    }

    private void CheckCertificate(Certificate certificate, Guard guard)
    {
        IssuancePolicy.Check(guard, certificate, blueprint.Model, CertificateAuthorities);
        CertificateProof.Check(guard, certificate, blueprint.On<Certificate>(Cloud.Gcp));
    }

    private static void CheckDatabase(ManagedDatabase database, Guard guard)
    {
        var args = database.Args;
        var tweak = args.Tweak<GcpDatabaseTweak>() ?? new();
        var plus = tweak.Edition == GcpDatabaseEdition.EnterprisePlus;
        if (args.BackupDays > GcpDatabaseProducts.LogDays(args))
        {
            guard.Warn(
                "BackupDays",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"BackupDays is {args.BackupDays}; in Cloud SQL's Enterprise edition one can go back to any moment of {GcpDatabaseProducts.EnterpriseLogDays} days, and beyond that to the daily backups. Give it a GcpDatabaseTweak with the edition EnterprisePlus to go back to any moment of 35 days."));
        }

        if (tweak.Tier is { } tier)
        {
            guard.Matches(
                "GcpDatabaseTweak.Tier",
                tier,
                plus ? PlusTier() : EnterpriseTier(),
                plus ? "db-perf-optimized-N-2 to N-128 in the edition EnterprisePlus" : "db-custom-<vCPU>-<MiB>, db-g1-small or db-f1-micro in the edition Enterprise");
        }
    }

    private static void CheckCache(Cache cache, Guard guard)
    {
        if (cache.Args.Tweak<GcpCacheTweak>() is { MemoryGiB: { } memory }) guard.InRange("GcpCacheTweak.MemoryGiB", memory, 1, GcpCacheProducts.Largest, "GiB");
    }

    private static void CheckBalancer(LoadBalancer balancer, Guard guard)
    {
        guard.InRange("IdleTimeoutSeconds", balancer.Args.IdleTimeoutSeconds, GcpLoadBalancer.ShortestIdleSeconds, GcpLoadBalancer.LongestIdleSeconds, "seconds");
    }

    private static void CheckRecord(DnsRecord record, Guard guard)
    {
        var types = record.Args.Targets.Select(GcpRecordData.TypeOf).Distinct().ToList();
        guard.Require(types.Count == 1, "Targets", string.Join(" and ", types), "one type for all targets; a load balancer on Google Cloud has an address, A");
    }

    private void CheckRelay()
    {
        var relayed = blueprint.ForeignLinksTo(Cloud.Gcp).Where(link => RelayPorts.IsRelayed(link.Target)).ToList();
        if (relayed.Count > 0 && blueprint.Model.Find<PrivateNetwork>()?.Args.Egress == Egress.None)
        {
            findings.Error(
                "gcp-relay",
                null,
                $"{relayed[0].Consumer.Name} uses {relayed[0].Target.Name} through a relay, but the network's Egress is None and the relay's machines could not pull their image; allowed: Shared or PerZone. Change Egress.");
        }

        foreach (var target in relayed.Select(link => link.Target).Distinct().Where(target => RelayPorts.Of(blueprint.Model, target) >= RelayPorts.First + GcpRelay.Ports))
            findings.Error("gcp-relay", target.Name, $"It would need a port beyond the {GcpRelay.Ports} of the relay. Declare it earlier.");
    }

    [GeneratedRegex("^db-(f1-micro|g1-small|custom-(1|[1-9]?[02468]|[1-9][02468])-[1-9][0-9]{3,5})$")]
    private static partial Regex EnterpriseTier();

    [GeneratedRegex("^db-perf-optimized-N-(2|4|8|16|32|48|64|80|96|128)$")]
    private static partial Regex PlusTier();
}
