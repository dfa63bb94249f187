using Infra.Components.Systems;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Components.Clouds.Kubernetes;

/// <summary>
/// Text that a container gets as it was written. The kubelet expands what it reads in commands, arguments and the values of variables:
/// <c>$$</c> becomes <c>$</c>, and <c>$(NAME)</c> the value of another variable, secrets included (Kubernetes documentation: define
/// dependent environment variables). No other cloud does, so here it finds nothing to expand but what a member of a set knows of itself.
/// </summary>
internal static class ContainerText
{
    /// <summary>A word of a command or an argument.</summary>
    public static string Literal(string text) => text.Replace("$", "$$", StringComparison.Ordinal);

    /// <summary>A variable. What comes from a secret is expanded by nobody.</summary>
    public static EnvVarArgs Literal(EnvVarArgs variable) =>
        variable.Value is { } value ? new() { Name = variable.Name, Value = value.Apply(OfMember) } : variable;

    /// <summary>The variable in which a member of a set has what it knows of itself, before any other.</summary>
    public static string VariableOf(MemberFact fact) => $"MEMBER_{fact.ToString().ToUpperInvariant()}";

    /// <summary>Whether a variable is one of these.</summary>
    public static bool IsOfMember(string variable) => Enum.GetValues<MemberFact>().Any(fact => VariableOf(fact) == variable);

    private static string OfMember(string text) => MemberMark.Write(Literal(text), fact => $"$({VariableOf(fact)})");
}
