using Infra.Components.Addons.Kubernetes;
using Infra.Components.Brokers.Kubernetes;
using Infra.Components.Buckets.Kubernetes;
using Infra.Components.Caches.Kubernetes;
using Infra.Components.Certificates.Kubernetes;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.ContentDelivery.Kubernetes;
using Infra.Components.Databases.Kubernetes;
using Infra.Components.Dns.Kubernetes;
using Infra.Components.Externals.Kubernetes;
using Infra.Components.Identities.Kubernetes;
using Infra.Components.Jobs.Kubernetes;
using Infra.Components.LoadBalancers.Kubernetes;
using Infra.Components.Mail.Kubernetes;
using Infra.Components.Networks.Kubernetes;
using Infra.Components.Placements;
using Infra.Components.Queues.Kubernetes;
using Infra.Components.Registries.Kubernetes;
using Infra.Components.Relays.Kubernetes;
using Infra.Components.Runtimes.Kubernetes;
using Infra.Components.Search.Kubernetes;
using Infra.Components.Secrets.Kubernetes;
using Infra.Components.Services.Kubernetes;
using Infra.Components.Streams.Kubernetes;
using Infra.Components.Systems;

namespace Infra.Components.Composition;

/// <summary>Plain Kubernetes: a cluster that is given. What it lacks, operators and charts in it provide.</summary>
internal sealed class KubernetesCloud()
    : CloudOf<GivenClusterContext, KubernetesGrantee>(
        Cloud.Kubernetes,
        new KubernetesRelays<GivenClusterContext>(GivenClusterContext.TraitsOf))
{
    /// <inheritdoc/>
    public override (string Key, string Meaning) Account => ("context", "the name of a context of the kubeconfig");

    /// <inheritdoc/>
    protected override IReadOnlyList<IProvision<GivenClusterContext>> Provisions { get; } =
    [
        new KubernetesNetworks(),
        new KubernetesRegistries(),
        new KubernetesRuntimes(),
        new KubernetesAddons(),
        new KubernetesIdentities(),
        new KubernetesDnsZones(),
        new KubernetesDnsRecords(),
        new KubernetesCertificates(GivenClusterContext.TraitsOf),
        new KubernetesBuckets(),
        new KubernetesDatabases(),
        new KubernetesLogicalDatabases(),
        new KubernetesReadReplicas(),
        new KubernetesCaches(),
        new KubernetesQueues(),
        new KubernetesMessageBrokers(),
        new KubernetesEventStreams(),
        new KubernetesSearchEngines(),
        new KubernetesExternals(),
        new KubernetesMailSenders(),
        new KubernetesSecrets(),
        new KubernetesLoadBalancers(GivenClusterContext.TraitsOf),
        new KubernetesCdns(),
        new KubernetesContainerServices(),
        new KubernetesJobs(),
        new KubernetesScheduledJobs(),
    ];

    /// <inheritdoc/>
    public override bool HasAccount(Accounts accounts) => accounts.Kubernetes is not null;

    /// <inheritdoc/>
    public override bool CheckPlace(CloudChecks checks) => checks.Settings.Hypothetical || HasAccount(checks.Settings.Accounts);

    /// <inheritdoc/>
    protected override GivenClusterContext Context(Blueprint blueprint, BuildProgress progress) => new(this, blueprint, progress);
}
