using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Services.Gcp;
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

    /// <summary>Builds the runtime.</summary>
    public GcpRuntime(GcpContext context)
        : base(context.Place(ComponentKind.Runtime, "runtime"))
    {
        var hosts = GcpImages.ForeignRegistries(context.Blueprint).ToList();
        _apis = GcpApis.Of(context.Blueprint, hosts.Count > 0).ToDictionary(api => api, api => new Service($"{Name}-{api}", new()
        {
            Project = context.Project,
            ServiceName = $"{api}.googleapis.com",
            DisableOnDestroy = false,
            DisableDependentServices = false,
        }, Child()));
        Mirrors = hosts.ToDictionary(host => host, host => Mirror(context, host));
        RegisterOutputs();
    }

    /// <summary>What stands before the path of images of registries from which Cloud Run does not pull, by the registry's host.</summary>
    public IReadOnlyDictionary<string, Output<string>> Mirrors { get; }

    /// <summary>What a component of a kind waits for.</summary>
    public IEnumerable<Resource> Apis(ComponentKind kind) => GcpApis.Of(kind).Select(api => _apis[api]);

    private Output<string> Mirror(GcpContext context, string host)
    {
        var id = GcpImages.MirrorId(context.Blueprint.Settings.Stack, host);
        var repository = new ArtifactRegistry.Repository($"{Name}-{GcpNames.Fingerprint(host)}", new()
        {
            Project = context.Project,
            Location = context.Region,
            RepositoryId = id,
            Description = $"Fetches images from {host}",
            Format = "DOCKER",
            Mode = "REMOTE_REPOSITORY",
            RemoteRepositoryConfig = new ArtifactRegistry.Inputs.RepositoryRemoteRepositoryConfigArgs
            {
                DockerRepository = new ArtifactRegistry.Inputs.RepositoryRemoteRepositoryConfigDockerRepositoryArgs
                {
                    CustomRepository = new ArtifactRegistry.Inputs.RepositoryRemoteRepositoryConfigDockerRepositoryCustomRepositoryArgs { Uri = $"https://{host}" },
                },
            },
            DeletionPolicy = "DELETE",
            Labels = Tags.Input(),
        }, Child(dependsOn: Apis(ComponentKind.ContainerRegistry)));
        return Output.Format($"{context.Region}-docker.pkg.dev/{context.Project}/{repository.RepositoryId}");
    }
}
