using System.Text.Json;
using System.Text.RegularExpressions;
using Infra.Components.Composition;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Stacks;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Stacks;

/// <summary>stacks/README.md says what carries each fact of Familink's account: what it names is there, with these values.</summary>
public sealed partial class FamilinkPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "stacks", "README.md"));

    private static readonly StackSettings Settings = RepositoryStacks.Settings("familink-production");

    private static readonly Lazy<Plan> Planned = new(() => Rehearsal.Run(new Familink(), Settings).WithoutErrors());

    private static readonly Lazy<HashSet<string>> Links = new(() =>
    {
        var model = new Model();
        new Familink().Declare(model);
        return
        [
            .. from consumer in model.Components.OfType<Consumer>()
               from link in consumer.Links
               select $"{consumer.Name} → {link.Target.Name}",
        ];
    });

    public static TheoryData<string> References => [.. Named];

    private static IEnumerable<string> Named =>
        Rows.SelectMany(row => Quoted().Matches(row[1]).Select(match => match.Groups[1].Value)).Distinct();

    private static IReadOnlyList<string[]> Rows =>
    [
        .. Marked().Matches(Page)
            .SelectMany(table => table.Groups[1].Value.Split('\n').Skip(2))
            .Where(line => line.StartsWith('|'))
            .Select(line => line.Split('|')[1..^1]),
    ];

    [Theory]
    [MemberData(nameof(References))]
    public void What_carries_a_fact_is_there(string reference) => Assert.Null(Fault(reference));

    [Fact]
    public void Every_fact_has_something_that_carries_it_and_says_how() => Assert.All(Rows, row =>
    {
        Assert.Equal(3, row.Length);
        Assert.Matches(Quoted(), row[1]);
        Assert.DoesNotContain(row, string.IsNullOrWhiteSpace);
    });

    [Fact]
    public void Nothing_of_the_system_is_left_out()
    {
        var named = Named
            .SelectMany(reference => Regex.Split(reference, " → | = "))
            .Select(name => name.Split('.')[0])
            .ToHashSet();
        var model = new Model();
        new Familink().Declare(model);

        Assert.Equal([], model.Components.Select(component => component.Name).Where(name => !named.Contains(name)));
    }

    [Fact]
    public void Every_stack_file_is_listed() => Assert.All(
        Directory.EnumerateFiles(Path.Combine(Repository.Root, "stacks"), "Pulumi.*.yaml"),
        file => Assert.Contains($"]({Path.GetFileName(file)})", Page, StringComparison.Ordinal));

    [Theory]
    [InlineData("photos.lifecycle[7].prefix = originals/")]
    [InlineData("photos.keepVersionsDays = 31")]
    [InlineData("web → database")]
    [InlineData("stacks/Nothing.cs")]
    [InlineData("nothing")]
    public void What_is_not_there_is_found_out(string reference) => Assert.NotNull(Fault(reference));

    private static string? Fault(string reference)
    {
        if (reference.Contains('→', StringComparison.Ordinal)) return Links.Value.Contains(reference) ? null : "no such link";
        if (reference.Split(" = ") is [var path, var value])
        {
            var parts = path.Split('.');
            // The identity of a service has its name, and no arguments.
            var found = Planned.Value.Components
                .Where(component => component.Name == parts[0])
                .Select(component => Value(component.Arguments, parts[1..]))
                .FirstOrDefault(argument => argument is not null);
            return found == value ? null : $"is {found ?? "nothing"}";
        }

        if (reference.Contains('/', StringComparison.Ordinal))
            return File.Exists(Path.Combine(Repository.Root, reference)) ? null : "no such file";
        return Planned.Value.Components.Any(component => component.Name == reference)
            || Rules.In().Any(rule => rule.Id == reference)
            ? null
            : "neither a component nor a rule";
    }

    private static string? Value(JsonElement arguments, IEnumerable<string> path)
    {
        var value = arguments;
        foreach (var step in path.SelectMany(part => Step().Matches(part)))
        {
            if (step.Value[0] != '[')
            {
                if (!value.TryGetProperty(step.Value, out value)) return null;
                continue;
            }

            var index = int.Parse(step.Value[1..^1], System.Globalization.CultureInfo.InvariantCulture);
            if (index >= value.GetArrayLength()) return null;
            value = value[index];
        }

        return value.ValueKind switch
        {
            JsonValueKind.Null => "none",
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => value.ToString(),
        };
    }

    [GeneratedRegex("<!-- facts: begin -->\n(.*?)<!-- facts: end -->", RegexOptions.Singleline)]
    private static partial Regex Marked();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"[A-Za-z]+|\[\d+\]")]
    private static partial Regex Step();
}
