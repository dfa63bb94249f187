using Infra.Components.Addons.Scaleway;
using Infra.Components.Buckets;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Identities.Kubernetes;
using Infra.Components.Registries;
using Infra.Components.Systems;

namespace Infra.Components.Identities.Scaleway;

/// <summary>Identities on Scaleway: service accounts of the cluster; whoever calls Scaleway's API holds a key instead.</summary>
internal sealed class ScalewayIdentities : KubernetesIdentities
{
    private static readonly Rule KeyEnd = Rule.Error("scaleway-key-end", "The stack's keys on Scaleway outlive the day of the update");

    private static readonly Rule KeyExpiry = Rule.Notable("scaleway-key-expiry", "The keys that the stack makes stop working some day");

    private static readonly Gap WithoutKeys = new(
        "identity without keys",
        "Pods have no identity towards Scaleway: where they need one, an IAM application has a key until the day that the stack file "
        + "names; another day rotates it.")
    {
        Rule = KeyExpiry,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps => [WithoutKeys];

    /// <summary>
    /// Reports keys without an end: those of buckets' users, of a cluster that pulls images, and of an issuer that writes records.
    /// </summary>
    public override void CheckAll(CloudChecks checks)
    {
        base.CheckAll(checks);
        if (checks.Settings.Accounts.Scaleway?.KeysExpireOn is { } day && day <= checks.Settings.Today)
        {
            checks.Report(
                KeyEnd,
                null,
                $"infra:accounts.scaleway.keysExpireOn is {day:yyyy-MM-dd}, when the stack's keys stop working; allowed: a day after "
                + $"{checks.Settings.Today:yyyy-MM-dd}. Move it on.");
        }

        if (checks.Settings.Accounts.Scaleway is not { KeysExpireOn: null }) return;
        var needed = checks.On<Bucket>().Any(bucket => checks.LinksTo(bucket).Any())
            || (checks.Model.Find<ContainerRegistry>() is not null && checks.On<Consumer>().Any())
            || ScalewayDnsIssuer.IssuerOf(checks.Blueprint) == ScalewayDnsIssuer.Issuer;
        if (!needed) return;
        checks.Report(
            KeyExpiry,
            null,
            "The keys that the stack makes never expire: one that leaks works until someone notices. Set "
            + "infra:accounts.scaleway.keysExpireOn to a day within a year, and move it on before it comes: the update replaces the keys, "
            + "and none is deleted before its users have the new one.");
    }
}
