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

        var apis = runtime.Apis(Kind).ToList();
        Served = Issue(Name, certificate.Args.Domains, zone, apis, context, Tags, this, Child);
        if (!servesAlone)
        {
            Reference = Served[0].Certificate.Id;
            RegisterOutputs();
            return;
        }

        Reference = Serve(Name, Served, apis, context, Tags, Child);
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
    /// <param name="certificates">Those in it.</param>
    /// <param name="context">The stack's part.</param>
    public static Output<string> ReferenceOf(
        CertificateManager.CertificateMap map,
        IEnumerable<CertificateManager.Certificate> certificates,
        GcpContext context) => IssuanceWatch.After(
            Output.Format($"{Service}{map.Id}"),
            certificates.Select(certificate => certificate.Id),
            context.Provider);

    /// <summary>Has a certificate issued for each of some names, which the zone proves.</summary>
    /// <param name="name">What their resources are called.</param>
    /// <param name="domains">The full names.</param>
    /// <param name="zone">The zone, wherever it stands.</param>
    /// <param name="apis">The APIs that must be enabled.</param>
    /// <param name="context">The stack's part.</param>
    /// <param name="tags">The tags.</param>
    /// <param name="owner">Whose they are.</param>
    /// <param name="child">Makes the options of a child of the owner.</param>
    internal static IReadOnlyList<(string Domain, CertificateManager.Certificate Certificate)> Issue(
        string name,
        IReadOnlyList<string> domains,
        ServedZone zone,
        IReadOnlyList<Resource> apis,
        GcpContext context,
        IReadOnlyDictionary<string, string> tags,
        Resource owner,
        ChildOptions child)
    {
        // One authorisation proves a name and its wildcard.
        var authorisations = domains
            .Select(CertificateProof.NameOf)
            .Distinct()
            .ToDictionary(domain => domain, domain => Authorise(name, context, zone, domain, apis, owner));

        // A certificate per name: Google replaces a certificate whose names change, and a new one serves nothing until it is issued. So a
        // name that comes or goes leaves the others' certificates in service.
        return
        [
            .. domains.Select(domain => (domain, new CertificateManager.Certificate(
                $"{name}-{Label(domain)}",
                new()
                {
                    Project = context.Project,
                    Location = "global",
                    Scope = "DEFAULT",
                    Managed = new CertificateManager.Inputs.CertificateManagedArgs
                    {
                        Domains = { domain },
                        DnsAuthorizations = { authorisations[CertificateProof.NameOf(domain)].Id },
                    },
                    DeletionPolicy = "DELETE",
                    Labels = tags.Input(),
                },
                child()))),
        ];
    }

    /// <summary>Puts certificates into a map of their own.</summary>
    /// <param name="name">What its resources are called.</param>
    /// <param name="served">The names with the certificate of each.</param>
    /// <param name="apis">The APIs that must be enabled.</param>
    /// <param name="context">The stack's part.</param>
    /// <param name="tags">The tags.</param>
    /// <param name="child">Makes the options of a child.</param>
    /// <returns>What a load balancer calls the map, once all certificates in it are issued.</returns>
    internal static Output<string> Serve(
        string name,
        IReadOnlyList<(string Domain, CertificateManager.Certificate Certificate)> served,
        IReadOnlyList<Resource> apis,
        GcpContext context,
        IReadOnlyDictionary<string, string> tags,
        ChildOptions child)
    {
        var map = new CertificateManager.CertificateMap(
            $"{name}-map",
            new() { Project = context.Project, DeletionPolicy = "DELETE", Labels = tags.Input() },
            child(dependsOn: apis));
        foreach (var (domain, issued) in served) Enter($"{name}-entry", domain, issued, map, context, tags, child());
        return ReferenceOf(map, served.Select(entry => entry.Certificate), context);
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> Reference { get; private set; }

    // A record per project: the fixed one is `_acme-challenge`, which other clouds' issuers need in the same zone during a migration.
    private static CertificateManager.DnsAuthorization Authorise(
        string name,
        GcpContext context,
        ServedZone zone,
        string domain,
        IReadOnlyList<Resource> apis,
        Resource owner) => zone.Proof(Systems.Cloud.Gcp, domain, () =>
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
            zone.ProofOptions(new Alias { Name = $"{name}-proof-{Label(domain)}", Parent = owner }, apis).On(context.Provider));
        var record = authorisation.DnsResourceRecords.Apply(records => records[0]);
        zone.WriteProof(
            $"{zone.Name}-record-{Label(domain)}",
            record.Apply(proof => proof.Name!),
            record.Apply(proof => proof.Type!),
            record.Apply(proof => proof.Data!),
            new Alias { Name = $"{name}-record-{Label(domain)}", Parent = owner });
        return authorisation;
    });

    // Physical names allow neither dots nor stars.
    private static string Label(string domain) => GcpNames.Fingerprint(domain);
}
