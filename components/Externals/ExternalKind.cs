using Infra.Components.Checks;
using Infra.Components.Systems;

namespace Infra.Components.Externals;

/// <summary>Something that exists outside the stack.</summary>
public sealed class ExternalKind : ComponentKind
{
    private static readonly Rule Encrypted = new(
        "external-plain",
        "Connections to what lies outside are encrypted",
        Severity.Warning,
        Severity.Info,
        Severity.Info,
        CanBeWaived: true);

    private ExternalKind()
        : base("External", BuildStage.Store)
    {
    }

    /// <summary>The kind.</summary>
    public static ExternalKind Instance { get; } = new();

    /// <inheritdoc/>
    public override bool FollowsConsumers => true;

    /// <inheritdoc/>
    public override int? PortOutside(Component component, Cloud cloud) => (component as External)?.Args.Port;

    /// <inheritdoc/>
    public override IReadOnlyList<ConnectionKey> ConnectionKeys { get; } =
    [
        new("HOST", "Its host name or address."),
        new("PORT", "Its port."),
        new("TLS", "`tls`, `starttls` or `none`: how the connection must be encrypted.") { Words = ["tls", "starttls", "none"] },
        new("CA", "The certificates that sign the server's, as PEM; empty where a public authority does."),
        new("URL", "All of it in one url, without a login: that is a secret, and composed with this."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Intent> IntentsOn(Component component) => [Intent.Connect];

    /// <inheritdoc/>
    public override Reach ReachOf(Component component) => Reach.PublicApi;

    /// <inheritdoc/>
    public override void Check(Model model, Findings findings)
    {
        foreach (var external in model.Components.OfType<External>().Where(external => external.Args.Tls == ConnectionTls.None))
        {
            findings.Report(
                Encrypted,
                external.Name,
                $"Tls is None: whoever stands between '{external.Name}' and its consumers reads and changes what they send; allowed: Tls, "
                + "StartTls. Set it, or accept it by a waiver where a VPN encrypts the way.");
        }
    }
}
