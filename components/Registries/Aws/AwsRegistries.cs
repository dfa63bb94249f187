using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Placements;
using Infra.Components.Systems;

namespace Infra.Components.Registries.Aws;

/// <summary>Registries on AWS.</summary>
internal sealed class AwsRegistries()
    : FoundationProvision<AwsContext>(ContainerRegistryKind.Instance, new(Backing.Native, "Amazon ECR"))
{
    private static readonly Rule Repository = Rule.Error(
        "aws-image-repository",
        "Images in the stack's own registry lie in the repository of a service or job on AWS");

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } =
        [new("any repository", "A repository per service and job, named after stack and component.") { Rule = Repository }];

    /// <inheritdoc/>
    public override void CheckAll(CloudChecks checks)
    {
        if (checks.Model.Find<ContainerRegistry>() is null) return;
        var repositories = checks.On<Consumer>()
            .SelectMany(consumer => consumer.Container.Others.Select(other => $"{consumer.Name}-{other}").Prepend(consumer.Name))
            .Distinct()
            .ToList();
        foreach (var consumer in checks.On<Consumer>())
        {
            foreach (var (key, image) in checks.Settings.ImagesOf(consumer).Where(image => !ImageName.HasRegistry(image.Image)))
            {
                checks.Guard(consumer, Repository)
                    .OneOf($"infra:images.{key} (its repository)", AwsImage.RepositoryOf(image), repositories);
            }
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<PlacedComponent> BuildFoundation(AwsContext context)
    {
        if (context.Needs(Kind) && context.Blueprint.Model.Find<ContainerRegistry>() is { } registry)
            yield return new AwsContainerRegistry(registry, context);
    }
}
