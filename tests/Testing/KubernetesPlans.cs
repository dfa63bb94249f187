using System.Text.Json;
using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;

namespace Infra.Tests.Testing;

/// <summary>Plans on plain Kubernetes, and where to look in them.</summary>
internal static class KubernetesPlans
{
    /// <summary>Plans what a test declares.</summary>
    public static Plan Plan(
        Action<Model> declare,
        EnvironmentKind environment = EnvironmentKind.Production,
        Func<KubernetesAccount, KubernetesAccount>? cluster = null,
        Func<StackSettings, StackSettings>? settings = null)
    {
        var system = TestSystems.Declare(declare);
        return Rehearsal.Run(system, Settings(system, environment, cluster, settings));
    }

    /// <summary>Plans, and demands that nothing is wrong.</summary>
    public static Plan Good(
        Action<Model> declare,
        EnvironmentKind environment = EnvironmentKind.Production,
        Func<KubernetesAccount, KubernetesAccount>? cluster = null) =>
        Plan(declare, environment, cluster).WithoutErrors();

    /// <summary>The settings of a stack on Kubernetes.</summary>
    public static StackSettings Settings(
        SystemDeclaration system,
        EnvironmentKind environment = EnvironmentKind.Production,
        Func<KubernetesAccount, KubernetesAccount>? cluster = null,
        Func<StackSettings, StackSettings>? change = null)
    {
        var settings = TestSettings.For(Cloud.Kubernetes, environment, system);
        var account = settings.Accounts.Kubernetes!;
        settings = settings with { Accounts = settings.Accounts with { Kubernetes = cluster is null ? account : cluster(account) } };
        return change is null ? settings : change(settings);
    }

    /// <summary>The network policies of a component, a line each: which pods, which way, with whom, on which ports.</summary>
    public static IReadOnlyList<string> PoliciesOf(this Plan plan, string component) =>
    [
        .. plan.OfType("kubernetes:networking.k8s.io/v1:NetworkPolicy")
            .Where(policy => policy.Component == component)
            .Select(policy => $"{policy.Name} {policy.Input("spec")}"),
    ];

    /// <summary>
    /// The variables of the only container of a workload: the name, and the value or the key of the secret that holds it.
    /// </summary>
    public static IReadOnlyDictionary<string, string> VariablesOf(this PlannedResource workload) => JsonElement
        .Parse(workload.Input("spec.template.spec.containers[0].env")!)
        .EnumerateArray()
        .ToDictionary(
            variable => variable.GetProperty("name").GetString()!,
            variable => variable.TryGetProperty("value", out var value)
                ? value.ToString()
                : $"secret {variable.GetProperty("valueFrom").GetProperty("secretKeyRef").GetProperty("key")}");
}
