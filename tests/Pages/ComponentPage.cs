using System.Reflection;
using Infra.Components.Clouds;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Tests.Testing;

namespace Infra.Tests.Pages;

/// <summary>The page of a component folder: what of it the code says.</summary>
/// <param name="Folder">The folder in <c>components/</c>.</param>
/// <param name="Example">The system that the page shows.</param>
/// <param name="Kinds">The kinds that the folder declares or builds.</param>
internal sealed record ComponentPage(string Folder, SystemDeclaration Example, params ComponentKind[] Kinds)
{
    private static readonly Assembly Components = typeof(Component).Assembly;
    private readonly Dictionary<Cloud, Plan> _plans = [];

    /// <summary>The page's file.</summary>
    public string File => $"components/{Folder}/README.md";

    /// <summary>The settings of the example on a cloud.</summary>
    public Func<SystemDeclaration, Cloud, StackSettings> Settings { get; init; } = (system, cloud) => TestSettings.For(cloud, EnvironmentKind.Production, system);

    /// <summary>The example in production on a cloud.</summary>
    public Plan On(Cloud cloud)
    {
        if (!_plans.TryGetValue(cloud, out var plan)) _plans.Add(cloud, plan = Rehearsal.Run(Example, Settings(Example, cloud)));
        return plan;
    }

    /// <summary>What stands between the markers of the example's file, as a block of code.</summary>
    public string Code()
    {
        var lines = System.IO.File.ReadAllLines(Path.Combine(Repository.Root, "tests", "Examples", $"{Folder}Example.cs"));
        var from = Array.FindIndex(lines, line => line.Trim() == "// example: begin") + 1;
        var to = Array.FindIndex(lines, line => line.Trim() == "// example: end");
        var margin = lines[from].Length - lines[from].TrimStart().Length;
        return $"```csharp\n{string.Join('\n', lines[from..to].Select(line => line.Length < margin ? "" : line[margin..]))}\n```\n";
    }

    /// <summary>The arguments of every kind, and the tweaks of every cloud.</summary>
    public string Inputs()
    {
        var declared = Kinds.Select(kind => (Title: kind.ToString(), Type: Find($"{kind}Args"))).Where(part => part.Type is not null).ToList();
        var tweaks = Components.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Tweak)) && type.Namespace!.StartsWith($"Infra.Components.{Folder}.", StringComparison.Ordinal))
            .Select(type => (Title: type.Name, Type: (Type?)type, ((Tweak)Activator.CreateInstance(type)!).Cloud))
            .OrderBy(tweak => tweak.Cloud)
            .Select(tweak => (Title: $"{tweak.Title}, on {tweak.Cloud.Name()}", tweak.Type));
        var parts = declared.Concat(tweaks).ToList();
        return parts.Count == 0
            ? "None: a system does not declare it.\n"
            : string.Join('\n', parts.Select(part => $"{(parts.Count == 1 ? "" : $"### {part.Title}\n\n")}{ArgumentTable.Markdown(part.Type!)}"));
    }

    /// <summary>What the kinds' interfaces give.</summary>
    public string Outputs()
    {
        var contracts = Kinds.Select(kind => (Kind: kind, Type: Find($"I{kind}"))).Where(contract => contract.Type is not null).ToList();
        return contracts.Count == 0
            ? "None: nothing refers to it.\n"
            : string.Join('\n', contracts.Select(contract => Title(contract.Kind) + MarkedText.Table(
                ["Output", "Meaning"],
                contract.Type!.GetProperties().Select(property => (IReadOnlyList<string>)[$"`{char.ToLowerInvariant(property.Name[0])}{property.Name[1..]}`", CodeComments.Of(property)]))));
    }

    /// <summary>What consumers of the kinds find in their environment.</summary>
    public string Variables() =>
        string.Join('\n', Kinds.Select(ConnectionTable.Markdown).OfType<string>()) is { Length: > 0 } tables ? tables : "None: no link leads to it.\n";

    /// <summary>What the example is on each cloud.</summary>
    public string Created() => string.Join('\n', Kinds.Select(kind => Title(kind) + MarkedText.Table(
        ["Cloud", "Backing", "Provided by", "Resources"],
        CloudNames.All.Select(cloud => Created(kind, cloud)))));

    /// <summary>What clouds say about the kinds.</summary>
    public string Gaps()
    {
        var gaps = (
            from kind in Kinds
            from cloud in CloudIndex.All
            let offer = cloud.Offers[kind]
            where offer.Remark.Length > 0 || offer.Backing == Backing.None
            let subject = Kinds.Length == 1 ? cloud.Cloud.Name() : $"{kind} on {cloud.Cloud.Name()}"
            select $"- {subject}: {(offer.Backing == Backing.None ? $"not provided, because {offer.Product}. " : "")}{offer.Remark}").ToList();
        return gaps.Count == 0 ? "No cloud differs from the others.\n" : string.Join('\n', gaps) + "\n";
    }

    private IReadOnlyList<string> Created(ComponentKind kind, Cloud cloud)
    {
        if (CloudIndex.Find(cloud) is not { } built) return [cloud.Name(), "no builder", "", ""];
        var offer = built.Offers[kind];
        if (offer.Backing == Backing.None) return [cloud.Name(), offer.Backing.Name(), "", ""];
        var plan = On(cloud);
        var components = plan.Components.Where(component => component.Kind == kind && component.Cloud == cloud).Select(component => component.Urn).ToHashSet();
        var resources = plan.HasErrors
            ? $"refused: {string.Join(", ", plan.Findings.Where(finding => finding.Severity == Infra.Components.Checks.Severity.Error).Select(finding => $"`{finding.Rule}`").Distinct())}"
            : string.Join(", ", plan.Resources
                .Where(resource => resource.ComponentUrn is { } urn && components.Contains(urn))
                .GroupBy(resource => resource.Type)
                .Select(group => group.Count() == 1 ? $"`{group.Key}`" : $"{group.Count()} × `{group.Key}`"));
        return [cloud.Name(), offer.Backing.Name(), offer.Product, resources.Length == 0 ? "nothing of its own" : resources];
    }

    private string Title(ComponentKind kind) => Kinds.Length == 1 ? "" : $"### {kind}\n\n";

    private Type? Find(string name) => Components.GetType($"Infra.Components.{Folder}.{name}");
}
