using System.Text.Json;

namespace Infra.Facts;

/// <summary>
/// The names of the objects that operators and charts make of one of ours, as far as another object in the namespace may want one of them.
/// Read in 2026-11 off the sources of the releases that are installed; the end of a name stands for the whole of it.
/// </summary>
internal static class DerivedObjects
{
    private const string Service = "Service";
    private const string StatefulSet = "StatefulSet";
    private const string Deployment = "Deployment";
    private const string Secret = "Secret";
    private const string ConfigMap = "ConfigMap";
    private const string Budget = "PodDisruptionBudget";
    private const string Account = "ServiceAccount";

    // SeaweedFS numbers a service for every volume server; more than these no bucket has.
    private const int MostVolumeServers = 9;

    /// <summary>CloudNativePG's (its API: <c>cluster_funcs.go</c>, and the suffixes in <c>cluster_types.go</c>).</summary>
    public static Func<JsonElement, IEnumerable<(string Kind, string Name)>> PostgreSql { get; } = Of(
    [
        (Service, "-rw"), (Service, "-ro"), (Service, "-r"), (Secret, "-app"), (Secret, "-superuser"), (Secret, "-ca"), (Secret, "-server"),
        (Secret, "-replication"), (Budget, ""), (Budget, "-primary"), (Account, ""),
    ]);

    /// <summary>Those of MySQL's operator (<c>cluster_objects.py</c>, <c>router_objects.py</c>).</summary>
    public static Func<JsonElement, IEnumerable<(string Kind, string Name)>> MySql { get; } = Of(
    [
        (Service, ""), (Service, "-instances"), (StatefulSet, ""), (Deployment, "-router"), (Secret, "-privsecrets"), (Secret, "-backup"),
        (Secret, "-router"), (ConfigMap, "-initconf"), (Budget, "-pdb"), (Account, "-sidecar-sa"),
    ]);

    /// <summary>Those of RabbitMQ's operator (<c>internal/resource</c>).</summary>
    public static Func<JsonElement, IEnumerable<(string Kind, string Name)>> Broker { get; } = Of(
    [
        (Service, ""), (Service, "-nodes"), (StatefulSet, "-server"), (Secret, "-default-user"), (Secret, "-erlang-cookie"),
        (ConfigMap, "-server-conf"), (ConfigMap, "-plugins-conf"), (Account, "-server"),
    ]);

    /// <summary>Those of Strimzi's, of a stream (<c>KafkaResources.java</c>).</summary>
    public static Func<JsonElement, IEnumerable<(string Kind, string Name)>> Stream { get; } = Of(
    [
        (Service, "-kafka-bootstrap"), (Service, "-kafka-brokers"), (Deployment, "-entity-operator"), (Secret, "-cluster-ca"),
        (Secret, "-cluster-ca-cert"), (Secret, "-clients-ca"), (Secret, "-clients-ca-cert"), (Secret, "-cluster-operator-certs"),
        (Secret, "-entity-topic-operator-certs"), (Secret, "-entity-user-operator-certs"), (Secret, "-trustbundle"),
        (ConfigMap, "-entity-topic-operator-config"), (ConfigMap, "-entity-user-operator-config"), (Budget, "-kafka"),
        (Budget, "-entity-operator"), (Account, "-kafka"), (Account, "-entity-operator"), ("NetworkPolicy", "-network-policy-kafka"),
        ("Role", "-kafka-role"), ("RoleBinding", "-kafka-role"), ("Role", "-entity-operator"),
        ("RoleBinding", "-entity-topic-operator-role"), ("RoleBinding", "-entity-user-operator-role"),
    ]);

    /// <summary>Those of Strimzi's, of a login: the secret with its password (<c>KafkaUserModel.java</c>).</summary>
    public static Func<JsonElement, IEnumerable<(string Kind, string Name)>> StreamLogin { get; } = Of([(Secret, "")]);

    /// <summary>Those of SeaweedFS' operator (<c>internal/controller</c>).</summary>
    public static Func<JsonElement, IEnumerable<(string Kind, string Name)>> ObjectStore { get; } = Of(
    [
        (Service, "-master"), (Service, "-master-peer"), (Service, "-filer"), (Service, "-filer-peer"), (Service, "-s3"),
        (Service, "-volume-peer"), (Service, "-admin"), (Service, "-admin-peer"), (StatefulSet, "-master"), (StatefulSet, "-filer"),
        (StatefulSet, "-volume"), (StatefulSet, "-admin"), (StatefulSet, "-worker"), (Deployment, "-s3"), (ConfigMap, "-security-config"),
        .. Enumerable.Range(0, MostVolumeServers).Select(number => (Service, $"-volume-{number}")),
    ]);

    /// <summary>Those of Valkey's chart, which names them by its release; other charts have a namespace to themselves.</summary>
    public static IEnumerable<(string Kind, string Name)> Chart(JsonElement inputs) =>
        Text(inputs, "chart") == "valkey" && Text(inputs, "name") is { } name
            ?
            [
                (Service, name), (Service, $"{name}-headless"), (StatefulSet, name), (Deployment, name), (ConfigMap, $"{name}-config"),
                (ConfigMap, $"{name}-init-scripts"), (Account, name), (Budget, name),
            ]
            : [];

    /// <summary>The secret of cert-manager's in which a gateway finds a certificate (its API: <c>spec.secretName</c>).</summary>
    public static IEnumerable<(string Kind, string Name)> Certificate(JsonElement inputs) =>
        inputs.TryGetProperty("spec", out var spec) && Text(spec, "secretName") is { } name ? [(Secret, name)] : [];

    private static Func<JsonElement, IEnumerable<(string Kind, string Name)>> Of(IReadOnlyList<(string Kind, string Ending)> objects) =>
        inputs => inputs.TryGetProperty("metadata", out var metadata) && Text(metadata, "name") is { } name
            ? objects.Select(derived => (derived.Kind, name + derived.Ending))
            : [];

    private static string? Text(JsonElement parent, string property) =>
        parent.TryGetProperty(property, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
