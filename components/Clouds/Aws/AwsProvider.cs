using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi.Aws;
using Pulumi.Aws.Inputs;

namespace Infra.Components.Clouds.Aws;

/// <summary>The provider of a stack's part on AWS, and those of accounts that keep something for it.</summary>
internal static class AwsProvider
{
    /// <summary>
    /// Creates it. Whatever the environment could say about the target is said explicitly; only the credentials come from outside. It
    /// refuses every account but the stack's own; a hypothetical plan may have none.
    /// </summary>
    public static Provider Create(Blueprint blueprint)
    {
        var account = blueprint.Settings.Accounts.Aws;
        return Create("aws", account?.AccountId, account?.RoleArn is { } role ? [role] : [], blueprint);
    }

    /// <summary>Creates the provider of another account that keeps something for the stack, such as a company's zone.</summary>
    /// <param name="roleArn">The role there; whoever deploys may assume it.</param>
    /// <param name="name">What is kept there.</param>
    /// <param name="blueprint">The stack's blueprint.</param>
    public static Provider As(string roleArn, string name, Blueprint blueprint)
    {
        string[] roles = blueprint.Settings.Accounts.Aws?.RoleArn is { } own ? [own, roleArn] : [roleArn];
        return Create($"aws-{name}", roleArn.Split(':')[4], roles, blueprint);
    }

    // Roles are assumed one after the other.
    private static Provider Create(string name, string? accountId, IReadOnlyList<string> roles, Blueprint blueprint)
    {
        var args = new ProviderArgs
        {
            Region = blueprint.RegionOn(Cloud.Aws),
            SkipCredentialsValidation = false,
            SkipRegionValidation = true,
            DefaultTags = new ProviderDefaultTagsArgs { Tags = StackTags(blueprint) },
        };
        if (accountId is not null) args.AllowedAccountIds = [accountId];
        foreach (var role in roles)
            args.AssumeRoles.Add(new ProviderAssumeRoleArgs { RoleArn = role, SessionName = blueprint.Settings.Stack });
        return new Provider(name, args);
    }

    private static Dictionary<string, string> StackTags(Blueprint blueprint) => new()
    {
        ["environment"] = blueprint.Profile.Name,
        ["owner"] = blueprint.Settings.Owner,
        ["stack"] = blueprint.Settings.Stack,
        ["system"] = blueprint.Settings.System,
    };
}
