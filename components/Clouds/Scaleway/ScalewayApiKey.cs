using System.Globalization;
using Pulumi;
using Iam = Pulumiverse.Scaleway.Iam;
using IamInputs = Pulumiverse.Scaleway.Iam.Inputs;

namespace Infra.Components.Clouds.Scaleway;

/// <summary>
/// A key of an IAM application that may do a few things in the stack's project. Neither Kapsule nor its pods have an identity towards
/// Scaleway, so whoever calls its API holds such a key. Permissions are granted per project (Scaleway documentation: IAM policies).
/// </summary>
internal sealed class ScalewayApiKey
{
    /// <summary>Creates application, policy and key.</summary>
    /// <param name="name">The name of its resources.</param>
    /// <param name="permissions">The permission sets that it needs.</param>
    /// <param name="context">The stack's context.</param>
    /// <param name="tags">The tags.</param>
    /// <param name="child">Makes the options of a child.</param>
    public ScalewayApiKey(
        string name,
        IReadOnlyList<string> permissions,
        ScalewayContext context,
        IReadOnlyDictionary<string, string> tags,
        Func<CustomResourceOptions> child)
    {
        // Pulumi names them: with the stack's name in front they could be longer than the 64 characters that IAM allows.
        var application = new Iam.Application(name, new()
        {
            Description = $"{name} of {context.Stack}",
            Tags = tags.AsTexts(),
        }, child());
        Policy = new Iam.Policy(name, new()
        {
            Description = $"{name} of {context.Stack}",
            ApplicationId = application.Id,
            Rules = { new IamInputs.PolicyRuleArgs { PermissionSetNames = permissions.ToList(), ProjectIds = { context.ProjectId } } },
            Tags = tags.AsTexts(),
        }, child());
        var settings = new Iam.ApiKeyArgs
        {
            ApplicationId = application.Id,

            // The project in which the key's calls to object storage look for buckets.
            DefaultProjectId = context.ProjectId,
            Description = $"{name} of {context.Stack}",
        };

        // Another day is another key: it is there before the old one goes.
        if (context.Blueprint.Settings.Accounts.Scaleway?.KeysExpireOn is { } day)
            settings.ExpiresAt = string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}T00:00:00Z");
        var key = new Iam.ApiKey(name, settings, child());
        (AccessKey, SecretKey) = (key.AccessKey, key.SecretKey);
    }

    /// <summary>The key's public part.</summary>
    public Output<string> AccessKey { get; }

    /// <summary>Its secret part.</summary>
    public Output<string> SecretKey { get; }

    /// <summary>What grants the permissions: whoever uses the key must wait for it.</summary>
    public Iam.Policy Policy { get; }
}
