using System.Text.Json;
using Infra.Schemas;
using Xunit;

namespace Infra.Tests.Schemas;

public sealed class SchemaTextTests
{
    private static readonly SchemaText Text = new(
        """
        # A comment.
        source Boxes 1.2.3
        chart boxes 0.1.0
        read 2026-11
        published 0.1.0 0.0.9
        resource acme:box/v1:Box most=colour|dye needs=lid|hinge
          colour string enum=red|blue
          dye string minLength=2 maxLength=4
          hinge @part
          inner @acme
          items [object] maxItems=2 keys=name
            name! string
            size int min=1 max=2147483648
          labels {string} names=^[a-z]+$ pattern="^a b$"
          lid @part
          notes object open
            text string
          ports [int] unique min=1
        type part
          of @part
          share number
        type acme intOrString
        """);

    [Fact]
    public void The_head_says_what_was_read()
    {
        Assert.Equal("Boxes 1.2.3", Text.Source);
        Assert.Equal("boxes 0.1.0", Text.Chart);
        Assert.Equal("2026-11", Text.Read);
        Assert.Equal(["0.1.0", "0.0.9"], Text.Published);
        Assert.Equal(["acme:box/v1:Box"], Text.Resources);
    }

    [Theory]
    [InlineData("""{"colour":"green"}""", "Value colour")]
    [InlineData("""{"colour":"red","dye":"blue"}""", "Conflict ")]
    [InlineData("""{"dye":"b"}""", "Value dye")]
    [InlineData("""{"dye":"black"}""", "Value dye")]
    [InlineData("""{"lid":{}}""", "Conflict ")]
    [InlineData("""{"lid":{"of":{"of":{"share":"half"}}},"hinge":{}}""", "Type lid.of.of.share")]
    [InlineData("""{"lid":{"of":{"part":1}},"hinge":{}}""", "Unknown lid.of.part")]
    [InlineData("""{"inner":true}""", "Type inner")]
    [InlineData("""{"items":[{"name":"a"},{"name":"a"}]}""", "Value items[1]")]
    [InlineData("""{"items":[{"name":"a"},{"name":"b"},{"name":"c"}]}""", "Value items")]
    [InlineData("""{"items":[{"size":2}]}""", "Missing items[0].name")]
    [InlineData("""{"items":[{"name":null}]}""", "Missing items[0].name")]
    [InlineData("""{"items":[{"name":"a","size":2147483649}]}""", "Value items[0].size")]
    [InlineData("""{"items":[{"name":"a","size":1.5}]}""", "Type items[0].size")]
    [InlineData("""{"labels":{"A":"a b"}}""", "Value labels.A")]
    [InlineData("""{"labels":{"a":"a"}}""", "Value labels.a")]
    [InlineData("""{"notes":{"text":1}}""", "Type notes.text")]
    [InlineData("""{"ports":[1,2,1]}""", "Value ports[2]")]
    [InlineData("""{"ports":[0]}""", "Value ports[0]")]
    [InlineData("""{"lock":1}""", "Unknown lock")]
    public void What_breaks_a_schema_is_found(string value, string expected)
    {
        var breach = Assert.Single(SchemaCheck.Of(JsonElement.Parse(value), Text.Resource("acme:box/v1:Box")!));

        Assert.Equal(expected, $"{breach.Kind} {breach.Path}");
    }

    [Theory]
    [InlineData("""{"colour":"{paint.colour}","items":"[secret]"}""")]
    [InlineData("""{"lid":{"share":0.5},"hinge":{"of":{"of":{}}},"inner":"a","labels":{"a":"a b"},"notes":{"more":[]},"ports":[1,2]}""")]
    [InlineData("""{"inner":1,"items":[{"name":"{box.name}"},{"name":"{box.name}"}],"dye":null,"colour":"red"}""")]
    public void What_keeps_it_or_is_not_known_yet_is_not(string value) =>
        Assert.Empty(SchemaCheck.Of(JsonElement.Parse(value), Text.Resource("acme:box/v1:Box")!));

    [Theory]
    [InlineData("thing a", "Line 1 of a schema begins with 'thing'.")]
    [InlineData("resource a\n  b @c", "Line 2 of a schema names the type 'c', which it does not have.")]
    [InlineData("resource a\n  b text", "Line 2 of a schema has the type 'text'.")]
    public void A_line_that_says_nothing_is_refused(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => new SchemaText(text).Resource("a")).Message);
}
