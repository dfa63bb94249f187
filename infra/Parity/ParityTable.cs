using Infra.Components.Clouds;
using Infra.Components.Composition;
using Infra.Components.Systems;

namespace Infra.Parity;

/// <summary>What every cloud offers for every kind of component, as the clouds' own tables say it.</summary>
/// <param name="Clouds">The clouds, in the order of the table's columns.</param>
/// <param name="Components">The kinds of components, a row each.</param>
internal sealed record ParityTable(IReadOnlyList<ParityCloud> Clouds, IReadOnlyList<ParityComponent> Components)
{
    /// <summary>The table of the clouds that this program knows.</summary>
    public static ParityTable Current => Of(CloudIndex.All);

    /// <summary>The table of some clouds; the others are shown without a builder.</summary>
    public static ParityTable Of(IReadOnlyList<ICloud> built)
    {
        var clouds = built.ToDictionary(cloud => cloud.Cloud);
        return new(
            [.. CloudNames.All.Select(cloud => new ParityCloud(cloud.Name(), clouds.ContainsKey(cloud)))],
            [.. Kinds.All.Select(kind => new ParityComponent(kind.Name, [.. CloudNames.All.Select(cloud => Entry(kind, cloud))]))]);

        ParityEntry Entry(ComponentKind kind, Cloud cloud)
        {
            if (!clouds.TryGetValue(cloud, out var found))
                return new(cloud.Name(), null, null, "this cloud has no builder yet", "", Providing(kind));
            return found.Find(kind) is { } provision
                ? new(
                    cloud.Name(),
                    provision.Offer.Backing.Name(),
                    provision.Offer.Product,
                    null,
                    string.Join(' ', provision.Gaps.Select(gap => gap.Remark)),
                    [])
                : new(cloud.Name(), Backing.None.Name(), null, $"{cloud.Name()} needs no {kind}", "", Providing(kind));
        }

        IReadOnlyList<string> Providing(ComponentKind kind) => 
            [.. built.Where(cloud => cloud.Find(kind) is not null).Select(cloud => cloud.Cloud.Name())];
    }
}

/// <summary>A column.</summary>
/// <param name="Name">The cloud, as a stack file spells it.</param>
/// <param name="HasBuilder">Whether something can stand on it.</param>
internal sealed record ParityCloud(string Name, bool HasBuilder);

/// <summary>A row.</summary>
/// <param name="Kind">The kind of component.</param>
/// <param name="Clouds">What each cloud offers for it.</param>
internal sealed record ParityComponent(string Kind, IReadOnlyList<ParityEntry> Clouds);

/// <summary>What a cloud offers for a kind of component.</summary>
/// <param name="Cloud">The cloud.</param>
/// <param name="Backing">
/// How it provides it: <c>native</c>, <c>in-cluster</c>, <c>external</c> or <c>none</c>; null where the cloud has no builder.
/// </param>
/// <param name="Product">The product that does; null where nothing does.</param>
/// <param name="Reason">Why nothing does; null where something does.</param>
/// <param name="Remark">What differs from other clouds, or what to do instead; empty when there is nothing to say.</param>
/// <param name="Alternatives">The clouds that provide it; empty where this one does.</param>
internal sealed record ParityEntry(
    string Cloud,
    string? Backing,
    string? Product,
    string? Reason,
    string Remark,
    IReadOnlyList<string> Alternatives)
{
    /// <summary>What stands in the table.</summary>
    public string Cell => Backing ?? "no builder";

    /// <summary>Product or reason, remark and alternatives, in sentences.</summary>
    public string Sentences => string.Join(' ', new[]
    {
        Product is null ? $"Not provided: {Reason}." : $"{Product}.",
        Remark,
        Alternatives.Count == 0 ? "" : $"Clouds that provide it: {string.Join(", ", Alternatives)}.",
    }.Where(sentence => sentence.Length > 0));
}
