using Infra.Tests.Testing;
using Pulumi;
using Xunit;
using Iam = Pulumi.Aws.Iam;
using S3 = Pulumi.Aws.S3;
using SecretsManager = Pulumi.Aws.SecretsManager;

namespace Infra.Tests.Rehearsals;

public sealed class FailureTests
{
    [Fact]
    public void Every_component_that_cannot_be_built_is_reported_and_the_others_are_built()
    {
        var plan = TestBuild.PlanOf(
            ("one", _ => throw new InvalidOperationException("the first is broken")),
            ("two", part => _ = new S3.Bucket("photos", new(), part.Inside())),
            ("three", _ => throw new RunException("the third lacks a domain")));

        Assert.Equal(
            [
                "one: It cannot be built: InvalidOperationException in FailureTests: the first is broken.",
                "three: It cannot be built: the third lacks a domain.",
            ],
            plan.Findings.Select(finding => $"{finding.Component}: {finding.Message}"));
        Assert.Single(plan.OfType("aws:s3/bucket:Bucket"));
    }

    [Fact]
    public void Every_required_input_that_is_missing_is_named_with_its_resource()
    {
        var plan = TestBuild.Plan(part =>
        {
            _ = new S3.BucketPolicy("first", new() { Bucket = "photos" }, part.Inside());
            _ = new S3.BucketPublicAccessBlock("second", new(), part.Inside());
        });

        Assert.Collection(
            plan.Findings.Where(finding => finding.Rule.Id == "input-missing"),
            finding => Assert.StartsWith(
                "policy of urn:pulumi:sample-production::infra::infra:aws:Bucket$aws:s3/bucketPolicy:BucketPolicy::first is nothing",
                finding.Message),
            finding => Assert.StartsWith(
                "bucket of "
                + "urn:pulumi:sample-production::infra::infra:aws:Bucket$aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock::second is "
                + "nothing",
                finding.Message));
    }

    [Fact]
    public void A_value_that_cannot_be_computed_is_named_with_its_resource_and_without_a_stack_trace()
    {
        var plan = TestBuild.Plan(part =>
        {
            var bucket = new S3.Bucket("photos", new(), part.Inside());
            var number = bucket.Id.Apply(id => int.Parse(id, System.Globalization.CultureInfo.InvariantCulture));
            _ = new Iam.Role("reader", new() { AssumeRolePolicy = "{}", MaxSessionDuration = number }, part.Inside());
        });

        var finding = Assert.Single(plan.Findings);
        Assert.Equal("input-failed", finding.Rule.Id);
        Assert.Equal("part", finding.Component);
        Assert.StartsWith(
            "maxSessionDuration of urn:pulumi:sample-production::infra::infra:aws:Bucket$aws:iam/role:Role::reader could not be computed",
            finding.Message);
        Assert.Contains("'{photos.id}'", finding.Message);
        Assert.DoesNotContain(" at ", finding.Message);
    }

    [Fact]
    public void Two_resources_with_one_URN_are_an_error_that_names_both_places()
    {
        var plan = TestBuild.Plan(part =>
        {
            _ = new S3.Bucket("photos", new(), part.Inside());
            Again(part);
        });

        var finding = Assert.Single(plan.Findings, finding => finding.Rule.Id == "urn-unique");
        Assert.Contains("aws:s3/bucket:Bucket::photos is constructed 2 times", finding.Message);
        Assert.Equal(2, finding.Message.Split("FailureTests").Length - 1);
    }

    [Fact]
    public void A_failed_rehearsal_leaves_no_exit_code()
    {
        var before = Environment.ExitCode;

        TestBuild.Plan(part => _ = new S3.BucketPolicy("first", new() { Bucket = "photos" }, part.Inside()));

        Assert.Equal(before, Environment.ExitCode);
    }

    [Fact]
    public void An_error_that_no_input_explains_is_reported_in_the_words_of_the_runtime()
    {
        var plan = TestBuild.Plan(part =>
        {
            var bucket = new S3.Bucket("photos", new(), part.Inside());
            bucket.Id.Apply(id => id.Length > 0 ? throw new InvalidOperationException("nobody reads this") : id);
        });

        var finding = Assert.Single(plan.Findings);
        Assert.Equal("rehearsal-failed", finding.Rule.Id);
        Assert.Contains("nobody reads this", finding.Message);
        Assert.DoesNotContain(" at ", finding.Message);
    }

    [Fact]
    public void An_output_in_a_plain_interpolation_is_an_error()
    {
        var plan = TestBuild.Plan(part =>
        {
            var bucket = new S3.Bucket("photos", new(), part.Inside());
            _ = new SecretsManager.Secret("parameter", new() { Description = $"the bucket {bucket.Id}" }, part.Inside());
        });

        Assert.Contains(
            plan.Findings,
            finding => finding.Rule.Id == "output-interpolated" && finding.Message.StartsWith("description of ", StringComparison.Ordinal));
    }

    private static void Again(Part part) => _ = new S3.Bucket("photos", new(), part.Inside());
}
