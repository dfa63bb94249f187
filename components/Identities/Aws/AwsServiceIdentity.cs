using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Jobs;
using Infra.Components.Networks;
using Infra.Components.Networks.Aws;
using Infra.Components.Systems;
using Pulumi;
using Ec2 = Pulumi.Aws.Ec2;
using Iam = Pulumi.Aws.Iam;
using Rules = Pulumi.Aws.Vpc;

namespace Infra.Components.Identities.Aws;

/// <summary>
/// What a service or job is on AWS: the role of its containers, the role that starts them, which is never granted anything of the system,
/// and a security group that others refer to. It exists before everything else, so that services may refer to each other.
/// </summary>
internal sealed class AwsServiceIdentity : PlacedComponent
{
    /// <summary>Builds the identity.</summary>
    public AwsServiceIdentity(Consumer consumer, AwsPrivateNetwork network, AwsContext context)
        : base(context.Place(ServiceIdentityKind.Instance, consumer.Name, consumer.Arguments.DataClass))
    {
        var isJob = consumer.Kind == JobKind.Instance;
        Role = TaskRole(Name, $"Containers of {Name}", isJob, Tags, context, Child());
        ExecutionRole = TaskRole($"{Name}-execution", $"Starts containers of {Name}", isJob, Tags, context, Child());
        Group = new Ec2.SecurityGroup(
            Name,
            new() { VpcId = network.NetworkId, Description = $"Containers of {Name}", Tags = Tags.Named(Name) },
            Child());
        AllowOut(network);
        Principal = Role.Arn;
        RegisterOutputs();
    }

    /// <summary>The ARN of the role of its containers.</summary>
    [Output]
    public Output<string> Principal { get; private set; }

    /// <summary>The role of its containers.</summary>
    public Iam.Role Role { get; }

    /// <summary>The role that fetches images and secrets and writes logs.</summary>
    public Iam.Role ExecutionRole { get; }

    /// <summary>The security group of its containers.</summary>
    public Ec2.SecurityGroup Group { get; }

    /// <summary>A role for tasks. Those of one-off jobs stand under a path that the job runner may pass.</summary>
    public static Iam.Role TaskRole(
        string name,
        string description,
        bool isJob,
        IReadOnlyDictionary<string, string> tags,
        AwsContext context,
        CustomResourceOptions options) => new(
            name,
            new()
            {
                AssumeRolePolicy = Statement.Trust("ecs-tasks.amazonaws.com", context.AccountId),
                Description = description,
                Path = isJob ? JobPath(context.Stack) : $"/{context.Stack}/",
                Tags = tags.AsInput(),
            },
            options);

    /// <summary>The path of the roles of one-off jobs: what the job runner may pass, and nothing else.</summary>
    public static string JobPath(string stack) => $"/{stack}/jobs/";

    // A group made through the provider has no way out at first. Where the network has none either, only AWS and the network are left.
    private void AllowOut(AwsPrivateNetwork network)
    {
        if (network.Egress == Egress.None)
        {
            Out("network", new()
            {
                CidrIpv4 = network.Cidr,
                IpProtocol = "-1",
                SecurityGroupId = Group.Id,
                Description = "Stores, services and endpoints",
            });
            Out("s3", new()
            {
                PrefixListId = network.StoragePrefixList,
                IpProtocol = "-1",
                SecurityGroupId = Group.Id,
                Description = "S3",
            });
        }
        else
        {
            Out("internet", new() { CidrIpv4 = "0.0.0.0/0", IpProtocol = "-1", SecurityGroupId = Group.Id, Description = "Everywhere" });
        }
    }

    private void Out(string role, Rules.SecurityGroupEgressRuleArgs args)
    {
        args.Tags = Tags.AsInput();
        _ = new Rules.SecurityGroupEgressRule($"{Name}-out-{role}", args, Child());
    }
}
