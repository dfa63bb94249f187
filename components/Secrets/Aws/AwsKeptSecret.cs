using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;
using SecretsManager = Pulumi.Aws.SecretsManager;

namespace Infra.Components.Secrets.Aws;

/// <summary>A secret of AWS Secrets Manager that holds one value; nothing at all where it exists already.</summary>
internal sealed class AwsKeptSecret : PlacedSecret, ILinkTarget<AwsGrantee>
{
    /// <summary>Builds the secret.</summary>
    public AwsKeptSecret(Secret secret, AwsContext context)
        : base(context.Place(secret), secret, context)
    {
        if (secret.Args.Source is ExistingSecret existing)
        {
            var part = existing is { Key: null, Version: null } ? "" : $":{existing.Key}::{existing.Version}";
            Reference = Output.Create(existing.Name);
            Stored = new AwsStoredValue(Output.Create(existing.Name + part), Reference, Version: null);
        }
        else
        {
            var kept = AwsSecret.Empty(Name, $"The secret {Name} of {context.Stack}", Tags, context, Child);
            var version = new SecretsManager.SecretVersion(Name, new() { SecretId = kept.Id, SecretString = Value! }, Child());
            Stored = new AwsStoredValue(kept.Arn, kept.Arn, version.VersionId);
            Reference = kept.Name;
        }

        RegisterOutputs();
    }

    /// <inheritdoc/>
    public Endpoint? Endpoint => null;

    /// <summary>Nothing to let through: its API is public.</summary>
    public void Admit(AwsGrantee grantee, string role)
    {
    }

    /// <inheritdoc/>
    public Connection Connect(AwsGrantee grantee, StandingLink link, RelayEndpoint? relay) => Connect();
}
