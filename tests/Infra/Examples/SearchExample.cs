using Infra.Components.Search;
using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Tests.Examples;

/// <summary>The example on the page of components/Search.</summary>
internal sealed class SearchExample : SystemDeclaration
{
    public override string Name => "example";

    public override void Declare(Model model)
    {
        // example: begin
        var catalogue = model.Add(new SearchEngine("catalogue"));
        model.Add(new ContainerService("shop", new() { Port = 8080 })).Reads(catalogue);
        model.Add(new ContainerService("indexer")).Writes(catalogue);
        // example: end
    }
}
