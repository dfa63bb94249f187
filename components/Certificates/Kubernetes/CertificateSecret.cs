using System.Text.RegularExpressions;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.LoadBalancers;

namespace Infra.Components.Certificates.Kubernetes;

/// <summary>The secret in which a gateway finds a certificate.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Namespace">The namespace that holds it, where that is another than the gateway's; null elsewhere.</param>
internal sealed partial record CertificateSecret(string Name, string? Namespace = null)
{
    /// <summary>How an existing one is named, in words.</summary>
    public const string Allowed =
        "the name of a secret of type kubernetes.io/tls, with its namespace where that is not the stack's own, such as "
        + "platform-production/wildcard-tls";

    /// <summary>The secret that a stack's certificate is served from by a gateway, whether the stack issues it or it exists.</summary>
    public static CertificateSecret Of(LoadBalancer gateway, Certificate certificate) => certificate.Args.Existing is { } existing
        ? Read(existing.Id)!
        : new(NameFor(gateway.Args.Certificate == certificate ? gateway.Name : $"{gateway.Name}-{certificate.Name}"));

    /// <summary>The secret of a certificate, or a gateway, that the stack has.</summary>
    public static string NameFor(string name) => $"{name}-tls";

    /// <summary>The secret that an identifier names; null where it names none.</summary>
    public static CertificateSecret? Read(string id) => Identifier().Match(id) is { Success: true } match
        ? new(match.Groups["name"].Value, match.Groups["namespace"] is { Success: true } group ? group.Value : null)
        : null;

    /// <summary>How a gateway refers to it.</summary>
    public Fields Reference => new() { ["kind"] = "Secret", ["name"] = Name, ["namespace"] = Namespace };

    /// <inheritdoc/>
    public override string ToString() => Namespace is null ? Name : $"{Namespace}/{Name}";

    // A namespace is a label (RFC 1123), and a secret's name a name of labels, in 253 characters.
    [GeneratedRegex(
        @"^((?<namespace>[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)/)?"
        + @"(?<name>(?=[^/]{1,253}\z)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*)\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Identifier();
}
