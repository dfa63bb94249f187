using Infra.Components.Systems;
using Infra.Rehearsals;
using Infra.Sdk.Generator.Model;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Facts;

/// <summary>The catalogues hold what is in use and nothing else: everything in them is compiled, and must be kept true.</summary>
public sealed class CatalogueUseTests
{
    public static TheoryData<string> Packages => [.. Catalogues.All.Select(catalogue => catalogue.Provider.Name)];

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_catalogue_holds_only_types_that_components_construct(string package) => Assert.Empty(
        Catalogues.Of(package).Resources.Where(resource => !resource.IsProvider).Select(resource => resource.Token).Except(BuiltTypes.All));

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_catalogue_holds_only_functions_that_the_rehearsal_answers(string package) => Assert.Empty(
        from function in Catalogues.Of(package).Functions
        where InvokeAnswers.Find(function.Token, new Dictionary<string, object>(), TestSettings.For(Cloud.Aws)) is null
        select function.Token);

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_catalogue_holds_only_nested_types_that_something_in_it_reaches(string package)
    {
        var catalogue = Catalogues.Of(package);
        var properties = catalogue.Types.ToDictionary(type => type.Name, type => type.Properties);
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Queue<string>(
        [
            .. Names(catalogue.Resources.SelectMany(resource => resource.Properties)),
            .. Names(catalogue.Functions.SelectMany(function => function.Properties)),
        ]);
        while (open.TryDequeue(out var name))
        {
            if (!reached.Add(name)) continue;
            foreach (var inner in Names(properties.GetValueOrDefault(name) ?? [])) open.Enqueue(inner);
        }

        Assert.Empty(catalogue.Types.Select(type => type.Name).Concat(catalogue.Enums.Select(type => type.Name)).Except(reached));
    }

    [Fact]
    public void Every_type_that_components_construct_is_in_some_plan() => Assert.Empty(BuiltTypes.All.Except(PlannedTypes.All));

    private static IEnumerable<string> Names(IEnumerable<Property> properties) => properties.SelectMany(property => property.Type.Names);
}
