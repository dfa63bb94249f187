using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi.Aws;
using Pulumi.Aws.Inputs;

namespace Infra.Components.Clouds.Aws;

/// <summary>The one provider of a stack's part on AWS.</summary>
internal static class AwsProvider
{
    /// <summary>
    /// Creates it. Whatever the environment could say about the target is said explicitly; only the credentials come from outside. It
    /// refuses every account but the stack's own; a hypothetical plan may have none.
    /// </summary>
    public static Provider Create(Blueprint blueprint)
    {
        var account = blueprint.Settings.Accounts.Aws;
        var args = new ProviderArgs
        {
            Region = blueprint.RegionOn(Cloud.Aws),
            SkipCredentialsValidation = false,
            SkipRegionValidation = true,
            DefaultTags = new ProviderDefaultTagsArgs { Tags = StackTags(blueprint) },
        };
        if (account is not null) args.AllowedAccountIds = [account.AccountId];
        if (account?.RoleArn is { } role)
            args.AssumeRoles = [new ProviderAssumeRoleArgs { RoleArn = role, SessionName = blueprint.Settings.Stack }];
        return new Provider("aws", args);
    }

    private static Dictionary<string, string> StackTags(Blueprint blueprint) => new()
    {
        ["environment"] = blueprint.Profile.Name,
        ["owner"] = blueprint.Settings.Owner,
        ["stack"] = blueprint.Settings.Stack,
        ["system"] = blueprint.Settings.System,
    };
}
