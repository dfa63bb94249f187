namespace Infra.Facts;

/// <summary>
/// Objects of Kubernetes. Every object is made anew when its name or its namespace changes; one that keeps its name is deleted first.
/// Config maps and secrets are made anew when what they hold changes, because the providers of this program leave EnableConfigMapMutable
/// and EnableSecretMutable off. Objects of custom types have no fields of their own that the provider knows of: what their operators cannot
/// change they refuse.
/// </summary>
internal static class KubernetesFacts
{
    private const string Restarting = "while another server takes over; without one, while it restarts";
    private const string OneByOne = "servers restart one after the other; one alone is away meanwhile";
    private const string LabelWords = "lower-case letters, digits and hyphens that start and end with a letter or digit";

    private static readonly string[] Metadata = ["metadata.name", "metadata.namespace", "metadata.uid"];

    // What becomes a DNS label, or a part of the labels of pods.
    private static readonly NameRule Label = new("metadata.name", 63, NamePatterns.Label(), LabelWords);

    // Eleven characters of a job's name are its time.
    private static readonly NameRule Schedule = new("metadata.name", 52, NamePatterns.Label(), LabelWords);

    // Eleven characters of the label that tells the revisions of its pods are their hash.
    private static readonly NameRule StatefulSet = new("metadata.name", 52, NamePatterns.Label(), LabelWords);

    private static readonly NameRule Subdomain = new(
        "metadata.name",
        253,
        NamePatterns.Subdomain(),
        "lower-case letters, digits, hyphens and dots that start and end with a letter or digit");

    private const string PodRequests = "spec.template.spec.containers[].resources.requests";

    public static PackageFacts Table { get; } = new(
        "kubernetes",
        "4.32.0",
        "the provider's own table of fields that cannot be updated; names from the Kubernetes documentation, \"Object Names and IDs\"; "
            + "what operators refuse from the sources of CloudNativePG, MySQL Operator, RabbitMQ Cluster Operator and Strimzi as they "
            + "are installed",
        "2026-11",
    [
        Object("kubernetes:apps/v1:Deployment", Label, ["spec.selector"]) with
        {
            ReturnsSpecification = false,
            Sizes = [PodRequests],
            Serves = true,
        },
        Object(
            "kubernetes:apps/v1:StatefulSet",
            StatefulSet,
            [
                "spec.podManagementPolicy", "spec.revisionHistoryLimit", "spec.selector", "spec.serviceName", "spec.volumeClaimTemplates",
            ]) with
        {
            ReturnsSpecification = false,
            Sizes = [PodRequests],
            Serves = true,
        },
        Object("kubernetes:autoscaling/v2:HorizontalPodAutoscaler", Subdomain, []) with { ReturnsSpecification = false },
        Object("kubernetes:barmancloud.cnpg.io/v1:ObjectStore", Subdomain, []),
        Object("kubernetes:batch/v1:CronJob", Schedule, []) with { ReturnsSpecification = false },
        Object("kubernetes:batch/v1:Job", Label, ["spec.completions", "spec.parallelism", "spec.selector", "spec.template"]) with
        {
            RunsOnce = true,
            ReturnsSpecification = false,
            Sizes = [PodRequests],
        },
        Object("kubernetes:cert-manager.io/v1:Certificate", Subdomain, []) with { Derives = DerivedObjects.Certificate },
        Object("kubernetes:cert-manager.io/v1:ClusterIssuer", Subdomain, []),
        Object("kubernetes:cert-manager.io/v1:Issuer", Subdomain, []),
        Object("kubernetes:core/v1:ConfigMap", Subdomain, ["binaryData", "data"]) with { Shows = ["binaryData", "data"] },
        Object("kubernetes:core/v1:Namespace", Label, []) with { Lasts = Lasting.Data },
        Object(
            "kubernetes:core/v1:PersistentVolumeClaim",
            Subdomain,
            ["spec.accessModes", "spec.selector", "spec.storageClassName", "spec.volumeName"]) with
        {
            ReturnsSpecification = false,
            Lasts = Lasting.Data,
            Refuses = [new("spec.resources.requests", When.Decreased, "a volume does not shrink")],
            Sizes = ["spec.resources.requests"],
        },
        Object("kubernetes:core/v1:Secret", Subdomain, ["data", "stringData", "type"]),
        Object("kubernetes:core/v1:Service", Label, ["spec.clusterIP"]) with
        {
            Nested =
            [
                .. Metadata, "status.loadBalancer.ingress[].hostname", "status.loadBalancer.ingress[].ip", "spec.clusterIP",
            ],
            Opens = Openings.Service,
            OpensByOmission = Openings.ServiceWithoutSources,
            Serves = true,
        },
        Object("kubernetes:core/v1:ServiceAccount", Subdomain, []),
        Object("kubernetes:externaldns.k8s.io/v1alpha1:DNSEndpoint", Subdomain, []),
        Object("kubernetes:gateway.envoyproxy.io/v1alpha1:BackendTrafficPolicy", Subdomain, []),
        Object("kubernetes:gateway.envoyproxy.io/v1alpha1:ClientTrafficPolicy", Subdomain, []),
        Object("kubernetes:gateway.envoyproxy.io/v1alpha1:EnvoyProxy", Subdomain, []),
        Object("kubernetes:gateway.envoyproxy.io/v1alpha1:SecurityPolicy", Subdomain, []),
        Object("kubernetes:gateway.networking.k8s.io/v1:Gateway", Subdomain, []) with
        {
            Nested = [.. Metadata, "status.addresses[].value"],
            Opens = Openings.Gateway,
            Serves = true,
        },
        Object("kubernetes:gateway.networking.k8s.io/v1:GatewayClass", Subdomain, []),
        Object("kubernetes:gateway.networking.k8s.io/v1:HTTPRoute", Subdomain, []) with { Serves = true },
        Object("kubernetes:gateway.networking.k8s.io/v1:TCPRoute", Subdomain, []) with { Serves = true },
        Object("kubernetes:gateway.networking.k8s.io/v1:TLSRoute", Subdomain, []) with { Serves = true },
        Object("kubernetes:gateway.networking.k8s.io/v1:UDPRoute", Subdomain, []) with { Serves = true },
        Object("kubernetes:gateway.networking.k8s.io/v1beta1:ReferenceGrant", Subdomain, []) with { Serves = true },
        new("kubernetes:helm.sh/v3:Release")
        {
            Nested = ["status.name", "status.namespace", "status.version"],
            Keeps = ["values"],
            Derives = DerivedObjects.Chart,
            Replaces = ["name", "namespace"],
            Serves = true,
        },
        Object("kubernetes:kafka.strimzi.io/v1:Kafka", Label, []) with
        {
            Derives = DerivedObjects.Stream,
            Lasts = Lasting.Data,
            Refuses = [new("spec.kafka.version", When.Decreased, "an older version does not read what a newer one wrote")],
            Interrupts =
            [
                new("spec.kafka.version", Note: OneByOne),
                new("spec.kafka.config", Note: OneByOne),
                new("spec.kafka.listeners", Note: OneByOne),
            ],
            Serves = true,
        },
        Object("kubernetes:kafka.strimzi.io/v1:KafkaNodePool", Label, []) with
        {
            Lasts = Lasting.Data,
            Refuses =
            [
                new("spec.replicas", Note: "the operator changes the number of controllers of no stream"),
                new("spec.storage.volumes[].size", When.Decreased, "a volume does not shrink"),
            ],
            Interrupts = [new("spec.resources", Note: OneByOne), new("spec.template", Note: OneByOne)],
            Sizes = ["spec.resources.requests"],
        },
        Object("kubernetes:kafka.strimzi.io/v1:KafkaTopic", Subdomain, []) with
        {
            Lasts = Lasting.Data,
            Refuses =
            [
                new("spec.partitions", When.Decreased, "Kafka takes no partition away"),
                new("spec.replicas", Note: "the operator changes the number of copies of no topic"),
                new("spec.topicName", Note: "a topic keeps its name"),
            ],
        },
        Object("kubernetes:kafka.strimzi.io/v1:KafkaUser", Subdomain, []) with { Derives = DerivedObjects.StreamLogin },
        Object("kubernetes:mysql.oracle.com/v2:InnoDBCluster", Subdomain, []) with
        {
            Derives = DerivedObjects.MySql,
            Lasts = Lasting.Data,
            Refuses = [new("spec.version", When.Decreased, "an older server does not start on what a newer one wrote")],
            Ignores =
            [
                new("spec.datadirVolumeClaimTemplate", Note: "volumes keep the size and the class that they are made with"),
                new("spec.mycnf", Note: "the operator reads it when it makes the servers"),
                new("spec.podSpec", Note: "the operator reads it when it makes the servers"),
            ],
            Interrupts = [new("spec.version", Note: Restarting)],
            Serves = true,
        },
        Object("kubernetes:networking.k8s.io/v1:NetworkPolicy", Subdomain, []) with
        {
            ReturnsSpecification = false,
            Opens = Openings.NetworkPolicy,
            OpensByOmission = Openings.NetworkPolicyWithoutSources,
        },
        Object("kubernetes:policy/v1:PodDisruptionBudget", Subdomain, []) with { ReturnsSpecification = false },
        Object("kubernetes:postgresql.cnpg.io/v1:Cluster", Subdomain, []) with
        {
            Derives = DerivedObjects.PostgreSql,
            Lasts = Lasting.Data,
            CopyOf = "spec.replica",
            Refuses =
            [
                new("spec.imageName", When.Decreased, "an older version") { Numbers = 1 },
                new("spec.storage.size", When.Decreased, "a volume does not shrink"),
            ],
            Interrupts =
            [
                new("spec.imageName", Note: "what uses PostGIS cannot be read without it: drop the extension before")
                {
                    From = ["ghcr.io/cloudnative-pg/postgis:*"],
                    To = ["ghcr.io/cloudnative-pg/postgresql:*"],
                },
                new("spec.imageName", Note: "while another server takes over; all stop while another major version upgrades the files"),
                new("spec.postgresql.parameters", Note: Restarting),
                new("spec.resources", Note: "while another server takes over; without one, while it restarts"),
            ],
            Serves = true,
            Sizes = ["spec.resources.requests"],
        },
        Object("kubernetes:postgresql.cnpg.io/v1:Database", Subdomain, []) with { Lasts = Lasting.Data },
        Object("kubernetes:postgresql.cnpg.io/v1:ScheduledBackup", Subdomain, []),
        Object("kubernetes:rabbitmq.com/v1beta1:RabbitmqCluster", Label, []) with
        {
            Derives = DerivedObjects.Broker,
            Lasts = Lasting.Data,
            Refuses =
            [
                new("spec.replicas", When.Decreased, "the operator takes no server away, and does nothing more until it is raised again"),
                new("spec.persistence.storage", When.Decreased, "a volume does not shrink"),
            ],
            Serves = true,
            Sizes = ["spec.resources.requests"],
        },
        Object("kubernetes:rbac.authorization.k8s.io/v1:Role", Subdomain, []),
        Object("kubernetes:rbac.authorization.k8s.io/v1:RoleBinding", Subdomain, ["roleRef"]),
        Object("kubernetes:seaweed.seaweedfs.com/v1:Bucket", Subdomain, []) with { Lasts = Lasting.Data },
        Object("kubernetes:seaweed.seaweedfs.com/v1:BucketLifecyclePolicy", Subdomain, []),
        Object("kubernetes:seaweed.seaweedfs.com/v1:S3Credentials", Subdomain, []),
        Object("kubernetes:seaweed.seaweedfs.com/v1:S3Identity", Subdomain, []),
        Object("kubernetes:seaweed.seaweedfs.com/v1:S3Policy", Subdomain, []),
        Object("kubernetes:seaweed.seaweedfs.com/v1:S3PolicyBinding", Subdomain, []),
        Object("kubernetes:seaweed.seaweedfs.com/v1:Seaweed", Subdomain, []) with
        {
            Derives = DerivedObjects.ObjectStore,
            Lasts = Lasting.Data,
            Serves = true,
        },
    ]);

    private static TypeFacts Object(string type, NameRule name, string[] fixedFields) => new(type)
    {
        Name = name,
        Nested = Metadata,
        Replaces = ["metadata.name", "metadata.namespace", .. fixedFields],
    };
}
