using Pulumi;
using SecretsManager = Pulumi.Aws.SecretsManager;

namespace Infra.Components.Clouds.Aws;

/// <summary>A value that AWS Secrets Manager keeps, as containers refer to it.</summary>
/// <param name="ValueFrom">How a container definition refers to it.</param>
/// <param name="Arn">The ARN of the secret, as a policy names it.</param>
/// <param name="Version">Its version, which changes with the value; null where somebody else changes it.</param>
internal sealed record AwsStoredValue(Output<string> ValueFrom, Output<string> Arn, Output<string>? Version) : StoredValue;

/// <summary>A secret of AWS Secrets Manager that holds a JSON document.</summary>
/// <param name="Secret">The secret.</param>
/// <param name="Version">Its current content.</param>
internal sealed record AwsSecret(SecretsManager.Secret Secret, SecretsManager.SecretVersion Version)
{
    /// <summary>
    /// Keeps a document as a secret. Outside production its name is free again at once; names get a suffix because a deleted one stays
    /// taken.
    /// </summary>
    /// <param name="name">The name of its resources.</param>
    /// <param name="description">What it is.</param>
    /// <param name="document">The document.</param>
    /// <param name="tags">Its tags.</param>
    /// <param name="context">The stack.</param>
    /// <param name="child">Makes the options of its resources.</param>
    public static AwsSecret Create(
        string name,
        string description,
        Output<string> document,
        IReadOnlyDictionary<string, string> tags,
        AwsContext context,
        ChildOptions child) => Fill(name, Empty(name, description, tags, context, child), document, child);

    /// <summary>A secret without content yet.</summary>
    /// <param name="name">The name of its resource.</param>
    /// <param name="description">What it is.</param>
    /// <param name="tags">Its tags.</param>
    /// <param name="context">The stack.</param>
    /// <param name="child">Makes the options of its resource.</param>
    public static SecretsManager.Secret Empty(
        string name,
        string description,
        IReadOnlyDictionary<string, string> tags,
        AwsContext context,
        ChildOptions child) => new(
            name,
            new()
            {
                NamePrefix = $"{context.Stack}/{name}-",
                Description = description,
                RecoveryWindowInDays = context.IsProduction ? 30 : 0,
                Tags = tags.AsInput(),
            },
            child());

    /// <summary>Puts a document into a secret.</summary>
    /// <param name="name">The name of the version's resource.</param>
    /// <param name="secret">The secret.</param>
    /// <param name="document">The document.</param>
    /// <param name="child">Makes the options of its resource.</param>
    public static AwsSecret Fill(string name, SecretsManager.Secret secret, Output<string> document, ChildOptions child) => new(
        secret,
        new SecretsManager.SecretVersion(name, new() { SecretId = secret.Id, SecretString = Output.CreateSecret(document) }, child()));

    /// <summary>One value of a secret's document, as a container definition refers to it.</summary>
    public static Output<string> Value(SecretsManager.Secret secret, string key) => Output.Format($"{secret.Arn}:{key}::");

    /// <summary>One value of the document, as a container definition refers to it.</summary>
    public Output<string> Value(string key) => Value(Secret, key);
}
