namespace Infra.Components.Clouds.Kubernetes;

/// <summary>A chart at a version, and the namespace that it is installed in.</summary>
/// <param name="Chart">The chart's name, or its whole address where it lies in an OCI registry.</param>
/// <param name="Repository">The chart repository; empty for an OCI registry.</param>
/// <param name="Version">The chart's version.</param>
/// <param name="Namespace">The namespace of what it installs; network policies admit operators by it.</param>
internal sealed record ChartRelease(string Chart, string Repository, string Version, string Namespace)
{
    /// <summary>
    /// Whether Helm installs the chart's definitions once and never updates them, because they lie in the chart's folder for them and not
    /// among its templates (Helm's documentation: custom resource definitions).
    /// </summary>
    public bool DefinesOnce { get; init; }
}

/// <summary>
/// Every version of what runs in a cluster besides the system itself, dated 2026-08, each from the project's own releases. Raising one
/// updates the stacks that own it; read the project's upgrade notes first.
/// </summary>
internal static class Releases
{
    /// <summary>Envoy Gateway with the Gateway API's definitions: the newest line, whose chart installs both.</summary>
    public static readonly ChartRelease EnvoyGateway =
        new("oci://docker.io/envoyproxy/gateway-helm", "", "v1.9.0", "envoy-gateway-system") { DefinesOnce = true };

    /// <summary>cert-manager: 1.21 serves HTTP-01 through the Gateway API without a feature gate.</summary>
    public static readonly ChartRelease CertManager = new("cert-manager", "https://charts.jetstack.io", "v1.21.1", "cert-manager");

    /// <summary>CloudNativePG 1.30: instance-level role management and backups by plugin only.</summary>
    public static readonly ChartRelease CloudNativePg =
        new("cloudnative-pg", "https://cloudnative-pg.github.io/charts", "0.29.0", "cnpg-system");

    /// <summary>CloudNativePG's backup plugin 0.13; it must stand in the operator's namespace (its installation guide).</summary>
    public static readonly ChartRelease BarmanCloud =
        new("plugin-barman-cloud", "https://cloudnative-pg.github.io/charts", "0.7.0", "cnpg-system");

    /// <summary>The MySQL operator 2.2.2: runs servers from 8.0.27 to 9.1.0.</summary>
    public static readonly ChartRelease MySqlOperator =
        new("mysql-operator", "https://mysql.github.io/mysql-operator/", "2.2.2", "mysql-operator") { DefinesOnce = true };

    /// <summary>
    /// MySQL Shell, as the operator of the same version brings it: what dumps databases. Of its digest no public source is known: the tag
    /// stands alone.
    /// </summary>
    public const string MySqlShellImage = "container-registry.oracle.com/mysql/community-operator:9.1.0-2.2.2";

    /// <summary>
    /// The SeaweedFS operator 1.0.36: the first line with identities, policies and lifecycle rules as objects of their own.
    /// </summary>
    public static readonly ChartRelease SeaweedFs =
        new("seaweedfs-operator", "https://seaweedfs.github.io/seaweedfs-operator/", "0.1.39", "seaweedfs-operator");

    /// <summary>external-dns 0.21: its chart brings the definition of record objects.</summary>
    public static readonly ChartRelease ExternalDns =
        new("external-dns", "https://kubernetes-sigs.github.io/external-dns/", "1.21.1", "external-dns") { DefinesOnce = true };

    /// <summary>
    /// RabbitMQ's cluster operator 2.22. Its project publishes no chart, so this is CloudPirates', which installs the project's own image
    /// and signs its releases.
    /// </summary>
    public static readonly ChartRelease RabbitMqOperator =
        new("oci://registry-1.docker.io/cloudpirates/rabbitmq-cluster-operator", "", "0.6.5", "rabbitmq-system") { DefinesOnce = true };

    /// <summary>Strimzi 1.2: runs Kafka 4.2 and 4.3, on Kubernetes 1.30 and newer.</summary>
    public static readonly ChartRelease Strimzi =
        new("oci://quay.io/strimzi-helm/strimzi-kafka-operator", "", "1.2.0", "strimzi-system") { DefinesOnce = true };

    /// <summary>
    /// The Kafka that it runs: the newest that this release of the operator knows. The operator raises the format of what servers write by
    /// itself once all of them have the version, and no older one reads it afterwards.
    /// </summary>
    public const string KafkaVersion = "4.3.1";

    /// <summary>The add-ons' charts.</summary>
    public static readonly IReadOnlyList<ChartRelease> Addons =
        [EnvoyGateway, CertManager, CloudNativePg, BarmanCloud, MySqlOperator, SeaweedFs, ExternalDns, RabbitMqOperator, Strimzi];

    /// <summary>Valkey 9.1 by its own project's chart; it goes into the stack's namespace.</summary>
    public static readonly ChartRelease Valkey = new("valkey", "https://valkey.io/valkey-helm/", "0.11.0", "");

    /// <summary>
    /// The object store: the version that the operator of the same date is tested with. Of its digest no public source is known: the tag
    /// stands alone.
    /// </summary>
    public const string SeaweedFsImage = "chrislusf/seaweedfs:4.33";
}
