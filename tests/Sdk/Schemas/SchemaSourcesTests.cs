using Infra.Sdk.Cataloguing;
using Infra.Sdk.Cataloguing.Schemas;
using Xunit;

namespace Infra.Tests.Sdk.Schemas;

public sealed class SchemaSourcesTests
{
    private const string Definition = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        spec:
          group: acme.example
          names: { kind: Box }
          versions:
          - name: v1
            schema:
              openAPIV3Schema:
                type: object
                required: [spec]
                properties:
                  metadata: { type: object, properties: { name: { type: string, maxLength: 40 } } }
                  status: { type: object, properties: { phase: { type: string } } }
                  spec:
                    type: object
                    required: [colour, size]
                    x-kubernetes-validations: [{ rule: self.size > 1 }]
                    properties:
                      colour: { type: string, enum: [red, blue], default: red }
                      size: { type: integer, minimum: 1, maximum: 9 }
                      share: { anyOf: [{ type: integer }, { type: string }], x-kubernetes-int-or-string: true, pattern: "^[0-9]+ %$" }
                      notes: { type: object, additionalProperties: { type: string }, maxProperties: 3 }
                      free: { type: object, x-kubernetes-preserve-unknown-fields: true }
                      front: &lid
                        type: object
                        properties:
                          a: { type: string }
                          b: { type: string }
                          c: { type: string }
                          d: { type: string }
                      back: *lid
                      lids:
                        type: array
                        maxItems: 2
                        x-kubernetes-list-type: map
                        x-kubernetes-list-map-keys: [a]
                        items: *lid
        """;

    [Fact]
    public void A_definition_becomes_a_block_in_which_what_repeats_stands_once()
    {
        var sources = Sources(Definition);

        Assert.Equal(
            """
            resource kubernetes:acme.example/v1:Box
              apiVersion string
              kind string
              metadata object open
                name string maxLength=40
              spec! object
                back @back
                colour string enum=red|blue
                free object open
                front @back
                lids [@back] maxItems=2 keys=a
                notes {string} maxItems=3
                share intOrString pattern="^[0-9]+ %$"
                size! int min=1 max=9
            type back
              a string
              b string
              c string
              d string

            """,
            sources.Kinds(["kubernetes:acme.example/v1:Box"]));
        Assert.Equal(["Box.spec: x-kubernetes-validations"], sources.LeftOut);
    }

    [Fact]
    public void A_kind_that_no_file_defines_is_refused() => Assert.Equal(
        "The files do not define kubernetes:acme.example/v2:Box.",
        Assert.Throws<CatalogueException>(() => Sources(Definition).Kinds(["kubernetes:acme.example/v2:Box"])).Message);

    [Fact]
    public void Definitions_of_OpenAPI_become_types_as_far_as_a_kind_reaches_them() => Assert.Equal(
        """
        resource kubernetes:core/v1:Box
          lid! @Lid
        type Lid
          inner [@Lid]
          weight string

        """,
        Sources(
            """
            { "definitions": {
              "io.k8s.api.core.v1.Box": {
                "type": "object", "required": ["lid"],
                "properties": { "lid": { "$ref": "#/definitions/io.k8s.api.core.v1.Lid" } },
                "x-kubernetes-group-version-kind": [{ "group": "", "kind": "Box", "version": "v1" }] },
              "io.k8s.api.core.v1.Lid": { "type": "object", "properties": {
                "inner": { "type": "array", "items": { "$ref": "#/definitions/io.k8s.api.core.v1.Lid" } },
                "weight": { "$ref": "#/definitions/io.k8s.Quantity" } } },
              "io.k8s.Quantity": { "type": "string" },
              "io.k8s.api.core.v1.Other": { "type": "object" } } }
            """).Kinds(["kubernetes:core/v1:Box"]));

    [Fact]
    public void Of_the_values_of_a_chart_the_names_count() => Assert.Equal(
        """
        resource values
          image object
            pullPolicy any
            tag any
          labels any

        """,
        Sources("image: { tag: '', pullPolicy: Always }\nlabels: {}\n").Values());

    [Fact]
    public void What_the_schema_of_a_chart_requires_its_defaults_give() => Assert.Equal(
        """
        resource values
          image object
            tag string
          items [object]
            name! string

        """,
        Sources(
            """
            { "type": "object", "required": ["image"], "properties": {
              "image": { "type": "object", "required": ["tag"], "properties": { "tag": { "type": "string" } } },
              "items": { "type": "array", "items": { "anyOf": [
                { "type": "object", "required": ["name"], "properties": { "name": { "type": "string" } } }] } } } }
            """).Values());

    private static SchemaSources Sources(string text)
    {
        var file = new FileInfo(Path.GetTempFileName());
        try
        {
            File.WriteAllText(file.FullName, text);
            return new([file]);
        }
        finally
        {
            file.Delete();
        }
    }
}
