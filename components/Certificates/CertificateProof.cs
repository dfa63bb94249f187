using Infra.Components.Checks;

namespace Infra.Components.Certificates;

/// <summary>The record by which a zone proves who owns a name. A name and its wildcard share one.</summary>
internal static class CertificateProof
{
    /// <summary>The name that is proved for a domain.</summary>
    public static string NameOf(string domain) => domain.StartsWith("*.", StringComparison.Ordinal) ? domain[2..] : domain;

    /// <summary>
    /// Refuses names that another certificate of the cloud proves too: both would hold the same record, which one of them takes away when
    /// it goes, and the other is then never renewed.
    /// </summary>
    /// <param name="guard">The certificate's guard.</param>
    /// <param name="certificate">The certificate.</param>
    /// <param name="others">The certificates that the same cloud issues, itself included, in the order of their declaration.</param>
    public static void Check(Guard guard, Certificate certificate, IEnumerable<Certificate> others)
    {
        foreach (var earlier in others.TakeWhile(other => other != certificate))
        {
            foreach (var shared in certificate.Args.Domains.Where(domain => earlier.Args.Domains.Select(NameOf).Contains(NameOf(domain))))
            {
                guard.Refuse(
                    nameof(CertificateArgs.Hosts),
                    $"'{shared}', whose proof the certificate '{earlier.Name}' holds already",
                    "names that no other certificate proves; a name and its wildcard have one proof",
                    $"Give the name to '{earlier.Name}', and use that certificate");
            }
        }
    }
}
