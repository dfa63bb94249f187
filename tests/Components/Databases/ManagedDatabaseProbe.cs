using Infra.Components.Databases;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;

namespace Infra.Tests.Databases;

internal sealed class ManagedDatabaseProbe : StoreProbe
{
    public override ComponentKind Kind => ManagedDatabaseKind.Instance;

    public override IReadOnlyList<string> Variants { get; } = Enum.GetNames<DatabaseEngine>();

    public override Component Create(Model model, string name) => new ManagedDatabase(name);

    public override Component Create(Model model, string name, string variant) =>
        new ManagedDatabase(name, new() { Engine = Enum.Parse<DatabaseEngine>(variant) });

    // Extensions are made for consumers.
    public override void Surround(Model model, Component component) => model.Add(new ContainerService("shop")).Writes(component);

    public override IReadOnlyDictionary<string, object> OtherValues => new Dictionary<string, object>
    {
        ["Version"] = "16",
        ["StorageGiB"] = 400,
        ["MaximumStorageGiB"] = 300,
        ["Database"] = "orders",
        ["Parameters"] = new object[]
        {
            Parameter("max_connections", "400"), Parameter("deadlock_timeout", "2000"), Parameter("max_locks_per_transaction", "128"),
        },
        ["Extensions"] = new object[]
        {
            new List<string> { "vector" }, new List<string> { "postgis" }, new List<string> { "pg_stat_statements" },
        },
        ["MaintenanceWindow"] = new MaintenanceWindow { Day = Weekday.Wednesday, Hour = 2 },
        ["SearchPath"] = new List<string> { "sales" },
        ["BeginsFrom"] = new object[]
        {
            new DatabaseOrigin { Snapshot = "rds:orders-2026-11-26-03-10" },
            new DatabaseOrigin { Snapshot = "shop-production/orders-1a2b3c4d" },
        },
    };

    public override IReadOnlyDictionary<string, object> OtherValuesOf(string? variant) => variant == nameof(DatabaseEngine.MySql)
        ? new Dictionary<string, object>(OtherValues)
        {
            ["Version"] = "8.0",
            ["Parameters"] = new object[] { Parameter("max_connections", "400"), Parameter("max_allowed_packet", "134217728") },
        }
        : OtherValues;

    private static Dictionary<string, string> Parameter(string name, string value) => new() { [name] = value };

    public override IReadOnlyDictionary<Cloud, StoreEvidence> Evidence { get; } = new Dictionary<Cloud, StoreEvidence>
    {
        [Cloud.Aws] = new("aws:rds/instance:Instance")
        {
            IsEncryptedAtRest = store => store.Has("storageEncrypted"),
            RefusesPlainText = store => store.Resources.Any(resource =>
                resource.TypeName == "ParameterGroup"
                && resource.Input("parameters[0].name") is "rds.force_ssl" or "require_secure_transport"
                && resource.Input("parameters[0].value") == "1"),
        },
        // Google Cloud encrypts everything at rest and offers no switch.
        [Cloud.Gcp] = new("gcp:sql/databaseInstance:DatabaseInstance")
        {
            IsEncryptedAtRest = _ => true,
            RefusesPlainText = store => store.Holder.Input("settings.ipConfiguration.sslMode") == "ENCRYPTED_ONLY",
        },
        [Cloud.Scaleway] = new("scaleway:databases/instance:Instance")
        {
            IsEncryptedAtRest = store => store.Has("encryptionAtRest"),
            RefusesPlainText = _ => false,
        },
        // Encrypted without a switch, and never without TLS (OVHcloud documentation: security overview of Public Cloud Databases).
        [Cloud.Ovh] = new("ovh:CloudProject/database:Database") { IsEncryptedAtRest = _ => true, RefusesPlainText = _ => true },
        // The operators' own access rules admit TLS only where the server has certificates.
        [Cloud.Kubernetes] = new("kubernetes:postgresql.cnpg.io/v1:Cluster", "kubernetes:mysql.oracle.com/v2:InnoDBCluster")
        {
            IsEncryptedAtRest = store => !store.Rules.Contains("storage-encryption"),
            RefusesPlainText = store =>
                (store.Holder.Input("spec.certificates.serverCASecret") ?? store.Holder.Input("spec.tlsSecretName")) is not null,
        },
    };
}
