using Infra.Components.Databases;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Databases;

public sealed class ManagedDatabaseArgsTests
{
    public static TheoryData<string, ManagedDatabaseArgs> Refused => new()
    {
        { "Version", new() { Version = "14" } },
        { "Version", new() { Engine = DatabaseEngine.MySql, Version = "17" } },
        { "StorageGiB", new() { StorageGiB = 19 } },
        { "StorageGiB", new() { StorageGiB = 16385, MaximumStorageGiB = 20000 } },
        { "MaximumStorageGiB", new() { StorageGiB = 100, MaximumStorageGiB = 99 } },
        { "BackupDays", new() { BackupDays = 0 } },
        { "BackupDays", new() { BackupDays = 36 } },
        { "Database", new() { Database = "Orders" } },
        { "Database", new() { Database = "1orders" } },
        { "Database", new() { Database = "or-ders" } },
        { "Database", new() { Database = "postgres" } },
        { "Database", new() { Database = "rdsadmin" } },
        { "Database", new() { Database = "cloudsqlsuperuser" } },
        { "Parameters", new() { Parameters = Parameter("max_conections", "100") } },
        { "Parameters", new() { Parameters = Parameter("sort_buffer_size", "65536") } },
        { "Parameters.max_connections", new() { Parameters = Parameter("max_connections", "10") } },
        { "Parameters.work_mem", new() { Parameters = Parameter("work_mem", "16MB") } },
        { "Parameters.work_mem", new() { Parameters = Parameter("work_mem", "16384.5") } },
        { "Parameters.statement_timeout", new() { Parameters = Parameter("statement_timeout", "1000'; DROP TABLE orders") } },
        { "Extensions", new() { Extensions = ["pgvector"] } },
        { "Extensions", new() { Extensions = ["citext; DROP TABLE orders"] } },
        { "Extensions", new() { Engine = DatabaseEngine.MySql, Extensions = ["vector"] } },
        { "BeginsFrom", new() { BeginsFrom = new() } },
        { "BeginsFrom", new() { BeginsFrom = new() { Bucket = "dumps", Dump = "orders.dump", Snapshot = "orders" } } },
        { "BeginsFrom.Bucket", new() { BeginsFrom = new() { Dump = "orders.dump" } } },
        { "BeginsFrom.Bucket", new() { BeginsFrom = new() { Bucket = "dumps", Snapshot = "orders" } } },
        { "BeginsFrom.Dump", Dumped("/orders.dump") },
        { "BeginsFrom.Dump", Dumped("2026//orders.dump") },
        { "BeginsFrom.Dump", Dumped("../orders.dump") },
        { "BeginsFrom.Dump", Dumped("orders.dump; rm -rf /") },
        { "BeginsFrom.Dump", Dumped("orders dump") },
        { "BeginsFrom.Sha256", Dumped("orders.dump", "SHA256") },
        { "BeginsFrom.Snapshot", new() { BeginsFrom = new() { Snapshot = "orders\n" } } },
    };

    public static TheoryData<ManagedDatabaseArgs> Accepted => new()
    {
        new() { StorageGiB = 20, MaximumStorageGiB = 20, BackupDays = 1, Database = "o" },
        new() { StorageGiB = 16384, MaximumStorageGiB = 65536, BackupDays = 35, Database = new('o', 63) },
        new() { Engine = DatabaseEngine.MySql, Version = "8.0" },
        new() { Parameters = Parameter("random_page_cost", "1.1") },
        new() { Engine = DatabaseEngine.MySql, Parameters = Parameter("sort_buffer_size", "65536") },
        new() { Extensions = ["vector", "postgis", "uuid-ossp"] },
        Dumped("2026/11-26/orders_1.sql.gz", new('a', 64)),
        new() { BeginsFrom = new() { Snapshot = "arn:aws:rds:eu-west-3:111122223333:snapshot:orders" } },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_a_cloud_would_refuse_minutes_into_an_update_is_refused_before_it(string argument, ManagedDatabaseArgs args) =>
        Assert.Equal([argument], Refusals.Of(args));

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Bounds_themselves_are_allowed(ManagedDatabaseArgs args) => Assert.Empty(Refusals.Of(args));

    private static ManagedDatabaseArgs Dumped(string key, string sha256 = "") =>
        new() { BeginsFrom = new() { Bucket = "dumps", Dump = key, Sha256 = sha256 } };

    private static Dictionary<string, string> Parameter(string name, string value) => new() { [name] = value };
}
