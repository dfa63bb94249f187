using Infra.Components.Checks;
using Infra.Components.Dns;
using Infra.Components.Systems;

namespace Infra.Components.Certificates;

/// <summary>
/// Which authorities may issue certificates for a name, as the system's own CAA records say (RFC 8659). One that may not is asked in vain:
/// the certificate stays unissued, and whoever waits for it gives up long into an update.
/// </summary>
internal static class IssuancePolicy
{
    /// <summary>Refuses names whose CAA records admit none of the authorities that a cloud's certificates come from.</summary>
    /// <param name="guard">The guard of what has the certificate.</param>
    /// <param name="argument">The argument that says which names it covers.</param>
    /// <param name="domains">The full names.</param>
    /// <param name="model">The model that holds the records.</param>
    /// <param name="authorities">The authorities as CAA records name them; the usual one first.</param>
    public static void Check(
        Guard guard,
        string argument,
        IReadOnlyList<string> domains,
        Model model,
        IReadOnlyList<string> authorities)
    {
        foreach (var domain in domains)
        {
            if (Deciding(model, domain) is not { } record) continue;
            var tag = TagFor(domain, record);
            var issuers = Properties(record).Where(property => property.Tag == tag).Select(property => property.Issuer).ToList();
            guard.Require(
                issuers.Count == 0 || issuers.Intersect(authorities).Any(),
                argument,
                $"'{domain}', for which the CAA record '{record.Name}' admits "
                + $"{string.Join(", ", issuers.Select(issuer => issuer.Length == 0 ? "nobody" : issuer))}",
                $"names whose CAA record admits {string.Join(" or ", authorities)}",
                $"Add '0 {tag} {authorities[0]}' to '{record.Name}'");
        }
    }

    // The closest record decides, at the name itself or above it.
    private static DnsRecord? Deciding(Model model, string domain)
    {
        var records = model.Components.OfType<DnsRecord>().Where(record => Properties(record).Any()).ToList();
        for (var name = domain.StartsWith("*.", StringComparison.Ordinal) ? domain[2..] : domain; name.Length > 0; name = Parent(name))
        {
            if (records.Find(record => record.Args.FullName == name) is { } found) return found;
        }

        return null;
    }

    private static string Parent(string name) => name.IndexOf('.', StringComparison.Ordinal) is var dot and >= 0 ? name[(dot + 1)..] : "";

    private static string TagFor(string domain, DnsRecord record) =>
        domain.StartsWith('*') && Properties(record).Any(property => property.Tag == "issuewild") ? "issuewild" : "issue";

    // Flags, tag and value; the issuer's domain stands before its parameters.
    private static IEnumerable<(string Tag, string Issuer)> Properties(DnsRecord record) =>
        from target in record.Args.Targets
        where target.Type == "CAA"
        from value in target.Values
        let parts = value.Split(' ', 3)
        where parts.Length == 3
        select (parts[1].ToLowerInvariant(), parts[2].Trim('"').Split(';')[0].Trim());
}
