using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Dns;
using Infra.Components.Runtimes.Gcp;
using Pulumi;
using CertificateManager = Pulumi.Gcp.CertificateManager;

namespace Infra.Components.Certificates.Gcp;

/// <summary>
/// A certificate of Certificate Manager for every name, proven by DNS and served through a map. Google issues it within minutes to half an
/// hour after the records resolve; whoever uses it waits for that.
/// </summary>
internal sealed class GcpCertificate : PlacedComponent, ICertificate
{
    private const string Service = "//certificatemanager.googleapis.com/";

    /// <summary>Builds the certificate, or refers to the map that exists.</summary>
    public GcpCertificate(Certificate certificate, ServedZone zone, GcpRuntime runtime, GcpContext context)
        : base(context.Place(certificate))
    {
        if (certificate.Args.Existing is { } existing)
        {
            Reference = Output.Create($"{Service}{existing.Id}");
            RegisterOutputs();
            return;
        }

        var domains = certificate.Args.Domains;
        var apis = runtime.Apis(Kind).ToList();

        // One authorisation proves a name and its wildcard.
        var authorisations = domains
            .Select(CertificateProof.NameOf)
            .Distinct()
            .ToDictionary(domain => domain, domain => Authorise(context, zone, domain, apis));
        var map = new CertificateManager.CertificateMap(
            $"{Name}-map",
            new() { Project = context.Project, DeletionPolicy = "DELETE", Labels = Tags.Input() },
            Child(dependsOn: apis));
        var issued = domains.Select(domain => Serve(context, domain, authorisations[CertificateProof.NameOf(domain)], map)).ToList();

        Reference = IssuanceWatch.After(
            Output.Format($"{Service}{map.Id}"),
            issued.Select(certificate => certificate.Id),
            context.Provider);
        RegisterOutputs();
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> Reference { get; private set; }

    // A certificate per name: Google replaces a certificate whose names change, and a new one serves nothing until it is issued. So a name
    // that comes or goes leaves the others' certificates in service.
    private CertificateManager.Certificate Serve(
        GcpContext context,
        string domain,
        CertificateManager.DnsAuthorization authorisation,
        CertificateManager.CertificateMap map)
    {
        var issued = new CertificateManager.Certificate($"{Name}-{Label(domain)}", new()
        {
            Project = context.Project,
            Location = "global",
            Scope = "DEFAULT",
            Managed = new CertificateManager.Inputs.CertificateManagedArgs
            {
                Domains = { domain },
                DnsAuthorizations = { authorisation.Id },
            },
            DeletionPolicy = "DELETE",
            Labels = Tags.Input(),
        }, Child());
        _ = new CertificateManager.CertificateMapEntry($"{Name}-entry-{Label(domain)}", new()
        {
            Project = context.Project,
            Map = map.Name,
            Hostname = domain,
            Certificates = { issued.Id },
            DeletionPolicy = "DELETE",
            Labels = Tags.Input(),
        }, Child());
        return issued;
    }

    // A record per project: the fixed one is `_acme-challenge`, which other clouds' issuers need in the same zone during a migration.
    private CertificateManager.DnsAuthorization Authorise(
        GcpContext context,
        ServedZone zone,
        string domain,
        IReadOnlyList<Resource> apis) => zone.Proof(Cloud, domain, () =>
    {
        var authorisation = new CertificateManager.DnsAuthorization(
            $"{zone.Name}-proof-{Label(domain)}",
            new()
            {
                Project = context.Project,
                Location = "global",
                Domain = domain,
                Type = "PER_PROJECT_RECORD",
                DeletionPolicy = "DELETE",
                Labels = context.Tags(zone.Name).Input(),
            },
            zone.ProofOptions(new Alias { Name = $"{Name}-proof-{Label(domain)}", Parent = this }, apis).On(context.Provider));
        var record = authorisation.DnsResourceRecords.Apply(records => records[0]);
        zone.WriteProof(
            $"{zone.Name}-record-{Label(domain)}",
            record.Apply(proof => proof.Name!),
            record.Apply(proof => proof.Type!),
            record.Apply(proof => proof.Data!),
            new Alias { Name = $"{Name}-record-{Label(domain)}", Parent = this });
        return authorisation;
    });

    // Physical names allow neither dots nor stars.
    private static string Label(string domain) => GcpNames.Fingerprint(domain);
}
