using System.Text.Json.Nodes;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;
using Ecr = Pulumi.Aws.Ecr;
using EcrInputs = Pulumi.Aws.Ecr.Inputs;

namespace Infra.Components.Registries.Aws;

/// <summary>
/// Amazon ECR has a repository per image: one for each service and job whose image the stack file names without a registry, called
/// <c>{stack}/{component}</c>, and for each of their steps and sidecars (<c>{stack}/{component}-{container}</c>). Services and jobs that
/// share an image share the repository.
/// </summary>
internal sealed class AwsContainerRegistry : PlacedComponent, IContainerRegistry
{
    private readonly Dictionary<string, Ecr.Repository> _repositories;

    /// <summary>Builds the registry.</summary>
    public AwsContainerRegistry(ContainerRegistry registry, AwsContext context)
        : base(context.Place(registry))
    {
        _repositories = context.On<Consumer>()
            .SelectMany(context.Blueprint.Settings.ImagesOf)
            .Select(image => image.Image)
            .Where(image => !ImageName.HasRegistry(image))
            .Select(AwsImage.RepositoryOf)
            .Distinct()
            .ToDictionary(component => component, component => Repository(component, registry.Args, context));
        Prefix = _repositories.Count == 0
            ? Output.Create("")
            : _repositories.Select(entry => entry.Value.RepositoryUrl.Apply(url => Without(url, $"/{entry.Key}"))).First();
        RegisterOutputs();
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> Prefix { get; private set; }

    /// <summary>The repository of a service's or job's images.</summary>
    public Ecr.Repository Of(string component) => _repositories[component];

    private static string Without(string url, string ending) =>
        url.EndsWith(ending, StringComparison.Ordinal) ? url[..^ending.Length] : url;

    private Ecr.Repository Repository(string component, ContainerRegistryArgs args, AwsContext context)
    {
        var repository = new Ecr.Repository(
            $"{Name}-{component}",
            new()
            {
                Name = $"{context.Stack}/{component}",
                ImageTagMutability = "IMMUTABLE",
                ImageScanningConfiguration = new EcrInputs.RepositoryImageScanningConfigurationArgs { ScanOnPush = true },
                EncryptionConfigurations = [new EcrInputs.RepositoryEncryptionConfigurationArgs { EncryptionType = "AES256" }],
                ForceDelete = !IsProtected,
                Tags = Tags.AsInput(),
            },
            // AWS refuses to delete it while it holds images: better said before an update than at its end.
            Child(protect: context.Protect));
        _ = new Ecr.LifecyclePolicy($"{Name}-{component}", new() { Repository = repository.Name, Policy = Expiry(args) }, Child());
        return repository;
    }

    // The rule for images of any tag must have the highest number.
    private static string Expiry(ContainerRegistryArgs args) => AwsJson.Text(new JsonObject
    {
        ["rules"] = new JsonArray(
            new JsonObject
            {
                ["rulePriority"] = 1,
                ["description"] = "Images without a tag",
                ["selection"] = new JsonObject
                {
                    ["tagStatus"] = "untagged",
                    ["countType"] = "sinceImagePushed",
                    ["countUnit"] = "days",
                    ["countNumber"] = args.ExpireUntaggedDays,
                },
                ["action"] = new JsonObject { ["type"] = "expire" },
            },
            new JsonObject
            {
                ["rulePriority"] = 2,
                ["description"] = "All but the last images",
                ["selection"] = new JsonObject
                {
                    ["tagStatus"] = "any",
                    ["countType"] = "imageCountMoreThan",
                    ["countNumber"] = args.KeepImages,
                },
                ["action"] = new JsonObject { ["type"] = "expire" },
            }),
    });
}
