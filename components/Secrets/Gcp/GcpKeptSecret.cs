using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Placements;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Secrets.Gcp;

/// <summary>A secret of Secret Manager, in the stack's region only; nothing but grants where it exists already.</summary>
internal sealed class GcpKeptSecret : PlacedSecret, ILinkTarget<GcpGrantee>
{
    /// <summary>Builds the secret.</summary>
    public GcpKeptSecret(Secret secret, GcpRuntime runtime, GcpContext context)
        : base(context.Place(secret), secret, context)
    {
        if (secret.Args.Source is ExistingSecret existing)
        {
            var parts = existing.Name.Split('/');
            var (project, id) = parts.Length == 4 ? (parts[1], parts[3]) : (context.Project, existing.Name);
            var full = $"projects/{project}/secrets/{id}";
            // Cloud Run takes the project of a secret for another one than its own.
            Stored = new GcpStoredValue(
                Output.Create(project == context.Project ? id : full),
                Output.Create(existing.Version!),
                Output.Create($"{full}/versions/{existing.Version}"),
                (name, member, options) => GcpSecret.AllowReading(project, Output.Create(id), name, member, options));
            Reference = Output.Create(full);
        }
        else
        {
            var kept = new GcpSecret(Name, Value!, context, Tags, Child(dependsOn: runtime.Apis(Kind)));
            Stored = kept.Stored;
            Reference = kept.SecretId;
        }

        RegisterOutputs();
    }

    /// <inheritdoc/>
    public Endpoint? Endpoint => null;

    /// <summary>Nothing to let through: its API is public.</summary>
    public void Admit(GcpGrantee grantee, string role)
    {
    }

    /// <inheritdoc/>
    public Connection Connect(GcpGrantee grantee, StandingLink link, RelayEndpoint? relay) => Connect();
}
