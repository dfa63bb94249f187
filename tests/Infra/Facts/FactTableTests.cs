using System.Text.RegularExpressions;
using Infra.Components.Checks;
using Infra.Facts;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Facts;

public sealed class FactTableTests
{
    public static TheoryData<string> Packages => [.. FactTables.All().Select(table => table.Package)];

    [Fact]
    public void The_plans_that_the_tables_are_held_against_are_sound()
    {
        var errors =
            from plan in PlannedTypes.Plans
            from finding in plan.Findings
            where finding.Severity == Severity.Error
            select $"{plan.Stack}: {finding.Rule.Id}: {finding.Message}";

        // As one text: a list would be shown cut.
        Assert.True(!errors.Any(), string.Join(Environment.NewLine, errors.Distinct()));
    }

    [Fact]
    public void Every_type_that_some_plan_holds_has_a_row() => Assert.Empty(PlannedTypes.All.Except(Rows()).Except(ProviderTypes()));

    [Fact]
    public void Every_row_is_of_a_type_that_some_plan_holds() =>
        Assert.Empty(Rows().Except(PlannedTypes.All));

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_row_stands_in_the_table_of_its_package_in_the_order_of_the_tokens(string package)
    {
        var types = Table(package).Types.Select(facts => facts.Type).ToList();

        Assert.All(types, type => Assert.StartsWith($"{package}:", type, StringComparison.Ordinal));
        Assert.Equal(types.Order(StringComparer.Ordinal), types);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_table_was_read_off_the_version_in_use_and_says_when_and_where(string package)
    {
        var table = Table(package);

        Assert.Equal(Catalogues.Of(package).Provider.Version, table.Version);
        Assert.Matches(@"^\d{4}-\d{2}$", table.Read);
        Assert.NotEmpty(table.Source);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Every_property_that_a_row_names_exists(string package) => Assert.Empty(
        from facts in Table(package).Types
        where Catalogues.Knows(facts.Type)
        from fault in Faults(facts)
        select fault);

    [Fact]
    public void Every_input_that_says_a_size_is_in_some_plan()
    {
        var sized = PlannedTypes.Plans
            .SelectMany(plan => plan.Resources)
            .Where(resource => PlannedSizes.Of(resource) is not null)
            .Select(resource => resource.Type)
            .ToHashSet();

        Assert.Empty(FactTables.All().SelectMany(table => table.Types)
            .Where(facts => facts.Sizes.Count > 0)
            .Select(facts => facts.Type)
            .Except(sized));
    }

    [Fact]
    public void Of_custom_types_only_what_plans_hold_is_named() => Assert.Empty(
        from facts in FactTables.All().SelectMany(table => table.Types)
        where !Catalogues.Knows(facts.Type)
        from path in Inputs(facts)
        where !path.StartsWith("metadata.", StringComparison.Ordinal)
        where !PlannedTypes.Plans
            .SelectMany(plan => plan.Resources)
            .Any(resource => resource.Type == facts.Type && resource.Input(path.Replace("[]", "[0]", StringComparison.Ordinal)) is not null)
        select $"{facts.Type}: {path}");

    [Fact]
    public void A_change_that_counts_sometimes_says_when() => Assert.Empty(
        from facts in FactTables.All().SelectMany(table => table.Types)
        from change in facts.Replaces.Concat(facts.Ignores)
        where change is { When: When.Sometimes, Note: "" }
        select $"{facts.Type}: {change.Path}");

    [Fact]
    public void A_change_that_is_refused_or_interrupts_says_why_or_for_how_long() => Assert.Empty(
        from facts in FactTables.All().SelectMany(table => table.Types)
        from change in facts.Refuses.Concat(facts.Interrupts)
        where change.Note.Length == 0
        select $"{facts.Type}: {change.Path}");

    [Fact]
    public void No_change_is_said_twice() => Assert.Empty(
        from facts in FactTables.All().SelectMany(table => table.Types)
        from changes in new[] { facts.Replaces, facts.Ignores, facts.Refuses, facts.Interrupts }
        from twice in changes.GroupBy(change => (change.Path, change.When, From: Joined(change.From), To: Joined(change.To), change.Given))
            .Where(same => same.Skip(1).Any())
        select $"{facts.Type}: {twice.Key.Path}");

    [Fact]
    public void How_long_an_interruption_takes_is_not_said_without_a_source() => Assert.Empty(
        from facts in FactTables.All().SelectMany(table => table.Types)
        from change in facts.Interrupts
        where new[] { "second", "minute", "hour" }.Any(unit => change.Note.Contains(unit, StringComparison.OrdinalIgnoreCase))
        select $"{facts.Type}: {change.Note}");

    // How many texts a list has is no part of where it is.
    private static string WithoutCount(string path) => Regex.Replace(path, @"\[\d+\]\z", "[]");

    private static string Joined(IReadOnlyList<string>? values) => string.Join(' ', values ?? []);

    // Providers stand for accounts, not for anything in them: they have no name in a cloud, open nothing and hold nothing.
    private static IEnumerable<string> ProviderTypes() => Catalogues.All.Select(catalogue => catalogue.Provider.ResourceToken);

    private static IEnumerable<string> Rows() => FactTables.All().SelectMany(table => table.Types).Select(facts => facts.Type);

    private static PackageFacts Table(string package) => FactTables.All().Single(table => table.Package == package);

    private static IEnumerable<string> Faults(TypeFacts facts) =>
        Inputs(facts).Concat(facts.Sizes).Select(path => Catalogues.Fault(facts.Type, path, isInput: true))
            .Concat(Outputs(facts).Select(path => Catalogues.Fault(facts.Type, path, isInput: false)))
            .OfType<string>();

    private static IEnumerable<string> Inputs(TypeFacts facts) =>
    [
        .. facts.Replaces.Concat(facts.Ignores).Concat(facts.Refuses).Concat(facts.Interrupts)
            .Concat(facts.Runs).Concat(facts.Waits).Select(change => change.Path),
        .. facts.Unique,
        .. facts.Keeps,
        .. facts.Shows,
        .. facts.PerValue?.Inputs ?? [],
        .. facts.Name is { } name ? new[] { name.Property } : [],
    ];

    private static IEnumerable<string> Outputs(TypeFacts facts) =>
        [.. facts.Nested.Select(WithoutCount), .. facts.Base64, .. facts.PerValue is { } output ? new[] { output.Output } : []];
}
