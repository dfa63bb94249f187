using Infra.Components.Buckets;
using Infra.Components.Checks;
using Infra.Components.Databases;
using Infra.Components.Networks;
using Infra.Components.Runtimes;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Clouds;

public sealed class ScalewayCloudTests
{
    [Fact]
    public void The_provider_says_everything_that_the_environment_could_say()
    {
        var provider = ScalewayPlans.Of(model => model.Add(new Bucket("photos"))).Only("pulumi:providers:scaleway");

        Assert.Equal(TestSettings.ProjectId, provider.Input("projectId"));
        Assert.Equal("fr-par", provider.Input("region"));
        Assert.Equal("fr-par-1", provider.Input("zone"));
    }

    [Fact]
    public void A_project_is_required_unless_the_plan_is_hypothetical()
    {
        var missing = ScalewayPlans.OnlyError(
            model => model.Add(new Bucket("photos")),
            settings: settings => settings with { Accounts = new() });

        Assert.Contains("infra:accounts.scaleway.projectId", missing, StringComparison.Ordinal);
        ScalewayPlans.Of(
            model => model.Add(new Bucket("photos")),
            settings: settings => settings with { Accounts = new(), Hypothetical = true });
    }

    [Theory]
    [InlineData("it-mil")]
    [InlineData("fr-par-1")]
    public void A_region_without_the_products_that_a_stack_needs_is_refused(string region)
    {
        var error = ScalewayPlans.OnlyError(
            model => model.Add(new Bucket("photos")),
            settings: settings => settings with { Regions = new Dictionary<Cloud, string> { [Cloud.Scaleway] = region } });

        Assert.Contains($"'{region}'", error, StringComparison.Ordinal);
        Assert.Contains("fr-par, nl-ams, pl-waw", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bucket_alone_needs_neither_network_nor_cluster()
    {
        var plan = ScalewayPlans.Of(model => model.Add(new Bucket("photos")));

        Assert.DoesNotContain(
            plan.Components,
            component => component.Kind == PrivateNetworkKind.Instance || component.Kind == RuntimeKind.Instance);
    }

    [Fact]
    public void Mysql_alone_needs_a_network_and_no_cluster()
    {
        var plan = ScalewayPlans.Of(model =>
            model.Add(new ManagedDatabase("orders", new() { Engine = DatabaseEngine.MySql, Version = "8.0" })));

        Assert.Contains(plan.Components, component => component.Kind == PrivateNetworkKind.Instance);
        Assert.DoesNotContain(plan.Components, component => component.Kind == RuntimeKind.Instance);
    }

    [Fact]
    public void Everything_is_tagged_as_text_and_buckets_with_a_map()
    {
        var plan = ScalewayPlans.Of(model => model.Add(new ContainerService("shop")).Writes(model.Add(new Bucket("photos"))));

        Assert.Contains(
            "component=shop",
            plan.Only("scaleway:iam/application:Application", "shop-photos").Input("tags"),
            StringComparison.Ordinal);
        Assert.Equal("sample", plan.Only("scaleway:object/bucket:Bucket").Input("tags.system"));
    }

    [Fact]
    public void A_stack_may_stand_on_scaleway_and_aws_at_once()
    {
        var plan = ScalewayPlans.Of(
            model =>
            {
                var photos = model.Add(new Bucket("photos"));
                model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(photos);
            },
            settings: settings => settings with { Placement = new Dictionary<string, Cloud> { ["photos"] = Cloud.Aws } });

        Assert.Contains(plan.Resources, resource => resource.Type == "aws:s3/bucket:Bucket");
        Assert.DoesNotContain(plan.Resources, resource => resource.Type == "scaleway:object/bucket:Bucket");
    }

    [Fact]
    public void Every_system_plans_on_a_hypothetical_project()
    {
        foreach (var system in Infra.Stacks.Systems.All)
        {
            Assert.Equal(
                "",
                Rehearsal.Run(
                    system,
                    TestSettings.For(Cloud.Scaleway, EnvironmentKind.Production, system) with { Accounts = new(), Hypothetical = true })
                    .Errors());
        }
    }

    [Fact]
    public void An_open_cluster_api_is_reported()
    {
        var plan = ScalewayPlans.Of(
            model => model.Add(new ContainerService("shop")),
            settings: settings => settings with { Accounts = new() { Scaleway = new(TestSettings.ProjectId) } });

        Assert.Contains(plan.Findings, finding => finding is { Severity: Severity.Warning, Rule.Id: "scaleway-api-open" });
        Assert.Empty(plan.OfType("scaleway:kubernetes/acl:Acl"));
    }

    [Fact]
    public void Keys_stop_working_on_the_day_that_the_stack_file_names()
    {
        static void Declare(Model model) => model.Add(new ContainerService("shop")).Writes(model.Add(new Bucket("photos")));
        var plan = ScalewayPlans.Of(Declare);
        var endless = ScalewayPlans.Of(Declare, settings: settings =>
            settings with { Accounts = new() { Scaleway = settings.Accounts.Scaleway! with { KeysExpireOn = null } } });

        Assert.Equal("2027-06-30T00:00:00Z", plan.Only("scaleway:iam/apiKey:ApiKey").Input("expiresAt"));
        Assert.DoesNotContain(plan.Findings, finding => finding.Rule.Id == "scaleway-key-expiry");
        Assert.Null(endless.Only("scaleway:iam/apiKey:ApiKey").Input("expiresAt"));
        Assert.Contains(endless.Findings, finding => finding is { Severity: Severity.Warning, Rule.Id: "scaleway-key-expiry" });
    }

    [Theory]
    [InlineData(29, false)]
    [InlineData(30, true)]
    public void Keys_that_do_not_outlive_the_day_of_the_update_are_refused(int day, bool isRefused) => Assert.Equal(
        isRefused,
        ScalewayPlans.Try(
            model => model.Add(new ContainerService("shop")).Writes(model.Add(new Bucket("photos"))),
            settings: settings => settings with { Today = new(2027, 6, day) })
            .Findings
            .Any(finding => finding is { Severity: Severity.Error, Rule.Id: "scaleway-key-end" }));

    [Fact]
    public void A_new_key_is_there_before_the_old_one_goes() =>
        Assert.All(
            RegisteredOptions.Of(
                Cloud.Scaleway,
                "scaleway:iam/apiKey:ApiKey",
                model => model.Add(new ContainerService("shop")).Writes(model.Add(new Bucket("photos")))).Values,
            options => Assert.NotEqual(true, options.DeleteBeforeReplace));

    [Fact]
    public void Without_a_way_out_nodes_would_never_reach_their_control_plane()
    {
        var error = ScalewayPlans.OnlyError(model =>
        {
            model.Add(new PrivateNetwork("network", new() { Egress = Egress.None }));
            model.Add(new ContainerService("shop"));
        });

        Assert.Contains("Set Egress to shared", error, StringComparison.Ordinal);
    }
}
