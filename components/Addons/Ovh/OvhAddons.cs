using System.Text.RegularExpressions;
using Infra.Components.Addons.Kubernetes;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Clouds.Ovh;

namespace Infra.Components.Addons.Ovh;

/// <summary>Add-ons of the cluster on OVHcloud, and the issuer that proves names in OVHcloud's zones.</summary>
internal sealed partial class OvhAddons : KubernetesAddons
{
    private static readonly Rule Account = Rule.Error("certificate-account", "Whoever issues certificates knows an address to write to");

    /// <inheritdoc/>
    public override IEnumerable<string> NamesOfItsOwn(CloudChecks checks) =>
        OvhDnsIssuer.ProvingDomains(checks.Blueprint).Count > 0
            ? [.. base.NamesOfItsOwn(checks), OvhDnsIssuer.ComponentName]
            : base.NamesOfItsOwn(checks);

    /// <inheritdoc/>
    public override IEnumerable<PlacedComponent> BuildFoundation(KubernetesContext context)
    {
        foreach (var addon in base.BuildFoundation(context)) yield return addon;
        if (OvhDnsIssuer.ProvingDomains(context.Blueprint) is { Count: > 0 } domains)
            yield return new OvhDnsIssuer(domains, (OvhContext)context);
    }

    /// <inheritdoc/>
    public override void CheckAll(CloudChecks checks)
    {
        base.CheckAll(checks);
        if (OvhDnsIssuer.ProvingDomains(checks.Blueprint).Count == 0 || Address().IsMatch(checks.Settings.Owner)) return;
        checks.Report(
            Account,
            null,
            $"infra:owner is '{checks.Settings.Owner}', and certificates with wildcards are asked for in its name; allowed: an e-mail "
            + "address. Set infra:owner to one, such as that of a team, or infra:accounts.ovh.clusterIssuer to an issuer of your own.");
    }

    [GeneratedRegex(@"^[^\s@]+@[^\s@]+\.[^\s@]+\z")]
    private static partial Regex Address();
}
