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
/// What a service or job is on AWS: the role of its containers, where they have rights, the role that starts them, which is never granted
/// anything of the system, and a security group that others refer to. It exists before everything else, so that services may refer to
/// each other.
/// </summary>
internal sealed class AwsServiceIdentity : PlacedComponent
{
    private readonly AwsContext _context;
    private readonly bool _isJob;
    private readonly List<Resource> _waysOut = [];
    private Iam.Role? _role;

    /// <summary>Builds the identity.</summary>
    public AwsServiceIdentity(Consumer consumer, AwsPrivateNetwork network, AwsContext context)
        : base(context.Place(ServiceIdentityKind.Instance, consumer.Name, consumer.Arguments.DataClass))
    {
        _context = context;
        _isJob = consumer.Kind == JobKind.Instance;
        ExecutionRole = TaskRole($"{Name}-execution", $"Starts containers of {Name}", _isJob, Tags, context, Child());
        Group = new Ec2.SecurityGroup(
            Name,
            new() { VpcId = network.NetworkId, Description = $"Containers of {Name}", Tags = Tags.Named(Name) },
            Child());
        AllowOut(network);
        RegisterOutputs();
    }

    /// <summary>The role of its containers, which is made when it is first asked for.</summary>
    public Iam.Role Role => _role ??= TaskRole(Name, $"Containers of {Name}", _isJob, Tags, _context, Child());

    /// <summary>The role of its containers; null where they may do nothing.</summary>
    public Iam.Role? RoleWithRights => _role;

    /// <summary>The role that fetches images and secrets and writes logs.</summary>
    public Iam.Role ExecutionRole { get; }

    /// <summary>The security group of its containers.</summary>
    public Ec2.SecurityGroup Group { get; }

    /// <summary>What lets its containers out: without it they fetch neither image nor secrets.</summary>
    public IReadOnlyList<Resource> WaysOut => _waysOut;

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
        _waysOut.Add(new Rules.SecurityGroupEgressRule($"{Name}-out-{role}", args, Child()));
    }
}
