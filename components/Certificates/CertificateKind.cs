using Infra.Components.Systems;

namespace Infra.Components.Certificates;

/// <summary>A TLS certificate.</summary>
public sealed class CertificateKind : ComponentKind
{
    private CertificateKind()
        : base("Certificate", BuildStage.Certificate)
    {
    }

    /// <summary>The kind.</summary>
    public static CertificateKind Instance { get; } = new();

    /// <inheritdoc/>
    public override bool FollowsReferrers => true;

    /// <inheritdoc/>
    public override IReadOnlyList<string> NamesToProve(Component component) =>
        component is Certificate { Args: { Existing: null } args } ? args.Domains : [];
}
