using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Databases;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Kubernetes.Helm.V3;
using Pulumi.Kubernetes.Types.Inputs.Helm.V3;

namespace Infra.Components.Addons.Kubernetes;

/// <summary>
/// A cluster-wide singleton, installed by its chart as a real Helm release: charts of operators rely on hooks and on definitions that come
/// first. Releases are awaited, so what depends on one finds its definitions and its webhooks.
/// </summary>
internal sealed class KubernetesClusterAddon : PlacedComponent, IClusterAddon
{
    private readonly ClusterContext _cluster;
    private readonly List<Resource> _resources = [];

    /// <summary>Installs the add-on.</summary>
    /// <param name="addon">Which one.</param>
    /// <param name="engines">The engines whose operators are needed, where it is the database operator.</param>
    /// <param name="zones">
    /// The zones that external-dns may write to, where it is that; none for all that its credentials reach.
    /// </param>
    /// <param name="cluster">The cluster, with the add-ons that were installed before.</param>
    /// <param name="placement">What it is placed with.</param>
    public KubernetesClusterAddon(
        Addon addon,
        IReadOnlyList<DatabaseEngine> engines,
        IReadOnlyList<string> zones,
        ClusterContext cluster,
        PlacedComponentArgs placement)
        : base(placement)
    {
        var name = Name;
        _cluster = cluster;
        List<string> versions = addon switch
        {
            Addon.GatewayController => [Install(name, Releases.EnvoyGateway, []), .. GatewayClass(name, Tags)],
            Addon.CertManager =>
            [
                Install(
                    name,
                    Releases.CertManager,
                    new Fields
                    {
                        ["crds"] = new Fields { ["enabled"] = true, ["keep"] = true },

                        // Without the definitions of the Gateway API its controller ends again and again.
                        ["config"] = new Fields { ["gatewayAPI"] = new Fields { ["enabled"] = HasGateways(cluster) } },

                        // It reads its configuration when it starts.
                        ["podAnnotations"] = new Fields { ["infra/gateway-api"] = HasGateways(cluster) ? "on" : "off" },
                    },
                    cluster.Of(Addon.GatewayController)),
            ],
            Addon.DatabaseOperator => [.. Operators(name, engines)],
            Addon.ObjectStoreOperator => [Install(name, Releases.SeaweedFs, [])],
            Addon.QueueOperator =>
            [
                Install(name, Releases.RabbitMqOperator, new Fields { ["msgTopologyOperator"] = new Fields { ["enabled"] = false } }),
            ],
            Addon.StreamOperator => [Install(name, Releases.Strimzi, new Fields { ["watchAnyNamespace"] = true })],
            Addon.ExternalDns => [Install(name, Releases.ExternalDns, ExternalDns(cluster, zones))],
            _ => throw new ArgumentOutOfRangeException(nameof(addon), addon, "not an add-on"),
        };

        Version = Output.Create(string.Join(", ", versions));
        RegisterOutputs();
    }

    /// <summary>What it consists of, to depend on.</summary>
    public IReadOnlyList<Resource> Resources => _resources;

    /// <inheritdoc/>
    [Output]
    public Output<string> Version { get; private set; }

    // This stack has just installed them, or says that another one has.
    private static bool HasGateways(ClusterContext cluster) =>
        cluster.Installed.ContainsKey(Addon.GatewayController.Name())
        || (cluster.Cloud == Cloud.Kubernetes
            && cluster.Settings.Addons.TryGetValue(Addon.GatewayController.Name(), out var owner)
            && owner != cluster.Settings.Stack);

    private static Fields ExternalDns(ClusterContext cluster, IReadOnlyList<string> zones)
    {
        // Records come from objects only, or services would publish themselves. What is no longer an object goes, and only what bears the
        // owner's record: whatever else a zone holds is never touched. The owner's record has a label of its own in front of the name, with
        // the type: without one, that of the zone's own name would lie outside the zone, and a type could never change.
        var values = new Fields
        {
            ["sources"] = new[] { "crd" },
            ["policy"] = "sync",
            ["registry"] = "txt",
            ["txtOwnerId"] = cluster.Settings.Stack,
            ["txtPrefix"] = "%{record_type}-owner.",
            ["extraArgs"] = new[] { "--txt-wildcard-replacement=any-host" },
            ["domainFilters"] = zones,
            ["managedRecordTypes"] = new[] { "A", "AAAA", "CNAME", "MX", "SRV", "TXT" },
            ["provider"] = new Fields { ["name"] = cluster.Traits.Dns?.Provider ?? "inmemory" },
        };
        if (cluster.Traits.Dns is { } dns)
        {
            values["env"] = dns.Variables.Select(variable => new Fields
            {
                ["name"] = variable,
                ["valueFrom"] = new Fields { ["secretKeyRef"] = new Fields { ["name"] = dns.Secret, ["key"] = variable } },
            }).ToArray();
        }

        return values;
    }

    private IEnumerable<string> GatewayClass(string name, IReadOnlyDictionary<string, string> tags)
    {
        // The chart brings the controller, not the class by which gateways ask for it. Classes belong to no namespace.
        var metadata = _cluster.Named(_cluster.Traits.GatewayClass, name, tags);
        metadata.Namespace = null;
        _resources.Add(new CustomObject($"{name}-class", new CustomObjectArgs(
            "gateway.networking.k8s.io/v1",
            "GatewayClass",
            metadata,
            new Fields { ["controllerName"] = "gateway.envoyproxy.io/gatewayclass-controller" }), Child(dependsOn: _resources.ToList())));
        return [];
    }

    private IEnumerable<string> Operators(string name, IReadOnlyList<DatabaseEngine> engines)
    {
        if (engines.Contains(DatabaseEngine.PostgreSql))
        {
            yield return Install(name, Releases.CloudNativePg, []);
            if (_cluster.Traits.Backups is not null)
                yield return Install($"{name}-backup", Releases.BarmanCloud, [], [.. _cluster.Of(Addon.CertManager), .. _resources]);
        }

        if (engines.Contains(DatabaseEngine.MySql))
            yield return Install(engines.Contains(DatabaseEngine.PostgreSql) ? $"{name}-mysql" : name, Releases.MySqlOperator, []);
    }

    private string Install(string name, ChartRelease release, Fields values, IEnumerable<Resource>? after = null)
    {
        var args = new ReleaseArgs
        {
            Name = release.Chart.Split('/')[^1],
            Chart = release.Chart,
            Version = release.Version,
            Namespace = release.Namespace,
            CreateNamespace = true,
            Values = values,

            // A failed upgrade goes back by itself: other stacks depend on the add-on.
            Atomic = true,
            Timeout = 600,
        };
        if (release.Repository.Length > 0) args.RepositoryOpts = new RepositoryOptsArgs { Repo = release.Repository };
        _resources.Add(new Release(name, args, Child(protect: _cluster.Profile.Protect, dependsOn: after)));
        return $"{release.Chart.Split('/')[^1]} {release.Version}";
    }
}
