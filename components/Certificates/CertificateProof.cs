namespace Infra.Components.Certificates;

/// <summary>The record by which a zone proves who owns a name. A name and its wildcard share one.</summary>
internal static class CertificateProof
{
    /// <summary>The name that is proved for a domain.</summary>
    public static string NameOf(string domain) => domain.StartsWith("*.", StringComparison.Ordinal) ? domain[2..] : domain;
}
