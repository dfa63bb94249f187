using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Identities;
using Infra.Components.Jobs;
using Infra.Components.Networks;
using Infra.Components.Registries;
using Infra.Components.Registries.Gcp;
using Infra.Components.Secrets;
using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Components.Runtimes.Gcp;

/// <summary>Where services and jobs run on Google Cloud, and what must be enabled for everything else.</summary>
internal sealed class GcpRuntimes()
    : FoundationProvision<GcpContext>(RuntimeKind.Instance, new(Backing.Native, "Cloud Run"))
{
    // Whoever runs, or is granted something, needs the APIs of these.
    private static readonly ComponentKind[] Always =
        [PrivateNetworkKind.Instance, ServiceIdentityKind.Instance, JobKind.Instance];

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } = [new("cluster", "There is no cluster: only APIs to enable.")];

    /// <inheritdoc/>
    public override IEnumerable<string> NamesOfItsOwn(CloudChecks checks) => checks.Needs(Kind) ? ["runtime"] : [];

    /// <inheritdoc/>
    public override IEnumerable<PlacedComponent> BuildFoundation(GcpContext context)
    {
        if (!context.Needs(Kind)) yield break;
        var registries = GcpImages.ForeignRegistries(context.Blueprint).ToList();
        yield return new GcpRuntime(Enabled(context, registries.Count > 0), registries, context);
    }

    // None for cloudresourcemanager and serviceusage, by which all others are enabled: nothing but the project's owner can enable these,
    // before the first update. Fetching images of foreign registries takes a registry even where the system has none, and scaling by
    // schedules what starts scheduled jobs.
    private static IEnumerable<string> Enabled(GcpContext context, bool fetchesImages)
    {
        var kinds = Always.Concat(context.On<Component>().Select(component => component.Kind));
        if (RegistryLogins.On(Cloud.Gcp, context.Blueprint).Any()) kinds = kinds.Append(SecretKind.Instance);
        if (fetchesImages || context.Blueprint.Model.Find<ContainerRegistry>() is not null)
            kinds = kinds.Append(ContainerRegistryKind.Instance);
        if (context.On<ContainerService>().Any(service => service.Args.Scaling.Schedules.Count > 0))
            kinds = kinds.Append(ScheduledJobKind.Instance);
        return kinds.SelectMany(context.ApisOf).Distinct().Order(StringComparer.Ordinal);
    }
}
