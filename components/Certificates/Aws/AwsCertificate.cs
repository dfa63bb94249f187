using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Dns;
using Pulumi;
using Acm = Pulumi.Aws.Acm;

namespace Infra.Components.Certificates.Aws;

/// <summary>A certificate of AWS Certificate Manager that is proved by DNS, and renewed as long as the records stand.</summary>
internal sealed class AwsCertificate : PlacedComponent, ICertificate
{
    /// <summary>Builds the certificate, or refers to the one that exists.</summary>
    public AwsCertificate(Certificate certificate, ServedZone zone, AwsContext context)
        : base(context.Place(certificate))
    {
        if (certificate.Args.Existing is { } existing)
        {
            Reference = Output.Create(existing.Id);
            RegisterOutputs();
            return;
        }

        Reference = Issue(Name, certificate.Args.Domains, region: null, zone, Tags, this, Child);
        RegisterOutputs();
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> Reference { get; private set; }

    /// <summary>Has a certificate issued, which the zone proves.</summary>
    /// <param name="name">What its resources are called.</param>
    /// <param name="domains">The full names that it covers, the first being the primary.</param>
    /// <param name="region">The region in which it is kept; null for the stack's.</param>
    /// <param name="zone">The zone, wherever it stands.</param>
    /// <param name="tags">The tags.</param>
    /// <param name="owner">Whose it is.</param>
    /// <param name="child">Makes the options of a child of the owner.</param>
    /// <returns>Its ARN, once it is issued.</returns>
    internal static Output<string> Issue(
        string name,
        IReadOnlyList<string> domains,
        string? region,
        ServedZone zone,
        IReadOnlyDictionary<string, string> tags,
        Resource owner,
        ChildOptions child)
    {
        var arguments = new Acm.CertificateArgs
        {
            DomainName = domains[0],
            ValidationMethod = "DNS",
            KeyAlgorithm = "RSA_2048",
            Tags = tags.AsInput(),
        };
        if (region is not null) arguments.Region = region;
        if (domains.Count > 1) arguments.SubjectAlternativeNames = domains.Skip(1).ToList();
        var issued = new Acm.Certificate(name, arguments, child());

        // A name and its wildcard are proved by one and the same record, which is the same in every region of an account.
        var names = domains.Select(CertificateProof.NameOf).Distinct().Select(domain =>
        {
            var option = issued.DomainValidationOptions.Apply(options =>
                options.OrderByDescending(option => CertificateProof.NameOf(option.DomainName) == domain).First());
            return zone.Proof(Systems.Cloud.Aws, domain, () => zone.WriteProof(
                $"{zone.Name}-proof-{domain}",
                option.Apply(found => found.ResourceRecordName),
                option.Apply(found => found.ResourceRecordType),
                option.Apply(found => found.ResourceRecordValue),
                new Alias { Name = $"{name}-{domain}", Parent = owner }));
        });
        var options = child();
        // A zone that nobody delegates to never proves anything: half an hour is long enough to wait for it.
        options.CustomTimeouts = new CustomTimeouts { Create = TimeSpan.FromMinutes(30) };
        var validation = new Acm.CertificateValidationArgs { CertificateArn = issued.Arn, ValidationRecordFqdns = names.ToList() };
        if (region is not null) validation.Region = region;
        return new Acm.CertificateValidation(name, validation, options).CertificateArn;
    }
}
