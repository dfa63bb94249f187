using Infra.Components.Checks;
using Infra.Components.Dns;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Certificates;

/// <summary>A TLS certificate that is validated and renewed by itself.</summary>
public sealed class Certificate(string name, CertificateArgs args) : Component<CertificateArgs>(name, args)
{
    /// <inheritdoc/>
    public override ComponentKind Kind => CertificateKind.Instance;

    /// <inheritdoc/>
    public override IEnumerable<Component> References => [Args.Zone];

    /// <inheritdoc/>
    internal override bool Stands => Args.Zone.Stands;
}

/// <summary>A certificate that is there before the stack, such as a wildcard that previews share: the stack serves with it.</summary>
public sealed record ExistingCertificate
{
    /// <summary>
    /// How its cloud calls it: on AWS the ARN of a certificate in the stack's region, on Google Cloud the id of a certificate map, such as
    /// <c>projects/company-dns/locations/global/certificateMaps/preview</c>; in a cluster the name of a TLS secret, with its namespace
    /// where that is not the stack's own, such as <c>platform-production/wildcard-tls</c>.
    /// </summary>
    public string Id { get; init; } = "";

    /// <summary>
    /// The names that it covers, in full, such as <c>*.preview.example.org</c>: they must cover every host, and a wildcard stands for one
    /// label.
    /// </summary>
    public IReadOnlyList<string> Domains { get; init; } = [];
}

/// <summary>The arguments of a certificate.</summary>
public sealed record CertificateArgs : Arguments
{
    /// <summary>
    /// The hosts that it covers, relative to the zone's domain, the first being the primary: 1 to 10 (the default quota of AWS Certificate
    /// Manager). <c>@</c> is the domain itself; <c>*</c> stands for one label, as in <c>*</c> and <c>*.preview</c>. Changing them issues a
    /// new certificate before the old one goes.
    /// </summary>
    public required IReadOnlyList<string> Hosts { get; init; }

    /// <summary>The zone that proves who owns the names.</summary>
    public required DnsZone Zone { get; init; }

    /// <summary>
    /// The certificate that exists already and is served instead of one of the stack's own, which nobody then asks for, proves or renews.
    /// Default: null, one is issued.
    /// </summary>
    public ExistingCertificate? Existing { get; init; }

    /// <summary>The full names that it covers, the first being the primary.</summary>
    public IReadOnlyList<string> Domains => [.. Hosts.Select(Zone.Args.FullName)];

    /// <summary>Whether it covers a host of the zone: by its name, or by a wildcard one label above.</summary>
    public bool Covers(string host) =>
        Hosts.Contains(host)
        || (host != "@" && Hosts.Contains(host.IndexOf('.', StringComparison.Ordinal) is var dot and >= 0 ? $"*{host[dot..]}" : "*"));

    /// <inheritdoc/>
    public override IEnumerable<Decision> Decisions => [new("names", string.Join(", ", Domains))];

    // The wildcard that stands for a name's first label; a wildcard itself is covered by nothing but itself.
    private static string Above(string domain) =>
        domain.StartsWith('*') ? domain : $"*{domain[Math.Max(0, domain.IndexOf('.', StringComparison.Ordinal))..]}";

    /// <inheritdoc/>
    public override Arguments Referring(References replacement) => this with { Zone = replacement.Of(Zone) };

    /// <inheritdoc/>
    public override void Check(Guard guard)
    {
        guard.InRange(nameof(Hosts), Hosts.Count, 1, 10, "hosts");
        guard.Require(Hosts.Distinct().Count() == Hosts.Count, nameof(Hosts), string.Join(", ", Hosts), "every host once");
        foreach (var host in Hosts) Zone.Args.CheckHost(guard, nameof(Hosts), host);
        if (Existing is not { } existing || !Zone.Stands) return;
        foreach (var domain in Domains.Where(domain => !existing.Domains.Contains(domain) && !existing.Domains.Contains(Above(domain))))
        {
            guard.Refuse(
                "Existing.Domains",
                existing.Domains.Count == 0 ? "empty" : string.Join(", ", existing.Domains),
                $"names that cover '{domain}', itself or by '{Above(domain)}'",
                "Name hosts that it covers, or leave Existing out");
        }
    }
}

/// <summary>What every cloud gives for a certificate.</summary>
public interface ICertificate
{
    /// <summary>
    /// The cloud's reference of the issued certificate; whoever uses it waits until it is issued, where the cloud can wait.
    /// </summary>
    Output<string> Reference { get; }
}
