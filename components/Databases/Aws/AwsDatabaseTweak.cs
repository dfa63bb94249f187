using Infra.Components.Systems;

namespace Infra.Components.Databases.Aws;

/// <summary>What only a database on AWS has.</summary>
public sealed record AwsDatabaseTweak() : Tweak(Cloud.Aws)
{
    /// <summary>
    /// The instance class, such as <c>db.m7g.4xlarge</c>, instead of the one that the size promises; outside production the size decides.
    /// Default: null.
    /// </summary>
    public string? InstanceClass { get; init; }

    /// <summary>
    /// The volume's operations per second, 12000 to 64000, for volumes of 400 GiB and more (AWS documentation: gp3 storage of Amazon RDS).
    /// Default: null, the 3000 or 12000 that are included.
    /// </summary>
    public int? Iops { get; init; }

    /// <summary>For how many days queries are sampled: 7, 731, or a multiple of 31 up to 713. Default: 7, which costs nothing.</summary>
    public int QueryInsightsDays { get; init; } = 7;

    /// <summary>Whether changes happen at once instead of in the maintenance window. Default: null, at once outside production.</summary>
    public bool? ApplyImmediately { get; init; }

    /// <summary>Whether to pay for a version whose standard support has ended. Default: false.</summary>
    public bool ExtendedSupport { get; init; }

    /// <summary>
    /// The certificates that sign the server's, as PEM, 16 KiB at most: AWS publishes a bundle per region at
    /// <c>truststore.pki.rds.amazonaws.com</c>. Default: empty, the region's authority, which the program knows.
    /// </summary>
    public string CertificateAuthority { get; init; } = "";

    /// <summary>
    /// Whether the stack makes the administrator's password and keeps it in a secret of its own, instead of RDS, which changes it every
    /// week. Default: false; a server with replicas has one of the stack's in any case, because RDS copies none whose password it keeps.
    /// Set it before the last replica goes: the server is changed while that one is still there.
    /// </summary>
    public bool OwnPassword { get; init; }

    /// <summary>
    /// An image with the engine's client, which sets up logins, for networks without egress. Default: null, the official image from
    /// Amazon's public registry.
    /// </summary>
    public string? ClientImage { get; init; }

    /// <inheritdoc/>
    public override Tweak For(EnvironmentProfile profile) =>
        profile.IsProduction ? this : this with { InstanceClass = null, Iops = null };
}
