using Infra.Components.Checks;
using Infra.Components.Systems;

namespace Infra.Components.Dns;

/// <summary>
/// Records that cannot stand side by side: two of one name and type, and anything beside a CNAME (RFC 1034). One cloud refuses them in the
/// middle of an update, another shares the traffic among them without a word.
/// </summary>
internal static class RecordConflicts
{
    private const string Alias = "CNAME";

    private static readonly Rule SideBySide = Rule.Error("dns-record-host", "A name has one record of a type, and nothing beside a CNAME");

    /// <summary>Reports them.</summary>
    public static void Check(Model model, Findings findings)
    {
        foreach (var records in model.Components.OfType<DnsRecord>().Where(record => record.Stands).GroupBy(record => record.Args.FullName))
        {
            var earlier = new List<DnsRecord>();
            foreach (var record in records)
            {
                if (earlier.Find(other => AreInTheWay(record, other)) is { } other)
                {
                    findings.Report(
                        SideBySide,
                        record.Name,
                        $"Host is '{record.Args.Host}', and '{other.Name}' is a record of '{records.Key}' too; allowed: "
                        + $"one record for a name and type, and nothing beside a {Alias}. "
                        + "Put the values into one record's Targets, or change Host.");
                }

                earlier.Add(record);
            }
        }
    }

    private static bool AreInTheWay(DnsRecord one, DnsRecord other)
    {
        var (types, others) = (TypesOf(one), TypesOf(other));
        return types.Intersect(others).Any() || types.Contains(Alias) || others.Contains(Alias);
    }

    // Where a load balancer's address is a host name, some clouds have aliases of type A for it, and the others a CNAME.
    private static HashSet<string> TypesOf(DnsRecord record) => [.. record.Args.Targets.Select(target => target.Type ?? "A")];
}
