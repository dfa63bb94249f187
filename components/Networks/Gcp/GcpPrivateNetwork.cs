using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Runtimes.Gcp;
using Pulumi;
using Compute = Pulumi.Gcp.Compute;
using PrivateDns = Pulumi.Gcp.Dns;
using ServiceNetworking = Pulumi.Gcp.ServiceNetworking;

namespace Infra.Components.Networks.Gcp;

/// <summary>
/// A network with one regional subnet: Google Cloud's subnets span all zones, and so does its address translation. Inside it nothing may
/// connect to anything until a link says so: every machine's outgoing connections to the network's own block are denied, and each link
/// adds one rule for its consumer.
/// </summary>
internal sealed class GcpPrivateNetwork : PlacedComponent, IPrivateNetwork
{
    private readonly GcpContext _context;

    /// <summary>Builds the network.</summary>
    public GcpPrivateNetwork(PrivateNetwork network, GcpRuntime runtime, GcpContext context)
        : base(context.Place(network))
    {
        _context = context;
        var (name, args) = (network.Name, network.Args);
        var tweak = args.Tweak<GcpNetworkTweak>() ?? new();
        var slots = new GcpAddressPlan(args.Cidr);

        Network = new Compute.Network(name, new()
        {
            Project = context.Project,
            AutoCreateSubnetworks = false,
            RoutingMode = "REGIONAL",
            DeletionPolicy = context.DeletionPolicy,
        }, Child(protect: context.Protect, dependsOn: runtime.Apis(Kind)));

        var subnet = new Compute.SubnetworkArgs
        {
            Project = context.Project,
            Region = context.Region,
            Network = Network.Id,
            IpCidrRange = slots.Workloads,
            PrivateIpGoogleAccess = true,
            DeletionPolicy = context.DeletionPolicy,
        };
        if (args.FlowLogs)
        {
            subnet.LogConfig = new Compute.Inputs.SubnetworkLogConfigArgs
            {
                AggregationInterval = "INTERVAL_10_MIN",
                FlowSampling = 0.5,
                Metadata = "INCLUDE_ALL_METADATA",
            };
        }

        Workloads = new Compute.Subnetwork($"{name}-private", subnet, Child(protect: context.Protect));

        // The proxies of internal load balancers live in a subnet of their own, one per region and network.
        Proxies = new Compute.Subnetwork($"{name}-proxies", new()
        {
            Project = context.Project,
            Region = context.Region,
            Network = Network.Id,
            IpCidrRange = slots.Proxies,
            Purpose = "REGIONAL_MANAGED_PROXY",
            Role = "ACTIVE",
            DeletionPolicy = context.DeletionPolicy,
        }, Child(protect: context.Protect));

        if (args.Egress != Egress.None) AddEgress(name, tweak);

        var services = new Compute.GlobalAddress($"{name}-services", new()
        {
            Project = context.Project,
            Network = Network.Id,
            Purpose = "VPC_PEERING",
            AddressType = "INTERNAL",
            Address = slots.ManagedServices,
            PrefixLength = GcpAddressPlan.ManagedServicesPrefix,
            DeletionPolicy = context.DeletionPolicy,
        }, Child(protect: context.Protect));
        ManagedServices = new ServiceNetworking.Connection($"{name}-peering", new()
        {
            Network = Network.Id,
            Service = "servicenetworking.googleapis.com",
            ReservedPeeringRanges = { services.Name },
            // Google refuses to remove the peering for days after the last database has gone.
            DeletionPolicy = "ABANDON",
        }, Child());

        _ = GcpFirewall.Deny(
            $"{name}-deny",
            "Nothing inside the network is reachable unless a link says so",
            context,
            Network.SelfLink,
            args.Cidr,
            Child());

        Names = new PrivateDns.ManagedZone($"{name}-names", new()
        {
            Project = context.Project,
            DnsName = $"{context.PrivateDomain}.",
            Description = "The names by which services find each other",
            Visibility = "private",
            PrivateVisibilityConfig = new PrivateDns.Inputs.ManagedZonePrivateVisibilityConfigArgs
            {
                Networks = { new PrivateDns.Inputs.ManagedZonePrivateVisibilityConfigNetworkArgs { NetworkUrl = Network.Id } },
            },
            ForceDestroy = false,
            Labels = Tags.Input(),
        }, Child(dependsOn: runtime.Apis(Kind)));

        NetworkId = Network.Id;
        EgressAddresses = Output.All(Addresses).Apply(addresses => string.Join(",", addresses));
        RegisterOutputs();
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> NetworkId { get; private set; }

    /// <inheritdoc/>
    [Output]
    public Output<string> EgressAddresses { get; private set; }

    /// <summary>The network.</summary>
    public Compute.Network Network { get; }

    /// <summary>The subnet in which everything runs.</summary>
    public Compute.Subnetwork Workloads { get; }

    /// <summary>The subnet of internal load balancers' proxies.</summary>
    public Compute.Subnetwork Proxies { get; }

    /// <summary>The peering with the network of Google's managed services: databases and caches wait for it.</summary>
    public ServiceNetworking.Connection ManagedServices { get; }

    /// <summary>The zone of private names.</summary>
    public PrivateDns.ManagedZone Names { get; }

    /// <summary>The addresses from which everything reaches the internet.</summary>
    public IReadOnlyList<Output<string>> Addresses { get; private set; } = [];

    /// <summary>The firewall of the machines in it that bear a tag.</summary>
    public GcpFirewall FirewallOf(string tag) => new(_context, Network.SelfLink, tag);

    // Regional and redundant by itself: one gateway per zone, as other clouds need it, would change nothing.
    private void AddEgress(string name, GcpNetworkTweak tweak)
    {
        var addresses = Enumerable.Range(1, tweak.EgressAddresses)
            .Select(number => new Compute.Address($"{name}-egress-{number}", new()
            {
                Project = _context.Project,
                Region = _context.Region,
                AddressType = "EXTERNAL",
                DeletionPolicy = _context.DeletionPolicy,
                Labels = Tags.Input(),
            }, Child(protect: _context.Protect)))
            .ToList();
        Addresses = [.. addresses.Select(address => address.IPAddress)];

        var router = new Compute.Router(
            $"{name}-router",
            new() { Project = _context.Project, Region = _context.Region, Network = Network.Id },
            Child());
        _ = new Compute.RouterNat($"{name}-nat", new()
        {
            Project = _context.Project,
            Region = _context.Region,
            Router = router.Name,
            NatIpAllocateOption = "MANUAL_ONLY",
            NatIps = addresses.Select(address => address.SelfLink).ToList(),
            SourceSubnetworkIpRangesToNat = "LIST_OF_SUBNETWORKS",
            Subnetworks =
            {
                new Compute.Inputs.RouterNatSubnetworkArgs { Name = Workloads.Id, SourceIpRangesToNats = { "ALL_IP_RANGES" } },
            },
            // 32 to 65536 ports per machine, as needed: the static 64 are few for a busy client of one server. Dynamic allocation excludes
            // independent mapping.
            EnableDynamicPortAllocation = true,
            EnableEndpointIndependentMapping = false,
            MinPortsPerVm = 32,
            MaxPortsPerVm = 65536,
            LogConfig = new Compute.Inputs.RouterNatLogConfigArgs { Enable = true, Filter = "ERRORS_ONLY" },
        }, Child());
    }
}
