using Pulumi;
using SecretManager = Pulumi.Gcp.SecretManager;

namespace Infra.Components.Clouds.Gcp;

/// <summary>
/// One secret value in Secret Manager, kept in the stack's region only. Consumers pin its version: Cloud Run reads a secret when an
/// instance starts, and replicas that started on different days must not differ.
/// </summary>
internal sealed class GcpSecret
{
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
        _secret = new SecretManager.Secret(name, new()
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
        _version = new SecretManager.SecretVersion($"{name}-value", new()
        {
            Secret = _secret.Id,
            SecretData = Output.CreateSecret(value),
            DeletionPolicy = "DELETE",
        }, new() { Parent = options.Parent });
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The secret's id, as Cloud Run wants it.</summary>
    public Output<string> SecretId => _secret.SecretId;

    /// <summary>The version's number.</summary>
    public Output<string> Version => _version.Version;

    /// <summary>The version's full name: it changes whenever the value does, and is no secret.</summary>
    public Output<string> VersionName => _version.Name;

    /// <summary>Lets one identity read it.</summary>
    public SecretManager.SecretIamMember AllowReading(string name, Output<string> member, CustomResourceOptions options) => new(name, new()
    {
        Project = _context.Project,
        SecretId = _secret.SecretId,
        Role = "roles/secretmanager.secretAccessor",
        Member = member,
    }, options);
}
