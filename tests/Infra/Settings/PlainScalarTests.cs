using Infra.Components.Checks;
using Infra.Settings;
using Xunit;

namespace Infra.Tests.Settings;

/// <summary>
/// Values without quotes. What the engine makes of each was seen with gopkg.in/yaml.v3 3.0.1 itself, read, written and read again as Pulumi
/// does, in November 2026.
/// </summary>
public sealed class PlainScalarTests
{
    [Theory]
    [InlineData("true", "true")]
    [InlineData("false", "false")]
    [InlineData("null", "null")]
    [InlineData("~", "null")]
    [InlineData("Null", "null")]
    [InlineData("1", "1")]
    [InlineData("-5", "-5")]
    [InlineData("1.1", "1.1")]
    [InlineData("0.1", "0.1")]
    [InlineData("20271001", "20271001")]
    [InlineData("111122223333", "111122223333")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("18446744073709551615", "18446744073709551615")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("No", "\"No\"")]
    [InlineData("on", "\"on\"")]
    [InlineData("y", "\"y\"")]
    [InlineData("10:30", "\"10:30\"")]
    [InlineData("12e4567", "\"12e4567\"")]
    [InlineData("2027-10-01T10:00", "\"2027-10-01T10:00\"")]
    [InlineData("11111111-2222-3333-4444-555555555555", "\"11111111-2222-3333-4444-555555555555\"")]
    [InlineData("203.0.113.7/32", "\"203.0.113.7/32\"")]
    [InlineData("=", "\"=\"")]
    [InlineData("\"2027-10-01\"", "\"2027-10-01\"")]
    [InlineData("'1.10'", "\"1.10\"")]
    [InlineData("!!str 1.10", "\"1.10\"")]
    public void What_reads_the_same_to_the_engine_is_taken(string written, string value)
    {
        var findings = new Findings();

        var configuration = StackFile.Parse(File(written), "a file", findings);

        Assert.Empty(findings.All);
        Assert.Equal($$$"""{"infra:components":{"v":{{{value}}}}}""", configuration!.ToJsonString());
    }

    [Theory]
    [InlineData("2027-10-01", "a point in time")]
    [InlineData("2027-1-1", "a point in time")]
    [InlineData("2027-10-01T10:00:00Z", "a point in time")]
    [InlineData("2027-10-01t10:00:00.5+02:00", "a point in time")]
    [InlineData("2027-10-01 10:00:00", "a point in time")]
    [InlineData("True", "true")]
    [InlineData("FALSE", "false")]
    [InlineData("01", "1")]
    [InlineData("08", "8")]
    [InlineData("0777", "511")]
    [InlineData("0o17", "15")]
    [InlineData("0x1F", "31")]
    [InlineData("0b101", "5")]
    [InlineData("-0", "0")]
    [InlineData("+5", "5")]
    [InlineData("1_000", "1000")]
    [InlineData("1_0.5", "10.5")]
    [InlineData("1.10", "1.1")]
    [InlineData("1.0", "1")]
    [InlineData("1.", "1")]
    [InlineData(".5", "0.5")]
    [InlineData("1e3", "1000")]
    [InlineData("6e10", "60000000000")]
    [InlineData("011122223333", "1229530843")]
    [InlineData("18446744073709551616", "1.8446744073709552E+19")]
    [InlineData(".inf", "a number that JSON does not have")]
    [InlineData("-.INF", "a number that JSON does not have")]
    [InlineData(".nan", "a number that JSON does not have")]
    public void What_the_engine_makes_something_else_of_must_be_quoted(string written, string read)
    {
        var findings = new Findings();

        StackFile.Parse(File(written), "a file", findings);

        var finding = Assert.Single(findings.All);
        Assert.Equal(
            $"a file, line 3: infra:components.v is {written}, which YAML reads as {read}; allowed: values that mean what is written. "
            + $"Write \"{written}\" for a text.",
            finding.Message);
        Assert.Equal((Severity.Error, "settings-value"), (finding.Severity, finding.Rule.Id));
    }

    [Theory]
    [InlineData("!!int \"5\"", "!!int")]
    [InlineData("!!float 5", "!!float")]
    [InlineData("!!binary aGVsbG8=", "!!binary")]
    [InlineData("!!timestamp 2027-10-01", "!!timestamp")]
    [InlineData("!custom x", "!custom")]
    [InlineData("! 1.10", "!")]
    [InlineData("!!set { a }", "!!set")]
    [InlineData("!!omap [ a: 1 ]", "!!omap")]
    public void A_tag_that_makes_something_else_of_a_value_is_refused(string written, string tag)
    {
        var findings = new Findings();

        StackFile.Parse(File(written), "a file", findings);

        Assert.Contains(
            $"a file, line 3: infra:components.v has the tag {tag}; allowed: none.",
            Assert.Single(findings.All).Message,
            StringComparison.Ordinal);
    }

    private static string File(string value) => $"config:\n  infra:components:\n    v: {value}\n";
}
