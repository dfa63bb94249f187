using Xunit;
using static Infra.Tests.Settings.Configurations;

namespace Infra.Tests.Settings;

public sealed class FigureSettingsTests
{
    [Fact]
    public void Figures_are_those_of_components_and_of_the_whole_stack()
    {
        var (settings, findings) = Read(With("figures", "{ startSeconds: 30, photos: { objects: 40000000, meanKiB: 0.5 } }"));

        Assert.Empty(findings.All);
        Assert.Equal(30, settings!.Figures[""]["startSeconds"]);
        Assert.Equal(40_000_000, settings.Figures["photos"]["objects"]);
        Assert.Equal(0.5, settings.Figures["photos"]["meanKiB"]);
    }

    [Fact]
    public void A_component_may_be_called_as_a_figure_is() =>
        Assert.Equal(7, Read(With("figures", "{ objects: { objects: 7 } }")).Settings!.Figures["objects"]["objects"]);

    [Theory]
    [InlineData("{ photos: { object: 1 } }", "infra:figures.photos.object is not a key of it", "Did you mean 'objects'?")]
    [InlineData("{ photos: { objects: many } }", "infra:figures.photos.objects is 'many'", "allowed: a number above 0")]
    [InlineData("{ photos: { objects: 0 } }", "infra:figures.photos.objects is '0'", "allowed: a number above 0")]
    [InlineData("{ photos: 5 }", "infra:figures.photos is", "allowed: a map of figures")]
    [InlineData("{ startSeconds: -1 }", "infra:figures.startSeconds is '-1'", "allowed: a number above 0")]
    public void What_is_no_figure_is_told_with_what_is(string figures, string received, string allowed)
    {
        var (settings, findings) = Read(With("figures", figures));

        Assert.Null(settings);
        var message = Assert.Single(findings.All).Message;
        Assert.Contains(received, message, StringComparison.Ordinal);
        Assert.Contains(allowed, message, StringComparison.Ordinal);
    }
}
