using System.Text.RegularExpressions;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;
using SecretsManager = Pulumi.Aws.SecretsManager;

namespace Infra.Components.Secrets.Aws;

/// <summary>A secret of AWS Secrets Manager that holds one value; nothing at all where it exists already.</summary>
internal sealed partial class AwsKeptSecret : PlacedSecret, ILinkTarget<AwsGrantee>
{
    /// <summary>Builds the secret.</summary>
    public AwsKeptSecret(Secret secret, AwsContext context)
        : base(context.Place(secret), secret, context)
    {
        if (secret.Args.Source is ExistingSecret existing)
        {
            var arn = ArnOf(existing.Name, context);
            var part = existing is { Key: null, Version: null } ? "" : $":{existing.Key}::{existing.Version}";
            // An ARN without the six characters at its end is a name's: policies compare with the whole one.
            var readable = Complete().IsMatch(arn) ? arn : $"{arn}-??????";
            Stored = new AwsStoredValue(Output.Create(arn + part), Output.Create(readable), Version: null);
            Reference = Output.Create(existing.Name);
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

    private static string ArnOf(string name, AwsContext context) => name.StartsWith("arn:", StringComparison.Ordinal)
        ? name
        : $"arn:aws:secretsmanager:{context.Region}:{context.AccountId ?? "000000000000"}:secret:{name}";

    [GeneratedRegex(@"-[A-Za-z0-9]{6}\z")]
    private static partial Regex Complete();
}
