using Infra.Components.Buckets;
using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Tests.Examples;

/// <summary>The example on the page of components/Buckets.</summary>
internal sealed class BucketsExample : SystemDeclaration
{
    public override string Name => "example";

    public override void Declare(Model model)
    {
        // example: begin
        var photos = model.Add(new Bucket("photos", new()
        {
            KeepVersionsDays = 60,
            Lifecycle = [new() { Prefix = "uploads/", DeleteAfterDays = 7 }],
            DataClass = DataClass.Personal,
        }));
        model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(photos);
        // example: end
    }
}
