using System.Text.RegularExpressions;
using Infra.Components.Clouds;
using Infra.Tests.Facts;
using Xunit;

namespace Infra.Tests.Plans;

/// <summary>What runs beside a system is pinned by digest, on every cloud.</summary>
public sealed partial class PinnedImageTests
{
    // Of their digests no public source is known.
    private static readonly string[] WithoutDigest =
        ["chrislusf/seaweedfs:4.33", "container-registry.oracle.com/mysql/community-operator:9.1.0-2.2.2"];

    [Fact]
    public void Every_image_of_others_that_some_plan_runs_has_a_digest()
    {
        var images = (
            from plan in PlannedTypes.Plans
            from resource in plan.Resources
            from Match match in Image().Matches(resource.Inputs.GetRawText())
            select match.Value).ToHashSet(StringComparer.Ordinal);

        Assert.Contains(PinnedImage.PostgreSql.OnAmazon, images);
        Assert.Contains(PinnedImage.PostgreSql.OnDockerHub, images);
        Assert.Contains(PinnedImage.HaProxy.OnAmazon, images);
        Assert.Contains(PinnedImage.HaProxy.OnDockerHub, images);
        Assert.Equal(
            WithoutDigest,
            images.Where(image => !image.Contains("@sha256:", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_digest_is_one_and_says_where_it_was_read() => Assert.All(PinnedImage.All, image =>
    {
        Assert.Matches("^sha256:[0-9a-f]{64}$", image.Digest);
        Assert.Matches(@"\d{4}-\d{2}", image.Source);
    });

    // Charts are no images.
    [GeneratedRegex(
        @"(?<!oci://[\w.-]*)(?:\b(?:docker\.io|container-registry\.oracle\.com|public\.ecr\.aws|ghcr\.io|quay\.io|registry\.k8s\.io)/"
        + @"|\bchrislusf/)"
        + @"[a-z0-9][\w./-]*(?::[\w.-]+)?(?:@sha256:[0-9a-f]+)?")]
    private static partial Regex Image();
}
