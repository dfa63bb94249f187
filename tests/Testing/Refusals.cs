using Infra.Components.Checks;
using Infra.Components.Systems;

namespace Infra.Tests.Testing;

/// <summary>What the guards of an argument class say, whatever the cloud.</summary>
internal static class Refusals
{
    /// <summary>The arguments that are refused, each once. A message begins with the argument and the value that it has.</summary>
    public static IReadOnlyList<string> Of(Arguments arguments)
    {
        var findings = new Findings();
        arguments.Check(new Guard(findings, "component", Rule.Error("guard", "The arguments have values that every cloud accepts")));
        return
        [
            .. findings.All
                .Where(finding => finding.Severity == Severity.Error)
                .Select(finding => finding.Message.Split(" is ")[0])
                .Distinct(),
        ];
    }
}
