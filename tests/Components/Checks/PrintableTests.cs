using Infra.Components.Checks;
using Xunit;

namespace Infra.Tests.Checks;

/// <summary>What others wrote is shown, and never acted on.</summary>
public sealed class PrintableTests
{
    private static readonly Rule Rule = Rule.Warning("rule", "Nothing is amiss");

    [Theory]
    [InlineData("\u001b[2J", @"\u001b[2J")]
    [InlineData("bell\u0007", @"bell\u0007")]
    [InlineData("a\r\nb", @"a\u000d\nb")]
    [InlineData("tab\tand \u007f", @"tab\u0009and \u007f")]
    [InlineData("\u009b31m", @"\u009b31m")]
    [InlineData("moc.\u202elive", @"moc.\u202elive")]
    [InlineData("zero\u200bwidth\ufeff", @"zero\u200bwidth\ufeff")]
    [InlineData("line\u2028paragraph\u2029", @"line\u2028paragraph\u2029")]
    [InlineData("\U000e0041", @"\U000e0041")]
    public void What_a_terminal_acts_on_or_nobody_sees_is_an_escape(string text, string shown) => Assert.Equal(shown, Printable.Of(text));

    [Theory]
    [InlineData("")]
    [InlineData("infra:cloud is 'aws'; allowed: …")]
    [InlineData("Zoë, Łódź, 東京, 😀 · ─ └─")]
    public void What_can_be_read_stays(string text) => Assert.Equal(text, Printable.Of(text));

    [Fact]
    public void Half_a_character_is_shown_as_none() => Assert.Equal("a\ufffdb", Printable.Of("a\ud800b"));

    [Fact]
    public void Findings_are_kept_as_text_that_can_be_shown()
    {
        var findings = new Findings();

        findings.Report(Rule, "sh\u001bop", "It is\nwrong.");
        findings.Replace(finding => finding with { Message = finding.Message + "\r" });

        var finding = Assert.Single(findings.All);
        Assert.Equal(@"sh\u001bop", finding.Component);
        Assert.Equal(@"It is\nwrong.\u000d", finding.Message);
    }
}
