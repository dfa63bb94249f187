using Infra.Components.Checks;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;
using Infra.Components.Systems;

namespace Infra.Components.ContentDelivery;

/// <summary>A content delivery network.</summary>
public sealed class CdnKind : ComponentKind
{
    private static readonly Rule Unique = Rule.Error("cdn-host", "A host has one content delivery network");

    private static readonly Rule Led = Rule.Warning("cdn-record", "A record leads to the host of a content delivery network");

    private static readonly Rule Meant = Rule.Notable("cdn-data-class", "What everyone may read is meant for everyone");

    private static readonly Rule LetThrough = Rule.Warning("cdn-origin-limits", "Load balancers let content delivery networks through");

    private static readonly Rule Found = Rule.Warning("cdn-origin-record", "A record leads to the host at which a load balancer is asked");

    private CdnKind()
        : base("Cdn", BuildStage.Edge)
    {
    }

    /// <summary>The kind.</summary>
    public static CdnKind Instance { get; } = new();

    /// <inheritdoc/>
    public override string? Lasts => "its name or address, which DNS records of others may point at";

    /// <inheritdoc/>
    public override IReadOnlyList<ConnectionKey> ConnectionKeys { get; } =
    [
        new(
            "HOST",
            "The name at which clients find it; in a stack without a domain, the name or address that its cloud or supplier gives it."),
        new("SCHEME", "`https`; `http` where a stack without a domain has an address only.")
        {
            Words = ["https", "http"],
        },
        new("URL", "Both in one url, without a path and a final slash."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Intent> IntentsOn(Component component) => [Intent.Connect];

    /// <inheritdoc/>
    public override Reach ReachOf(Component component) => Reach.Carried;

    /// <inheritdoc/>
    public override IReadOnlyList<string> NamesToProve(Component component) => component is Cdn cdn ? cdn.Args.NamesToProve : [];

    /// <inheritdoc/>
    public override void Check(Model model, Findings findings)
    {
        var named = model.Components.OfType<Cdn>().Where(cdn => cdn.Stands && cdn.Args.HasName).ToList();
        foreach (var others in named.GroupBy(cdn => cdn.Args.FullHost).Where(group => group.Count() > 1))
        {
            findings.Report(
                Unique,
                others.Last().Name,
                $"Host is '{others.Last().Args.Host}', as that of '{others.First().Name}' is; allowed: a host of its own, for which its "
                + "cloud answers alone. Change Host.");
        }

        foreach (var cdn in model.Components.OfType<Cdn>())
        {
            if (cdn.Args.Origin.Bucket is not { Args.DataClass: DataClass.Confidential or DataClass.Personal } bucket) continue;
            findings.Report(
                Meant,
                cdn.Name,
                $"The data of '{bucket.Name}' is {Decision.Word(bucket.Args.DataClass)}, and whoever knows an object's key reads it "
                + "here, without a login; allowed: objects that their owners show to everyone. Keep others in a bucket of their own, and "
                + "give keys that nobody guesses.",
                bucket.Args.DataClass == DataClass.Personal ? Severity.Info : Severity.Error);
        }

        foreach (var cdn in model.Components.OfType<Cdn>())
        {
            if (cdn.Args.Origin.LoadBalancer is not { } balancer) continue;
            CheckRecord(cdn, balancer, model, findings);
            var asked = balancer.Args.Routes.Zip(balancer.Args.FullRoutes)
                .Where(route => cdn.Args.Origin.FullHost is not { } host || route.Second.Host == host)
                .Select(route => route.First);
            string[] limits =
            [
                .. asked.Any(route => balancer.Args.SourcesOf(route).Count > 0) ? ["AllowedSources"] : Array.Empty<string>(),
                .. balancer.Args.RequestsPerMinute is not null ? ["RequestsPerMinute"] : Array.Empty<string>(),
            ];
            if (limits.Length == 0) continue;
            findings.Report(
                LetThrough,
                cdn.Name,
                $"'{balancer.Name}' has {string.Join(" and ", limits)}, and requests come to it from the addresses of the network, which "
                + "many clients share and nobody here knows: they are turned away; allowed: a load balancer without. Leave them out, or "
                + "lead to it by a load balancer of its own.");
        }

        foreach (var cdn in named)
        {
            var host = cdn.Args.FullHost!;
            var records = model.Components.OfType<DnsRecord>().Where(record => record.Args.FullName == host).ToList();
            if (records.Exists(record => record.Args.Targets.Any(target => target.Cdn == cdn))) continue;
            findings.Report(
                Led,
                cdn.Name,
                $"No record of {host} leads to it{(records.Count == 0 ? "" : $": '{records[0].Name}' leads elsewhere")}; allowed: a "
                + $"DnsRecord with Host '{cdn.Args.Host}' and '{cdn.Name}' among its Targets. Add it, or write it by hand where someone "
                + "else keeps it.");
        }
    }

    private static void CheckRecord(Cdn cdn, LoadBalancer balancer, Model model, Findings findings)
    {
        if (cdn.Args.IsSupplied || cdn.Args.Origin.FullHost is not { } host) return;
        if (model.Components.OfType<DnsRecord>().Any(record => Answers(record.Args.FullName, host))) return;
        findings.Report(
            Found,
            cdn.Name,
            $"It asks '{balancer.Name}' at {host}, to which no record leads; allowed: a DnsRecord of that name with '{balancer.Name}' "
            + "among its Targets. Add it, or write it by hand where someone else keeps it.");
    }

    private static bool Answers(string name, string host) =>
        name == host || (name.StartsWith("*.", StringComparison.Ordinal) && host.EndsWith(name[1..], StringComparison.Ordinal));
}
