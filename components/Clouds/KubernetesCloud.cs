using Infra.Components.Addons.Kubernetes;
using Infra.Components.Buckets;
using Infra.Components.Buckets.Kubernetes;
using Infra.Components.Caches.Kubernetes;
using Infra.Components.Certificates.Kubernetes;
using Infra.Components.Checks;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Databases.Kubernetes;
using Infra.Components.Dns.Kubernetes;
using Infra.Components.Identities.Kubernetes;
using Infra.Components.Jobs.Kubernetes;
using Infra.Components.LoadBalancers;
using Infra.Components.LoadBalancers.Kubernetes;
using Infra.Components.Networks;
using Infra.Components.Networks.Kubernetes;
using Infra.Components.Placements;
using Infra.Components.Registries;
using Infra.Components.Registries.Kubernetes;
using Infra.Components.Relays;
using Infra.Components.Relays.Kubernetes;
using Infra.Components.Services;
using Infra.Components.Services.Kubernetes;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Clouds;

/// <summary>Plain Kubernetes: a cluster that is given. What it lacks, operators and charts in it provide.</summary>
internal sealed class KubernetesCloud : ICloud
{
    /// <inheritdoc/>
    public Cloud Cloud => Cloud.Kubernetes;

    /// <inheritdoc/>
    public IReadOnlyDictionary<ComponentKind, Offer> Offers { get; } = new Dictionary<ComponentKind, Offer>
    {
        [ComponentKind.PrivateNetwork] = new(Backing.Native, KubernetesPrivateNetwork.Product, "Block, zones and gateways are the cluster's."),
        [ComponentKind.ContainerRegistry] = new(Backing.External, KubernetesContainerRegistry.Product, "Retention is the registry's own affair."),
        [ComponentKind.Runtime] = new(Backing.External, "the given cluster"),
        [ComponentKind.ServiceIdentity] = new(Backing.Native, KubernetesServiceIdentity.Product),
        [ComponentKind.ClusterAddon] = new(Backing.InCluster, KubernetesClusterAddon.Product),
        [ComponentKind.Relay] = new(Backing.InCluster, KubernetesRelay.Product, "Needs services of type LoadBalancer that keep the caller's address."),
        [ComponentKind.DnsZone] = new(Backing.External, KubernetesDnsZone.Product),
        [ComponentKind.DnsRecord] = new(Backing.InCluster, KubernetesDnsRecord.Product, "No weights and no CAA records."),
        [ComponentKind.Certificate] = new(Backing.InCluster, KubernetesCertificate.Product, "Wildcards need an issuer that validates over DNS."),
        [ComponentKind.Bucket] = new(Backing.InCluster, KubernetesBucket.Product, "For consumers in the cluster; no cheaper storage classes, no CORS."),
        [ComponentKind.ManagedDatabase] = new(
            Backing.InCluster,
            $"{KubernetesPostgreSql.Product}, {KubernetesMySql.Product}",
            "Backups go to a bucket outside the cluster that the stack file names; MySQL's are daily dumps."),
        [ComponentKind.Cache] = new(Backing.InCluster, KubernetesCache.Product, "A replica keeps a copy but does not take over. Consumers share a login per intent."),
        [ComponentKind.LoadBalancer] = new(Backing.InCluster, KubernetesLoadBalancer.Product),
        [ComponentKind.ContainerService] = new(Backing.Native, KubernetesContainerService.Product, "Images run as a user other than root."),
        [ComponentKind.Job] = new(Backing.Native, KubernetesJob.Product, "Images run as a user other than root."),
    };

    /// <inheritdoc/>
    public IReadOnlyDictionary<Type, IReadOnlyList<ComponentKind>> Tweaks { get; } = new Dictionary<Type, IReadOnlyList<ComponentKind>>
    {
        [typeof(KubernetesBucketTweak)] = [ComponentKind.Bucket],
        [typeof(KubernetesCacheTweak)] = [ComponentKind.Cache],
        [typeof(KubernetesDatabaseTweak)] = [ComponentKind.ManagedDatabase],
        [typeof(KubernetesLoadBalancerTweak)] = [ComponentKind.LoadBalancer],
        [typeof(KubernetesServiceTweak)] = [ComponentKind.ContainerService, ComponentKind.Job],
    };

    /// <inheritdoc/>
    public void Check(Blueprint blueprint, Findings findings)
    {
        var settings = blueprint.Settings;
        if (settings.Accounts.Kubernetes is null && !settings.Hypothetical)
        {
            findings.Error("account-missing", null, "Something stands on kubernetes, and the stack file does not say which cluster. Set infra:accounts.kubernetes.context to a context of the kubeconfig.");
            return;
        }

        var account = AccountOf(settings);
        new ClusterChecks(blueprint, Cloud, Traits(account), account.EncryptedStorage, findings).Run();
        if (!account.LoadBalancers)
        {
            var waiting = blueprint.On<LoadBalancer>(Cloud).Concat<Component>(blueprint.ForeignLinksTo(Cloud).Select(link => link.Target).Where(target => target is not Bucket));
            foreach (var component in waiting.Distinct())
                findings.Error("load-balancer-address", component.Name, "It needs an address for traffic from outside, infra:accounts.kubernetes.loadBalancers says that the cluster gives none, and the update would wait for one in vain; allowed: a cluster that gives services of type LoadBalancer an address. Install what does, such as MetalLB or cloud-provider-kind, and remove the setting.");
        }

        if (!account.EnforcesNetworkPolicies)
            findings.Warning("network-policies", null, "The cluster does not enforce network policies: every pod reaches every other. Install a network plugin that does, such as Cilium or Calico, and remove infra:accounts.kubernetes.enforcesNetworkPolicies.");

        var unnamed = blueprint.On<Consumer>(Cloud).Where(consumer => settings.Images.TryGetValue(consumer.Name, out var image) && !ImageName.HasRegistry(image)).Select(consumer => consumer.Name).ToList();
        if (unnamed.Count > 0 && account.Registry is null && !settings.Hypothetical)
            findings.Error("registry-missing", unnamed[0], $"The images of {string.Join(", ", unnamed)} name no registry, and plain Kubernetes has none of its own. Set infra:accounts.kubernetes.registry, such as registry.example.org/{settings.System}.");

        var foreign = blueprint.On<Consumer>(Cloud).SelectMany(consumer => consumer.Links).FirstOrDefault(link => blueprint.Model.Components.Contains(link.Target) && blueprint.CloudOf(link.Target) != Cloud);
        if (foreign is not null && account.EgressAddresses.Count == 0 && !settings.Hypothetical)
            findings.Error("egress-unknown", foreign.Consumer.Name, $"It uses '{foreign.Target.Name}' on {blueprint.CloudOf(foreign.Target).Name()}, which admits known addresses only. Set infra:accounts.kubernetes.egressAddresses to those from which the cluster's pods reach the outside.");
    }

    /// <inheritdoc/>
    public ICloudBuild Begin(Blueprint blueprint, ValueProviders values) => new Building(blueprint, values);

    private static KubernetesAccount AccountOf(StackSettings settings) => settings.Accounts.Kubernetes ?? new KubernetesAccount("hypothetical");

    private static ClusterTraits Traits(KubernetesAccount account) => new()
    {
        GatewayClass = account.GatewayClass,
        GatewayNamespace = account.GatewayNamespace,
        StorageClass = account.StorageClass,
        ClusterIssuer = account.ClusterIssuer,
        Backups = account.Backups,
        Dns = account.Dns,
    };

    /// <summary>The given cluster while it is built on.</summary>
    private sealed class Building(Blueprint blueprint, ValueProviders values) : ICloudBuild
    {
        private readonly KubernetesAccount _account = AccountOf(blueprint.Settings);
        private ClusterBuild? _build;

        /// <inheritdoc/>
        public IReadOnlyList<Output<string>> EgressAddresses => [.. Addresses.Select(Output.Create)];

        // Others take addresses; a range of one is one.
        private IEnumerable<string> Addresses => _account.EgressAddresses.Distinct().Select(range => range.EndsWith("/32", StringComparison.Ordinal) ? range[..^3] : range);

        /// <inheritdoc/>
        public IEnumerable<PlacedComponent> BuildFoundation()
        {
            var context = new ClusterContext
            {
                Cloud = Cloud.Kubernetes,
                Provider = Connect(_account.Context),
                Values = values,
                Settings = blueprint.Settings,
                Profile = blueprint.Profile,
                Traits = Traits(_account),
                Registry = Output.Create(_account.Registry ?? ClusterContext.NoRegistry),
                ImagePullSecret = _account.ImagePullSecret is { } secret ? Output.Create(secret) : null,
            };
            _build = new ClusterBuild(blueprint, context);
            yield return _build.BuildNamespace(blueprint.Model.Find<PrivateNetwork>()!, Output.Create(string.Join(',', Addresses)));
            if (blueprint.Model.Find<ContainerRegistry>() is { } registry)
                yield return new KubernetesContainerRegistry(registry.Name, _build.Cluster, blueprint.Tags(registry.Name, registry.Args.DataClass));
            foreach (var addon in _build.BuildAddons(ClusterBuild.Needs(blueprint.On<Component>(Cloud.Kubernetes), _account.Backups is not null))) yield return addon;
            foreach (var identity in _build.BuildIdentities()) yield return identity;
        }

        /// <inheritdoc/>
        public PlacedComponent Build(Component component, IReadOnlyDictionary<Link, ForeignTarget> foreign) => _build!.Build(component, foreign);

        /// <inheritdoc/>
        public (IReadOnlyDictionary<Link, ForeignTarget> Targets, PlacedComponent? Relay) Admit(IReadOnlyDictionary<Link, Origin> links)
        {
            var relay = _build!.BuildRelay(links);
            return (relay.Targets, relay);
        }

        // The kubeconfig is found as kubectl finds it, when the provider runs; which cluster it means is the context's name, also after a
        // new login.
        private static Pulumi.Kubernetes.Provider Connect(string context)
        {
            var args = ClusterProvider.Arguments();
            args.KubeConfig = null;
            args.Context = context;
            args.ClusterIdentifier = context;
            return new("kubernetes", args);
        }
    }
}
