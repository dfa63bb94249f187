using System.Text.Json;
using Infra.Components.Addons;
using Infra.Components.Buckets;
using Infra.Components.Clouds;
using Infra.Components.Composition;
using Infra.Components.Systems;
using Infra.Parity;
using Xunit;

namespace Infra.Tests.Parity;

public sealed class ParityTableTests
{
    [Fact]
    public void It_has_every_kind_and_every_cloud()
    {
        var table = ParityTable.Current;

        Assert.Equal(Kinds.All.Select(kind => kind.Name), table.Components.Select(component => component.Kind));
        Assert.All(
            table.Components,
            component => Assert.Equal(CloudNames.All.Select(cloud => cloud.Name()), component.Clouds.Select(entry => entry.Cloud)));
    }

    [Fact]
    public void An_entry_says_what_the_cloud_offers()
    {
        foreach (var cloud in CloudIndex.All)
        {
            foreach (var provision in cloud.Provisions)
            {
                var (kind, offer) = (provision.Kind, provision.Offer);
                var remark = string.Join(' ', provision.Gaps.Select(gap => gap.Remark));
                var entry = Entry(ParityTable.Current, kind, cloud.Cloud);
                Assert.Equal(
                    (offer.Backing.Name(), offer.Product, null, remark),
                    (entry.Backing, entry.Product, entry.Reason, entry.Remark));
                Assert.Empty(entry.Alternatives);
            }
        }
    }

    [Fact]
    public void What_a_cloud_lacks_has_a_reason_and_alternatives()
    {
        var entry = Entry(ParityTable.Current, ClusterAddonKind.Instance, Cloud.Aws);

        Assert.Equal(("none", null), (entry.Backing, entry.Product));
        Assert.Contains("kubernetes", entry.Alternatives);
        Assert.StartsWith("Not provided: aws needs no ClusterAddon. Clouds that provide it: ", entry.Sentences, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cloud_without_a_builder_is_shown_as_such()
    {
        var table = ParityTable.Of([new AwsCloud()]);

        Assert.Equal(["aws"], table.Clouds.Where(cloud => cloud.HasBuilder).Select(cloud => cloud.Name));
        var entry = Entry(table, BucketKind.Instance, Cloud.Ovh);
        Assert.Equal(("no builder", null, null), (entry.Cell, entry.Backing, entry.Product));
        Assert.Equal(["aws"], entry.Alternatives);
        Assert.EndsWith("\nNo builder yet: gcp, scaleway, ovh, kubernetes.\n", Text(table), StringComparison.Ordinal);
    }

    [Fact]
    public void It_fits_a_terminal_and_says_everything()
    {
        var text = Text(ParityTable.Current);

        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 120, line));
        var words = string.Join(' ', text.Split(null as char[], StringSplitOptions.RemoveEmptyEntries));
        Assert.All(CloudIndex.All.SelectMany(cloud => cloud.Provisions), provision =>
        {
            Assert.Contains(provision.Offer.Product, words, StringComparison.Ordinal);
            Assert.All(provision.Gaps, gap => Assert.Contains(gap.Remark, words, StringComparison.Ordinal));
        });
    }

    [Fact]
    public void Its_document_holds_the_same()
    {
        using var stream = new MemoryStream();
        ParityJson.Write(ParityTable.Current, stream);

        using var document = JsonDocument.Parse(stream.ToArray());
        var entry = document.RootElement.GetProperty("components").EnumerateArray()
            .Single(component => component.GetProperty("kind").GetString() == "Bucket")
            .GetProperty("clouds").EnumerateArray()
            .Single(cloud => cloud.GetProperty("cloud").GetString() == "aws");
        Assert.Equal("native", entry.GetProperty("backing").GetString());
        Assert.Equal("Amazon S3", entry.GetProperty("product").GetString());
        Assert.Equal(JsonValueKind.Null, entry.GetProperty("reason").ValueKind);
    }

    private static ParityEntry Entry(ParityTable table, ComponentKind kind, Cloud cloud) =>
        table.Components.Single(component => component.Kind == kind.ToString()).Clouds.Single(entry => entry.Cloud == cloud.Name());

    private static string Text(ParityTable table)
    {
        using var writer = new StringWriter();
        ParityText.Write(table, writer, TextLayout.Plain);
        return writer.ToString();
    }
}
