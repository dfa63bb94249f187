using System.Text.RegularExpressions;
using Infra.Components.Checks;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Dns;

/// <summary>
/// A public DNS zone of the stack's domain: certificates, routes and records name hosts in it, relative to the domain. It keeps its cloud
/// through migrations: give it a placement of its own.
/// </summary>
public sealed class DnsZone(string name, DnsZoneArgs? args = null) : Component<DnsZoneArgs>(name, args ?? new())
{
    /// <inheritdoc/>
    public override ComponentKind Kind => DnsZoneKind.Instance;

    /// <inheritdoc/>
    internal override bool Stands => Args.HasDomain;
}

/// <summary>A zone that is there before the stack, such as a company's own: the stack writes names into it and never deletes it.</summary>
public sealed record ExistingZone
{
    /// <summary>
    /// How its cloud calls it: the id of a hosted zone on AWS, such as <c>Z0123456789ABCDEFGHIJ</c>; the name of a managed zone on Google
    /// Cloud. Elsewhere it is known by its domain. Default: null.
    /// </summary>
    public string? Id { get; init; }

    /// <summary>
    /// The account that keeps it, where that is another than the stack's: on AWS the ARN of a role there that may change its records, on
    /// Google Cloud and Scaleway the project. Default: null, the stack's own.
    /// </summary>
    public string? Account { get; init; }

    /// <summary>
    /// The zone's own domain, where the stack's domain is a part of it: names of <c>staging.example.org</c> may stand in the zone of
    /// <c>example.org</c>. Default: null, the same.
    /// </summary>
    public string? Domain { get; init; }
}

/// <summary>The arguments of a DNS zone.</summary>
public sealed partial record DnsZoneArgs : Arguments
{
    /// <summary>
    /// The domain, in lower case and without a final dot, such as <c>example.org</c>. Changing it replaces the zone and its name servers.
    /// Default: the zone's own, <c>infra:domains.&lt;zone&gt;</c>, or the stack's, <c>infra:domain</c>; where there is neither, a preview
    /// has no zone.
    /// </summary>
    public string Domain { get; init; } = "";

    /// <summary>The zone that exists already and is used instead of a new one. Default: null, one is made where the cloud can.</summary>
    public ExistingZone? Existing { get; init; }

    /// <summary>
    /// Whether someone else serves the zone, to whom nothing here has access: nothing is made, and the records that must be written by hand
    /// are outputs of the stack. Changing it makes, or deletes, the zone and its records. Default: false.
    /// </summary>
    public bool External { get; init; }

    /// <summary>Whether it has a domain: without one, nothing of it is built.</summary>
    internal bool HasDomain => Domain.Length > 0;

    /// <summary>The domain of the zone itself, of which <see cref="Domain"/> may be a part.</summary>
    public string Apex => Existing?.Domain ?? Domain;

    /// <summary>The full name of a host, without a final dot.</summary>
    /// <param name="host">The host, relative to the domain; <c>@</c> is the domain itself.</param>
    public string FullName(string host) => !HasDomain ? host : host == "@" ? Domain : $"{host}.{Domain}";

    /// <summary>A full name relative to the zone itself, as zone files spell it; empty for the zone's own name.</summary>
    /// <param name="fullName">A name in the zone, with or without its final dot.</param>
    public string WithinApex(string fullName)
    {
        var name = fullName.TrimEnd('.');
        if (name == Apex) return "";
        return name.EndsWith($".{Apex}", StringComparison.Ordinal) ? name[..^(Apex.Length + 1)] : name;
    }

    /// <inheritdoc/>
    public override IEnumerable<Decision> Decisions =>
    [
        new("domain", HasDomain ? Domain : "none"),
        .. External ? [new Decision("records", "written by hand")] : Enumerable.Empty<Decision>(),
    ];

    /// <inheritdoc/>
    public override Arguments Within(string domain) => HasDomain ? this : this with { Domain = domain };

    /// <inheritdoc/>
    internal override Arguments Called(string domain) => this with { Domain = domain };

    /// <inheritdoc/>
    public override void Check(Guard guard)
    {
        if (!HasDomain) return;
        guard.Matches(nameof(Domain), Domain, DomainName(), "a lower-case domain name without a final dot, such as example.org");
        guard.Require(
            !External || Existing is null,
            nameof(External),
            "true beside Existing",
            "true for a zone that nothing here may write to, or Existing for one that the stack writes to",
            "Remove one of the two");
        if (Existing?.Domain is not { } apex) return;
        guard.Matches("Existing.Domain", apex, DomainName(), "a lower-case domain name without a final dot, such as example.org");
        guard.Require(
            apex == Domain || Domain.EndsWith($".{apex}", StringComparison.Ordinal),
            "Existing.Domain",
            $"'{apex}'",
            $"'{Domain}', or a domain that it is a part of");
    }

    /// <summary>Reports a host that is none, or that holds the domain already.</summary>
    internal void CheckHost(Guard guard, string argument, string host)
    {
        CheckRelative(guard, argument, host);
        guard.Matches(argument, host, HostName(), "@, * or labels such as www or *.preview, relative to the domain");
    }

    /// <summary>Reports a host that holds the domain already.</summary>
    internal void CheckRelative(Guard guard, string argument, string host) =>
        guard.Require(
            !HasDomain || (host != Domain && !host.EndsWith($".{Domain}", StringComparison.Ordinal)),
            argument,
            $"'{host}', which is '{host}.{Domain}' in full",
            "a name relative to the domain, such as www; @ for the domain itself",
            "Leave the domain out");

    /// <summary>Whether a text is a domain, in lower case and without a final dot.</summary>
    public static bool IsDomain(string text) => DomainName().IsMatch(text);

    [GeneratedRegex(@"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}\z")]
    private static partial Regex DomainName();

    [GeneratedRegex(@"^(@|\*|(\*\.)?[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*)\z")]
    private static partial Regex HostName();
}

/// <summary>What every cloud gives for a DNS zone.</summary>
public interface IDnsZone
{
    /// <summary>The domain.</summary>
    Output<string> Domain { get; }

    /// <summary>The name servers to delegate to, separated by commas; empty where someone else serves the zone.</summary>
    Output<string> NameServers { get; }
}
