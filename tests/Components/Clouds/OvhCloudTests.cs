using Infra.Components.Buckets;
using Infra.Components.Clouds.Ovh;
using Infra.Components.Databases;
using Infra.Components.Placements;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Clouds;

public sealed class OvhCloudTests
{
    [Fact]
    public void Every_region_that_a_location_names_is_listed() =>
        Assert.All(Location.All.Select(location => location.Ovh).OfType<string>(), code => Assert.NotNull(OvhRegions.Find(code)));

    [Fact]
    public void Every_resource_names_the_project_and_has_an_explicit_provider()
    {
        var plan = OvhPlans.Good(Shop);

        var ovh = plan.Only("pulumi:providers:ovh");
        Assert.Equal("ovh-eu", ovh.Input("endpoint"));
        var own = plan.Resources.Where(resource => resource.Package == "ovh" && !resource.IsProvider).ToList();
        Assert.NotEmpty(own);
        Assert.All(own, resource => Assert.Equal("0123456789abcdef0123456789abcdef", resource.Input("serviceName")));
        Assert.All(own, resource => Assert.Equal(ovh.Urn, resource.Provider));
        var cluster = plan.Only("pulumi:providers:kubernetes");
        Assert.All(
            plan.Resources.Where(resource => resource.Package == "kubernetes" && !resource.IsProvider),
            resource => Assert.Equal(cluster.Urn, resource.Provider));
    }

    [Fact]
    public void Types_name_the_cloud_also_where_kubernetes_builds() =>
        Assert.Contains(
            OvhPlans.Good(Shop).Components,
            component => component.Urn.EndsWith("infra:ovh:ContainerService::shop", StringComparison.Ordinal));

    [Fact]
    public void A_bucket_alone_needs_neither_network_nor_cluster() =>
        Assert.Equal(["photos"], OvhPlans.Good(model => model.Add(new Bucket("photos"))).Components.Select(component => component.Name));

    [Fact]
    public void A_database_alone_needs_a_network_and_no_cluster() =>
        Assert.Empty(OvhPlans.Good(model => model.Add(new ManagedDatabase("orders"))).OfType("ovh:CloudProject/kube:Kube"));

    [Fact]
    public void Without_a_project_only_a_hypothetical_plan_is_possible()
    {
        Assert.Contains(
            "infra:accounts.ovh",
            OvhPlans.OnlyError(Declare, settings: settings => settings with { Accounts = new() }),
            StringComparison.Ordinal);
        OvhPlans.Good(Declare, settings: settings => settings with { Accounts = new(), Hypothetical = true });

        static void Declare(Model model) => model.Add(new Bucket("photos"));
    }

    [Fact]
    public void A_region_that_is_not_listed_is_refused_with_those_that_are()
    {
        var error = OvhPlans.OnlyError(
            model => model.Add(new Bucket("photos")),
            settings: settings => settings with { Regions = new Dictionary<Cloud, string> { [Cloud.Ovh] = "GRA1" } });

        Assert.Contains("'GRA1'", error, StringComparison.Ordinal);
        Assert.Contains("GRA11", error, StringComparison.Ordinal);
    }

    [Fact]
    public void European_accounts_cannot_use_american_regions() =>
        Assert.Contains(
            "ovh-eu",
            OvhPlans.OnlyError(model => model.Add(new Bucket("photos")), place: "virginia"),
            StringComparison.Ordinal);

    [Fact]
    public void An_image_for_arm_is_refused_with_the_alternatives()
    {
        var error = OvhPlans.OnlyError(model =>
            model.Add(new ContainerService("shop", new() { Port = 8080, Architecture = CpuArchitecture.Arm64 })));

        Assert.Contains("arm64", error, StringComparison.Ordinal);
        Assert.Contains("aws", error, StringComparison.Ordinal);
    }

    private static void Shop(Model model)
    {
        var photos = model.Add(new Bucket("photos"));
        var orders = model.Add(new ManagedDatabase("orders"));
        model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(photos).Writes(orders);
    }
}
