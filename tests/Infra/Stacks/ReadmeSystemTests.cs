using System.Text.RegularExpressions;
using Infra.CommandLine;
using Infra.Components.Checks;
using Infra.Stacks;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Stacks;

/// <summary>What README.md shows to a newcomer is what <c>./run new</c> writes, whose tests prove that it works.</summary>
public sealed class ReadmeSystemTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

    [Fact]
    public void The_ten_lines_are_those_that_the_command_writes() => Assert.Equal(SystemTemplate.Class("Shop", "shop"), Block("csharp"));

    [Fact]
    public void So_is_their_stack_file() =>
        Assert.Equal(SystemTemplate.Stack("shop", EnvironmentKind.Production), Block("yaml"));

    [Fact]
    public void Systems_are_found_by_themselves()
    {
        Assert.Contains(Systems.All, system => system is Familink);
        Assert.Equal(Systems.All.Select(system => system.Name).Order(StringComparer.Ordinal), Systems.All.Select(system => system.Name));
    }

    private static string Block(string language) =>
        Regex.Match(Readme, $"```{language}\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
}
