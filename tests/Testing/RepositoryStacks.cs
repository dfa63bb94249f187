using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Settings;
using Infra.Stacks;

namespace Infra.Tests.Testing;

/// <summary>The stack files of this repository.</summary>
internal static class RepositoryStacks
{
    /// <summary>The settings of a stack, on a hypothetical cloud where it is another than the stack's own.</summary>
    public static StackSettings Settings(string stack, Cloud? cloud = null)
    {
        var findings = new Findings();
        return StackFolder.Around(Repository.Root)!.Settings(stack, Systems.All.Select(system => system.Name), findings, cloud)
            ?? throw new InvalidOperationException(findings.All.Errors());
    }
}
