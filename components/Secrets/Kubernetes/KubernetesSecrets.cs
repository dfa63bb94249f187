using System.Text.RegularExpressions;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Networks;
using Infra.Components.Runtimes;
using Infra.Components.Systems;

namespace Infra.Components.Secrets.Kubernetes;

/// <summary>Secrets as those of a cluster.</summary>
internal sealed partial class KubernetesSecrets()
    : Provision<Secret, KubernetesContext>(SecretKind.Instance, new(Backing.Native, "Kubernetes secret"))
{
    // Kubernetes documentation: Secrets. Names are those of DNS subdomains.
    private static readonly SecretReference Reference = new("the cluster", Name(), "the name of a Secret in the stack's namespace")
    {
        Key = Key(),
        KeyAllowed = "a key of that Secret's data",
        NeedsKey = true,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } =
    [
        new("encryption of secrets", "The cluster keeps it as it keeps all its secrets: encrypted at rest where its store is."),
        new("rolls on an existing secret", "Containers read an existing secret when they start: who changes it there starts them anew."),
    ];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(Secret component) => [PrivateNetworkKind.Instance, RuntimeKind.Instance];

    /// <inheritdoc/>
    protected override void Check(Secret component, CloudChecks checks) => SecretChecks.Check(component, checks, Reference);

    /// <inheritdoc/>
    protected override PlacedComponent Build(Secret component, KubernetesContext context) =>
        new KubernetesKeptSecret(component, context);

    [GeneratedRegex(@"^(?=.{1,253}\z)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,253}\z")]
    private static partial Regex Key();
}
