using Infra.Components.Checks;
using Infra.Components.Search;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Search;

public sealed class KubernetesSearchEngineTests
{
    private const string Servers = "kubernetes:apps/v1:StatefulSet";
    private const string Claim = "kubernetes:core/v1:PersistentVolumeClaim";

    [Fact]
    public void Three_servers_hold_the_indices_in_production_and_one_elsewhere()
    {
        var staging = KubernetesPlans.Good(Declare, EnvironmentKind.Staging);

        Assert.Equal("3", KubernetesPlans.Good(Declare).Only(Servers).Input("spec.replicas"));
        Assert.Equal("1", staging.Only(Servers).Input("spec.replicas"));
        Assert.DoesNotContain(staging.OfType("kubernetes:policy/v1:PodDisruptionBudget"), budget => budget.Name == "catalogue");
    }

    [Fact]
    public void Its_servers_take_protected_claims_of_the_names_that_the_set_would_give_them()
    {
        var plan = KubernetesPlans.Good(Declare);
        var template = plan.Only(Servers).Input("spec.volumeClaimTemplates[0].metadata.name");

        Assert.Equal(
            Enumerable.Range(0, 3).Select(number => $"{template}-catalogue-{number}"),
            plan.OfType(Claim).Select(claim => claim.Input("metadata.name")).Order());
        Assert.All(plan.OfType(Claim), claim =>
        {
            Assert.True(claim.Protect);
            Assert.Contains(claim.Urn, plan.Only(Servers).DependsOn);
        });
    }

    [Fact]
    public void A_larger_volume_changes_claims_in_place_and_nothing_of_the_set()
    {
        var small = KubernetesPlans.Good(model => Declare(model, new()));
        var large = KubernetesPlans.Good(model => Declare(model, new() { StorageGiB = 50 }));

        Assert.Equal(small.Only(Servers).Inputs.ToString(), large.Only(Servers).Inputs.ToString());
        Assert.Equal("50Gi", large.Only(Claim, "data-catalogue-0").Input("spec.resources.requests.storage"));
    }

    [Fact]
    public void Its_configuration_is_of_pods_that_are_restricted_and_asks_nodes_for_nothing()
    {
        var plan = KubernetesPlans.Good(Declare);
        var servers = plan.Only(Servers);
        var text = Configuration(plan);

        Assert.Contains("node.store.allow_mmap: false\n", text, StringComparison.Ordinal);
        Assert.Contains("plugins.security.nodes_dn: [\"CN=catalogue\"]\n", text, StringComparison.Ordinal);
        Assert.Null(servers.Input("spec.template.spec.initContainers[0]"));
        Assert.Equal("True", servers.Input("spec.template.spec.securityContext.runAsNonRoot"));
        Assert.Equal("ALL", servers.Input("spec.template.spec.containers[0].securityContext.capabilities.drop[0]"));
        Assert.All(text.TrimEnd('\n').Split('\n'), line => Assert.Matches(@"^[a-z_.]+: \S.*\z", line));
    }

    [Fact]
    public void Every_server_knows_the_others_by_the_service_that_names_them_before_they_are_ready()
    {
        var plan = KubernetesPlans.Good(Declare);

        Assert.Equal("catalogue-nodes", plan.Only(Servers).Input("spec.serviceName"));
        var nodes = plan.Only("kubernetes:core/v1:Service", "catalogue-nodes");
        Assert.Equal(("None", "True"), (nodes.Input("spec.clusterIP"), nodes.Input("spec.publishNotReadyAddresses")));
        Assert.Contains(
            "initial_cluster_manager_nodes: [\"catalogue-0\", \"catalogue-1\", \"catalogue-2\"]",
            Configuration(plan),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Passwords_are_given_by_reference_and_the_first_users_file_holds_a_hash()
    {
        var plan = KubernetesPlans.Good(Declare);

        Assert.DoesNotContain("[secret]", plan.Only(Servers).Inputs.ToString(), StringComparison.Ordinal);
        Assert.Contains("{catalogue-users", plan.Only(Servers).Inputs.ToString(), StringComparison.Ordinal);
        Assert.StartsWith(
            "[secret",
            plan.Only("kubernetes:core/v1:Secret", "catalogue-users").JsonInput("stringData")!.Value.GetProperty("internal_users.yml")
                .GetString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_stops_waits_until_the_others_have_every_copy_but_not_for_ever()
    {
        var servers = KubernetesPlans.Good(Declare).Only(Servers);

        var wait = servers.Input("spec.template.spec.containers[0].lifecycle.preStop.exec.command[2]")!;
        Assert.Contains("wait_for_status=green&timeout=300s", wait, StringComparison.Ordinal);
        Assert.EndsWith("true\n", wait, StringComparison.Ordinal);
        Assert.Equal("420", servers.Input("spec.template.spec.terminationGracePeriodSeconds"));
    }

    [Fact]
    public void Only_its_own_jobs_and_its_consumers_reach_it()
    {
        var plan = KubernetesPlans.Good(Declare);
        var policies = plan.OfType("kubernetes:networking.k8s.io/v1:NetworkPolicy")
            .Where(policy => policy.Name.StartsWith("catalogue-", StringComparison.Ordinal))
            .Select(policy => policy.Name);

        Assert.Equal(
            ["catalogue-egress", "catalogue-ingress", "catalogue-peers", "catalogue-setup-egress", "catalogue-setup-ingress"],
            policies.Order());
    }

    private static string Configuration(Plan plan) => plan.Only("kubernetes:core/v1:ConfigMap", "catalogue-configuration")
        .JsonInput("data")!.Value.GetProperty("opensearch.yml").GetString()!;

    private static void Declare(Model model) => Declare(model, new());

    private static void Declare(Model model, SearchEngineArgs args) =>
        model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(model.Add(new SearchEngine("catalogue", args)));
}
