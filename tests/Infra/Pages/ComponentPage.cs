using System.Collections.Concurrent;
using System.Reflection;
using Infra.Components.Checks;
using Infra.Components.Composition;
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
    private readonly ConcurrentDictionary<Cloud, Plan> _plans = [];

    /// <summary>The page's file.</summary>
    public string File => $"components/{Folder}/README.md";

    /// <summary>The settings of the example on a cloud.</summary>
    public Func<SystemDeclaration, Cloud, StackSettings> Settings { get; init; } = (system, cloud) =>
        TestSettings.For(cloud, EnvironmentKind.Production, system);

    /// <summary>The example in production on a cloud.</summary>
    public Plan On(Cloud cloud) => _plans.GetOrAdd(cloud, place => Rehearsal.Run(Example, Settings(Example, place)));

    /// <summary>Its page on a cloud; null where the cloud provides none of its kinds.</summary>
    public CloudPage? PageOn(Cloud cloud) => new CloudPage(this, cloud) is { Provided.Count: > 0 } page ? page : null;

    /// <summary>The pages of the clouds that provide it.</summary>
    public IEnumerable<CloudPage> CloudPages => CloudIndex.All.Select(cloud => PageOn(cloud.Cloud)).OfType<CloudPage>();

    /// <summary>What stands between the markers of the example's file, as a block of code.</summary>
    public string Code()
    {
        var lines = System.IO.File.ReadAllLines(Path.Combine(Repository.Root, "tests", "Infra", "Examples", $"{Folder}Example.cs"));
        var from = Array.FindIndex(lines, line => line.Trim() == "// example: begin") + 1;
        var to = Array.FindIndex(lines, line => line.Trim() == "// example: end");
        var margin = lines[from].Length - lines[from].TrimStart().Length;
        return $"```csharp\n{string.Join('\n', lines[from..to].Select(line => line.Length < margin ? "" : line[margin..]))}\n```\n";
    }

    /// <summary>The arguments of every kind.</summary>
    public string Inputs()
    {
        var declared = Kinds.Where(kind => Find($"{kind}Args") is not null).ToList();
        return declared.Count == 0
            ? "None: a system does not declare it.\n"
            : string.Join('\n', declared.Select(kind => Title(kind) + ArgumentTable.Markdown(Find($"{kind}Args")!)));
    }

    /// <summary>What the kinds' interfaces give.</summary>
    public string Outputs()
    {
        var contracts = Kinds.Select(kind => (Kind: kind, Type: Find($"I{kind}"))).Where(contract => contract.Type is not null).ToList();
        return contracts.Count == 0
            ? "None: nothing refers to it.\n"
            : string.Join('\n', contracts.Select(contract => Title(contract.Kind) + MarkedText.Table(
                ["Output", "Meaning"],
                contract.Type!.GetProperties().Select(property =>
                    (IReadOnlyList<string>)[$"`{char.ToLowerInvariant(property.Name[0])}"
                        + $"{property.Name[1..]}`", CodeComments.Of(property)]))));
    }

    /// <summary>What consumers of the kinds find in their environment.</summary>
    public string Variables() =>
        string.Join('\n', Kinds.Select(ConnectionTable.Markdown).OfType<string>()) is { Length: > 0 } tables
            ? tables
            : "None: no link leads to it.\n";

    /// <summary>Where to read what is each cloud's own.</summary>
    public string Links() => string.Concat(CloudPages.Select(page => $"- [{page.Cloud.Name()}]({page.Cloud.Name()}.md)\n"));

    private string Title(ComponentKind kind) => Kinds.Length == 1 ? "" : $"### {kind}\n\n";

    private Type? Find(string name) => Components.GetType($"Infra.Components.{Folder}.{name}");
}
