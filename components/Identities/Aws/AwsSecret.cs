using Pulumi;
using SecretsManager = Pulumi.Aws.SecretsManager;

namespace Infra.Components.Identities.Aws;

/// <summary>A secret of AWS Secrets Manager that holds a JSON document.</summary>
/// <param name="Secret">The secret.</param>
/// <param name="Version">Its current content.</param>
internal sealed record AwsSecret(SecretsManager.Secret Secret, SecretsManager.SecretVersion Version)
{
    /// <summary>One value of the document, as a container definition refers to it.</summary>
    public Output<string> Value(string key) => Output.Format($"{Secret.Arn}:{key}::");
}
