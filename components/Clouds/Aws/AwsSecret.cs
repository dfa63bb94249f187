using Pulumi;
using SecretsManager = Pulumi.Aws.SecretsManager;

namespace Infra.Components.Clouds.Aws;

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
        ChildOptions child)
    {
        var secret = new SecretsManager.Secret(
            name,
            new() { Description = description, RecoveryWindowInDays = context.IsProduction ? 30 : 0, Tags = tags.AsInput() },
            child());
        var version = new SecretsManager.SecretVersion(
            name,
            new() { SecretId = secret.Id, SecretString = Output.CreateSecret(document) },
            child());
        return new(secret, version);
    }

    /// <summary>One value of the document, as a container definition refers to it.</summary>
    public Output<string> Value(string key) => Output.Format($"{Secret.Arn}:{key}::");
}
