using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Runtimes.Gcp;
using Pulumi;
using ArtifactRegistry = Pulumi.Gcp.ArtifactRegistry;

namespace Infra.Components.Registries.Gcp;

/// <summary>
/// One repository that holds the images of every component: on Google Cloud a repository has paths. Cloud Run pulls from its own project's
/// registry without a grant.
/// </summary>
internal sealed class GcpContainerRegistry : PlacedComponent, IContainerRegistry
{
    /// <summary>Builds the registry.</summary>
    public GcpContainerRegistry(ContainerRegistry registry, GcpRuntime runtime, GcpContext context)
        : base(context.Place(registry))
    {
        var repository = new ArtifactRegistry.Repository(registry.Name, new()
        {
            Project = context.Project,
            Location = context.Region,
            RepositoryId = context.Stack,
            Format = "DOCKER",
            Mode = "STANDARD_REPOSITORY",

            // With immutable tags no policy deletes an image that has one (Artifact Registry documentation: cleanup policies).
            DockerConfig = new ArtifactRegistry.Inputs.RepositoryDockerConfigArgs { ImmutableTags = false },
            CleanupPolicyDryRun = false,
            CleanupPolicies =
            {
                new ArtifactRegistry.Inputs.RepositoryCleanupPolicyArgs
                {
                    Id = "expire-untagged",
                    Action = "DELETE",
                    Condition = new ArtifactRegistry.Inputs.RepositoryCleanupPolicyConditionArgs
                    {
                        TagState = "UNTAGGED",
                        OlderThan = $"{registry.Args.ExpireUntaggedDays * 86400}s",
                    },
                },
                // What any policy keeps stays, whatever another one deletes: of each component the most recent images, tagged or not.
                new ArtifactRegistry.Inputs.RepositoryCleanupPolicyArgs
                {
                    Id = "expire-tagged",
                    Action = "DELETE",
                    Condition = new ArtifactRegistry.Inputs.RepositoryCleanupPolicyConditionArgs { TagState = "TAGGED" },
                },
                new ArtifactRegistry.Inputs.RepositoryCleanupPolicyArgs
                {
                    Id = "keep-recent",
                    Action = "KEEP",
                    MostRecentVersions = new ArtifactRegistry.Inputs.RepositoryCleanupPolicyMostRecentVersionsArgs
                    {
                        KeepCount = registry.Args.KeepImages,
                    },
                },
            },
            VulnerabilityScanningConfig = new ArtifactRegistry.Inputs.RepositoryVulnerabilityScanningConfigArgs
            {
                EnablementConfig = "INHERITED",
            },
            DeletionPolicy = context.DeletionPolicy,
            Labels = Tags.Input(),
        }, Child(protect: context.Protect, dependsOn: runtime.Apis(Kind)));

        Prefix = Output.Format($"{context.Region}-docker.pkg.dev/{context.Project}/{repository.RepositoryId}");
        RegisterOutputs();
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> Prefix { get; private set; }
}
