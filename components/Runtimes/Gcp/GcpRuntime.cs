using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Registries;
using Infra.Components.Registries.Gcp;
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
        var repository = new ArtifactRegistry.Repository($"{Name}-{GcpNames.Fingerprint(host)}", new()
        {
            Project = _context.Project,
            Location = _context.Region,
            RepositoryId = id,
            Description = $"Fetches images from {host}",
            Format = "DOCKER",
            Mode = "REMOTE_REPOSITORY",
            RemoteRepositoryConfig = new ArtifactRegistry.Inputs.RepositoryRemoteRepositoryConfigArgs
            {
                DockerRepository = new ArtifactRegistry.Inputs.RepositoryRemoteRepositoryConfigDockerRepositoryArgs
                {
                    CustomRepository = new ArtifactRegistry.Inputs.RepositoryRemoteRepositoryConfigDockerRepositoryCustomRepositoryArgs
                    {
                        Uri = $"https://{host}",
                    },
                },
            },
            DeletionPolicy = "DELETE",
            Labels = Tags.Input(),
        }, Child(dependsOn: Apis(ContainerRegistryKind.Instance)));
        return Output.Format($"{_context.Region}-docker.pkg.dev/{_context.Project}/{repository.RepositoryId}");
    }
}
