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
    /// <param name="certificate">The declared certificate.</param>
    /// <param name="zone">The zone that proves its names.</param>
    /// <param name="servesAlone">Whether a load balancer has no other: with others, the load balancer has the map.</param>
    /// <param name="runtime">What the stack runs on.</param>
    /// <param name="context">The stack's part.</param>
    public GcpCertificate(Certificate certificate, ServedZone zone, bool servesAlone, GcpRuntime runtime, GcpContext context)
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
        Served = [.. domains.Select(domain => (domain, Issue(context, domain, authorisations[CertificateProof.NameOf(domain)])))];
        if (!servesAlone)
        {
            Reference = Served[0].Certificate.Id;
            RegisterOutputs();
            return;
        }

        var map = new CertificateManager.CertificateMap(
            $"{Name}-map",
            new() { Project = context.Project, DeletionPolicy = "DELETE", Labels = Tags.Input() },
            Child(dependsOn: apis));
        foreach (var (domain, issued) in Served) Enter($"{Name}-entry", domain, issued, map, context, Tags, Child());
        Reference = ReferenceOf(map, [this], context);
        RegisterOutputs();
    }

    /// <summary>The names with the certificate of each; none where the map exists already.</summary>
    public IReadOnlyList<(string Domain, CertificateManager.Certificate Certificate)> Served { get; } = [];

    /// <summary>Shows a certificate to clients that name its domain.</summary>
    /// <param name="role">What the entry is called, before the domain's letters.</param>
    /// <param name="domain">The domain.</param>
    /// <param name="issued">Its certificate.</param>
    /// <param name="map">The map.</param>
    /// <param name="context">The stack's part.</param>
    /// <param name="tags">The tags.</param>
    /// <param name="options">The options of the component's child.</param>
    public static void Enter(
        string role,
        string domain,
        CertificateManager.Certificate issued,
        CertificateManager.CertificateMap map,
        GcpContext context,
        IReadOnlyDictionary<string, string> tags,
        CustomResourceOptions options) => _ = new CertificateManager.CertificateMapEntry(
            $"{role}-{Label(domain)}",
            new()
            {
                Project = context.Project,
                Map = map.Name,
                Hostname = domain,
                Certificates = { issued.Id },
                DeletionPolicy = "DELETE",
                Labels = tags.Input(),
            },
            options);

    /// <summary>What a load balancer calls a map, once all certificates in it are issued.</summary>
    /// <param name="map">The map.</param>
    /// <param name="certificates">Whose names it has.</param>
    /// <param name="context">The stack's part.</param>
    public static Output<string> ReferenceOf(
        CertificateManager.CertificateMap map,
        IEnumerable<GcpCertificate> certificates,
        GcpContext context) => IssuanceWatch.After(
            Output.Format($"{Service}{map.Id}"),
            certificates.SelectMany(certificate => certificate.Served).Select(served => served.Certificate.Id),
            context.Provider);

    /// <inheritdoc/>
    [Output]
    public Output<string> Reference { get; private set; }

    // A certificate per name: Google replaces a certificate whose names change, and a new one serves nothing until it is issued. So a name
    // that comes or goes leaves the others' certificates in service.
    private CertificateManager.Certificate Issue(
        GcpContext context,
        string domain,
        CertificateManager.DnsAuthorization authorisation) => new(
        $"{Name}-{Label(domain)}",
        new()
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
        },
        Child());

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
