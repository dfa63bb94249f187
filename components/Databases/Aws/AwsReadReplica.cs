using Infra.Components.Clouds.Aws;
using Infra.Components.Networks.Aws;
using Infra.Components.Runtimes.Aws;
using Pulumi;
using Ec2 = Pulumi.Aws.Ec2;
using Iam = Pulumi.Aws.Iam;
using Rds = Pulumi.Aws.Rds;
using Rules = Pulumi.Aws.Vpc;

namespace Infra.Components.Databases.Aws;

/// <summary>
/// A replica of an instance, which takes over its subnets, version, key, volume and password. Who reads from it does not reach the server;
/// the tasks that set up logins there have a security group of their own.
/// </summary>
internal sealed class AwsReadReplica : AwsInstance
{
    private const int Https = 443;

    private readonly ReadReplica _replica;
    private readonly AwsManagedDatabase _server;
    private readonly AwsDatabaseAccess _setup;

    /// <summary>Builds the replica.</summary>
    public AwsReadReplica(
        ReadReplica replica,
        AwsManagedDatabase server,
        AwsPrivateNetwork network,
        AwsRuntime? runtime,
        AwsContext context)
        : base(
            replica.Args.Of.Args,
            replica.Args.Contents(replica.Name),
            context.Place(replica),
            "Read replica",
            network,
            runtime,
            context)
    {
        (_replica, _server) = (replica, server);
        var arguments = new Rds.InstanceArgs
        {
            ReplicateSourceDb = server.Instance.Identifier,
            MultiAz = false,
            ParameterGroupName = server.Parameters.Name,
            // What it holds is the server's: nothing of it is worth a snapshot, and nothing is lost with it.
            DeletionProtection = false,
            SkipFinalSnapshot = true,
        };
        // A replica begins with the server's volume as it has grown meanwhile, and grows by itself if that one does.
        if (!GrowsByItself) arguments.AllocatedStorage = Args.StorageGiB;
        var options = Child(deleteBeforeReplace: true);
        // RDS attaches no replica to another server, and one that is made in its place leaves the replica behind by itself.
        options.ReplaceOnChanges.Add("replicateSourceDb");
        var instanceClass = replica.Args.Size is { } size ? AwsDatabaseProducts.ClassOf(size, context.Region) : ServerClass;
        Start(arguments, instanceClass, options);
        _setup = ReachServer(network);
        Database = Output.Create(replica.Args.Contents(Name).Database);
        RegisterOutputs();
    }

    /// <inheritdoc/>
    public override Rds.Instance Instance => _server.Instance;

    /// <inheritdoc/>
    public override AwsAdministration Administration => _server.Administration;

    /// <inheritdoc/>
    public override Iam.Role? Monitor => _server.Monitor;

    /// <inheritdoc/>
    public override PlacedDatabase Writer => _server;

    /// <inheritdoc/>
    protected override bool IsMadeWithLogins => _replica.Args.Database is not null;

    /// <inheritdoc/>
    protected override AwsDatabaseAccess SetUpFrom(AwsGrantee grantee) => _setup;

    private AwsDatabaseAccess ReachServer(AwsPrivateNetwork network)
    {
        var name = $"{Name}-setup";
        var group = new Ec2.SecurityGroup(
            name,
            new() { VpcId = network.NetworkId, Description = $"Sets up logins of {Name}", Tags = Tags.Named(name) },
            Child());
        var setup = new AwsGrantee(name, group, Context, Tags, Child) { IsConfined = true };
        _server.Admit(setup, name);
        var https = new Rules.SecurityGroupEgressRule(
            $"{name}-out-https",
            new()
            {
                SecurityGroupId = group.Id,
                CidrIpv4 = "0.0.0.0/0",
                IpProtocol = "tcp",
                FromPort = Https,
                ToPort = Https,
                Description = "The image, secrets and logs",
                Tags = Tags.AsInput(),
            },
            Child());
        return new(group, [https, .. setup.Grants]);
    }
}
