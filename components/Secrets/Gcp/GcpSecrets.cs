using System.Text.RegularExpressions;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Runtimes;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Systems;

namespace Infra.Components.Secrets.Gcp;

/// <summary>Secrets on Google Cloud.</summary>
internal sealed partial class GcpSecrets()
    : Provision<Secret, GcpContext>(SecretKind.Instance, new(Backing.Native, "Secret Manager")), IUsesApis
{
    private static readonly SecretReference Reference = new(
        "Secret Manager",
        Name(),
        "the secret's id in the stack's project, or projects/…/secrets/…")
    {
        Version = Version(),
        VersionAllowed = "the number of a version, which starts readers anew when it changes, or latest, which does not",
        NeedsVersion = true,
    };

    /// <inheritdoc/>
    public IReadOnlyList<string> Apis { get; } = ["secretmanager"];

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } =
    [
        new(
            "rolls on an existing secret",
            "An existing secret has a version: its number, of which another one starts containers anew, or latest, which they read as they "
            + "start."),
    ];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(Secret component) => [RuntimeKind.Instance];

    /// <inheritdoc/>
    protected override void Check(Secret component, CloudChecks checks) => SecretChecks.Check(component, checks, Reference);

    /// <inheritdoc/>
    protected override PlacedComponent Build(Secret component, GcpContext context) =>
        new GcpKeptSecret(component, context.Get<GcpRuntime>(), context);

    [GeneratedRegex(@"^(projects/[a-z0-9.:-]+/secrets/)?[A-Za-z0-9_-]{1,255}\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"^(latest|[1-9][0-9]*)\z")]
    private static partial Regex Version();
}
