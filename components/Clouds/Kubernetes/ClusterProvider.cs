using Pulumi.Kubernetes;

namespace Infra.Components.Clouds.Kubernetes;

/// <summary>The explicit provider of a cluster.</summary>
internal static class ClusterProvider
{
    /// <summary>
    /// Its arguments. Everything that an environment variable could decide is decided here, so that a plan is the same on every machine;
    /// the caller says which cluster it is.
    /// </summary>
    public static ProviderArgs Arguments() => new()
    {
        EnableServerSideApply = true,
        EnableConfigMapMutable = false,
        EnablePatchForce = false,
        EnableSecretMutable = false,
        DeleteUnreachable = false,
        SkipUpdateUnreachable = false,
        SuppressDeprecationWarnings = false,
        SuppressHelmHookWarnings = false,
        UpsertExistingObjects = false,
    };
}
