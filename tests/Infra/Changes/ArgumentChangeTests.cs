using Infra.Changes;
using Infra.Components.Composition;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Pages;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Changes;

/// <summary>What a change of each argument does to a production stack that is deployed, on every cloud.</summary>
public sealed class ArgumentChangeTests
{
    /// <summary>Every kind that a system declares, by its name, on every cloud.</summary>
    public static TheoryData<string, Cloud> Kinds => Where(_ => true);

    /// <summary>Those of which something may be raised and never lowered.</summary>
    public static TheoryData<string, Cloud> Rising => Where(kind => kind.RisingArguments.Count > 0);

    /// <summary>Those of which something is read when they are made, and never after.</summary>
    public static TheoryData<string, Cloud> First => Where(kind => kind.FirstArguments.Count > 0);

    private static readonly string[] Harmless = ["ignored", "nothing", "created", "removed", "not accepted"];

    private static TheoryData<string, Cloud> Where(Func<ComponentKind, bool> isMeant)
    {
        var kinds = new TheoryData<string, Cloud>();
        foreach (var kind in KindProbe.All.Select(probe => probe.Kind).Where(isMeant))
        {
            foreach (var cloud in CloudIndex.All.Where(cloud => cloud.Find(kind) is not null)) kinds.Add(kind.Name, cloud.Cloud);
        }

        return kinds;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_argument_has_a_row(string kind, Cloud cloud) => Assert.Equal(
        OtherArguments.Of(KindProbe.Of(kind)).Select(argument => argument.Path.ToLowerInvariant()),
        Changes(kind, cloud).Select(change => change.Argument.ToLowerInvariant()).Distinct());

    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_change_of_an_argument_makes_anything_under_a_name_that_is_taken(string kind, Cloud cloud) =>
        Assert.DoesNotContain(Changes(kind, cloud), change => change.Effect == "collides");

    [Theory]
    [MemberData(nameof(Kinds))]
    public void No_change_of_an_argument_takes_data_that_is_not_protected(string kind, Cloud cloud) =>
        Assert.DoesNotContain(Changes(kind, cloud), change => change.Effect == "data lost");

    [Theory]
    [MemberData(nameof(Rising))]
    public void What_may_be_raised_and_never_lowered_is_refused_where_it_is_lowered(string kind, Cloud cloud) => Assert.All(
        KindProbe.Of(kind).Kind.RisingArguments,
        rising => Assert.Single(
            Changes(kind, cloud).Where(change => string.Equals(change.Argument, rising, StringComparison.OrdinalIgnoreCase)),
            change => change.Effect == "refused" && Lowers(change.Values)));

    [Theory]
    [MemberData(nameof(First))]
    public void What_is_read_when_something_is_made_changes_nothing_of_what_is_there(string kind, Cloud cloud) => Assert.All(
        KindProbe.Of(kind).Kind.FirstArguments,
        first => Assert.All(
            Changes(kind, cloud).Where(change => string.Equals(change.Argument, first, StringComparison.OrdinalIgnoreCase)),
            change => Assert.Contains(change.Effect, Harmless)));

    // Both values, or a word for their direction.
    private static bool Lowers(string values) => values.Split(" → ") is [var from, var to]
        ? string.CompareOrdinal(to, from) < 0
        : values == "lowered";

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_real_run_refuses_what_diff_says_is_refused_or_lost(string kind, Cloud cloud)
    {
        var probe = KindProbe.Of(kind);
        foreach (var variant in probe is StoreProbe { Variants.Count: > 1 } store ? store.Variants : [null!])
        {
            foreach (var steps in ChangeTable.Steps(probe, cloud, variant))
            {
                foreach (var step in steps.All.Where(step => !step.Before.HasErrors && !step.After.HasErrors))
                {
                    var told = Comparison.Of(PlanDocument.Of(step.Before), PlanDocument.Of(step.After));
                    var known = Inventory.Compare(Inventory.Of(step.Before), step.After);
                    Assert.Equal(
                        $"{steps.Argument} {step.Words}: {Unsafe(told, step)}",
                        $"{steps.Argument} {step.Words}: {Unsafe(known, step)}");
                }
            }
        }

        // What goes altogether is told by diff alone; what stands in something that is refused, by the cause.
        static string Unsafe(PlanChanges changes, ArgumentStep step) => string.Join(", ", changes.Components
            .Where(component => component.Effect.IsUnsafe())
            .Where(component => Stays(component, step.Before) && Stays(component, step.After))
            .Where(component => component.Arguments.Any(argument => argument.Effect is not null)
                || component.Resources.Any(resource => resource.Effect.IsUnsafe() && resource.Condition is null))
            .Select(component => $"{component.Name} {component.Effect.Name()}")
            .Order(StringComparer.Ordinal));

        static bool Stays(ComponentChange component, Plan plan) =>
            plan.Components.Any(planned => planned.Name == component.Name && planned.Kind.Name == component.Kind);
    }

    [Fact]
    public void Another_engine_is_another_database_and_refused() => Assert.All(
        Fixtures.Clouds.SelectMany(cloud => Changes("ManagedDatabase", cloud)).Where(change => change.Argument == "engine"),
        change => Assert.True(change.Effect is "refused" or "not accepted", change.ToString()));

    private static IReadOnlyList<ArgumentChange> Changes(string kind, Cloud cloud) => ChangeTable.Of(KindProbe.Of(kind).Kind, cloud);
}
