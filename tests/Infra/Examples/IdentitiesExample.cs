using Infra.Components.Buckets;
using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Tests.Examples;

/// <summary>The example on the page of components/Identities.</summary>
internal sealed class IdentitiesExample : SystemDeclaration
{
    public override string Name => "example";

    public override void Declare(Model model)
    {
        // example: begin
        var photos = model.Add(new Bucket("photos"));
        model.Add(new ContainerService("shop", new() { Port = 8080 })).Reads(photos);
        // example: end
    }
}
