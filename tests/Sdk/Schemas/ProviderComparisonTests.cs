using Infra.Sdk.Cataloguing;
using Infra.Sdk.Cataloguing.Schemas;
using Xunit;

namespace Infra.Tests.Sdk.Schemas;

public sealed class ProviderComparisonTests
{
    private const string Published = """
        {
          "name": "acme",
          "resources": {
            "acme:storage/box:Box": {
              "inputProperties": {
                "colour": { "oneOf": [{ "type": "string" }, { "$ref": "#/types/acme:storage%2Fcolour:Colour" }] },
                "size": { "type": "integer" },
                "lid": { "$ref": "#/types/acme:storage%2FboxLid:boxLid" },
                "items": { "type": "array", "items": { "$ref": "#/types/acme:storage%2FboxLid:boxLid" } },
                "labels": { "type": "object", "additionalProperties": { "type": "string" } },
                "weight": { "type": "number", "deprecationMessage": "Use size." }
              },
              "requiredInputs": ["size", "lid"]
            },
            "acme:storage/crate:Crate": { "deprecationMessage": "Use Box." }
          },
          "types": {
            "acme:storage/colour:Colour": { "type": "string", "enum": [{ "value": "red" }, { "value": "blue" }] },
            "acme:storage/boxLid:boxLid": {
              "type": "object",
              "properties": { "kind": { "type": "string" }, "hinges": { "type": "integer" } },
              "required": ["kind"]
            }
          }
        }
        """;

    [Fact]
    public void A_file_that_says_what_the_schema_says_is_left_as_it_is()
    {
        string[] lines =
        [
            "# Kept by hand.",
            "source acme 1.0.0",
            "resource acme:storage/box:Box open most=colour|labels",
            "  colour string enum=blue|red",
            "  items [object] maxItems=2 open",
            "    hinges int min=1 max=4",
            "    kind! string pattern=^[a-z]+$",
            "  labels {string} maxItems=9",
            "  lid! object open",
            "    kind! string",
            "  size! int min=1",
        ];

        var comparison = ProviderComparison.Of(lines, Published);

        Assert.Empty(comparison.Differences);
        Assert.Equal(lines, comparison.Lines);
    }

    [Fact]
    public void What_differs_is_told_and_refreshed_where_the_schema_knows_it()
    {
        var comparison = ProviderComparison.Of(
            [
                "resource acme:storage/box:Box open needs=colour|size",
                "  colour! string enum=red|green minLength=3",
                "  gone string maxLength=9",
                "  items [object] open",
                "    hinges! int min=1 max=4",
                "  labels string",
                "  size int min=1",
                "  weight number",
                "resource acme:storage/crate:Crate open",
                "resource acme:storage/sack:Sack open",
                "  size! int",
            ],
            Published);

        Assert.Equal(
            [
                "acme:storage/box:Box.colour is not required",
                "acme:storage/box:Box.colour has the values red, blue, not red, green",
                "acme:storage/box:Box.gone does not exist",
                "acme:storage/box:Box.items.hinges is not required",
                "acme:storage/box:Box.items.kind is required: write it, with what holds of it",
                "acme:storage/box:Box.labels is {string}, not string",
                "acme:storage/box:Box.size is required",
                "acme:storage/box:Box.weight is deprecated: Use size.",
                "acme:storage/box:Box.lid is required: write it, with what holds of it",
                "acme:storage/crate:Crate is deprecated: Use Box.",
                "acme:storage/sack:Sack does not exist",
            ],
            comparison.Differences);
        Assert.Equal(
            [
                "resource acme:storage/box:Box open needs=colour|size",
                "  colour string enum=red|blue minLength=3",
                "  gone string maxLength=9",
                "  items [object] open",
                "    hinges int min=1 max=4",
                "  labels string",
                "  size! int min=1",
                "  weight number",
            ],
            comparison.Lines.Take(8));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("name: acme")]
    public void What_is_no_schema_is_refused(string json) => Assert.Contains(
        "pulumi package get-schema",
        Assert.Throws<CatalogueException>(() => ProviderComparison.Of([], json)).Message,
        StringComparison.Ordinal);
}
