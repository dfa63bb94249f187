using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Pulumi;
using Ec2 = Pulumi.Aws.Ec2;
using Ec2Inputs = Pulumi.Aws.Ec2.Inputs;
using Rules = Pulumi.Aws.Vpc;

namespace Infra.Components.Networks.Aws;

/// <summary>
/// A VPC with three tiers in every zone: public for load balancers and gateways, private for containers, data for stores, which has no way
/// out. Subnets take fixed slots of the block, so that another zone or tier never moves one.
/// </summary>
internal sealed class AwsPrivateNetwork : PlacedComponent, IPrivateNetwork
{
    // Without these no container starts: images, their layers' index, secrets and logs (AWS documentation: ECR and ECS interface
    // endpoints).
    private static readonly string[] RequiredEndpoints = ["ecr.api", "ecr.dkr", "logs", "secretsmanager"];

    private readonly Ec2.Vpc _vpc;
    private readonly bool _protect;

    /// <summary>Builds the network.</summary>
    public AwsPrivateNetwork(PrivateNetwork network, AwsContext context)
        : base(context.Place(network))
    {
        var args = network.Args;
        var zones = AwsRegions.Zones(context.Region).Take(args.Zones).ToList();
        _protect = IsProtected;
        // Everything stands in it: another block would replace it and, halfway through an update, fail at whatever cannot follow.
        _vpc = new Ec2.Vpc(
            Name,
            new() { CidrBlock = args.Cidr, EnableDnsSupport = true, EnableDnsHostnames = true, Tags = Tags.Named(Name) },
            Child(protect: _protect));
        _ = new Ec2.DefaultSecurityGroup(
            $"{Name}-default",
            new() { VpcId = _vpc.Id, Tags = Tags.Named($"{Name}-default-unused") },
            Child());

        var internet = new Ec2.InternetGateway($"{Name}-internet", new() { VpcId = _vpc.Id, Tags = Tags.Named(Name) }, Child());
        var publicTable = RouteTable("public");
        var publicRoute = new Ec2.Route(
            $"{Name}-public-internet",
            new() { RouteTableId = publicTable.Id, DestinationCidrBlock = "0.0.0.0/0", GatewayId = internet.Id },
            Child());
        var dataTable = RouteTable("data");
        var publicSubnets = Tier("public", zones, args.Cidr, firstSlot: 240, step: 1, prefix: 24, _ => publicTable);
        var privateTables = zones.Select((_, index) => RouteTable($"private-{index + 1}")).ToList();
        var privateSubnets = Tier("private", zones, args.Cidr, firstSlot: 0, step: 16, prefix: 20, index => privateTables[index]);
        var dataSubnets = Tier("data", zones, args.Cidr, firstSlot: 224, step: 1, prefix: 24, _ => dataTable);

        var gateways = Enumerable.Range(0, args.Egress switch { Egress.None => 0, Egress.Shared => 1, _ => zones.Count })
            .Select(index => Gateway(index, publicSubnets[index], publicRoute))
            .ToList();
        var ready = new List<Resource>();
        if (gateways.Count > 0)
        {
            ready.AddRange(privateTables.Select((table, index) => new Ec2.Route(
                $"{Name}-private-{index + 1}-internet",
                new()
                {
                    RouteTableId = table.Id,
                    DestinationCidrBlock = "0.0.0.0/0",
                    NatGatewayId = gateways[Math.Min(index, gateways.Count - 1)].Nat.Id,
                },
                Child())));
        }

        var storage = new Ec2.VpcEndpoint(
            $"{Name}-s3",
            new()
            {
                VpcId = _vpc.Id,
                ServiceName = $"com.amazonaws.{context.Region}.s3",
                VpcEndpointType = "Gateway",
                RouteTableIds = privateTables.Select(table => table.Id).ToList(),
                Tags = Tags.Named($"{Name}-s3"),
            },
            Child());
        ready.Add(storage);
        var required = args.Egress == Egress.None ? RequiredEndpoints : [];
        var extra = network.Args.Tweak<AwsNetworkTweak>()?.InterfaceEndpoints ?? [];
        ready.AddRange(Endpoints([.. required.Union(extra).Order(StringComparer.Ordinal)], args, privateSubnets, context));
        Logs = AwsLogBucket.Create(Name, args.FlowLogs, IsProtected, context, Tags, Child);
        if (args.FlowLogs) LogFlows(Logs!);

        PublicSubnets = publicSubnets.Select(subnet => subnet.Id).ToList();
        PrivateSubnets = privateSubnets.Select(subnet => subnet.Id).ToList();
        DataSubnets = dataSubnets.Select(subnet => subnet.Id).ToList();
        Ready = ready;
        PublicRoute = publicRoute;
        Egress = args.Egress;
        Cidr = args.Cidr;
        StoragePrefixList = storage.PrefixListId;
        EgressAddressList = gateways.Select(gateway => gateway.Address.PublicIp).ToList();
        NetworkId = _vpc.Id;
        EgressAddresses = Output.All(EgressAddressList).Apply(addresses => string.Join(",", addresses));
        RegisterOutputs();
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> NetworkId { get; private set; }

    /// <inheritdoc/>
    [Output]
    public Output<string> EgressAddresses { get; private set; }

    /// <summary>For load balancers.</summary>
    public List<Output<string>> PublicSubnets { get; }

    /// <summary>For containers.</summary>
    public List<Output<string>> PrivateSubnets { get; }

    /// <summary>For stores.</summary>
    public List<Output<string>> DataSubnets { get; }

    /// <summary>What must exist before a container can fetch its image and secrets.</summary>
    public IReadOnlyList<Resource> Ready { get; }

    /// <summary>The stack's bucket of logs; null where nothing is logged.</summary>
    public AwsLogBucket? Logs { get; }

    /// <summary>The way to the internet, which must exist before a load balancer that faces it.</summary>
    public Ec2.Route PublicRoute { get; }

    /// <summary>How private machines reach the internet.</summary>
    public Egress Egress { get; }

    /// <summary>The network's block.</summary>
    public string Cidr { get; }

    /// <summary>The addresses of S3, as security groups name them.</summary>
    public Output<string> StoragePrefixList { get; }

    /// <summary>The addresses from which private machines reach the internet.</summary>
    public IReadOnlyList<Output<string>> EgressAddressList { get; }

    private Ec2.RouteTable RouteTable(string role) =>
        new($"{Name}-{role}", new() { VpcId = _vpc.Id, Tags = Tags.Named($"{Name}-{role}") }, Child());

    private List<Ec2.Subnet> Tier(
        string tier,
        List<string> zones,
        string cidr,
        int firstSlot,
        int step,
        int prefix,
        Func<int, Ec2.RouteTable> table) =>
        [.. zones.Select((zone, index) =>
        {
            var name = $"{Name}-{tier}-{index + 1}";
            var subnet = new Ec2.Subnet(
                name,
                new()
                {
                    VpcId = _vpc.Id,
                    AvailabilityZoneId = zone,
                    CidrBlock = Block(cidr, firstSlot + (index * step), prefix),
                    MapPublicIpOnLaunch = false,
                    Tags = Tags.Named(name),
                },
                Child(protect: _protect));
            _ = new Ec2.RouteTableAssociation(name, new() { SubnetId = subnet.Id, RouteTableId = table(index).Id }, Child());
            return subnet;
        })];

    private static string Block(string cidr, int thirdOctet, int prefix) =>
        string.Create(CultureInfo.InvariantCulture, $"{string.Join('.', cidr.Split('.').Take(2))}.{thirdOctet}.0/{prefix}");

    private (Ec2.Eip Address, Ec2.NatGateway Nat) Gateway(int index, Ec2.Subnet subnet, Ec2.Route publicRoute)
    {
        var name = $"{Name}-nat-{index + 1}";
        // Partners admit it; AWS gives a released address to someone else.
        var address = new Ec2.Eip(name, new() { Domain = "vpc", Tags = Tags.Named(name) }, Child(protect: _protect));
        var nat = new Ec2.NatGateway(
            name,
            new() { SubnetId = subnet.Id, AllocationId = address.Id, Tags = Tags.Named(name) },
            Child(dependsOn: [publicRoute]));
        return (address, nat);
    }

    private IEnumerable<Resource> Endpoints(
        IReadOnlyList<string> services,
        PrivateNetworkArgs args,
        List<Ec2.Subnet> subnets,
        AwsContext context)
    {
        if (services.Count == 0) yield break;
        var group = new Ec2.SecurityGroup(
            $"{Name}-endpoints",
            new() { VpcId = _vpc.Id, Description = "Private endpoints of AWS services", Tags = Tags.Named($"{Name}-endpoints") },
            Child());
        yield return new Rules.SecurityGroupIngressRule(
            $"{Name}-endpoints-https",
            new()
            {
                SecurityGroupId = group.Id,
                IpProtocol = "tcp",
                FromPort = 443,
                ToPort = 443,
                CidrIpv4 = args.Cidr,
                Description = "HTTPS from the network",
                Tags = Tags.AsInput(),
            },
            Child());
        foreach (var service in services)
        {
            yield return new Ec2.VpcEndpoint(
                $"{Name}-{service.Replace('.', '-')}",
                new()
                {
                    VpcId = _vpc.Id,
                    ServiceName = $"com.amazonaws.{context.Region}.{service}",
                    VpcEndpointType = "Interface",
                    PrivateDnsEnabled = true,
                    SubnetIds = subnets.Select(subnet => subnet.Id).ToList(),
                    SecurityGroupIds = [group.Id],
                    Tags = Tags.Named($"{Name}-{service}"),
                },
                Child());
        }
    }

    private void LogFlows(AwsLogBucket logs) => _ = new Ec2.FlowLog(
        Name,
        new()
        {
            VpcId = _vpc.Id,
            TrafficType = "ALL",
            LogDestinationType = "s3",
            LogDestination = logs.Arn,
            MaxAggregationInterval = 600,
            DestinationOptions = new Ec2Inputs.FlowLogDestinationOptionsArgs { FileFormat = "parquet", PerHourPartition = true },
            Tags = Tags.Named(Name),
        },
        Child(dependsOn: [logs.Policy]));
}
