using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Pages;

/// <summary>The pages in <c>components/</c> say what the code says. To refresh them: <c>UPDATE_SNAPSHOTS=1</c>.</summary>
public sealed class ComponentPageTests
{
    private static readonly string[] Headings = ["Example", "Inputs", "Outputs", "Environment variables", "What each cloud creates", "Gaps"];

    public static TheoryData<string> Folders => [.. ComponentPages.All.Select(page => page.Folder)];

    public static TheoryData<string, Cloud> FoldersAndClouds
    {
        get
        {
            var data = new TheoryData<string, Cloud>();
            foreach (var page in ComponentPages.All.Where(page => page.Folder != "Relays"))
            {
                foreach (var cloud in CloudIndex.All) data.Add(page.Folder, cloud.Cloud);
            }

            return data;
        }
    }

    [Fact]
    public void Every_kind_has_a_page() =>
        Assert.Equal(Enum.GetValues<ComponentKind>().Order(), ComponentPages.All.SelectMany(page => page.Kinds).Order());

    [Theory]
    [MemberData(nameof(FoldersAndClouds))]
    public void An_example_plans_on_every_cloud(string folder, Cloud cloud) => Assert.Equal("", Page(folder).On(cloud).Errors());

    [Fact]
    public void The_example_of_relays_plans_or_is_refused_with_what_to_change() => Assert.All(CloudIndex.All, cloud =>
        Assert.All(Page("Relays").On(cloud.Cloud).Findings, finding => Assert.True(
            finding.Severity != Components.Checks.Severity.Error || finding.Rule == "link-cloud",
            $"{cloud.Cloud}: {finding.Rule} {finding.Message}")));

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_page_says_what_the_code_says(string folder)
    {
        var page = Page(folder);

        MarkedText.Matches(page.File, "example", page.Code());
        MarkedText.Matches(page.File, "inputs", page.Inputs());
        MarkedText.Matches(page.File, "outputs", page.Outputs());
        MarkedText.Matches(page.File, "variables", page.Variables());
        MarkedText.Matches(page.File, "created", page.Created());
        MarkedText.Matches(page.File, "gaps", page.Gaps());
    }

    [Fact]
    public void The_page_of_relays_says_how_each_cloud_lets_others_in() =>
        MarkedText.Matches(Page("Relays").File, "relays", RelayTable.Markdown(Page("Relays")));

    [Theory]
    [MemberData(nameof(Folders))]
    public void Every_page_has_the_same_headings(string folder) => Assert.Equal(
        Headings,
        File.ReadAllLines(Path.Combine(Repository.Root, Page(folder).File)).Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Select(line => line[3..]));

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_default_in_words_is_the_default_in_the_code(string folder)
    {
        foreach (var type in Page(folder).Kinds.Select(kind => typeof(Component).Assembly.GetType($"Infra.Components.{folder}.{kind}Args")).OfType<Type>())
        {
            foreach (var argument in ArgumentTable.Of(type).Where(argument => argument.Default != "required"))
            {
                Assert.NotEqual("", argument.Meaning);
                if (argument.Value is int or bool)
                    Assert.StartsWith(Convert.ToString(argument.Value, CultureInfo.InvariantCulture)!.ToLowerInvariant(), argument.Default, StringComparison.Ordinal);
            }
        }
    }

    private static ComponentPage Page(string folder) => ComponentPages.All.Single(page => page.Folder == folder);
}
