using Infra.Components.Addons;
using Infra.Components.Addons.Kubernetes;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Networks;
using Infra.Components.Systems;

namespace Infra.Components.Buckets.Kubernetes;

/// <summary>Buckets in a given cluster, each in a store of its own.</summary>
internal sealed class KubernetesBuckets()
    : Provision<Bucket, KubernetesContext>(BucketKind.Instance, new(Backing.InCluster, "SeaweedFS")), INeedsAddons
{
    private static readonly Rule Arguments = Rule.Error("kubernetes-bucket-arguments", "SeaweedFS accepts the bucket's arguments");
    private static readonly Rule Lifecycle = Rule.Warning("bucket-lifecycle", "Objects move to the class of storage that their rule names");
    private static readonly Rule Cors = Rule.Warning("bucket-cors", "Browsers of the origins that a bucket names can reach it");

    private static readonly Rule Index = Rule.Notable("bucket-high-availability", "A bucket goes on while a machine is lost");

    private static readonly Gap OneIndex =
        new("high availability", "Objects survive a node; the index of one that is lost is back within minutes.") { Rule = Index };

    private static readonly Gap Larger =
        new("larger volumes", "Volumes keep the size that they are created with; a bucket grows by servers.");

    private static readonly Gap CheaperClass = new("cheaper storage class", "No cheaper storage classes.") { Rule = Lifecycle };
    private static readonly Gap ArchiveClass = new("archive class", "No archive class.") { Rule = Lifecycle };
    private static readonly Gap Origins = new("cors", "No CORS.") { Rule = Cors };

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } =
        [CheaperClass, ArchiveClass, Origins, OneIndex, Larger, VolumeEncryption.Gap];

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Tweaks { get; } = [typeof(KubernetesBucketTweak)];

    /// <inheritdoc/>
    public IEnumerable<Addon> Addons(Component component, KubernetesContext context) => [Addon.ObjectStoreOperator];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(Bucket component) => [PrivateNetworkKind.Instance];

    /// <inheritdoc/>
    protected override void Check(Bucket component, CloudChecks checks)
    {
        VolumeEncryption.Check(component, checks);
        foreach (var rule in component.Args.Lifecycle.Where(rule => rule.MoveAfterDays is not null))
        {
            checks.Lacks(
                rule.MoveTo == StorageClass.Archive ? ArchiveClass : CheaperClass,
                component,
                $"The rule for '{rule.Prefix}' moves objects after {rule.MoveAfterDays} days, and the store has no cheaper class: "
                + "they stay.",
                "Remove MoveAfterDays to accept that");
        }

        if (component.Args.CorsOrigins.Count > 0)
        {
            checks.Lacks(
                Origins,
                component,
                $"CorsOrigins is {string.Join(", ", component.Args.CorsOrigins)}, and browsers cannot reach a store inside the cluster: "
                + "it is ignored.",
                "Pass uploads and downloads through a service");
        }

        if (checks.Profile.HighAvailability)
        {
            checks.Lacks(
                OneIndex,
                component,
                "One server keeps the index of its objects: when that server's node is lost, the bucket answers again within minutes, "
                + "once the index is on another node.",
                "Let consumers repeat what fails to accept that");
        }

        if (component.Args.Tweak<KubernetesBucketTweak>() is not { } tweak) return;
        var guard = checks.Guard(component, Arguments);
        guard.InRange("KubernetesBucketTweak.VolumeGiB", tweak.VolumeGiB, 1, 16384, "GiB");
        if (tweak.VolumeServers is { } servers)
            guard.InRange("KubernetesBucketTweak.VolumeServers", servers, checks.Profile.HighAvailability ? 2 : 1, 100, "servers");
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(Bucket component, KubernetesContext context) => new KubernetesBucket(component, context);
}
