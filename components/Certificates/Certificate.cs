using System.Text.RegularExpressions;
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
}

/// <summary>The arguments of a certificate.</summary>
public sealed partial record CertificateArgs : Arguments
{
    /// <summary>
    /// The names that it covers, the first being the primary: 1 to 10 (the default quota of AWS Certificate Manager). <c>*.</c> stands for
    /// one label. Changing them issues a new certificate before the old one goes.
    /// </summary>
    public required IReadOnlyList<string> Domains { get; init; }

    /// <summary>The zone that proves who owns the names.</summary>
    public required DnsZone Zone { get; init; }

    /// <summary>Whether it covers a host: by its name, or by a wildcard one label above.</summary>
    public bool Covers(string host) =>
        Domains.Contains(host) || Domains.Contains("*" + host[Math.Max(0, host.IndexOf('.', StringComparison.Ordinal))..]);

    /// <inheritdoc/>
    public override Arguments Referring(References replacement) => this with { Zone = replacement.Of(Zone) };

    /// <inheritdoc/>
    public override void Check(Guard guard)
    {
        guard.InRange(nameof(Domains), Domains.Count, 1, 10, "names");
        guard.Require(Domains.Distinct().Count() == Domains.Count, nameof(Domains), string.Join(", ", Domains), "every name once");
        foreach (var domain in Domains)
        {
            guard.Matches(nameof(Domains), domain, DomainName(), "a lower-case domain name without a final dot, optionally behind *.");
            guard.Require(
                domain == Zone.Args.Domain || domain.EndsWith("." + Zone.Args.Domain, StringComparison.Ordinal),
                nameof(Domains),
                $"'{domain}'",
                $"names in the zone of '{Zone.Name}', {Zone.Args.Domain}",
                "Change the name or the zone");
        }
    }

    [GeneratedRegex(@"^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}$")]
    private static partial Regex DomainName();
}

/// <summary>What every cloud gives for a certificate.</summary>
public interface ICertificate
{
    /// <summary>
    /// The cloud's reference of the issued certificate; whoever uses it waits until it is issued, where the cloud can wait.
    /// </summary>
    Output<string> Reference { get; }
}
