using Xunit;

namespace Infra.Tests;

public sealed class TextLayoutTests
{
    [Theory]
    [InlineData(60, 80)]
    [InlineData(80, 80)]
    [InlineData(133, 133)]
    [InlineData(200, 200)]
    [InlineData(400, 200)]
    public void A_terminal_is_as_wide_as_it_is_within_reason(int columns, int width) => Assert.Equal(width, Terminal(columns).Width);

    [Fact]
    public void A_terminal_whose_width_nobody_knows_has_120_columns() =>
        Assert.Equal(120, TextLayout.Of(redirected: false, () => throw new IOException(), _ => null).Width);

    [Theory]
    [InlineData("100", 100)]
    [InlineData("7", 80)]
    [InlineData("", 133)]
    [InlineData("wide", 133)]
    public void The_environment_says_it_first(string columns, int width) =>
        Assert.Equal(width, TextLayout.Of(redirected: false, () => 133, name => name == "COLUMNS" ? columns : null).Width);

    [Fact]
    public void A_pipe_has_nothing_but_text()
    {
        var layout = TextLayout.Of(redirected: true, () => 80, _ => "xterm");

        Assert.Equal(TextLayout.Plain, layout);
        Assert.Equal((120, false, false), (layout.Width, layout.Cuts, layout.IsStyled));
        Assert.Equal("text", layout.Bold("text") + layout.Red("") + layout.Yellow("") + layout.Green(""));
    }

    [Theory]
    [InlineData(null, "xterm", true)]
    [InlineData("", "xterm", true)]
    [InlineData("1", "xterm", false)]
    [InlineData(null, "dumb", false)]
    [InlineData(null, null, false)]
    public void Colours_are_for_terminals_that_want_them(string? noColor, string? terminal, bool styled)
    {
        var layout = TextLayout.Of(redirected: false, () => 100, name => name switch
        {
            "NO_COLOR" => noColor,
            "TERM" => terminal,
            _ => null,
        });

        Assert.Equal(styled, layout.IsStyled);
        Assert.Equal(styled ? "\u001b[1;31mtext\u001b[0m" : "text", layout.Red("text"));
    }

    [Fact]
    public void What_does_not_fit_is_cut_on_a_terminal_and_kept_in_a_file()
    {
        Assert.Equal("a-na… ", Terminal(80).Column("a-name-that-is-long", 6));
        Assert.Equal("a-name-that-is-long ", TextLayout.Plain.Column("a-name-that-is-long", 6));
        Assert.Equal("name  ", Terminal(80).Column("name", 6));
        Assert.Equal("12345678…", Terminal(80).Rest("12345678901", 71));
        Assert.Equal("12345678901", TextLayout.Plain.Rest("12345678901", 119));
    }

    private static TextLayout Terminal(int columns) =>
        TextLayout.Of(redirected: false, () => columns, name => name == "TERM" ? "xterm" : null);
}
