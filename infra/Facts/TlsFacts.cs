namespace Infra.Facts;

/// <summary>Keys and certificates that are made by the program.</summary>
internal static class TlsFacts
{
    public static PackageFacts Table { get; } = new(
        "tls",
        "5.5.1",
        "terraform-provider-tls 4.2.1, the release nearest to the revision of May 2026 that this version embeds",
        "2026-11",
    [
        new("tls:index/certRequest:CertRequest")
        {
            Replaces = ["dnsNames", "ipAddresses", "privateKeyPem", "subject", "uris"],
        },
        new("tls:index/locallySignedCert:LocallySignedCert")
        {
            Lasts = Lasting.Value,
            Replaces =
            [
                "allowedUses", "caCertPem", "caPrivateKeyPem", "certRequestPem", "isCaCertificate", "maxPathLength", "setSubjectKeyId",
                "validityPeriodHours",
                new("earlyRenewalHours", When.Sometimes, "the certificate is due for renewal then"),
            ],
        },
        new("tls:index/privateKey:PrivateKey")
        {
            Lasts = Lasting.Value,
            Replaces = ["algorithm", "ecdsaCurve", "rsaBits"],
        },
        new("tls:index/selfSignedCert:SelfSignedCert")
        {
            Lasts = Lasting.Value,
            Replaces =
            [
                "allowedUses", "dnsNames", "ipAddresses", "isCaCertificate", "maxPathLength", "privateKeyPem", "setAuthorityKeyId",
                "setSubjectKeyId", "subject", "uris", "validityPeriodHours",
                new("earlyRenewalHours", When.Sometimes, "the certificate is due for renewal then"),
            ],
        },
    ]);
}
