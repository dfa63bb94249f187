using Infra.Components.Checks;
using Infra.Components.Registries;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Placements;

/// <summary>What is told of images, and what to write instead.</summary>
public sealed class ImageTests
{
    private const string Digest = $"@{TestSettings.Digest}";

    [Fact]
    public void A_missing_image_is_asked_for_where_the_system_can_keep_it()
    {
        Assert.Equal(
            "It has no image; allowed: a reference with a digest. Set infra:images.shop, such as registry.example.org/shop@sha256:….",
            Error(image: null, hasRegistry: false));
        Assert.Equal(
            "It has no image; allowed: a reference with a digest. Set infra:images.shop, such as shop@sha256:… for one in the stack's own "
            + "registry, or registry.example.org/shop@sha256:….",
            Error(image: null, hasRegistry: true));
    }

    [Fact]
    public void An_image_without_a_registry_needs_one() => Assert.Equal(
        $"infra:images.shop is 'shop{Digest}', without a registry, and 'sample' declares none; allowed: a full reference, such as "
        + $"registry.example.org/shop@sha256:…. Add the registry's host (docker.io/library/shop{Digest} for Docker Hub's), or declare a "
        + "ContainerRegistry.",
        Error($"shop{Digest}", hasRegistry: false));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_image_of_Docker_Hub_is_written_with_its_host(bool hasRegistry) => Assert.EndsWith(
        $"Write docker.io/nginx/web{Digest} for Docker Hub's.",
        Errors($"nginx/web{Digest}", hasRegistry).Single(finding => finding.Rule.Id == "image-registry").Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData($"docker.io/nginx/web{Digest}", false)]
    [InlineData($"localhost/web{Digest}", false)]
    [InlineData($"registry:5000/web{Digest}", false)]
    [InlineData($"shop{Digest}", true)]
    public void What_is_advised_is_taken(string image, bool hasRegistry) => Assert.Null(Error(image, hasRegistry));

    [Theory]
    [InlineData("shop:main", true, "image-digest")]
    [InlineData("shop:main", false, "image-digest image-registry")]
    [InlineData($"shop{Digest}\n", true, "image-reference")]
    public void Everything_that_is_wrong_with_an_image_is_told_at_once(string image, bool hasRegistry, string rules) =>
        Assert.Equal(rules.Split(' '), Errors(image, hasRegistry).Select(finding => finding.Rule.Id));

    [Theory]
    [InlineData(Cloud.Aws, "Amazon ECS")]
    [InlineData(Cloud.Scaleway, "the stack's cluster")]
    [InlineData(Cloud.Ovh, "the stack's cluster")]
    public void Of_another_registry_it_is_said_that_nobody_logs_in_there(Cloud cloud, string runtime)
    {
        var plan = TestSystems.Plan(
            cloud,
            model => model.Add(new ContainerService("shop")),
            EnvironmentKind.Staging,
            settings => settings with { Images = new Dictionary<string, string> { ["shop"] = $"ghcr.io/shop/shop{Digest}" } });

        Assert.Equal(
            $"infra:images.shop lies in ghcr.io, from which {runtime} pulls without credentials. Anyone must be able to pull it; of a "
            + "private image, set infra:registries.ghcr.io, or copy it to the stack's own registry.",
            Assert.Single(plan.Findings, finding => finding.Rule.Id == "image-credentials").Message);
    }

    private static string? Error(string? image, bool hasRegistry)
    {
        var errors = Errors(image, hasRegistry);
        return errors.Count == 0 ? null : Assert.Single(errors).Message;
    }

    private static List<Finding> Errors(string? image, bool hasRegistry)
    {
        var plan = TestSystems.Plan(
            Cloud.Aws,
            model =>
            {
                model.Add(new ContainerService("shop"));
                if (hasRegistry) model.Add(new ContainerRegistry("registry"));
            },
            EnvironmentKind.Production,
            settings => settings with
            {
                Images = image is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["shop"] = image },
            });
        return [.. plan.Findings.Where(finding => finding.Severity == Severity.Error)];
    }
}
