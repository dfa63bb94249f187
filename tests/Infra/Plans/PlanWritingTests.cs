using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Infra.Components.Checks;
using Infra.Components.Databases;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using Xunit;
using LB = Pulumi.Aws.LB;
using S3 = Pulumi.Aws.S3;
using Vpc = Pulumi.Aws.Vpc;

namespace Infra.Tests.Plans;

public sealed partial class PlanWritingTests
{
    [Fact]
    public void Two_runs_give_the_same_bytes() => Assert.Equal(Json(Sample()), Json(Sample()));

    [Fact]
    public void Json_shows_what_a_reader_would_not_see_and_means_the_same()
    {
        const string Hidden = "moc.\u202elive \u2066é \U000e0041 \ufeff\u001b";
        var plan = Fixtures.Of(Cloud.Kubernetes).PlanWithoutErrors(model => model.Add(new ContainerService("shop", new()
        {
            Port = 8080,
            Environment = new Dictionary<string, string> { ["LINK"] = Hidden },
        })));

        var json = Json(plan);

        Assert.Contains(@"moc.\u202Elive \u2066é \uDB40\uDC41 \uFEFF\u001B", json, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', json);
        var deployment = JsonElement.Parse(json).GetProperty("resources").EnumerateArray().Single(resource =>
            resource.At("type") == "kubernetes:apps/v1:Deployment");
        var variables = JsonElement.Parse(deployment.At("inputs.spec.template.spec.containers[0].env")!).EnumerateArray();
        Assert.Contains(Hidden, variables.Select(variable => variable.At("value")));
    }

    [Fact]
    public void Json_has_the_fields_of_a_plan_in_a_fixed_order()
    {
        var root = JsonElement.Parse(Json(Sample()));

        Assert.Equal(
            ["stack", "system", "environment", "location", "date", "placement", "components", "resources", "findings", "outputs"],
            Fields(root));
        Assert.Equal(
            ["name", "kind", "cloud", "state", "backing", "runsOn", "product", "urn", "arguments", "outputs"],
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
    }

    [Fact]
    public void The_verdict_is_the_first_and_the_last_thing_that_text_says()
    {
        var bad = Text(Sample()).TrimEnd('\n').Split('\n');
        var good = Text(Database(EnvironmentKind.Production, new() { HighAvailability = false })).TrimEnd('\n').Split('\n');

        Assert.Equal(["1 error, 0 warnings: nothing would be deployed"], new[] { bad[2], bad[^1] }.Distinct());
        Assert.Equal(good[2], good[^1]);
        Assert.Matches(@"^0 errors, [1-9]\d* warnings?: can be deployed$", good[2]);
    }

    [Fact]
    public void Text_tells_what_was_decided_and_which_product_a_size_became()
    {
        var text = Text(Database(EnvironmentKind.Production, new()));

        Assert.Contains(
            "\n  size medium (db.m7g.large) · engine postgresql 17 · storage 50 GiB, up to 200 · high availability on · backups 14 days\n",
            text);
    }

    [Fact]
    public void What_production_has_less_of_than_usual_is_marked_and_warned_of()
    {
        var plan = Database(EnvironmentKind.Production, new() { HighAvailability = false, BackupDays = 1 });

        Assert.Contains("high availability off (usual: on)", Unwrapped(plan));
        Assert.Contains("backups 1 day (usual: 14 days)", Unwrapped(plan));
        Assert.Equal(
            [
                "orders: high availability is off; usual for a ManagedDatabase in production: on. "
                + "Change it in the system or in infra:components, or accept it by a waiver.",
                "orders: backups is 1 day; usual for a ManagedDatabase in production: 14 days. "
                + "Change it in the system or in infra:components, or accept it by a waiver.",
            ],
            plan.Findings
                .Where(finding => finding.Rule.Id == "weaker-than-usual")
                .Select(finding => $"{finding.Component}: {finding.Message}"));
    }

    [Theory]
    [InlineData(EnvironmentKind.Staging)]
    [InlineData(EnvironmentKind.Preview)]
    public void Elsewhere_less_is_what_the_environment_asks_for(EnvironmentKind environment)
    {
        var plan = Database(environment, new() { HighAvailability = false, BackupDays = 1 });

        Assert.Contains("high availability off · backups 1 day", Unwrapped(plan));
        Assert.DoesNotContain("usual:", Unwrapped(plan), StringComparison.Ordinal);
        Assert.DoesNotContain(plan.Findings, finding => finding.Rule.Id == "weaker-than-usual");
    }

    [Theory]
    [InlineData(80)]
    [InlineData(137)]
    [InlineData(200)]
    public void No_line_is_wider_than_the_terminal(int width)
    {
        var layout = new TextLayout { Width = width, Cuts = true };
        using var writer = new StringWriter();
        foreach (var cloud in Enum.GetValues<Cloud>())
        {
            PlanText.Write(
                Rehearsal.Run(new Infra.Stacks.Familink(), RepositoryStacks.Settings("familink-production", cloud)),
                writer,
                layout);
        }

        Assert.All(
            writer.ToString().Split('\n').Where(line => line.Contains(' ', StringComparison.Ordinal)),
            line => Assert.True(line.Length <= width || !line.TrimStart().Contains(' ', StringComparison.Ordinal), line));
    }

    [Fact]
    public void Bold_and_colours_add_nothing_but_themselves()
    {
        var plan = Database(EnvironmentKind.Production, new() { HighAvailability = false });
        using var styled = new StringWriter();
        using var plain = new StringWriter();

        PlanText.Write(plan, styled, new TextLayout { IsStyled = true });
        PlanText.Write(plan, plain, TextLayout.Plain);

        Assert.Contains("\u001b[1msample-production\u001b[0m\n", styled.ToString(), StringComparison.Ordinal);
        Assert.Equal(plain.ToString(), Style().Replace(styled.ToString(), ""));
        Assert.DoesNotContain('\u001b', plain.ToString());
    }

    [Fact]
    public void Text_tells_how_the_engine_treats_a_resource()
    {
        var text = Text(TestBuild.Plan(part =>
        {
            var options = part.Inside(protect: true);
            options.RetainOnDelete = true;
            options.IgnoreChanges.AddRange(["tags", "policy"]);
            _ = new S3.Bucket("photos", new(), options);
            var fixedName = part.Inside();
            fixedName.DeleteBeforeReplace = true;
            _ = new S3.Bucket("logs", new(), fixedName);
        }));

        Assert.Contains("photos                                                    protected\n", text);
        Assert.Contains("\n│                                            retained, ignores tags, policy\n", text);
        Assert.Contains("\n                                             deleted before replaced\n", text);
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
        _ = new LB.LoadBalancer(
            "edge",
            new() { Subnets = { "subnet" }, Tags = { ["b"] = "2", ["a"] = "1", ["c"] = bucket.Arn } },
            part.Inside());
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

    private static Plan Database(EnvironmentKind environment, ManagedDatabaseArgs arguments) =>
        TestSystems.Plan(Cloud.Aws, model => model.Add(new ManagedDatabase("orders", arguments)), environment, null);

    // Without the line breaks that the width makes.
    private static string Unwrapped(Plan plan) => Text(plan).Replace("\n    ", " · ", StringComparison.Ordinal);

    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex Style();

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
