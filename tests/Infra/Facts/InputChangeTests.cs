using System.Text.Json;
using Infra.Facts;
using Xunit;

namespace Infra.Tests.Facts;

public sealed class InputChangeTests
{
    [Theory]
    [InlineData("aws:rds/instance:Instance", "engine")]
    [InlineData("aws:s3/bucket:Bucket", "bucket")]
    [InlineData("gcp:sql/databaseInstance:DatabaseInstance", "settings.collation")]
    [InlineData("gcp:storage/bucket:Bucket", "location")]
    [InlineData("kubernetes:apps/v1:Deployment", "spec.selector.matchLabels.app")]
    [InlineData("kubernetes:core/v1:Secret", "stringData.password")]
    [InlineData("ovh:CloudProject/database:Database", "nodes[0].region")]
    [InlineData("ovh:CloudProject/database:Database", "nodes[1].networkId")]
    [InlineData("random:index/randomPassword:RandomPassword", "length")]
    [InlineData("scaleway:kubernetes/pool:Pool", "nodeType")]
    public void A_change_at_or_below_a_known_path_replaces(string type, string path) =>
        Assert.Equal(When.Changed, FactTables.Of(type)!.Replaces.Of(path)!.When);

    [Theory]
    [InlineData("aws:rds/instance:Instance", "engineVersion")]
    [InlineData("aws:rds/instance:Instance", "instanceClass")]
    [InlineData("gcp:sql/databaseInstance:DatabaseInstance", "settings.tier")]
    [InlineData("kubernetes:apps/v1:Deployment", "spec.template.spec.containers[0].image")]
    [InlineData("kubernetes:core/v1:Service", "spec.clusterIPs[0]")]
    [InlineData("ovh:CloudProject/database:Database", "diskSize")]
    [InlineData("scaleway:databases/instance:Instance", "nodeType")]
    public void Another_change_does_not(string type, string path) => Assert.Null(FactTables.Of(type)!.Replaces.Of(path));

    [Fact]
    public void An_element_that_comes_or_goes_changes_everything_in_it() =>
        Assert.Equal(When.Changed, FactTables.Of("ovh:CloudProject/database:Database")!.Replaces.Of("nodes[1]")!.When);

    [Theory]
    [InlineData("aws:elasticache/replicationGroup:ReplicationGroup", "engineVersion", nameof(When.Decreased))]
    [InlineData("gcp:sql/databaseInstance:DatabaseInstance", "settings.ipConfiguration.privateNetwork", nameof(When.Removed))]
    [InlineData("aws:ec2/vpc:Vpc", "instanceTenancy", nameof(When.Sometimes))]
    public void Some_changes_replace_only_under_a_condition(string type, string path, string when) =>
        Assert.Equal(when, FactTables.Of(type)!.Replaces.Of(path)!.When.ToString());

    [Fact]
    public void The_change_with_the_fewest_conditions_is_told()
    {
        InputChanges changes = [new("settings.size", When.Decreased), "settings.engine"];

        Assert.Equal("settings.engine", changes.Of("settings")!.Path);
        Assert.Equal("settings.size", changes.Of("settings.size")!.Path);
        Assert.Null(changes.Of("settingsOfOthers"));
    }

    [Theory]
    [InlineData("postgresql:17.11-1", "postgis:17.10-2", false)]
    [InlineData("postgis:17.10-2", "postgresql:16.15-1", true)]
    public void Where_only_a_major_version_counts_an_older_patch_is_no_older_version(string from, string to, bool isOlder) =>
        Assert.Equal(isOlder, Cluster.Refuses.Of("spec.imageName", Image(from), Image(to), default) is not null);

    [Fact]
    public void An_image_without_PostGIS_takes_it_from_what_uses_it() => Assert.Contains(
        "PostGIS",
        Cluster.Interrupts.Of("spec.imageName", Image("postgis:17.10-2"), Image("postgresql:17.11-1"), default)!.Value.Change.Note,
        StringComparison.Ordinal);

    [Fact]
    public void What_the_provider_ignores_is_known_too() =>
        Assert.Equal(When.Decreased, FactTables.Of("aws:rds/instance:Instance")!.Ignores.Of("allocatedStorage")!.When);

    private static TypeFacts Cluster => FactTables.Of("kubernetes:postgresql.cnpg.io/v1:Cluster")!;

    private static JsonElement Image(string name) => JsonSerializer.SerializeToElement($"ghcr.io/cloudnative-pg/{name}");
}
