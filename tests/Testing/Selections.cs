using System.Text.Json;
using Infra.Plans;

namespace Infra.Tests.Testing;

/// <summary>Which pods of a plan the selectors of its objects mean.</summary>
internal static class Selections
{
    private const string Consumer = "infra/consumer";

    // By these labels a target's policies mean all that use it.
    private const string Use = "infra/uses-";

    // Labels that operators give to the pods of one of ours, by its type; {0} is its name.
    private static readonly Dictionary<string, (string Key, string Value)[]> Operated = new()
    {
        ["kubernetes:postgresql.cnpg.io/v1:Cluster"] = [("cnpg.io/cluster", "{0}"), ("cnpg.io/podRole", "instance")],
        ["kubernetes:mysql.oracle.com/v2:InnoDBCluster"] =
            [("mysql.oracle.com/cluster", "{0}"), ("component", "mysqlrouter")],
        ["kubernetes:rabbitmq.com/v1beta1:RabbitmqCluster"] =
        [
            ("app.kubernetes.io/name", "{0}"), ("app.kubernetes.io/component", "rabbitmq"), ("app.kubernetes.io/part-of", "rabbitmq"),
        ],
        ["kubernetes:kafka.strimzi.io/v1:Kafka"] =
            [("strimzi.io/cluster", "{0}"), ("strimzi.io/kind", "Kafka"), ("strimzi.io/name", "{0}-kafka")],
        ["kubernetes:seaweed.seaweedfs.com/v1:Seaweed"] =
        [
            ("app.kubernetes.io/instance", "{0}"), ("app.kubernetes.io/managed-by", "seaweedfs-operator"),
            ("app.kubernetes.io/component", "s3"),
        ],
        ["kubernetes:helm.sh/v3:Release"] = [("app.kubernetes.io/instance", "{0}"), ("app.kubernetes.io/name", "{0}")],
    };

    /// <summary>
    /// The selectors that mean pods of more than one component, each as a sentence. A selector of everything in the namespace means none in
    /// particular.
    /// </summary>
    public static IEnumerable<string> Ambiguous(Plan plan)
    {
        var pods = plan.Resources.SelectMany(PodsOf).ToList();
        return
            from resource in plan.Resources
            where resource.Package == "kubernetes"
            from selector in SelectorsOf(resource)
            where selector.Count > 0 && !selector.Keys.Any(label => label.StartsWith(Use, StringComparison.Ordinal))
            let meant = pods
                .Where(pod => pod.Provider == resource.Provider)
                .Where(pod => selector.All(label => pod.Labels.GetValueOrDefault(label.Key) == label.Value))
                .Select(pod => pod.Owner)
                .Distinct()
                .ToList()
            where meant.Count > 1
            select $"{resource.Type} {resource.Name} selects pods of {string.Join(" and ", meant)}";
    }

    /// <summary>Whether a component has pods of its own that a selector may mean.</summary>
    public static bool HasPods(Plan plan, string component) => MainPods(plan).Any(pod => pod.Name == component);

    /// <summary>
    /// Which services and jobs reach which components inside one cluster, as sentences in order: an egress policy lets them out, and an
    /// ingress policy lets them in.
    /// </summary>
    public static IReadOnlyList<string> Reached(Plan plan)
    {
        var pods = MainPods(plan).ToList();
        var ways = plan.Resources.Where(resource => resource.TypeName == "NetworkPolicy").SelectMany(WaysOf).ToList();
        return
        [
            .. from pod in pods
               where pod.Labels.ContainsKey(Consumer)
               from other in pods
               where other.Owner != pod.Owner && other.Provider == pod.Provider
               where ways.Exists(way => way.Goes && way.Joins(pod, other)) && ways.Exists(way => !way.Goes && way.Joins(other, pod))
               let sentence = $"{pod.Name} reaches {other.Name}"
               orderby sentence
               select sentence,
        ];
    }

    /// <summary>The targets whose policies let the pods of a workload through.</summary>
    public static IEnumerable<string> UsesOf(PlannedResource workload) =>
        PodsOf(workload).SelectMany(pod => pod.Labels.Keys)
            .Where(label => label.StartsWith(Use, StringComparison.Ordinal))
            .Select(label => label[Use.Length..]);

    private static bool IsBeside(Dictionary<string, string> labels) =>
        labels.GetValueOrDefault("app.kubernetes.io/managed-by") == "kubernetes";

    // What components run, rather than the jobs beside them.
    private static IEnumerable<Pod> MainPods(Plan plan) =>
        from resource in plan.Resources
        from pod in PodsOf(resource)
        where !IsBeside(pod.Labels) && resource.Component is not "relay"
        select new Pod(pod.Provider, resource.Component ?? "", pod.Owner, pod.Labels);

    private static IEnumerable<Way> WaysOf(PlannedResource policy)
    {
        var subject = Labels(policy, "spec.podSelector.matchLabels") ?? [];
        foreach (var (direction, peers, goes) in new[] { ("egress", "to", true), ("ingress", "from", false) })
        {
            if (!policy.Inputs.GetProperty("spec").TryGetProperty(direction, out var rules)) continue;
            foreach (var rule in rules.EnumerateArray())
            {
                if (!rule.TryGetProperty(peers, out var list)) continue;
                foreach (var peer in list.EnumerateArray().Where(peer => !peer.TryGetProperty("namespaceSelector", out _)))
                {
                    if (!peer.TryGetProperty("podSelector", out var selector)) continue;
                    yield return new(
                        policy.Provider,
                        goes,
                        subject,
                        selector.TryGetProperty("matchLabels", out var labels) ? Texts(labels) : []);
                }
            }
        }
    }

    private static IEnumerable<(string? Provider, string Owner, Dictionary<string, string> Labels)> PodsOf(PlannedResource resource)
    {
        if (resource.Package != "kubernetes") yield break;
        foreach (var template in new[] { "spec.template", "spec.jobTemplate.spec.template" })
        {
            if (Labels(resource, $"{template}.metadata.labels") is not { Count: > 0 } labels) continue;

            // A job beside components works for the one whose label it bears.
            var owner = IsBeside(labels) ? labels[Consumer] : resource.Component ?? "";
            yield return (resource.Provider, owner, labels);
        }

        if (Operated.TryGetValue(resource.Type, out var given) && (resource.Input("metadata.name") ?? resource.Input("name")) is { } name)
        {
            yield return (
                resource.Provider,
                resource.Component ?? "",
                given.ToDictionary(label => label.Key, label => label.Value.Replace("{0}", name, StringComparison.Ordinal)));
        }
    }

    private static IEnumerable<Dictionary<string, string>> SelectorsOf(PlannedResource resource)
    {
        if (resource.Type == "kubernetes:core/v1:Service") return [Labels(resource, "spec.selector") ?? []];
        return Everywhere(resource.Inputs)
            .Where(found => found.Name is "podSelector" or "selector" or "labelSelector")
            .Select(found => found.Value.ValueKind == JsonValueKind.Object && found.Value.TryGetProperty("matchLabels", out var labels)
                ? Texts(labels)
                : []);
    }

    private static IEnumerable<JsonProperty> Everywhere(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Everywhere(property.Value).Prepend(property)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Everywhere),
        _ => [],
    };

    private static Dictionary<string, string>? Labels(PlannedResource resource, string path)
    {
        var element = resource.Inputs;
        foreach (var step in path.Split('.'))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(step, out element)) return null;
        }

        return Texts(element);
    }

    private static Dictionary<string, string> Texts(JsonElement labels) => labels.ValueKind == JsonValueKind.Object
        ? labels.EnumerateObject().ToDictionary(label => label.Name, label => label.Value.ToString())
        : [];

    private sealed record Pod(string? Provider, string Name, string Owner, Dictionary<string, string> Labels);

    private sealed record Way(string? Provider, bool Goes, Dictionary<string, string> Subject, Dictionary<string, string> Peer)
    {
        public bool Joins(Pod subject, Pod peer) => subject.Provider == Provider && Mean(Subject, subject) && Mean(Peer, peer);

        private static bool Mean(Dictionary<string, string> selector, Pod pod) =>
            selector.All(label => pod.Labels.GetValueOrDefault(label.Key) == label.Value);
    }
}
