using Infra.Components.Checks;
using Infra.Plans;
using Infra.Tests.Testing;
using Pulumi;
using Xunit;
using S3 = Pulumi.Aws.S3;

namespace Infra.Tests.Stacks;

/// <summary>The form in which plans are held, so that the difference of two of them can be read.</summary>
public sealed class SnapshotTests
{
    private static readonly string[] Names = [.. Enumerable.Range(1, 40).Select(number => $"bucket-{number:00}")];

    [Fact]
    public void One_more_argument_on_every_resource_of_a_type_is_one_more_line()
    {
        var before = Lines(Buckets(_ => new()));
        var after = Lines(Buckets(_ => new() { ForceDestroy = true }));

        Assert.Equal(["  forceDestroy = True  (all)"], after.Except(before));
        Assert.Equal(before.Length + 1, after.Length);
    }

    [Fact]
    public void A_value_that_some_resources_have_stands_with_their_names() => Assert.Contains(
        "  forceDestroy = True  (bucket-03, bucket-07)",
        Lines(Buckets(name => new() { ForceDestroy = name is "bucket-03" or "bucket-07" ? true : null! })));

    [Fact]
    public void A_long_list_of_names_is_wrapped()
    {
        var lines = Lines(Buckets(name => new() { ForceDestroy = name != "bucket-01" }));

        Assert.All(lines, line => Assert.InRange(line.Length, 0, 140));
        Assert.Contains("  forceDestroy = True", lines);
        Assert.Contains("  forceDestroy = False  (bucket-01)", lines);
    }

    [Fact]
    public void The_order_in_which_resources_are_registered_shows_nowhere() =>
        Assert.Equal(Lines(Buckets(_ => new())), Lines(Buckets(_ => new(), [.. Names.Reverse()])));

    [Fact]
    public void Parent_protection_order_and_findings_are_told()
    {
        var plan = TestBuild.Plan(part =>
        {
            var first = new S3.Bucket("first", new(), part.Inside(protect: true));
            new S3.Bucket("second", new(), part.Inside(dependsOn: first));
        });
        var told = plan with { Findings = [new(Severity.Warning, Rule.Warning("rule", "Nothing is amiss"), "part", "Something is.")] };

        Assert.Equal(
            """
            stack sample-production

            component infra:aws:Bucket
                part
              Native: Amazon S3  (all)
              egressAddresses =   (all)
              networkId = none  (all)
            """,
            string.Join('\n', Lines(told)[..7]));
        Assert.Equal(
            """
            aws:s3/bucket:Bucket
                first, second
              after aws:s3/bucket:Bucket first  (second)
              in infra:aws:Bucket part  (all)
              protected  (first)

            """,
            string.Join('\n', Lines(told)[8..14]));
        Assert.Contains("Warning rule part: Something is.", Lines(told));
    }

    private static string[] Lines(Plan plan) => Snapshot.Render(plan).Split('\n');

    private static Plan Buckets(Func<string, S3.BucketArgs> args, IEnumerable<string>? names = null) => TestBuild.Plan(part =>
    {
        foreach (var name in names ?? Names) new S3.Bucket(name, args(name), part.Inside());
    });
}
