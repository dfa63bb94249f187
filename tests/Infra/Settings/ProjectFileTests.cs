using Infra.Settings;
using Infra.Tests.Testing;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Infra.Tests.Settings;

public sealed class ProjectFileTests
{
    private readonly YamlMappingNode _project = Load();

    [Fact]
    public void The_project_declares_exactly_the_keys_that_are_read() =>
        Assert.Equal(
            SettingKeys.All.Select(key => key.Name).Order(),
            Declarations().Select(declaration => declaration.Key.ToString()).Order());

    [Fact]
    public void A_declaration_has_the_type_and_the_default_of_its_key()
    {
        Assert.All(Declarations(), declaration =>
        {
            var key = SettingKeys.All.Single(key => key.Name == declaration.Key.ToString());
            var schema = (YamlMappingNode)declaration.Value;
            Assert.Equal(key.IsMap ? "object" : key.IsList ? "array" : "string", schema["type"].ToString());
            // Pulumi refuses a stack that lacks a value of a declared key without a default.
            Assert.Equal(!key.IsRequired, schema.Children.ContainsKey("default"));
            Assert.NotEmpty(schema["description"].ToString());
        });
    }

    [Fact]
    public void The_project_is_where_the_program_looks_for_it()
    {
        Assert.Equal(SettingKeys.Namespace, _project["name"].ToString());
        Assert.Equal("dotnet", _project["runtime"].ToString());
        Assert.Equal("infra", _project["main"].ToString());
        Assert.Equal("stacks", _project["stackConfigDir"].ToString());
    }

    private IEnumerable<KeyValuePair<YamlNode, YamlNode>> Declarations() => ((YamlMappingNode)_project["config"]).Children;

    private static YamlMappingNode Load()
    {
        using var reader = new StreamReader(Path.Combine(Repository.Root, "Pulumi.yaml"));
        var stream = new YamlStream();
        stream.Load(reader);
        return (YamlMappingNode)stream.Documents[0].RootNode;
    }
}
