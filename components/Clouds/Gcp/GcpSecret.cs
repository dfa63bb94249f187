using Pulumi;
using SecretManager = Pulumi.Gcp.SecretManager;

namespace Infra.Components.Clouds.Gcp;

/// <summary>A secret value in Secret Manager, as containers refer to it.</summary>
/// <param name="SecretId">The secret, as Cloud Run wants it.</param>
/// <param name="Version">The version's number.</param>
/// <param name="VersionName">What changes whenever the version does, and is no secret.</param>
/// <param name="AllowReading">Lets one identity read it: given a name and the identity as IAM names it, and the options.</param>
internal sealed record GcpStoredValue(
    Output<string> SecretId,
    Output<string> Version,
    Output<string> VersionName,
    Func<string, Output<string>, CustomResourceOptions, Resource> AllowReading) : StoredValue;

/// <summary>
/// One secret value in Secret Manager, kept in the stack's region only. Consumers pin its version: Cloud Run reads a secret when an
/// instance starts, and replicas that started on different days must not differ.
/// </summary>
internal sealed class GcpSecret
{
    /// <summary>How many bytes a secret holds (Google Cloud documentation: Secret Manager quotas).</summary>
    public const int MostBytes = 64 * 1024;

    private readonly GcpContext _context;
    private readonly SecretManager.Secret _secret;
    private readonly SecretManager.SecretVersion _version;

    /// <summary>Keeps a value.</summary>
    public GcpSecret(
        string name,
        Output<string> value,
        GcpContext context,
        IReadOnlyDictionary<string, string> labels,
        CustomResourceOptions options)
    {
        Name = name;
        _context = context;
        _secret = Empty(name, context, labels, options);
        _version = Fill($"{name}-value", _secret, value, options);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The secret's id, as Cloud Run wants it.</summary>
    public Output<string> SecretId => _secret.SecretId;

    /// <summary>The version's number.</summary>
    public Output<string> Version => _version.Version;

    /// <summary>The version's full name: it changes whenever the value does, and is no secret.</summary>
    public Output<string> VersionName => _version.Name;

    /// <summary>The secret as containers refer to it.</summary>
    public GcpStoredValue Stored => new(SecretId, Version, VersionName, AllowReading);

    /// <summary>Lets one identity read it.</summary>
    public SecretManager.SecretIamMember AllowReading(string name, Output<string> member, CustomResourceOptions options) =>
        AllowReading(_context.Project, _secret.SecretId, name, member, options);

    /// <summary>Lets one identity read a secret.</summary>
    /// <param name="project">The secret's project.</param>
    /// <param name="secret">The secret's id.</param>
    /// <param name="name">The grant's name.</param>
    /// <param name="member">The identity as IAM names it.</param>
    /// <param name="options">The options of the grant.</param>
    public static SecretManager.SecretIamMember AllowReading(
        string project,
        Output<string> secret,
        string name,
        Output<string> member,
        CustomResourceOptions options) => new(name, new()
        {
            Project = project,
            SecretId = secret,
            Role = "roles/secretmanager.secretAccessor",
            Member = member,
        }, options);

    /// <summary>A secret without a value yet.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="context">What every component needs.</param>
    /// <param name="labels">Its labels.</param>
    /// <param name="options">The resource's options.</param>
    public static SecretManager.Secret Empty(
        string name,
        GcpContext context,
        IReadOnlyDictionary<string, string> labels,
        CustomResourceOptions options) => new(name, new()
        {
            Project = context.Project,
            Replication = new SecretManager.Inputs.SecretReplicationArgs
            {
                UserManaged = new SecretManager.Inputs.SecretReplicationUserManagedArgs
                {
                    Replicas = { new SecretManager.Inputs.SecretReplicationUserManagedReplicaArgs { Location = context.Region } },
                },
            },
            // What it holds is in the state as well, and can be written again.
            DeletionProtection = false,
            DeletionPolicy = "DELETE",
            Labels = labels.Input(),
        }, options);

    /// <summary>Gives a secret a value.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="secret">The secret.</param>
    /// <param name="value">The value.</param>
    /// <param name="options">The secret's options.</param>
    public static SecretManager.SecretVersion Fill(
        string name,
        SecretManager.Secret secret,
        Output<string> value,
        CustomResourceOptions options) => new(name, new()
        {
            Secret = secret.Id,
            SecretData = Output.CreateSecret(value),
            DeletionPolicy = "DELETE",
        }, new() { Parent = options.Parent });
}
