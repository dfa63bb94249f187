using System.Text;
using System.Text.Json;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;
using LB = Pulumi.Aws.LB;
using S3 = Pulumi.Aws.S3;
using Vpc = Pulumi.Aws.Vpc;

namespace Infra.Tests.Plans;

public sealed class PlanWritingTests
{
    [Fact]
    public void Two_runs_give_the_same_bytes() => Assert.Equal(Json(Sample()), Json(Sample()));

    [Fact]
    public void Json_has_the_fields_of_a_plan_in_a_fixed_order()
    {
        var root = JsonElement.Parse(Json(Sample()));

        Assert.Equal(
            ["stack", "system", "environment", "location", "date", "placement", "components", "resources", "findings", "outputs"],
            Fields(root));
        Assert.Equal(
            ["name", "kind", "cloud", "state", "backing", "runsOn", "urn", "arguments", "outputs"],
            Fields(root.GetProperty("components")[0]));
        Assert.Equal(
            [
                "type", "name", "urn", "component", "cloud", "parent", "provider", "protect", "retainOnDelete", "deleteBeforeReplace",
                "ignoreChanges", "replaceOnChanges", "customTimeouts", "aliases", "inputs", "dependsOn", "references",
            ],
            Fields(root.GetProperty("resources")[0]));
        Assert.Equal(["severity", "rule", "component", "message"], Fields(root.GetProperty("findings")[0]));
        Assert.Equal("active", root.At("components[0].state"));
        Assert.Equal("native", root.At("components[0].backing"));
        Assert.Equal("aws", root.At("components[0].cloud"));
    }

    [Fact]
    public void Text_fits_a_terminal_and_shows_components_resources_and_totals()
    {
        var text = Text(Sample());

        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 120, line));
        Assert.Contains("part              Bucket              aws         native      Amazon S3\n", text);
        Assert.Contains(
            "Bucket                                    photos                                                    protected\n",
            text);
        Assert.Contains("1 component         6 resources", text);
        Assert.Contains("1 error, 0 warnings", text);
    }

    [Fact]
    public void Text_tells_what_can_be_reached_from_outside()
    {
        var text = Text(Sample());

        Assert.Contains("LoadBalancer edge                                           load balancer that faces the internet\n", text);
        Assert.Contains("SecurityGroupIngressRule https                              tcp 443 from 0.0.0.0/0\n", text);
        Assert.DoesNotContain("SecurityGroupIngressRule inner", text);
        Assert.DoesNotContain("BucketPublicAccessBlock block  ", text[text.IndexOf("Reachable", StringComparison.Ordinal)..]);
    }

    private static Plan Sample() => TestBuild.Plan(part =>
    {
        var bucket = new S3.Bucket("photos", new(), part.Inside(protect: true));
        _ = new S3.BucketPublicAccessBlock(
            "block",
            new()
            {
                Bucket = bucket.Id,
                BlockPublicAcls = true,
                BlockPublicPolicy = true,
                IgnorePublicAcls = true,
                RestrictPublicBuckets = true,
            },
            part.Inside());
        _ = new LB.LoadBalancer("edge", new() { Tags = { ["b"] = "2", ["a"] = "1", ["c"] = bucket.Arn } }, part.Inside());
        _ = new Vpc.SecurityGroupIngressRule(
            "https",
            new() { SecurityGroupId = "sg", IpProtocol = "tcp", FromPort = 443, ToPort = 443, CidrIpv4 = "0.0.0.0/0" },
            part.Inside());
        _ = new Vpc.SecurityGroupIngressRule(
            "inner",
            new() { SecurityGroupId = "sg", IpProtocol = "tcp", FromPort = 443, ToPort = 443, CidrIpv4 = "10.0.0.0/16" },
            part.Inside());
        throw new InvalidOperationException(
            "one error, whose message is long enough to show that findings are wrapped at the last column of a terminal and not at any "
            + "other");
    });

    private static string Json(Plan plan)
    {
        using var stream = new MemoryStream();
        PlanJson.Write(plan, stream);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string Text(Plan plan)
    {
        using var writer = new StringWriter();
        PlanText.Write(plan, writer);
        return writer.ToString();
    }

    private static IEnumerable<string> Fields(JsonElement element) => element.EnumerateObject().Select(property => property.Name);
}
