using System.Text.RegularExpressions;
using Infra.Components.Clouds;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Stacks;
using Xunit;

namespace Infra.Tests.Architecture;

public sealed partial class ArchitectureTests
{
    private static readonly string[] CloudFolders = [.. CloudNames.All.Select(cloud => cloud.ToString())];

    [Fact]
    public void No_stack_names_a_cloud()
    {
        foreach (var file in Sources("stacks").Where(file => !file.EndsWith(".Tweaks.cs", StringComparison.Ordinal)))
        {
            var code = File.ReadAllText(file);
            Assert.DoesNotMatch(ProviderNamespace(), code);
            Assert.DoesNotContain("using Pulumi", code, StringComparison.Ordinal);
            Assert.DoesNotMatch(@"\bCloud\.\w", code);
        }
    }

    [Fact]
    public void Neutral_code_names_no_clouds_sdk()
    {
        foreach (var file in Sources("components").Where(file => !IsOfACloud(file)))
            Assert.False(ProviderNamespace().IsMatch(File.ReadAllText(file)), $"{file} names the SDK of a cloud: move it into the folder of that cloud.");
    }

    [Fact]
    public void No_product_code_knows_which_sdk_it_runs_on()
    {
        foreach (var file in new[] { "components", "infra", "stacks" }.SelectMany(Sources))
            Assert.DoesNotContain("PulumiSdk", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_cloud_says_how_it_provides_every_kind() =>
        Assert.All(CloudIndex.All, cloud => Assert.Empty(Enum.GetValues<ComponentKind>().Except(cloud.Offers.Keys).Select(kind => $"{cloud.Cloud}: {kind}")));

    [Fact]
    public void Every_offer_that_is_missing_says_why_and_what_to_do_instead() =>
        Assert.All(CloudIndex.All.SelectMany(cloud => cloud.Offers.Values).Where(offer => offer.Backing == Backing.None), offer =>
        {
            Assert.NotEmpty(offer.Product);
            Assert.NotEmpty(offer.Remark);
        });

    [Fact]
    public void Every_tweak_is_read_by_its_own_cloud()
    {
        var tweaks = typeof(Tweak).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Tweak)) && !type.IsAbstract).ToList();

        Assert.NotEmpty(tweaks);
        Assert.All(tweaks, tweak =>
        {
            var cloud = ((Tweak)Activator.CreateInstance(tweak)!).Cloud;
            Assert.Contains(tweak, CloudIndex.Find(cloud)!.Tweaks);
        });
    }

    [Fact]
    public void Only_placed_components_are_pulumi_components() =>
        Assert.All(
            typeof(PlacedComponent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Pulumi.ComponentResource)) && type != typeof(PlacedComponent)),
            type => Assert.True(type.IsSubclassOf(typeof(PlacedComponent)), type.FullName));

    [Fact]
    public void Every_system_can_be_found_by_its_name() =>
        Assert.Equal(
            typeof(Systems).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(SystemDeclaration))).Select(type => type.Name).Order(StringComparer.Ordinal),
            Systems.All.Select(system => system.GetType().Name).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories);

    private static bool IsOfACloud(string file) =>
        Path.GetRelativePath(Repository.Root, file).Split(Path.DirectorySeparatorChar).Intersect(CloudFolders).Any()
        || CloudFolders.Contains(Path.GetFileNameWithoutExtension(file).Replace("Cloud", "", StringComparison.Ordinal));

    [GeneratedRegex(@"\bPulumi\.(Aws|Gcp|Kubernetes|Ovh)\b|\bPulumiverse\b")]
    private static partial Regex ProviderNamespace();
}
