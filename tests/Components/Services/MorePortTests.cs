using System.Text.Json;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Services;

/// <summary>Services that listen on further ports inside the network, on every cloud.</summary>
public sealed class MorePortTests
{
    public static TheoryData<Cloud> Clouds => Fixtures.EachCloud;

    [Theory]
    [MemberData(nameof(Clouds))]
    public void Callers_reach_further_ports_at_the_private_name_and_nobody_else_does_or_they_are_refused(Cloud cloud)
    {
        if (cloud == Cloud.Gcp)
        {
            Assert.Equal("gcp-more-ports", GcpPlans.Refusal(Declare).Rule.Id);
            return;
        }

        var plan = Fixtures.Of(cloud).PlanWithoutErrors(Declare);
        var before = Fixtures.Of(cloud).PlanWithoutErrors(model => Declare(model, []));

        Assert.Equal(["5679", "9100"], OpenedBy(plan, cloud).Except(OpenedBy(before, cloud)).Order(StringComparer.Ordinal));
        Assert.Matches(@"^http://editor\..+:5679\z", Fixtures.Of(cloud).VariablesOf(plan, "caller")["BROKER"].Value);
        Assert.Equal(
            before.Resources.Where(resource => resource.Component == "other").Select(resource => resource.Inputs.ToString()),
            plan.Resources.Where(resource => resource.Component == "other").Select(resource => resource.Inputs.ToString()));
    }

    [Fact]
    public void Callers_in_clusters_enter_by_a_port_that_is_no_further_one() => Assert.Contains(
        Fixtures.Of(Cloud.Kubernetes).Plan(model => Declare(model, [80])).Findings,
        finding => finding is { Rule.Id: "kubernetes-more-ports", Component: "editor" });

    private static void Declare(Model model) => Declare(model, [5679, 9100]);

    private static void Declare(Model model, IReadOnlyList<int> ports)
    {
        var editor = model.Add(new ContainerService("editor", new() { Port = 5678, MorePorts = ports }));
        model.Add(new ContainerService("caller")).Calls(editor, variables: new() { ["BROKER"] = "http://{HOST}:5679" });
        model.Add(new ContainerService("other", new() { Port = 8080 }));
    }

    // The ports that are open from the caller to the service, the service's own included.
    private static IEnumerable<string> OpenedBy(Plan plan, Cloud cloud)
    {
        if (cloud == Cloud.Aws)
        {
            return plan.Of("caller")
                .Where(resource => resource.TypeName == "SecurityGroupIngressRule")
                .Select(rule => rule.Input("fromPort")!);
        }

        var service = plan.Only("kubernetes:core/v1:Service", "editor-service");
        var policies = plan.OfType("kubernetes:networking.k8s.io/v1:NetworkPolicy");
        var entered = Ports(policies.Single(policy => policy.Name == "editor-ingress"), "ingress");
        Assert.Equal(entered, Ports(policies.Single(policy => policy.Name == "editor-egress"), "egress"));
        Assert.Equal(Numbers(service.Inputs.GetProperty("spec"), "targetPort"), entered);
        return entered;

        static List<string> Ports(PlannedResource policy, string direction) =>
            Numbers(policy.Inputs.GetProperty("spec").GetProperty(direction)[0], "port");

        static List<string> Numbers(JsonElement holder, string property) =>
            [.. holder.GetProperty("ports").EnumerateArray().Select(port => port.At(property)!)];
    }
}
