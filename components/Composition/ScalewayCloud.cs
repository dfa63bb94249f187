using Infra.Components.Addons.Scaleway;
using Infra.Components.Brokers.Scaleway;
using Infra.Components.Buckets.Scaleway;
using Infra.Components.Caches.Scaleway;
using Infra.Components.Certificates.Scaleway;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Clouds.Scaleway;
using Infra.Components.ContentDelivery.Scaleway;
using Infra.Components.Databases.Scaleway;
using Infra.Components.Dns.Scaleway;
using Infra.Components.Externals.Scaleway;
using Infra.Components.Identities.Scaleway;
using Infra.Components.Jobs.Kubernetes;
using Infra.Components.LoadBalancers.Scaleway;
using Infra.Components.Mail.Scaleway;
using Infra.Components.Networks.Scaleway;
using Infra.Components.Placements;
using Infra.Components.Queues.Scaleway;
using Infra.Components.Registries.Scaleway;
using Infra.Components.Relays.Scaleway;
using Infra.Components.Runtimes.Scaleway;
using Infra.Components.Search.Scaleway;
using Infra.Components.Secrets.Kubernetes;
using Infra.Components.Services.Scaleway;
using Infra.Components.Streams.Scaleway;
using Infra.Components.Systems;

namespace Infra.Components.Composition;

/// <summary>Scaleway: stores, network and DNS are its own; containers run on its managed Kubernetes.</summary>
internal sealed class ScalewayCloud() : CloudOf<ScalewayContext, KubernetesGrantee>(Cloud.Scaleway, new ScalewayRelays())
{
    /// <inheritdoc/>
    public override (string Key, string Meaning) Account => ("projectId", "the identifier of the project to deploy to");

    /// <inheritdoc/>
    protected override IReadOnlyList<IProvision<ScalewayContext>> Provisions { get; } =
    [
        new ScalewayNetworks(),
        new ScalewayRuntimes(),
        new ScalewayRegistries(),
        new ScalewayAddons(),
        new ScalewayIdentities(),
        new ScalewayDnsZones(),
        new ScalewayCertificates(),
        new ScalewayBuckets(),
        new ScalewayDatabases(),
        new ScalewayLogicalDatabases(),
        new ScalewayReadReplicas(),
        new ScalewayCaches(),
        new ScalewayQueues(),
        new ScalewayMessageBrokers(),
        new ScalewayEventStreams(),
        new ScalewaySearchEngines(),
        new ScalewayExternals(),
        new ScalewayMailSenders(),
        new KubernetesSecrets(),
        new ScalewayLoadBalancers(),
        new ScalewayCdns(),
        new ScalewayContainerServices(),
        new KubernetesJobs(),
        new KubernetesScheduledJobs(),
        new ScalewayDnsRecords(),
    ];

    /// <inheritdoc/>
    public override bool HasAccount(Accounts accounts) => accounts.Scaleway is not null;

    /// <inheritdoc/>
    public override bool CheckPlace(CloudChecks checks) => ScalewayPlace.Check(checks);

    /// <inheritdoc/>
    protected override ScalewayContext Context(Blueprint blueprint, BuildProgress progress) => new(this, blueprint, progress);
}
