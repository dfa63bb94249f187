using System.Text.RegularExpressions;
using Infra.Components.Checks;
using Infra.Components.Clouds;

namespace Infra.Components.Dns;

/// <summary>What clouds must know of a zone that exists already.</summary>
internal static class ExistingZones
{
    private static readonly Rule Named = Rule.Error("dns-zone-existing", "A zone that exists already is named as its cloud knows it");

    /// <summary>Reports what a cloud cannot find a zone by.</summary>
    /// <param name="zone">The zone.</param>
    /// <param name="checks">Where it stands.</param>
    /// <param name="id">The form of its identifier; null where its domain is enough.</param>
    /// <param name="account">The form of another account; null where the credentials alone decide.</param>
    public static void Check(
        DnsZone zone,
        CloudChecks checks,
        (Regex Form, string Allowed)? id = null,
        (Regex Form, string Allowed)? account = null)
    {
        if (zone.Args.Existing is not { } existing) return;
        var guard = checks.Guard(zone, Named);
        const string Id = "Existing.Id";
        const string Account = "Existing.Account";
        if (id is { } identifier) guard.Matches(Id, existing.Id, identifier.Form, identifier.Allowed);
        else guard.Require(existing.Id is null, Id, $"'{existing.Id}'", "nothing: the zone is known by its domain", $"Remove {Id}");
        if (existing.Account is not { } owner) return;
        if (account is { } other) guard.Matches(Account, owner, other.Form, other.Allowed);
        else guard.Refuse(Account, $"'{owner}'", "nothing: the credentials must be allowed to change the zone", $"Remove {Account}");
    }
}
