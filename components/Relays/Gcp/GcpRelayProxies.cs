using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Identities;
using Infra.Components.Networks.Gcp;
using Infra.Components.Placements;
using Infra.Components.Runtimes.Gcp;
using Pulumi;
using Pulumi.Gcp.ServiceAccount;
using Compute = Pulumi.Gcp.Compute;

namespace Infra.Components.Relays.Gcp;

/// <summary>
/// What consumers on other clouds connect to: a reserved address, and machines behind it that pass on the connections of known addresses.
/// Stores encrypt by themselves, and their connections are passed on as they are; services speak plain HTTP, which the proxies encrypt with
/// an authority of their own.
/// </summary>
internal sealed class GcpRelayProxies : PlacedComponent
{
    // Consumers' machines bear their names, which hold no two hyphens in a row: none of them passes for the relay's.
    private const string Tag = "relay--machines";

    // Google Cloud documentation: probe ranges of external passthrough Network Load Balancers and of autohealing.
    private static readonly string[] Probes = ["35.191.0.0/16", "130.211.0.0/22", "209.85.152.0/22", "209.85.204.0/22"];

    private readonly GcpContext _context;
    private readonly GcpPrivateNetwork _network;
    private readonly GcpFirewall _firewall;
    private readonly IReadOnlyList<RelayPort> _ports;
    private readonly Compute.Address _reserved;
    private readonly Account _account;
    private readonly GcpSecret? _certificate;
    private readonly List<Resource> _ready = [];

    /// <summary>Reserves the address and makes what the proxies need; <see cref="Complete"/> starts them.</summary>
    /// <param name="ports">What they lead to.</param>
    /// <param name="network">The network in which they run.</param>
    /// <param name="runtime">The runtime, which enables APIs.</param>
    /// <param name="context">What every component needs.</param>
    public GcpRelayProxies(IReadOnlyList<RelayPort> ports, GcpPrivateNetwork network, GcpRuntime runtime, GcpContext context)
        : base(context.Place(RelayKind.Instance, "relay"))
    {
        (_context, _network, _firewall) = (context, network, network.FirewallOf(Tag));
        // A target that is declared elsewhere in the system changes nothing.
        _ports = ports;
        _reserved = new Compute.Address(Name, new()
        {
            Project = context.Project,
            Region = context.Region,
            AddressType = "EXTERNAL",
            NetworkTier = "PREMIUM",
            DeletionPolicy = context.DeletionPolicy,
            Labels = Tags.Input(),
        }, Child(protect: context.Protect));
        Address = _reserved.IPAddress;

        var apis = runtime.Apis(ServiceIdentityKind.Instance).ToList();
        _account = new Account($"{Name}-machines", new()
        {
            Project = context.Project,
            DisplayName = $"Relay of {context.Stack}",
            DeletionPolicy = "DELETE",
        }, Child(dependsOn: apis));
        if (!ProxyConfiguration.NeedsCertificate(ports)) return;
        var authority = new PrivateAuthority(Name, context.Values, () => Child());
        CertificateAuthority = authority.Certificate.CertPem;
        _certificate = new GcpSecret($"{Name}-certificate", authority.Sign([], Address).Bundle, context, Tags, Child(dependsOn: apis));
        _ready.Add(_certificate.AllowReading($"{Name}-certificate-reader", Output.Format($"serviceAccount:{_account.Email}"), Child()));
    }

    /// <summary>The reserved address.</summary>
    [Output]
    public Output<string> Address { get; private set; }

    /// <summary>The certificates that sign the proxies' own, as PEM; empty where every target encrypts by itself.</summary>
    [Output]
    public Output<string> CertificateAuthority { get; private set; } = Output.Create("");

    /// <summary>Lets a target's consumers in to its port, and the proxies through to the target.</summary>
    public void Admit(RelayPort port)
    {
        var description = $"Consumers of {port.Name} on other clouds";
        _firewall.Ingress($"{Name}-{port.Name}-ingress", description, port.Number, port.Blocks, Child());
        _firewall.Egress($"{Name}-{port.Name}-egress", $"The relay uses {port.Name}", port.Endpoint.Host, port.Endpoint.Port, Child());
    }

    /// <summary>Starts the proxies and sends the address's connections to them.</summary>
    public void Complete()
    {
        var health = new Compute.RegionHealthCheck($"{Name}-health", new()
        {
            Project = _context.Project,
            Region = _context.Region,
            CheckIntervalSec = 10,
            TimeoutSec = 5,
            HealthyThreshold = 2,
            UnhealthyThreshold = 3,
            HttpHealthCheck = new Compute.Inputs.RegionHealthCheckHttpHealthCheckArgs { Port = RelayPorts.Health, RequestPath = "/" },
        }, Child());
        // No target's rules are called so, whatever it is called.
        _firewall.Ingress($"{Name}-probes", "Health checks", RelayPorts.Health, [.. Probes.Select(Output.Create)], Child());
        Forward(health, Machines(health));
        RegisterOutputs();
    }

    private Compute.RegionInstanceGroupManager Machines(Compute.RegionHealthCheck health)
    {
        var template = new Compute.InstanceTemplate($"{Name}-machine", new()
        {
            Project = _context.Project,
            Region = _context.Region,
            MachineType = "e2-small",
            Tags = { Tag },
            Labels = Tags.Input(),
            Disks =
            {
                new Compute.Inputs.InstanceTemplateDiskArgs
                {
                    SourceImage = "projects/cos-cloud/global/images/family/cos-stable",
                    Boot = true,
                    AutoDelete = true,
                    DiskType = "pd-balanced",
                    DiskSizeGb = 10,
                },
            },
            // No external address of its own: it answers through the load balancer and pulls its image through the gateway.
            NetworkInterfaces = { new Compute.Inputs.InstanceTemplateNetworkInterfaceArgs { Subnetwork = _network.Workloads.Id } },
            ServiceAccount = new Compute.Inputs.InstanceTemplateServiceAccountArgs
            {
                Email = _account.Email,
                Scopes = { "cloud-platform" },
            },
            ShieldedInstanceConfig = new Compute.Inputs.InstanceTemplateShieldedInstanceConfigArgs
            {
                EnableSecureBoot = true,
                EnableVtpm = true,
                EnableIntegrityMonitoring = true,
            },
            Metadata =
            {
                ["block-project-ssh-keys"] = "true",
                ["google-logging-enabled"] = "true",
                ["user-data"] = GcpRelayMachine.CloudConfig(_ports, _certificate?.VersionName),
            },
        }, Child(dependsOn: _ready));
        return new($"{Name}-machines", new()
        {
            Project = _context.Project,
            Region = _context.Region,
            BaseInstanceName = $"{_context.Stack}-relay",
            TargetSize = _context.IsProduction ? 2 : 1,
            WaitForInstances = true,
            Versions = { new Compute.Inputs.RegionInstanceGroupManagerVersionArgs { InstanceTemplate = template.SelfLinkUnique } },
            UpdatePolicy = new Compute.Inputs.RegionInstanceGroupManagerUpdatePolicyArgs
            {
                Type = "PROACTIVE",
                MinimalAction = "REPLACE",
                // A regional group adds machines in whole rounds of its three zones.
                MaxSurgeFixed = 3,
                MaxUnavailableFixed = 0,
            },
            AutoHealingPolicies = new Compute.Inputs.RegionInstanceGroupManagerAutoHealingPoliciesArgs
            {
                HealthCheck = health.Id,
                InitialDelaySec = 180,
            },
        }, Child());
    }

    private void Forward(Compute.RegionHealthCheck health, Compute.RegionInstanceGroupManager machines)
    {
        var backend = new Compute.RegionBackendService($"{Name}-backend", new()
        {
            Project = _context.Project,
            Region = _context.Region,
            LoadBalancingScheme = "EXTERNAL",
            Protocol = "TCP",
            HealthChecks = health.Id,
            ConnectionDrainingTimeoutSec = 60,
            Backends =
            {
                new Compute.Inputs.RegionBackendServiceBackendArgs { Group = machines.InstanceGroup, BalancingMode = "CONNECTION" },
            },
        }, Child());
        _ = new Compute.ForwardingRule($"{Name}-entry", new()
        {
            Project = _context.Project,
            Region = _context.Region,
            LoadBalancingScheme = "EXTERNAL",
            NetworkTier = "PREMIUM",
            IpAddress = _reserved.SelfLink,
            IpProtocol = "TCP",
            // Fixed, so that a target that comes or goes does not replace the entry; the firewall admits nobody to a port without a target.
            PortRange = $"{RelayPorts.First}-{RelayPorts.Last}",
            BackendService = backend.Id,
            Labels = Tags.Input(),
        }, Child());
    }
}
