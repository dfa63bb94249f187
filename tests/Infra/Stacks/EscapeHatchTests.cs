using Infra.Components.Composition;
using Infra.Components.Databases;
using Infra.Components.Databases.Aws;
using Infra.Components.Databases.Scaleway;
using Infra.Components.Networks;
using Infra.Components.Runtimes.Ovh;
using Infra.Components.Services;
using Infra.Components.Services.Gcp;
using Infra.Components.Services.Kubernetes;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Stacks;

/// <summary>One stack that asks every cloud for something only that cloud has, and still plans on all of them.</summary>
public sealed class EscapeHatchTests
{
    [Theory]
    [MemberData(nameof(Fixtures.EachCloud), MemberType = typeof(Fixtures))]
    public void A_stack_with_the_tweaks_of_all_clouds_plans_on_each(Cloud cloud) => Fixtures.Of(cloud).PlanWithoutErrors(Declare);

    [Fact]
    public void A_database_on_aws_has_the_instance_class_it_asks_for() =>
        Assert.Equal("db.r8g.large", On(Cloud.Aws).Only("aws:rds/instance:Instance").Input("instanceClass"));

    [Fact]
    public void A_service_on_google_cloud_has_the_concurrency_it_asks_for() =>
        Assert.Equal("20", On(Cloud.Gcp).Only("gcp:cloudrunv2/service:Service", "shop").Input("template.maxInstanceRequestConcurrency"));

    [Fact]
    public void A_database_on_scaleway_has_the_volume_it_asks_for() =>
        Assert.Equal("sbs_15k", On(Cloud.Scaleway).Only("scaleway:databases/instance:Instance").Input("volumeType"));

    [Fact]
    public void Nodes_on_ovhcloud_have_the_flavor_they_ask_for() =>
        Assert.All(
            On(Cloud.Ovh).OfType("ovh:CloudProject/kubeNodePool:KubeNodePool"),
            pool => Assert.Equal("b3-64", pool.Input("flavorName")));

    [Fact]
    public void A_deployment_on_kubernetes_has_the_priority_it_asks_for() =>
        Assert.Equal(
            "urgent",
            On(Cloud.Kubernetes).Only("kubernetes:apps/v1:Deployment", "shop").Input("spec.template.spec.priorityClassName"));

    [Theory]
    [MemberData(nameof(Fixtures.EachCloud), MemberType = typeof(Fixtures))]
    public void What_one_cloud_is_asked_for_changes_nothing_on_another(Cloud cloud)
    {
        var fixture = Fixtures.Of(cloud);
        // Clouds that run services on a Kubernetes of their own read its tweaks, too.
        var read = CloudIndex.Of(cloud).Provisions.SelectMany(provision => provision.Tweaks).ToHashSet();
        var tweaked = fixture.PlanWithoutErrors(model => Declare(model, tweak => !read.Contains(tweak.GetType())));

        Assert.Equal(Resources(fixture.PlanWithoutErrors(model => Declare(model, _ => false))), Resources(tweaked));
    }

    private static Plan On(Cloud cloud) => Fixtures.Of(cloud).PlanWithoutErrors(Declare);

    private static IEnumerable<string> Resources(Plan plan) => plan.Resources.Select(resource => $"{resource.Urn} {resource.Inputs}");

    private static void Declare(Model model) => Declare(model, _ => true);

    private static void Declare(Model model, Func<Tweak, bool> include)
    {
        model.Add(new PrivateNetwork("network", new() { Tweaks = Those(new OvhRuntimeTweak { Flavor = "b3-64" }) }));
        var orders = model.Add(new ManagedDatabase("orders", new()
        {
            Tweaks = Those(new AwsDatabaseTweak { InstanceClass = "db.r8g.large" }, new ScalewayDatabaseTweak { VolumeType = "sbs_15k" }),
        }));
        model.Add(new ContainerService("shop", new()
        {
            Port = 8080,
            Tweaks = Those(new GcpServiceTweak { Concurrency = 20 }, new KubernetesServiceTweak { PriorityClass = "urgent" }),
        })).Writes(orders);

        Tweak[] Those(params Tweak[] tweaks) => [.. tweaks.Where(include)];
    }
}
