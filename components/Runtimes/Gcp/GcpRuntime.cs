using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Placements;
using Infra.Components.Registries;
using Infra.Components.Registries.Gcp;
using Infra.Components.Secrets;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Gcp.Projects;
using ArtifactRegistry = Pulumi.Gcp.ArtifactRegistry;

namespace Infra.Components.Runtimes.Gcp;

/// <summary>
/// Where services and jobs run. Cloud Run has no cluster: all there is are the project's APIs, of which only those in use are enabled, and
/// repositories that fetch images of registries from which Cloud Run does not pull.
/// </summary>
internal sealed class GcpRuntime : PlacedComponent
{
    private readonly Dictionary<string, Service> _apis;
    private readonly GcpContext _context;
    private ServiceIdentity? _agent;

    /// <summary>Builds the runtime.</summary>
    /// <param name="apis">The APIs to enable.</param>
    /// <param name="registries">The hosts of the registries from which Cloud Run does not pull and images are wanted.</param>
    /// <param name="context">What every component needs.</param>
    public GcpRuntime(IEnumerable<string> apis, IReadOnlyList<string> registries, GcpContext context)
        : base(context.Place(RuntimeKind.Instance, "runtime"))
    {
        _context = context;
        _apis = apis.ToDictionary(api => api, api => new Service($"{Name}-{api}", new()
        {
            Project = context.Project,
            ServiceName = $"{api}.googleapis.com",
            DisableOnDestroy = false,
            DisableDependentServices = false,
        }, Child()));
        Mirrors = registries.ToDictionary(host => host, Mirror);
        RegisterOutputs();
    }

    /// <summary>What stands before the path of images of registries from which Cloud Run does not pull, by the registry's host.</summary>
    public IReadOnlyDictionary<string, Output<string>> Mirrors { get; }

    /// <summary>Makes the options of what belongs to no consumer alone.</summary>
    public ChildOptions Children => Child;

    /// <summary>What a component of a kind waits for.</summary>
    public IEnumerable<Resource> Apis(ComponentKind kind) => _context.ApisOf(kind).Select(api => _apis[api]);

    private Output<string> Mirror(string host)
    {
        var id = GcpImages.MirrorId(_context.Stack, host);
        var login = _context.Blueprint.Settings.Registries.GetValueOrDefault(host);
        var kept = login is null ? default((Output<string> Version, Resource Reader)?) : Password(host, login);
        var repository = new ArtifactRegistry.Repository($"{Name}-{GcpNames.Fingerprint(host)}", new()
        {
            Project = _context.Project,
            Location = _context.Region,
            RepositoryId = id,
            Description = $"Fetches images from {host}",
            Format = "DOCKER",
            Mode = "REMOTE_REPOSITORY",
            RemoteRepositoryConfig = Upstream(host, login, kept?.Version),
            DeletionPolicy = "DELETE",
            Labels = Tags.Input(),
        }, Child(dependsOn: [.. Apis(ContainerRegistryKind.Instance), .. kept is { } password ? new[] { password.Reader } : []]));
        return Output.Format($"{_context.Region}-docker.pkg.dev/{_context.Project}/{repository.RepositoryId}");
    }

    private static ArtifactRegistry.Inputs.RepositoryRemoteRepositoryConfigArgs Upstream(
        string host,
        RegistryLogin? login,
        Output<string>? password)
    {
        var upstream = new ArtifactRegistry.Inputs.RepositoryRemoteRepositoryConfigArgs
        {
            DockerRepository = host == "docker.io"
                ? new ArtifactRegistry.Inputs.RepositoryRemoteRepositoryConfigDockerRepositoryArgs { PublicRepository = "DOCKER_HUB" }
                : new ArtifactRegistry.Inputs.RepositoryRemoteRepositoryConfigDockerRepositoryArgs
                {
                    CustomRepository = new ArtifactRegistry.Inputs.RepositoryRemoteRepositoryConfigDockerRepositoryCustomRepositoryArgs
                    {
                        Uri = $"https://{host}",
                    },
                },
        };
        if (login is null) return upstream;

        // Whoever was let read the password a moment ago may not be able to yet: nothing is tried out before the first pull.
        upstream.DisableUpstreamValidation = true;
        upstream.UpstreamCredentials = new ArtifactRegistry.Inputs.RepositoryRemoteRepositoryConfigUpstreamCredentialsArgs
        {
            UsernamePasswordCredentials =
                new ArtifactRegistry.Inputs.RepositoryRemoteRepositoryConfigUpstreamCredentialsUsernamePasswordCredentialsArgs
                {
                    Username = login.Username,
                    PasswordSecretVersion = password!,
                },
        };
        return upstream;
    }

    // Artifact Registry reads it in the name of its own agent.
    private (Output<string> Version, Resource Reader) Password(string host, RegistryLogin login)
    {
        var name = $"{Name}-{GcpNames.Fingerprint(host)}-password";
        var value = RegistryLogins.Password(login, _context.Blueprint.Settings);
        var secret = new GcpSecret(name, value, _context, Tags, Child(dependsOn: Apis(SecretKind.Instance)));
        _agent ??= new ServiceIdentity(
            $"{Name}-registry-agent",
            new() { Project = _context.Project, Service = "artifactregistry.googleapis.com" },
            Child(dependsOn: Apis(ContainerRegistryKind.Instance)));
        return (secret.VersionName, secret.AllowReading($"{name}-reader", _agent.Member, Child()));
    }
}
