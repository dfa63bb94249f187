using System.Text;
using System.Text.Json.Nodes;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Registries;

/// <summary>Logins at registries of others, as the stack file names them.</summary>
internal static class RegistryLogins
{
    // Docker's own name for its hub in files of credentials (Kubernetes documentation: pull an image from a private registry).
    private const string DockerHub = "https://index.docker.io/v1/";

    /// <summary>Those of the registries from which the images of what stands on a cloud come, by their hosts.</summary>
    public static IEnumerable<(string Host, RegistryLogin Login)> On(Cloud cloud, Blueprint blueprint) =>
        from host in blueprint.On<Consumer>(cloud)
            .SelectMany(blueprint.Settings.ImagesOf)
            .Select(image => ImageName.RegistryOf(image.Image))
            .OfType<string>()
            .Distinct()
            .Order(StringComparer.Ordinal)
        where blueprint.Settings.Registries.ContainsKey(host)
        select (host, blueprint.Settings.Registries[host]);

    /// <summary>The login at the registry of an image; null where nobody logs in.</summary>
    public static RegistryLogin? Of(string image, StackSettings settings) =>
        ImageName.RegistryOf(image) is { } host ? settings.Registries.GetValueOrDefault(host) : null;

    /// <summary>The password, or the token that stands for one.</summary>
    public static Output<string> Password(RegistryLogin login, StackSettings settings) =>
        Output.CreateSecret(((GivenSecret)settings.Secrets[login.Password]).Reveal());

    /// <summary>The file by which the nodes of a cluster log in.</summary>
    /// <param name="logins">The logins, by the registry's host.</param>
    /// <param name="settings">Where their passwords are.</param>
    public static Output<string> DockerConfiguration(IReadOnlyList<(string Host, RegistryLogin Login)> logins, StackSettings settings) =>
        Output.All(logins.Select(login => Password(login.Login, settings))).Apply(passwords => new JsonObject
        {
            ["auths"] = new JsonObject(logins.Zip(passwords, (login, password) => KeyValuePair.Create<string, JsonNode?>(
                login.Host == "docker.io" ? DockerHub : login.Host,
                new JsonObject
                {
                    ["auth"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{login.Login.Username}:{password}")),
                }))),
        }.ToJsonString());
}
