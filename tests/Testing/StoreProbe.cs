using System.Text.Json;
using Infra.Components.Systems;
using Infra.Plans;

namespace Infra.Tests.Testing;

/// <summary>
/// What the suite that runs for every store needs to know of one. A kind of store joins that suite by its probe alone, which says for each
/// cloud that provides it where a plan shows what is promised.
/// </summary>
public abstract class StoreProbe : KindProbe
{
    /// <summary>The probes of all stores, in the order of their names.</summary>
    public static IReadOnlyList<StoreProbe> Stores => [.. All.OfType<StoreProbe>()];

    /// <summary>What of the kind a cloud may build in another way, such as the engines of a database; each keeps all promises.</summary>
    public virtual IReadOnlyList<string> Variants => ["default"];

    /// <summary>Where to look on each cloud that provides the kind.</summary>
    public abstract IReadOnlyDictionary<Cloud, StoreEvidence> Evidence { get; }

    /// <summary>The probe of a store's kind.</summary>
    public static StoreProbe OfStore(string kind) => Stores.Single(probe => probe.Kind.Name == kind);

    /// <summary>A component of one of the variants, not yet part of <paramref name="model"/>.</summary>
    public virtual Component Create(Model model, string name, string variant) => Create(model, name);
}

/// <summary>Where the plan of one cloud shows what a store promises.</summary>
/// <param name="Types">The types of the resource that holds the data: the first resource of one of them does.</param>
public sealed record StoreEvidence(params string[] Types)
{
    /// <summary>Whether the data is encrypted where it lies.</summary>
    public required Func<PlannedStore, bool> IsEncryptedAtRest { get; init; }

    /// <summary>Whether connections without TLS are refused.</summary>
    public required Func<PlannedStore, bool> RefusesPlainText { get; init; }
}

/// <summary>A store as a plan shows it.</summary>
/// <param name="Holder">The resource that holds the data.</param>
/// <param name="Resources">All resources of the component.</param>
/// <param name="Outputs">What its neutral interface gives.</param>
/// <param name="Rules">The rules that it breaks.</param>
public sealed record PlannedStore(
    PlannedResource Holder,
    IReadOnlyList<PlannedResource> Resources,
    JsonElement Outputs,
    IReadOnlyList<string> Rules)
{
    /// <summary>The store of a name.</summary>
    public static PlannedStore Of(Plan plan, Cloud cloud, string name)
    {
        var component = plan.Components.Single(component => component.Name == name && component.Cloud == cloud);
        var resources = plan.Of(name);
        var types = StoreProbe.OfStore(component.Kind.Name).Evidence[cloud].Types;
        return new(
            resources.First(resource => types.Contains(resource.Type)),
            resources,
            component.Outputs,
            [.. plan.Findings.Where(finding => finding.Component == name).Select(finding => finding.Rule.Id)]);
    }

    /// <summary>Whether a switch of the resource that holds the data is on.</summary>
    public bool Has(string input) => Holder.Input(input) is "True" or "true";

    /// <summary>Whether a resource of that type has an input of that value.</summary>
    public bool Has(string typeName, string input, string value) =>
        Resources.Any(resource => resource.TypeName == typeName && resource.Input(input) == value);
}
