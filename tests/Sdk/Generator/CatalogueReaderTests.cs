using Infra.Sdk.Generator.Model;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Sdk.Generator;

public sealed class CatalogueReaderTests
{
    [Theory]
    [InlineData("provider acme", 1, "'provider' needs a version")]
    [InlineData("provider acme 1.0.0 Pulumi.Acme\nresource acme:index/box:Box", 2, "'resource' needs a class")]
    [InlineData(
        "provider acme 1.0.0 Pulumi.Acme\nresorce acme:index/box:Box Box",
        2,
        "'resorce' begins no block; expected provider, omit, resource, function, type or enum")]
    [InlineData("provider acme 1.0.0 Pulumi.Acme\n  io size int", 2, "a property must stand under a resource, function or type")]
    [InlineData("provider acme 1.0.0 Pulumi.Acme\ntype Box\n  both size int", 3, "'both' is no direction; expected in, out or io")]
    [InlineData("provider acme 1.0.0 Pulumi.Acme\ntype Box\n  io size [int", 3, "'[int' is not a type: ']' is missing")]
    [InlineData(
        "provider acme 1.0.0 Pulumi.Acme\ntype Box\n  io size int secrets",
        3,
        "'secrets' has no meaning here; expected secret, json, obsolete, const=, default=, env=")]
    [InlineData("provider acme 1.0.0 Pulumi.Acme\ntype Box\n  io size string default=\"a", 3, "a closing quotation mark is missing")]
    [InlineData("provider acme 1.0.0 Pulumi.Acme\ntype Box\n  io size int\n\ntype Box", 5, "Box is already described in line 2")]
    [InlineData("# nothing", 1, "the catalogue names no provider; its first line must be 'provider <name> <version> <namespace>'")]
    public void A_line_that_cannot_be_used_is_named_with_the_reason(string text, int line, string message)
    {
        var (_, errors) = CatalogueReader.Read(text);

        Assert.Equal(new CatalogueError(line, message), Assert.Single(errors));
    }

    [Fact]
    public void All_errors_are_found_at_once()
    {
        var (_, errors) = CatalogueReader.Read(
            "provider acme 1.0.0 Pulumi.Acme\ntype Box\n  io size int!!\n  oi lid string\n  io side Side\n");

        Assert.Equal([3, 4, 5], errors.Select(e => e.Line));
    }

    [Theory]
    [InlineData("string")]
    [InlineData("[{Storage.Box}]")]
    [InlineData("int|string")]
    [InlineData("[string|Ec2.Colour]")]
    public void A_type_is_written_as_it_was_read(string text) => Assert.Equal(text, TypeRef.Parse(text).ToString());

    [Fact]
    public void Every_catalogue_of_the_repository_is_free_of_errors_and_in_the_form_that_the_tool_writes()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "sdk"), "*.catalogue", SearchOption.AllDirectories).ToList();

        Assert.NotEmpty(files);
        Assert.All(files, file =>
        {
            var text = File.ReadAllText(file);
            var (catalogue, errors) = CatalogueReader.Read(text);
            Assert.Empty(errors);
            Assert.Equal(text, CatalogueWriter.Write(catalogue!));
        });
    }
}
