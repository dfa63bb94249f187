using Infra.Components.Certificates.Kubernetes;
using Infra.Components.Clouds;
using Infra.Components.Runtimes.Ovh;

namespace Infra.Components.Certificates.Ovh;

/// <summary>Certificates on OVHcloud: cert-manager's, proved through the zone where a wildcard needs it.</summary>
internal sealed class OvhCertificates() : KubernetesCertificates(OvhRuntimes.TraitsOf)
{
    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps => [Wildcards];

    /// <inheritdoc/>
    protected override Gap Wildcards { get; } = new("wildcards", "Wildcards need their zone on OVHcloud too.") { Rule = WildcardRule };
}
