using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Identities.Gcp;
using Infra.Components.Networks.Gcp;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Gcp.ServiceAccount;
using Compute = Pulumi.Gcp.Compute;

namespace Infra.Components.Relays.Gcp;

/// <summary>One port of the relay.</summary>
/// <param name="Target">What it leads to.</param>
/// <param name="Port">The port on which foreign consumers reach it.</param>
/// <param name="Address">The target's address inside the network.</param>
/// <param name="TargetPort">The target's own port.</param>
/// <param name="SpeaksTls">Whether the target encrypts by itself; otherwise the relay does.</param>
/// <param name="Sources">The blocks of addresses from which its consumers come.</param>
internal sealed record GcpRelayPort(Component Target, int Port, Output<string> Address, Output<string> TargetPort, bool SpeaksTls, IReadOnlyList<Output<string>> Sources);

/// <summary>
/// What lets consumers on other clouds reach stores and services here: a reserved address, and machines behind it that pass on the connections of
/// known addresses. Stores encrypt by themselves, and their connections are passed on as they are; services speak plain HTTP, which the relay
/// encrypts with an authority of its own.
/// </summary>
internal sealed class GcpRelay : PlacedComponent
{
    /// <summary>How many ports the address forwards, whether or not a firewall rule admits anyone.</summary>
    public const int Ports = 100;

    // Consumers' machines bear their names, which hold no two hyphens in a row: none of them passes for the relay's.
    private const string Tag = "relay--machines";

    // Google Cloud documentation: probe ranges of external passthrough Network Load Balancers and of autohealing.
    private static readonly string[] Probes = ["35.191.0.0/16", "130.211.0.0/22", "209.85.152.0/22", "209.85.204.0/22"];

    private readonly GcpContext _context;
    private readonly GcpPrivateNetwork _network;

    /// <summary>Builds the relay.</summary>
    public GcpRelay(IReadOnlyList<GcpRelayPort> ports, GcpPrivateNetwork network, GcpRuntime runtime, GcpContext context)
        : base(context.Place(ComponentKind.Relay, "relay"))
    {
        (_context, _network) = (context, network);
        var reserved = new Compute.Address(Name, new()
        {
            Project = context.Project,
            Region = context.Region,
            AddressType = "EXTERNAL",
            NetworkTier = "PREMIUM",
            DeletionPolicy = context.DeletionPolicy,
            Labels = Tags.Input(),
        }, Child(protect: context.Protect));
        Address = reserved.IPAddress;

        var apis = runtime.Apis(ComponentKind.ServiceIdentity).ToList();
        var account = new Account($"{Name}-machines", new() { Project = context.Project, DisplayName = $"Relay of {context.Blueprint.Settings.Stack}", DeletionPolicy = "DELETE" }, Child(dependsOn: apis));
        List<Resource> ready = [];
        GcpSecret? certificate = null;
        if (ports.Any(port => !port.SpeaksTls))
        {
            var issued = new RelayCertificate(Name, context.Blueprint.Settings.Stack, [], [Address], () => context.Values.Tls(Child()));
            CertificateAuthority = issued.Authority;
            certificate = new GcpSecret($"{Name}-certificate", issued.ChainAndKey, context, Tags, Child(dependsOn: apis));
            ready.Add(certificate.AllowReading($"{Name}-certificate-reader", Output.Format($"serviceAccount:{account.Email}"), Child()));
        }

        foreach (var port in ports) Admit(port);

        var health = new Compute.RegionHealthCheck($"{Name}-health", new()
        {
            Project = context.Project,
            Region = context.Region,
            CheckIntervalSec = 10,
            TimeoutSec = 5,
            HealthyThreshold = 2,
            UnhealthyThreshold = 3,
            HttpHealthCheck = new Compute.Inputs.RegionHealthCheckHttpHealthCheckArgs { Port = RelayPorts.Health, RequestPath = "/" },
        }, Child());
        Ingress("health", "Health checks", RelayPorts.Health, [.. Probes.Select(Output.Create)]);
        Forward(reserved, health, Machines(account, certificate, ports, health, ready));
        RegisterOutputs();
    }

    /// <summary>The reserved address.</summary>
    [Output]
    public Output<string> Address { get; private set; }

    /// <summary>The certificates that sign the relay's own, as PEM; empty where every target encrypts by itself.</summary>
    [Output]
    public Output<string> CertificateAuthority { get; private set; } = Output.Create("");

    private void Admit(GcpRelayPort port)
    {
        Ingress(port.Target.Name, $"Consumers of {port.Target.Name} on other clouds", port.Port, port.Sources);
        _ = new Compute.Firewall($"{Name}-{port.Target.Name}-egress", new()
        {
            Project = _context.Project,
            Network = _network.Network.SelfLink,
            Description = $"The relay uses {port.Target.Name}",
            Direction = "EGRESS",
            Priority = GcpPrivateNetwork.AllowPriority,
            TargetTags = { Tag },
            DestinationRanges = { Output.Format($"{port.Address}/32") },
            Allows = { new Compute.Inputs.FirewallAllowArgs { Protocol = "tcp", Ports = { port.TargetPort } } },
        }, Child());
    }

    private void Ingress(string role, string description, int port, IReadOnlyList<Output<string>> sources) => _ = new Compute.Firewall($"{Name}-{role}-ingress", new()
    {
        Project = _context.Project,
        Network = _network.Network.SelfLink,
        Description = description,
        Direction = "INGRESS",
        Priority = GcpPrivateNetwork.AllowPriority,
        TargetTags = { Tag },
        SourceRanges = sources.Select(source => (Input<string>)source).ToList(),
        Allows = { new Compute.Inputs.FirewallAllowArgs { Protocol = "tcp", Ports = { port.ToString(CultureInfo.InvariantCulture) } } },
    }, Child());

    private Compute.RegionInstanceGroupManager Machines(
        Account account,
        GcpSecret? certificate,
        IReadOnlyList<GcpRelayPort> ports,
        Compute.RegionHealthCheck health,
        IReadOnlyList<Resource> ready)
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
            ServiceAccount = new Compute.Inputs.InstanceTemplateServiceAccountArgs { Email = account.Email, Scopes = { "cloud-platform" } },
            ShieldedInstanceConfig = new Compute.Inputs.InstanceTemplateShieldedInstanceConfigArgs { EnableSecureBoot = true, EnableVtpm = true, EnableIntegrityMonitoring = true },
            Metadata =
            {
                ["block-project-ssh-keys"] = "true",
                ["google-logging-enabled"] = "true",
                ["user-data"] = GcpRelayMachine.CloudConfig(ports, RelayPorts.Health, certificate?.VersionName),
            },
        }, Child(dependsOn: ready));
        return new($"{Name}-machines", new()
        {
            Project = _context.Project,
            Region = _context.Region,
            BaseInstanceName = $"{_context.Blueprint.Settings.Stack}-relay",
            TargetSize = _context.Protect ? 2 : 1,
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
            AutoHealingPolicies = new Compute.Inputs.RegionInstanceGroupManagerAutoHealingPoliciesArgs { HealthCheck = health.Id, InitialDelaySec = 180 },
        }, Child());
    }

    private void Forward(Compute.Address reserved, Compute.RegionHealthCheck health, Compute.RegionInstanceGroupManager machines)
    {
        var backend = new Compute.RegionBackendService($"{Name}-backend", new()
        {
            Project = _context.Project,
            Region = _context.Region,
            LoadBalancingScheme = "EXTERNAL",
            Protocol = "TCP",
            HealthChecks = health.Id,
            ConnectionDrainingTimeoutSec = 60,
            Backends = { new Compute.Inputs.RegionBackendServiceBackendArgs { Group = machines.InstanceGroup, BalancingMode = "CONNECTION" } },
        }, Child());
        _ = new Compute.ForwardingRule($"{Name}-entry", new()
        {
            Project = _context.Project,
            Region = _context.Region,
            LoadBalancingScheme = "EXTERNAL",
            NetworkTier = "PREMIUM",
            IpAddress = reserved.SelfLink,
            IpProtocol = "TCP",
            // Fixed, so that a target that comes or goes does not replace the entry.
            PortRange = string.Create(CultureInfo.InvariantCulture, $"{RelayPorts.First}-{RelayPorts.First + Ports - 1}"),
            BackendService = backend.Id,
            Labels = Tags.Input(),
        }, Child());
    }
}
