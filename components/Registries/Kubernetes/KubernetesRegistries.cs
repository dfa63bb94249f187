using System.Globalization;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Placements;
using Infra.Components.Systems;

namespace Infra.Components.Registries.Kubernetes;

/// <summary>The registry that the stack file names: a given cluster has none of its own.</summary>
internal sealed class KubernetesRegistries()
    : FoundationProvision<KubernetesContext>(
        ContainerRegistryKind.Instance,
        new(Backing.External, "the registry that the stack file names"))
{
    private static readonly Rule Missing = Rule.Error("registry-missing", "The stack file names the registry of images that name none");
    private static readonly Rule Retention = Rule.Info("kubernetes-registry-retention", "Images are kept as long as they are asked for");

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } =
        [new("image retention", "Retention is the registry's own affair.") { Rule = Retention }];

    /// <inheritdoc/>
    public override IEnumerable<PlacedComponent> BuildFoundation(KubernetesContext context)
    {
        if (context.Blueprint.Model.Find<ContainerRegistry>() is { } registry)
            yield return new KubernetesContainerRegistry(registry, context);
    }

    /// <inheritdoc/>
    public override void CheckAll(CloudChecks checks)
    {
        CheckRetention(checks);
        var unnamed = checks.On<Consumer>()
            .Where(consumer => checks.Settings.ImagesOf(consumer).Any(image => !ImageName.HasRegistry(image.Image)))
            .ToList();
        var registry = GivenClusterContext.AccountOf(checks.Settings).Registry;
        if (unnamed.Count == 0 || checks.Settings.Hypothetical || registry is not null) return;
        checks.Report(
            Missing,
            unnamed[0],
            $"The images of {string.Join(", ", unnamed.Select(consumer => consumer.Name))} name no registry, and plain Kubernetes has "
            + $"none of its own. Set infra:accounts.kubernetes.registry, such as registry.example.org/{checks.Settings.System}.");
    }

    private static void CheckRetention(CloudChecks checks)
    {
        if (checks.Model.Find<ContainerRegistry>() is not { } registry) return;
        var (args, usual) = (registry.Args, new ContainerRegistryArgs());
        if (args.KeepImages == usual.KeepImages && args.ExpireUntaggedDays == usual.ExpireUntaggedDays) return;
        checks.Report(
            Retention,
            registry,
            string.Create(
                CultureInfo.InvariantCulture,
                $"KeepImages is {args.KeepImages} and ExpireUntaggedDays is {args.ExpireUntaggedDays}, ")
            + "and the registry is not this stack's. Set both in the registry itself.");
    }
}
