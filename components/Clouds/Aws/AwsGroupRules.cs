using System.Globalization;
using Infra.Components.Checks;
using Infra.Components.Systems;
using Pulumi;
using Rules = Pulumi.Aws.Vpc;

namespace Infra.Components.Clouds.Aws;

/// <summary>Rules between two security groups: each side needs its own.</summary>
internal static class AwsGroupRules
{
    /// <summary>How many rules a group may have for each direction, raised on request (AWS documentation: Amazon VPC quotas).</summary>
    public const int Granted = 60;

    private static readonly Rule Many = Rule.Warning(
        "aws-security-group-rules",
        "A security group has no more rules than AWS grants every account");

    /// <summary>Warns of a component whose security group needs more rules than AWS grants.</summary>
    /// <param name="component">The component.</param>
    /// <param name="count">How many others there are that take a rule each.</param>
    /// <param name="what">What they are.</param>
    /// <param name="checks">Where findings go.</param>
    public static void Check(Component component, int count, string what, CloudChecks checks)
    {
        if (count <= Granted) return;
        checks.Report(
            Many,
            component,
            $"'{component.Name}' has {count} {what}, each of which needs a rule of its security group, and AWS grants {Granted} to an "
            + "account that has not asked for more. Raise the quota 'Inbound or outbound rules per security group' before deploying.");
    }

    /// <summary>Warns of a target with more consumers, those of what is reached there included, than AWS grants rules.</summary>
    public static void CheckConsumers(Component target, CloudChecks checks)
    {
        var consumers = checks.On<Component>()
            .Where(component => component == target || component.ReachedAt == target)
            .SelectMany(checks.LinksTo)
            .Where(link => !link.CrossesClouds)
            .Select(link => link.Consumer)
            .Distinct()
            .Count();
        Check(target, consumers, "consumers", checks);
    }

    /// <summary>
    /// What a rule for a service's port is called: another port makes another rule, and the old one goes at the end of the update only,
    /// when no replica listens on it any more.
    /// </summary>
    public static string NameOf(string role, int port) => string.Create(CultureInfo.InvariantCulture, $"{role}-{port}");

    /// <summary>The options of a rule that was called without its port before.</summary>
    public static CustomResourceOptions Renamed(string former, CustomResourceOptions options)
    {
        options.Aliases.Add(new Alias { Name = former });
        return options;
    }

    /// <summary>Lets members of one group into another.</summary>
    public static Rules.SecurityGroupIngressRule In(
        string name,
        Input<string> group,
        Input<string> from,
        int first,
        int last,
        string description,
        InputMap<string> tags,
        CustomResourceOptions options,
        string protocol = "tcp") => new(
            name,
            new()
            {
                SecurityGroupId = group,
                ReferencedSecurityGroupId = from,
                IpProtocol = protocol,
                FromPort = first,
                ToPort = last,
                Description = description,
                Tags = tags,
            },
            options);

    /// <summary>Lets members of one group out towards another.</summary>
    public static Rules.SecurityGroupEgressRule Out(
        string name,
        Input<string> group,
        Input<string> to,
        int first,
        int last,
        string description,
        InputMap<string> tags,
        CustomResourceOptions options,
        string protocol = "tcp") => new(
            name,
            new()
            {
                SecurityGroupId = group,
                ReferencedSecurityGroupId = to,
                IpProtocol = protocol,
                FromPort = first,
                ToPort = last,
                Description = description,
                Tags = tags,
            },
            options);
}
