using Infra.Components.Addons;
using Infra.Components.Caches;
using Infra.Components.Composition;
using Infra.Components.Databases;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Clouds;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Addons;

public sealed class KubernetesClusterAddonTests
{
    private const string Release = "kubernetes:helm.sh/v3:Release";

    [Fact]
    public void Only_those_that_components_build_on_are_installed()
    {
        Assert.Empty(Charts(model => model.Add(new ContainerService("shop"))));
        Assert.Equal(["valkey"], Charts(model => model.Add(new Cache("sessions"))));
        Assert.Equal(["cert-manager", "cloudnative-pg", "plugin-barman-cloud"], Charts(model => model.Add(new ManagedDatabase("orders"))));
        Assert.Equal(
            ["mysql-operator"],
            Charts(model => model.Add(new ManagedDatabase("orders", new() { Engine = DatabaseEngine.MySql }))));
    }

    [Fact]
    public void Every_release_has_a_version() =>
        Assert.All(
            KubernetesPlans.Good(KubernetesCloudTests.Everything).OfType(Release),
            release => Assert.Matches(@"^v?\d+\.\d+\.\d+$", release.Input("version")));

    [Fact]
    public void One_that_another_stack_owns_is_not_installed()
    {
        var plan = KubernetesPlans.Plan(
            model => model.Add(new ManagedDatabase("orders")),
            settings: settings => settings with
            {
                Addons = new Dictionary<string, string>
                {
                    ["database-op"] = "platform-production",
                    ["cert-manager"] = "platform-production",
                },
            });

        Assert.Equal("", plan.Errors());
        Assert.Empty(plan.OfType(Release));
        Assert.Single(plan.OfType("kubernetes:postgresql.cnpg.io/v1:Cluster"));
    }

    [Fact]
    public void Charts_whose_definitions_stay_behind_when_their_version_is_raised_are_named()
    {
        var gap = Assert.Single(CloudIndex.Of(Cloud.Kubernetes).Find(ClusterAddonKind.Instance)!.Gaps);

        Assert.All(
            ["gateway-helm", "mysql-operator", "external-dns", "rabbitmq-cluster-operator"],
            chart => Assert.Contains(chart, gap.Remark, StringComparison.Ordinal));
        Assert.All(
            ["cert-manager", "cloudnative-pg", "seaweedfs-operator"],
            chart => Assert.DoesNotContain(chart, gap.Remark, StringComparison.Ordinal));
    }

    [Fact]
    public void What_builds_on_one_waits_for_it()
    {
        var plan = KubernetesPlans.Good(model => model.Add(new ManagedDatabase("orders")));

        Assert.Contains(plan.Only(Release, "database-op").Urn, plan.Only("kubernetes:postgresql.cnpg.io/v1:Cluster").DependsOn);
        Assert.Contains(plan.Only(Release, "cert-manager").Urn, plan.Only(Release, "database-op-backup").DependsOn);
    }

    [Fact]
    public void A_declared_one_serves_every_engine()
    {
        var charts = Charts(model => model.Add(new ClusterAddon("operators", new() { Addon = Addon.DatabaseOperator })), alsoService: true);

        Assert.Contains("cloudnative-pg", charts);
        Assert.Contains("mysql-operator", charts);
    }

    [Fact]
    public void The_gateway_brings_the_class_that_gateways_ask_for()
    {
        var gatewayClass = KubernetesPlans.Good(KubernetesCloudTests.Everything)
            .Only("kubernetes:gateway.networking.k8s.io/v1:GatewayClass");

        Assert.Equal("eg", gatewayClass.Input("metadata.name"));
        Assert.Null(gatewayClass.Input("metadata.namespace"));
    }

    [Fact]
    public void External_dns_changes_and_deletes_what_it_owns_and_writes_into_the_stacks_zones_only()
    {
        var values = KubernetesPlans.Good(KubernetesCloudTests.Everything).Only(Release, "external-dns");

        Assert.Equal("sync", values.Input("values.policy"));
        Assert.Equal("sample-production", values.Input("values.txtOwnerId"));
        Assert.Equal("""["shop.example"]""", values.Input("values.domainFilters"));
        Assert.Equal("""["crd"]""", values.Input("values.sources"));
    }

    [Fact]
    public void The_record_of_an_owner_lies_in_the_zone_and_knows_the_type() => Assert.Matches(
        @"^%\{record_type\}[a-z-]*\.\z",
        KubernetesPlans.Good(KubernetesCloudTests.Everything).Only(Release, "external-dns").Input("values.txtPrefix")!);

    [Fact]
    public void A_declared_external_dns_writes_the_records_of_other_stacks_too()
    {
        var values = KubernetesPlans.Good(model =>
        {
            KubernetesCloudTests.Everything(model);
            model.Add(new ClusterAddon("names", new() { Addon = Addon.ExternalDns }));
        }).Only(Release, "names");

        Assert.Equal("[]", values.Input("values.domainFilters") ?? "[]");
    }

    [Fact]
    public void Cert_manager_knows_the_gateway_api_whose_definitions_come_first()
    {
        var plan = KubernetesPlans.Good(KubernetesCloudTests.Everything);

        Assert.Equal("true", plan.Only(Release, "cert-manager").Input("values.config.gatewayAPI.enabled"), ignoreCase: true);
        Assert.Equal("true", plan.Only(Release, "cert-manager").Input("values.crds.keep"), ignoreCase: true);
        Assert.Contains(plan.Only(Release, "gateway").Urn, plan.Only(Release, "cert-manager").DependsOn);
    }

    [Theory]
    [InlineData(null, "false", "off")]
    [InlineData("platform-production", "true", "on")]
    [InlineData("sample-production", "false", "off")]
    public void Cert_manager_asks_for_the_gateway_api_only_where_somebody_installs_it(string? owner, string enabled, string annotation)
    {
        // Backups need cert-manager, and nothing here a gateway.
        var release = KubernetesPlans.Plan(
            model => model.Add(new ManagedDatabase("orders")),
            settings: settings => owner is null
                ? settings
                : settings with { Addons = new Dictionary<string, string> { ["gateway"] = owner } }).WithoutErrors()
            .Only(Release, "cert-manager");

        Assert.Equal(enabled, release.Input("values.config.gatewayAPI.enabled"), ignoreCase: true);
        Assert.Equal($"{{\"infra/gateway-api\":\"{annotation}\"}}", release.Input("values.podAnnotations"));
        Assert.Null(release.Input("values.config.enableGatewayAPI"));
    }

    [Fact]
    public void Production_refuses_to_remove_what_other_stacks_build_on_and_an_upgrade_that_fails_goes_back() =>
        Assert.All(
            KubernetesPlans.Good(KubernetesCloudTests.Everything).OfType(Release).Where(release => release.Name != "sessions"),
            release => Assert.Equal((true, "true"), (release.Protect, release.Input("atomic")!.ToLowerInvariant())));

    private static IReadOnlyList<string> Charts(Action<Model> declare, bool alsoService = false)
    {
        var plan = KubernetesPlans.Good(model =>
        {
            declare(model);
            if (alsoService) model.Add(new ContainerService("shop"));
        });
        return [.. plan.OfType(Release).Select(release => release.Input("chart")!.Split('/')[^1]).Order(StringComparer.Ordinal)];
    }
}
