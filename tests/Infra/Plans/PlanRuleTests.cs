using Infra.Tests.Testing;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Xunit;
using Apps = Pulumi.Kubernetes.Apps.V1;
using Core = Pulumi.Kubernetes.Core.V1;
using LB = Pulumi.Aws.LB;
using S3 = Pulumi.Aws.S3;

namespace Infra.Tests.Plans;

public sealed class PlanRuleTests
{
    [Fact]
    public void A_resource_outside_any_component_is_an_error()
    {
        var plan = TestBuild.Plan(part => _ = new S3.Bucket("stray", new(), new() { Provider = new Pulumi.Aws.Provider("second") }));

        Assert.Contains(
            plan.Findings,
            finding => finding.Rule.Id == "resource-owner" && finding.Message.Contains("::stray ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_resource_with_a_default_provider_is_an_error()
    {
        var plan = TestBuild.Plan(part => _ = new Core.ConfigMap("settings", new(), part.Inside()));

        var finding = Assert.Single(plan.Findings, finding => finding.Rule.Id == "provider-explicit");
        Assert.Contains("'kubernetes'", finding.Message);
    }

    [Fact]
    public void A_provider_without_an_account_is_explicit_too()
    {
        var byDefault = TestBuild.Plan(part => _ = new Pulumi.Random.RandomPassword("password", new() { Length = 20 }, part.Inside()));
        var byName = TestBuild.Plan(part => _ = new Pulumi.Random.RandomPassword("password", new() { Length = 20 }, part.Random()));

        Assert.Contains("'random'", Assert.Single(byDefault.Findings, finding => finding.Rule.Id == "provider-explicit").Message);
        Assert.Equal("", byName.Errors());
    }

    [Fact]
    public void A_list_of_sources_whose_emptiness_lets_everyone_in_is_never_empty()
    {
        var plan = TestBuild.Plan(part =>
        {
            var door = new ServiceArgs { Spec = new ServiceSpecArgs { Type = "LoadBalancer", LoadBalancerSourceRanges = [] } };
            _ = new Core.Service("door", door, part.Inside());
            _ = new Core.Service("street", new() { Spec = new ServiceSpecArgs { Type = "LoadBalancer" } }, part.Inside());
        });

        var finding = Assert.Single(plan.Findings, finding => finding.Rule.Id == "sources-empty");
        Assert.Contains("::door has nothing in spec.loadBalancerSourceRanges", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a-load-balancer-of-24-char", false)]
    [InlineData("a-load-balancer-of-24-ch", true)]
    public void A_logical_name_leaves_room_for_the_suffix_of_Pulumi(string name, bool isAllowed)
    {
        var plan = TestBuild.Plan(part => _ = new LB.LoadBalancer(name, new(), part.Inside()));

        Assert.Equal(isAllowed, !plan.Findings.Any(finding => finding.Rule.Id == "physical-name"));
    }

    [Theory]
    [InlineData("photos-production", true)]
    [InlineData("Photos", false)]
    [InlineData("xn--photos", false)]
    [InlineData("photos-s3alias", false)]
    [InlineData("192.168.10.10", false)]
    [InlineData("ab", false)]
    public void The_name_of_a_bucket_keeps_the_rules_of_S3(string name, bool isAllowed)
    {
        var plan = TestBuild.Plan(part => _ = new S3.Bucket("photos", new() { BucketName = name }, part.Inside()));

        Assert.Equal(isAllowed, !plan.Findings.Any(finding => finding.Rule.Id == "physical-name"));
    }

    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void The_name_of_a_deployment_fits_into_a_label_of_its_pods(int length, bool isAllowed)
    {
        var plan = TestBuild.Plan(part =>
        {
            var provider = new Pulumi.Kubernetes.Provider("cluster", new(), new() { Parent = part });
            var metadata = new Pulumi.Kubernetes.Types.Inputs.Meta.V1.ObjectMetaArgs { Name = new string('a', length) };
            _ = new Apps.Deployment("api", new() { Metadata = metadata }, new() { Parent = part, Provider = provider });
        });

        Assert.Equal(isAllowed, !plan.Findings.Any(finding => finding.Rule.Id == "physical-name"));
    }

    [Fact]
    public void An_object_without_anything_in_it_is_an_error()
    {
        var plan = TestBuild.Plan(part => _ = new Pulumi.Aws.ServiceDiscovery.Service(
            "shop",
            new() { HealthCheckCustomConfig = new Pulumi.Aws.ServiceDiscovery.Inputs.ServiceHealthCheckCustomConfigArgs() },
            part.Inside()));

        Assert.Contains(
            "healthCheckCustomConfig of ",
            Assert.Single(plan.Findings, finding => finding.Rule.Id == "input-empty").Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_of_Kubernetes_may_be_empty()
    {
        var plan = TestBuild.Plan(part =>
        {
            var provider = new Pulumi.Kubernetes.Provider("cluster", new(), new() { Parent = part });
            _ = new Core.ConfigMap("settings", new() { Data = new InputMap<string>() }, new() { Parent = part, Provider = provider });
        });

        Assert.DoesNotContain(plan.Findings, finding => finding.Rule.Id == "input-empty");
    }

    [Fact]
    public void A_name_that_holds_an_output_is_not_judged()
    {
        var plan = TestBuild.Plan(part =>
        {
            var suffix = new Pulumi.Random.RandomString("suffix", new() { Length = 8 }, part.Random());
            _ = new S3.Bucket("photos", new() { BucketName = Output.Format($"photos-{suffix.Result}") }, part.Inside());
        });

        Assert.Equal("photos-{suffix.result}", plan.Only("aws:s3/bucket:Bucket").Input("bucket"));
        Assert.Equal("", plan.Errors());
    }
}
