using System.Text;
using System.Text.Json;
using Infra.Components.Placements;
using Infra.Components.Registries;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Pulumi;
using Pulumi.Utilities;
using Xunit;

namespace Infra.Tests.Registries;

public sealed class DockerConfigurationTests
{
    [Fact]
    public async Task A_node_logs_in_at_every_registry_by_the_name_that_Docker_has_for_it()
    {
        var settings = TestSettings.For(Cloud.Kubernetes) with
        {
            Secrets = new Dictionary<string, SecretSource> { ["token"] = new GivenSecret("p:ä") },
        };
        var login = new RegistryLogin("bot", "token");

        var output = RegistryLogins.DockerConfiguration([("docker.io", login), ("ghcr.io", login)], settings);
        using var document = JsonDocument.Parse(await OutputUtilities.GetValueAsync(output));

        Assert.True(await Output.IsSecretAsync(output));
        Assert.Equal(
            ["https://index.docker.io/v1/", "ghcr.io"],
            document.RootElement.GetProperty("auths").EnumerateObject().Select(entry => entry.Name));
        Assert.All(
            document.RootElement.GetProperty("auths").EnumerateObject(),
            entry => Assert.Equal("bot:p:ä", Encoding.UTF8.GetString(entry.Value.GetProperty("auth").GetBytesFromBase64())));
    }
}
