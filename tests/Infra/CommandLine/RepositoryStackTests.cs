using Infra.Components.Checks;
using Infra.Settings;
using Infra.Stacks;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.CommandLine;

/// <summary>Every stack file of this repository.</summary>
public sealed class RepositoryStackTests
{
    public static TheoryData<string> Stacks => [.. StackFolder.Around(Repository.Root)!.Stacks];

    [Theory]
    [MemberData(nameof(Stacks))]
    public void A_stack_file_has_valid_settings(string stack)
    {
        var findings = new Findings();

        var settings = StackFolder.Around(Repository.Root)!.Settings(stack, Systems.All.Select(system => system.Name), findings);

        Assert.Empty(findings.All);
        Assert.Equal(stack, settings!.Stack);
    }
}
