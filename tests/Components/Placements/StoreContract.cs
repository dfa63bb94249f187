using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Composition;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Placements;

/// <summary>What every kind of store promises on every cloud that provides it. What a cloud does not keep is a gap.</summary>
public sealed class StoreContract
{
    private const string Target = "target";

    // Several promises show in one plan.
    private static readonly Dictionary<string, Plan> Planned = [];

    /// <summary>Every kind of store, in each of its variants, on every cloud that provides it.</summary>
    public static TheoryData<string, string, Cloud> Stores
    {
        get
        {
            var stores = new TheoryData<string, string, Cloud>();
            foreach (var probe in StoreProbe.Stores)
            {
                foreach (var cloud in Fixtures.Clouds.Where(cloud => CloudIndex.Of(cloud).Find(probe.Kind) is not null))
                {
                    foreach (var variant in probe.Variants) stores.Add(probe.Kind.Name, variant, cloud);
                }
            }

            return stores;
        }
    }

    [Fact]
    public void Every_kind_of_which_something_lasts_that_consumers_use_keeps_the_promises_of_a_store() => Assert.Equal(
        KindProbe.All.Where(probe => probe.Kind is { Stage: BuildStage.Store, Lasts: not null }).Select(probe => probe.Kind.Name),
        StoreProbe.Stores.Select(probe => probe.Kind.Name));

    [Theory]
    [MemberData(nameof(Stores))]
    public void What_its_interface_gives_is_known(string kind, string variant, Cloud cloud)
    {
        var target = Plan(kind, variant, cloud).Components.Single(component => component.Name == Target);
        var outputs = target.Outputs.EnumerateObject().ToList();

        // Certificates are handed over where no public authority signs.
        Assert.NotEmpty(outputs);
        Assert.All(outputs.Where(output => output.Name != "certificateAuthority"), output => Assert.NotEmpty(output.Value.ToString()));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public void Its_consumers_see_the_same_variables_everywhere_and_its_secrets_as_secrets(string kind, string variant, Cloud cloud)
    {
        var plan = Used(kind, variant, cloud);
        var known = StoreProbe.OfStore(kind).Kind.ConnectionKeys;
        // The only key of a kind is called as the prefix.
        var keys = known.ToDictionary(key => known.Count == 1 ? "TARGET" : $"TARGET_{key.Name}");

        foreach (var consumer in Everyone(kind))
        {
            var variables = Fixtures.Of(cloud).VariablesOf(plan, NameOf(consumer));
            Assert.Equal(keys.Keys.Order(), variables.Keys.Where(name => name.StartsWith("TARGET", StringComparison.Ordinal)).Order());
            Assert.All(keys, key => Assert.True(
                key.Value.IsSecret == variables[key.Key].IsSecret || (key.Value.IsSecret && variables[key.Key].Value == ""),
                $"{NameOf(consumer)} sees {key.Key} as {variables[key.Key]}"));
        }
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public void It_does_not_change_when_a_consumer_comes_or_goes(string kind, string variant, Cloud cloud)
    {
        var alone = Own(Plan(kind, variant, cloud), Target);

        Assert.NotEmpty(alone);
        Assert.Equal(alone, Own(Used(kind, variant, cloud), Target));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public void It_is_encrypted_where_it_lies_or_a_gap_and_a_finding_say_that_it_is_not(string kind, string variant, Cloud cloud) =>
        Kept("encryption at rest", kind, variant, cloud, evidence => evidence.IsEncryptedAtRest);

    [Theory]
    [MemberData(nameof(Stores))]
    public void It_refuses_plain_text_or_a_gap_and_a_finding_say_that_it_does_not(string kind, string variant, Cloud cloud) =>
        Kept("refuses plain text", kind, variant, cloud, evidence => evidence.RefusesPlainText);

    [Theory]
    [MemberData(nameof(Stores))]
    public void It_is_protected_against_deletion_in_production_only(string kind, string variant, Cloud cloud)
    {
        Assert.True(PlannedStore.Of(Plan(kind, variant, cloud), cloud, Target).Holder.Protect);
        Assert.False(PlannedStore.Of(Plan(kind, variant, cloud, [], EnvironmentKind.Preview), cloud, Target).Holder.Protect);
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public void A_consumer_without_a_link_may_nothing(string kind, string variant, Cloud cloud)
    {
        var plan = Used(kind, variant, cloud);
        var store = plan.Of(Target).Select(resource => resource.Urn).ToHashSet();

        Assert.DoesNotContain(Grants(null), grant => grant.Contains(Target, StringComparison.Ordinal));
        Assert.DoesNotContain(plan.Of(NameOf(null)).SelectMany(resource => resource.References), reference => store.Contains(reference.To));
        foreach (var consumer in Everyone(kind))
            Assert.Contains(Grants(consumer), grant => grant.Contains(Target, StringComparison.Ordinal));

        IReadOnlyList<string> Grants(Intent? consumer) => Fixtures.Of(cloud).GrantsOf(plan, NameOf(consumer));
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public void Every_intent_is_granted_something_else_or_a_gap_says_that_it_is_not(string kind, string variant, Cloud cloud)
    {
        var granted = Everyone(kind)
            .Select(intent => Plan(kind, variant, cloud, [intent], name: _ => "shop"))
            .Select(plan => string.Join('\n', Own(plan, "shop").Concat(Fixtures.Of(cloud).GrantsOf(plan, "shop"))))
            .ToList();

        Assert.Equal(Gap("read-only intent", kind, cloud) is null ? granted.Count : 1, granted.Distinct().Count());
    }

    private static void Kept(string promise, string kind, string variant, Cloud cloud, Func<StoreEvidence, Func<PlannedStore, bool>> isKept)
    {
        var plan = Plan(kind, variant, cloud);
        var kept = isKept(StoreProbe.OfStore(kind).Evidence[cloud])(PlannedStore.Of(plan, cloud, Target));
        var gap = Gap(promise, kind, cloud);

        Assert.True(kept || gap is not null, $"{cloud} does not keep '{promise}' for a {kind}, and no gap says so.");
        if (gap is null) return;
        Assert.Equal(!kept, plan.Findings.Any(finding => finding.Component == Target && finding.Rule.Id == gap.Rule!.Id));
    }

    private static Gap? Gap(string promise, string kind, Cloud cloud) =>
        CloudIndex.Of(cloud).Find(StoreProbe.OfStore(kind).Kind)!.Gaps.SingleOrDefault(gap => gap.Promise == promise);

    private static List<string> Own(Plan plan, string component) =>
    [
        .. plan.Of(component)
            .Select(resource => $"{resource.Urn} {resource.Protect} {resource.Inputs} {string.Join(' ', resource.DependsOn)}"),
    ];

    // A consumer for each intent that the kind allows.
    private static IReadOnlyList<Intent?> Everyone(string kind)
    {
        var probe = StoreProbe.OfStore(kind);
        return [.. probe.Kind.IntentsOn(probe.Create(new(), Target)).Select(intent => (Intent?)intent)];
    }

    // With a consumer of every intent, and with one that has no link.
    private static Plan Used(string kind, string variant, Cloud cloud) => Plan(kind, variant, cloud, [.. Everyone(kind), null]);

    private static string NameOf(Intent? intent) => intent is null ? "stranger" : $"shop-{intent}".ToLowerInvariant();

    private static Plan Plan(
        string kind,
        string variant,
        Cloud cloud,
        IReadOnlyList<Intent?>? consumers = null,
        EnvironmentKind environment = EnvironmentKind.Production,
        Func<Intent?, string>? name = null)
    {
        var names = (consumers ?? []).Select(name ?? NameOf).ToList();
        var key = $"{kind} {variant} {cloud} {environment} {string.Join(' ', names)} {string.Join(' ', consumers ?? [])}";
        if (Planned.TryGetValue(key, out var planned)) return planned;
        return Planned[key] = Fixtures.Of(cloud).PlanWithoutErrors(
            model =>
            {
                var target = model.Add(StoreProbe.OfStore(kind).Create(model, Target, variant));
                foreach (var (intent, at) in (consumers ?? []).Select((intent, at) => (intent, at)))
                {
                    var consumer = model.Add(new ContainerService(names[at], new() { Port = 8080 }));
                    if (intent is { } given) consumer.Add(given, target, null);
                }
            },
            environment);
    }
}
