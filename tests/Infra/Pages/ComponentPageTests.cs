using System.Globalization;
using Infra.Components.Composition;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Pages;

/// <summary>The pages in <c>components/</c> say what the code says. To refresh them: <c>UPDATE_SNAPSHOTS=1</c>.</summary>
public sealed class ComponentPageTests
{
    private static readonly string[] Headings = ["Example", "Inputs", "Outputs", "Environment variables", "On each cloud"];

    // What a cloud does not provide, it does not build: the example's page there says so.
    private static readonly string[] Unprovided = ["component-unsupported"];

    public static TheoryData<string> Folders => [.. ComponentPages.All.Select(page => page.Folder)];

    public static TheoryData<string, Cloud> FoldersAndClouds
    {
        get
        {
            var data = new TheoryData<string, Cloud>();
            foreach (var page in ComponentPages.All.SelectMany(page => page.CloudPages)) data.Add(page.Component.Folder, page.Cloud);
            return data;
        }
    }

    [Fact]
    public void Every_kind_has_a_page() =>
        Assert.Equal(Kinds.All.OrderBy(kind => kind.Name), ComponentPages.All.SelectMany(page => page.Kinds).OrderBy(kind => kind.Name));

    [Fact]
    public void Every_provision_has_a_page() => Assert.Empty(
        from cloud in CloudIndex.All
        from provision in cloud.Provisions
        where !ComponentPages.All.Any(page => page.PageOn(cloud.Cloud)?.Provided.Contains(provision.Kind) == true)
        select $"{provision.Kind} on {cloud.Cloud.Name()}");

    [Fact]
    public void Every_page_has_a_provision() => Assert.Equal(
        ComponentPages.All.SelectMany(page => page.CloudPages).Select(page => page.File).Order(StringComparer.Ordinal),
        ComponentPages.All
            .SelectMany(page => Directory.EnumerateFiles(Path.Combine(Repository.Root, "components", page.Folder), "*.md"))
            .Where(file => Path.GetFileName(file) != "README.md")
            .Select(file => Path.GetRelativePath(Repository.Root, file))
            .Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(FoldersAndClouds))]
    public void An_example_plans_where_all_of_it_is_provided(string folder, Cloud cloud) => Assert.Equal(
        "",
        Page(folder).On(cloud).Findings.Where(finding => !Unprovided.Contains(finding.Rule.Id)).Errors());

    [Theory]
    [MemberData(nameof(FoldersAndClouds))]
    public void A_clouds_page_says_what_the_code_says(string folder, Cloud cloud)
    {
        var page = Page(folder).PageOn(cloud)!;

        GeneratedFile.Matches(page.File, page.Markdown());
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_page_says_what_the_code_says(string folder)
    {
        var page = Page(folder);

        MarkedText.Matches(page.File, "example", page.Code());
        MarkedText.Matches(page.File, "inputs", page.Inputs());
        MarkedText.Matches(page.File, "outputs", page.Outputs());
        MarkedText.Matches(page.File, "variables", page.Variables());
        MarkedText.Matches(page.File, "clouds", page.Links());
    }

    [Theory]
    [MemberData(nameof(Folders))]
    public void Every_page_has_the_same_headings(string folder) => Assert.Equal(
        Headings,
        File.ReadAllLines(Path.Combine(Repository.Root, Page(folder).File))
            .Where(line => line.StartsWith("## ", StringComparison.Ordinal))
            .Select(line => line[3..]));

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_default_in_words_is_the_default_in_the_code(string folder)
    {
        foreach (var type in Page(folder).Kinds
            .Select(kind => typeof(Component).Assembly.GetType($"Infra.Components.{folder}.{kind}Args"))
            .OfType<Type>())
        {
            foreach (var argument in ArgumentTable.Of(type).Where(argument => argument.Default != "required"))
            {
                Assert.NotEqual("", argument.Meaning);
                if (argument.Value is int or bool)
                {
                    Assert.StartsWith(
                        Convert.ToString(argument.Value, CultureInfo.InvariantCulture)!.ToLowerInvariant(),
                        argument.Default,
                        StringComparison.Ordinal);
                }
            }
        }
    }

    private static ComponentPage Page(string folder) => ComponentPages.All.Single(page => page.Folder == folder);
}
