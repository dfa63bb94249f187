using Infra.Components.Addons.Ovh;
using Infra.Components.Brokers.Ovh;
using Infra.Components.Buckets.Ovh;
using Infra.Components.Caches.Ovh;
using Infra.Components.Certificates.Ovh;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Clouds.Ovh;
using Infra.Components.ContentDelivery.Ovh;
using Infra.Components.Databases.Ovh;
using Infra.Components.Dns.Ovh;
using Infra.Components.Externals.Ovh;
using Infra.Components.Identities.Ovh;
using Infra.Components.Jobs.Ovh;
using Infra.Components.LoadBalancers.Ovh;
using Infra.Components.Mail.Ovh;
using Infra.Components.Networks.Ovh;
using Infra.Components.Placements;
using Infra.Components.Queues.Ovh;
using Infra.Components.Registries.Ovh;
using Infra.Components.Relays.Ovh;
using Infra.Components.Runtimes.Ovh;
using Infra.Components.Search.Ovh;
using Infra.Components.Secrets.Kubernetes;
using Infra.Components.Services.Ovh;
using Infra.Components.Streams.Ovh;
using Infra.Components.Systems;

namespace Infra.Components.Composition;

/// <summary>
/// OVHcloud Public Cloud. Containers run on a Kubernetes cluster that it manages, by the same classes as on a given one; stores are its
/// own.
/// </summary>
internal sealed class OvhCloud() : CloudOf<OvhContext, KubernetesGrantee>(Cloud.Ovh, new OvhRelays())
{
    /// <inheritdoc/>
    public override (string Key, string Meaning) Account =>
        ("projectId", "the 32 hexadecimal digits of the Public Cloud project to deploy to");

    /// <inheritdoc/>
    protected override IReadOnlyList<IProvision<OvhContext>> Provisions { get; } =
    [
        new OvhNetworks(),
        new OvhRuntimes(),
        new OvhRegistries(),
        new OvhAddons(),
        new OvhIdentities(),
        new OvhDnsZones(),
        new OvhCertificates(),
        new OvhBuckets(),
        new OvhDatabases(),
        new OvhLogicalDatabases(),
        new OvhReadReplicas(),
        new OvhCaches(),
        new OvhQueues(),
        new OvhMessageBrokers(),
        new OvhEventStreams(),
        new OvhSearchEngines(),
        new OvhExternals(),
        new OvhMailSenders(),
        new KubernetesSecrets(),
        new OvhLoadBalancers(),
        new OvhCdns(),
        new OvhContainerServices(),
        new OvhJobs(),
        new OvhScheduledJobs(),
        new OvhDnsRecords(),
    ];

    /// <inheritdoc/>
    public override bool HasAccount(Accounts accounts) => accounts.Ovh is not null;

    /// <inheritdoc/>
    public override bool CheckPlace(CloudChecks checks) => OvhPlace.Check(checks);

    /// <inheritdoc/>
    protected override OvhContext Context(Blueprint blueprint, BuildProgress progress) => new(this, blueprint, progress);
}
