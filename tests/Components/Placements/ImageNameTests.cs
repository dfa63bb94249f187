using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Registries;
using Infra.Components.Services;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Placements;

public sealed class ImageNameTests
{
    [Theory]
    [InlineData("shop", true)]
    [InlineData("shop:main", true)]
    [InlineData("registry.example.org:5000/shop", true)]
    [InlineData("registry.example.org:5000/shop:latest", true)]
    [InlineData("shop:1.4", false)]
    [InlineData("shop:4c9e1f7", false)]
    [InlineData("registry.example.org/shop@" + TestSettings.Digest, false)]
    public void A_tag_that_is_a_word_means_another_image_sooner_or_later(string image, bool moves) =>
        Assert.Equal(moves, ImageName.Moves(image));

    [Theory]
    [InlineData("shop:main", true)]
    [InlineData("shop:4c9e1f7", false)]
    public void Outside_production_such_a_tag_is_warned_of(string image, bool isTold)
    {
        var plan = AwsPlans.Of(
            model =>
            {
                model.Add(new ContainerRegistry("registry"));
                model.Add(new ContainerService("shop"));
            },
            EnvironmentKind.Staging,
            settings => settings with { Images = new Dictionary<string, string> { ["shop"] = image } });

        Assert.Equal(isTold, plan.Findings.Any(finding => finding is { Severity: Severity.Warning, Rule.Id: "image-tag" }));
    }
}
