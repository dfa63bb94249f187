using System.Text.Json;
using Infra.Components.Checks;
using Infra.Plans;
using Infra.Plans.Rules;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Plans;

public sealed class AcceptedInputTests
{
    private const string Route = "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute";
    private const string Service = "kubernetes:core/v1:Service";
    private const string Budget = "kubernetes:policy/v1:PodDisruptionBudget";

    [Theory]
    [InlineData(
        "kubernetes:seaweed.seaweedfs.com/v1:Seaweed",
        """{"spec":{"master":{"replicas":3,"persistence":{"enabled":true}}}}""",
        "input-unknown",
        "spec.master.persistence")]
    [InlineData(Service, """{"spec":{"ports":[{"port":80,"targetport":8080}]}}""", "input-unknown", "spec.ports[0].targetport")]
    [InlineData(Service, """{"spec":{"ports":[{"port":"http"}]}}""", "input-type", "spec.ports[0].port")]
    [InlineData(Service, """{"spec":{"ports":{"port":80}}}""", "input-type", "spec.ports")]
    [InlineData(Service, """{"spec":{"ports":[{"name":"http"}]}}""", "input-required", "spec.ports[0].port")]
    [InlineData(Service, """{"spec":{"ports":[{"port":70000}]}}""", "input-value", "spec.ports[0].port")]
    [InlineData(Service, """{"spec":{"type":"Loadbalancer"}}""", "input-value", "spec.type")]
    [InlineData(Service, """{"metadata":{"labels":{"owner":"Jo Doe"}}}""", "input-value", "metadata.labels.owner")]
    [InlineData(Service, """{"metadata":{"labels":{"the owner":"jo"}}}""", "input-value", "metadata.labels.the owner")]
    [InlineData(Service, "{\"metadata\":{\"labels\":{\"owner\":\"jo\\n\"}}}", "input-value", "metadata.labels.owner")]
    [InlineData(Budget, """{"spec":{"minAvailable":1,"maxUnavailable":"25%"}}""", "input-conflict", "spec")]
    [InlineData(Budget, """{"spec":{"maxUnavailable":"quarter"}}""", "input-value", "spec.maxUnavailable")]
    [InlineData(
        "kubernetes:apps/v1:Deployment",
        """{"spec":{"selector":{},"template":{"spec":{"containers":[{"name":"a"},{"name":"a"}]}}}}""",
        "input-value",
        "spec.template.spec.containers[1]")]
    [InlineData(
        "aws:rds/instance:Instance",
        """{"instanceClass":"db.t4g.micro","backupRetentionPeriod":36}""",
        "input-value",
        "backupRetentionPeriod")]
    [InlineData("aws:rds/instance:Instance", """{"backupRetentionPeriod":35}""", "input-required", "instanceClass")]
    [InlineData("aws:cloudwatch/logGroup:LogGroup", """{"retentionInDays":31}""", "input-value", "retentionInDays")]
    [InlineData(
        "gcp:sql/databaseInstance:DatabaseInstance",
        """{"databaseVersion":"POSTGRES_17","settings":{"tier":"a","edition":"MOST"}}""",
        "input-value",
        "settings.edition")]
    [InlineData(
        "ovh:index/cloudProjectStorageObjectBucketLifecycleConfiguration:CloudProjectStorageObjectBucketLifecycleConfiguration",
        """{"containerName":"a","regionName":"GRA","rules":[{"status":"enabled","transitions":[{"storageClass":"GLACIER_IR"}]}]}""",
        "input-value",
        "rules[0].transitions[0].storageClass")]
    [InlineData(
        "scaleway:databases/privilege:Privilege",
        """{"instanceId":"a","databaseName":"a","userName":"a","permission":"write"}""",
        "input-value",
        "permission")]
    public void What_the_receiver_refuses_is_found(string type, string inputs, string rule, string path)
    {
        var finding = Assert.Single(Check(type, inputs));

        Assert.Equal(rule, finding.Rule.Id);
        Assert.StartsWith($"{path} of urn:", finding.Message, StringComparison.Ordinal);
        Assert.Contains("allowed: ", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Service, """{"metadata":{"name":"shop","labels":{"owner":"jo.doe"}},"spec":{"ports":[{"port":80,"targetPort":"http"}]}}""")]
    [InlineData(Service, """{"spec":{"ports":[{"port":"{shop.port}"}],"type":"[secret {shop.type}]","clusterIP":null}}""")]
    [InlineData(Budget, """{"spec":{"maxUnavailable":"25%"}}""")]
    [InlineData("kubernetes:example.com/v1:Unheard", """{"spec":{"anything":1}}""")]
    [InlineData("aws:sqs/queue:Queue", """{"anything":1}""")]
    [InlineData("aws:cloudwatch/logGroup:LogGroup", """{"retentionInDays":30}""")]
    public void What_is_accepted_or_not_known_is_not(string type, string inputs) => Assert.Empty(Check(type, inputs));

    [Theory]
    [InlineData(16, false)]
    [InlineData(17, true)]
    public void A_list_that_is_too_long_is_found(int rules, bool isFound)
    {
        var list = string.Join(',', Enumerable.Repeat("""{"backendRefs":[{"name":"shop","port":80}]}""", rules));

        Assert.Equal(isFound, Check(Route, $$$"""{"spec":{"rules":[{{{list}}}]}}""").Any(finding => finding.Rule.Id == "input-value"));
    }

    [Theory]
    [InlineData("aws:route53/record:Record", """{"name":"a","type":"A","zoneId":"b","records":["c"],"aliases":[]}""")]
    [InlineData("aws:route53/record:Record", """{"name":"a","type":"A","zoneId":"b"}""")]
    [InlineData("gcp:compute/firewall:Firewall", """{"network":"a","allows":[],"denies":[]}""")]
    [InlineData("scaleway:iam/policy:Policy", """{"rules":[],"applicationId":"{job.id}","userId":"{job.id}"}""")]
    public void Inputs_that_exclude_each_other_are_found(string type, string inputs) =>
        Assert.Equal("input-conflict", Assert.Single(Check(type, inputs)).Rule.Id);

    [Fact]
    public void A_chart_is_installed_in_a_version_that_is_published()
    {
        var finding = Assert.Single(Check(
            "kubernetes:helm.sh/v3:Release", """{"chart":"cert-manager-webhook-ovh","version":"0.9.12"}"""));

        Assert.Equal("chart-version", finding.Rule.Id);
        Assert.Contains("0.9.16", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chart_is_given_values_that_it_knows()
    {
        var finding = Assert.Single(Check(
            "kubernetes:helm.sh/v3:Release",
            """
            {
              "chart": "oci://docker.io/envoyproxy/gateway-helm",
              "version": "v1.9.0",
              "values": { "deployment": { "replicas": 2 }, "service": { "annotations": { "a/b": "c" } }, "deployments": {} }
            }
            """), found => found.Message.StartsWith("values.deployments ", StringComparison.Ordinal));

        Assert.Equal("input-unknown", finding.Rule.Id);
    }

    private static List<Finding> Check(string type, string inputs)
    {
        var resource = new PlannedResource
        {
            Type = type,
            Name = "main",
            Urn = $"urn:pulumi:sample::infra::{type}::main",
            Component = "part",
            Cloud = null,
            Parent = null,
            Provider = "provider",
            Protect = false,
            Inputs = JsonElement.Parse(inputs),
            DependsOn = [],
            References = [],
        };
        return
        [
            .. PlanRules.Check(TestBuild.Plan(_ => { }) with { Resources = [resource] })
                .Where(finding => finding.Rule.Id.StartsWith("input-", StringComparison.Ordinal) || finding.Rule.Id == "chart-version"),
        ];
    }
}
