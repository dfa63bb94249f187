using Infra.Components.Certificates.Kubernetes;
using Infra.Components.Clouds;
using Infra.Components.Runtimes.Scaleway;

namespace Infra.Components.Certificates.Scaleway;

/// <summary>Certificates on Scaleway: cert-manager's, proved through the zone where that is Scaleway's.</summary>
internal sealed class ScalewayCertificates() : KubernetesCertificates(ScalewayRuntimes.TraitsOf)
{
    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps => [Wildcards];

    /// <inheritdoc/>
    protected override Gap Wildcards { get; } = new(
        "wildcards",
        "Validated through the zone; through the load balancer where the zone stands elsewhere, which excludes wildcards.")
    {
        Rule = WildcardRule,
    };
}
