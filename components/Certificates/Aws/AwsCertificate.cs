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

        var domains = certificate.Args.Domains;
        var arguments = new Acm.CertificateArgs
        {
            DomainName = domains[0],
            ValidationMethod = "DNS",
            KeyAlgorithm = "RSA_2048",
            Tags = Tags.AsInput(),
        };
        if (domains.Count > 1) arguments.SubjectAlternativeNames = domains.Skip(1).ToList();
        var issued = new Acm.Certificate(Name, arguments, Child());

        // A name and its wildcard are proved by one and the same record.
        var names = domains.Select(CertificateProof.NameOf).Distinct().Select(domain =>
        {
            var option = issued.DomainValidationOptions.Apply(options =>
                options.OrderByDescending(option => CertificateProof.NameOf(option.DomainName) == domain).First());
            return zone.Proof(Cloud, domain, () => zone.WriteProof(
                $"{zone.Name}-proof-{domain}",
                option.Apply(found => found.ResourceRecordName),
                option.Apply(found => found.ResourceRecordType),
                option.Apply(found => found.ResourceRecordValue),
                new Alias { Name = $"{Name}-{domain}", Parent = this }));
        });
        var options = Child();
        // A zone that nobody delegates to never proves anything: half an hour is long enough to wait for it.
        options.CustomTimeouts = new CustomTimeouts { Create = TimeSpan.FromMinutes(30) };
        var validation = new Acm.CertificateValidation(
            Name,
            new() { CertificateArn = issued.Arn, ValidationRecordFqdns = names.ToList() },
            options);
        Reference = validation.CertificateArn;
        RegisterOutputs();
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> Reference { get; private set; }
}
