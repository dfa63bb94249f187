using Infra.Components.Brokers.Gcp;
using Infra.Components.Buckets.Gcp;
using Infra.Components.Caches.Gcp;
using Infra.Components.Certificates.Gcp;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.ContentDelivery.Gcp;
using Infra.Components.Databases.Gcp;
using Infra.Components.Dns.Gcp;
using Infra.Components.Externals.Gcp;
using Infra.Components.Identities.Gcp;
using Infra.Components.Jobs.Gcp;
using Infra.Components.LoadBalancers.Gcp;
using Infra.Components.Mail.Gcp;
using Infra.Components.Networks.Gcp;
using Infra.Components.Placements;
using Infra.Components.Queues.Gcp;
using Infra.Components.Registries.Gcp;
using Infra.Components.Relays.Gcp;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Search.Gcp;
using Infra.Components.Secrets.Gcp;
using Infra.Components.Services.Gcp;
using Infra.Components.Streams.Gcp;
using Infra.Components.Systems;

namespace Infra.Components.Composition;

/// <summary>Google Cloud.</summary>
internal sealed class GcpCloud() : CloudOf<GcpContext, GcpGrantee>(Cloud.Gcp, new GcpRelays())
{
    /// <inheritdoc/>
    public override (string Key, string Meaning) Account => ("project", "the id of the project to deploy to");

    /// <summary>How it provides each kind. The runtime comes first: it enables the APIs of everything else.</summary>
    protected override IReadOnlyList<IProvision<GcpContext>> Provisions { get; } =
    [
        new GcpRuntimes(),
        new GcpNetworks(),
        new GcpRegistries(),
        new GcpIdentities(),
        new GcpDnsZones(),
        new GcpCertificates(),
        new GcpBuckets(),
        new GcpDatabases(),
        new GcpLogicalDatabases(),
        new GcpReadReplicas(),
        new GcpCaches(),
        new GcpQueues(),
        new GcpMessageBrokers(),
        new GcpSearchEngines(),
        new GcpEventStreams(),
        new GcpExternals(),
        new GcpMailSenders(),
        new GcpSecrets(),
        new GcpLoadBalancers(),
        new GcpCdns(),
        new GcpContainerServices(),
        new GcpJobs(),
        new GcpScheduledJobs(),
        new GcpDnsRecords(),
    ];

    /// <inheritdoc/>
    public override bool HasAccount(Accounts accounts) => accounts.Gcp is not null;

    /// <inheritdoc/>
    public override bool CheckPlace(CloudChecks checks) => true;

    /// <inheritdoc/>
    protected override GcpContext Context(Blueprint blueprint, BuildProgress progress) => new(this, blueprint, progress);
}
