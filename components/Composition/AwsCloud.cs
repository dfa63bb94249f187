using Infra.Components.Brokers.Aws;
using Infra.Components.Buckets.Aws;
using Infra.Components.Caches.Aws;
using Infra.Components.Certificates.Aws;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.ContentDelivery.Aws;
using Infra.Components.Databases.Aws;
using Infra.Components.Dns.Aws;
using Infra.Components.Externals.Aws;
using Infra.Components.Identities.Aws;
using Infra.Components.Jobs.Aws;
using Infra.Components.LoadBalancers.Aws;
using Infra.Components.Mail.Aws;
using Infra.Components.Networks.Aws;
using Infra.Components.Placements;
using Infra.Components.Queues.Aws;
using Infra.Components.Registries.Aws;
using Infra.Components.Relays.Aws;
using Infra.Components.Runtimes.Aws;
using Infra.Components.Search.Aws;
using Infra.Components.Secrets.Aws;
using Infra.Components.Services.Aws;
using Infra.Components.Streams.Aws;
using Infra.Components.Systems;

namespace Infra.Components.Composition;

/// <summary>Amazon Web Services.</summary>
internal sealed class AwsCloud() : CloudOf<AwsContext, AwsGrantee>(Cloud.Aws, new AwsRelays())
{
    /// <inheritdoc/>
    public override (string Key, string Meaning) Account =>
        ("accountId", "the account's 12 digits, because the provider must refuse every other account");

    /// <inheritdoc/>
    protected override IReadOnlyList<IProvision<AwsContext>> Provisions { get; } =
    [
        new AwsNetworks(),
        new AwsRegistries(),
        new AwsRuntimes(),
        new AwsIdentities(),
        new AwsDnsZones(),
        new AwsCertificates(),
        new AwsBuckets(),
        new AwsDatabases(),
        new AwsLogicalDatabases(),
        new AwsReadReplicas(),
        new AwsCaches(),
        new AwsQueues(),
        new AwsMessageBrokers(),
        new AwsSearchEngines(),
        new AwsEventStreams(),
        new AwsExternals(),
        new AwsMailSenders(),
        new AwsSecrets(),
        new AwsLoadBalancers(),
        new AwsCdns(),
        new AwsContainerServices(),
        new AwsJobs(),
        new AwsScheduledJobs(),
        new AwsDnsRecords(),
    ];

    /// <inheritdoc/>
    public override bool HasAccount(Accounts accounts) => accounts.Aws is not null;

    /// <inheritdoc/>
    public override bool CheckPlace(CloudChecks checks) => AwsPlace.Check(checks);

    /// <inheritdoc/>
    protected override AwsContext Context(Blueprint blueprint, BuildProgress progress) => new(this, blueprint, progress);
}
