using Pulumi;
using Rules = Pulumi.Aws.Vpc;

namespace Infra.Components.Networks.Aws;

/// <summary>Rules between two security groups: each side needs its own.</summary>
internal static class AwsGroupRules
{
    /// <summary>Lets members of one group into another.</summary>
    public static Rules.SecurityGroupIngressRule In(
        string name,
        Input<string> group,
        Input<string> from,
        int first,
        int last,
        string description,
        InputMap<string> tags,
        CustomResourceOptions options) => new(
            name,
            new()
            {
                SecurityGroupId = group,
                ReferencedSecurityGroupId = from,
                IpProtocol = "tcp",
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
        CustomResourceOptions options) => new(
            name,
            new()
            {
                SecurityGroupId = group,
                ReferencedSecurityGroupId = to,
                IpProtocol = "tcp",
                FromPort = first,
                ToPort = last,
                Description = description,
                Tags = tags,
            },
            options);
}
