using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.LoadBalancers;
using Infra.Components.LoadBalancers.Gcp;
using Infra.Components.Networks.Gcp;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Systems;
using Pulumi;
using CloudRun = Pulumi.Gcp.CloudRunV2;

namespace Infra.Components.Services.Gcp;

/// <summary>
/// A Cloud Run service, or a worker pool for a worker. Its own url is switched off and the check of callers' identities with it: clients of
/// other clouds send plain HTTP without Google's tokens, and so do browsers. Who may call it is decided by the network instead: the load
/// balancer that routes to it, and consumers that a link admits to its internal load balancer. A broker of devices is a machine instead.
/// </summary>
internal sealed class GcpContainerService : PlacedComponent, IContainerService
{
    // With none, a service answers nobody (Cloud Run documentation: manual scaling, disable a service).
    private const string Fixed = "MANUAL";

    private readonly GcpContext _context;
    private readonly GcpPrivateNetwork _network;
    private readonly GcpContainer _container;
    private readonly ContainerServiceArgs _args;
    private readonly GcpServiceTweak _tweak;
    private readonly bool _isIdle;

    /// <summary>Begins the service: its links are followed.</summary>
    public GcpContainerService(ContainerService service, GcpPrivateNetwork network, GcpContext context)
        : base(context.Place(service))
    {
        (_context, _network, _args, _tweak) = (context, network, service.Args, service.Args.Tweak<GcpServiceTweak>() ?? new());
        _container = GcpContainer.Wire(service, this, context);
        _isIdle = context.IsIdle(service);
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> Host { get; private set; } = null!;

    /// <inheritdoc/>
    [Output]
    public Output<string> Url { get; private set; } = null!;

    private int Minimum => _args.Scaling.BoundsOn(_context.Blueprint.Settings.Today).Minimum;

    /// <summary>Builds what was begun.</summary>
    public void Complete(ContainerService service, GcpRuntime runtime)
    {
        var identity = _container.Identity;
        IReadOnlyList<Resource> ready = [.. _container.Grants, .. _context.RunsBefore(service), .. runtime.Apis(Kind)];
        var options = Child(dependsOn: ready);

        if (_args.Devices is not null)
        {
            Serve(service, ready);
        }
        else if (_args.Port is { } port)
        {
            var routed = _context.On<LoadBalancer>().Any(balancer => balancer.Args.Routes.Any(route => route.Service == service));
            var run = new CloudRun.Service(Name, Service(port, routed), options);
            if (_args.Scaling.Schedules.Count > 0) GcpScalingSchedules.Of(run, Site(runtime), _args.Scaling);
            if (identity.InternalAddress is { } address)
                _ = new GcpInternalBalancer(Name, run, address, port, identity.Certificate, _network, Tags, Child, _context);
        }
        else
        {
            var run = new CloudRun.WorkerPool(Name, Worker(), options);
            if (_args.Scaling.Schedules.Count > 0) GcpScalingSchedules.Of(run, Site(runtime), _args.Scaling);
        }

        Host = Output.Create(identity.HostName);
        Url = Output.Create(
            _args.Port is null ? "" : string.Create(CultureInfo.InvariantCulture, $"http://{identity.HostName}:{_args.Port}"));
        RegisterOutputs();
    }

    // The firewall lets devices in to the ports of the load balancer's listeners; here are those of the network's own consumers.
    private void Serve(ContainerService service, IReadOnlyList<Resource> ready)
    {
        var balancers = _context.On<LoadBalancer>()
            .Where(balancer => balancer.Args.Listeners.Any(listener => listener.Service == service))
            .ToList();
        IReadOnlyList<int> own = [_args.Port!.Value, .. _args.MorePorts];
        foreach (var port in own)
        {
            _network.FirewallOf(_container.Identity.NetworkTag).Ingress(
                string.Create(CultureInfo.InvariantCulture, $"{Name}-{port}-ingress"),
                $"Consumers of {Name}",
                port,
                [_network.Workloads.IpCidrRange],
                Child());
        }

        var entered = balancers
            .SelectMany(balancer => balancer.Args.Listeners)
            .Where(listener => listener.Service == service)
            .Select(listener => listener.Target);
        GcpServiceMachine.Build(
            _args,
            _container,
            [.. own.Concat(entered).Distinct().Order()],
            balancers.Select(_context.Of<ILoadBalancer>).OfType<GcpPortEntry>().FirstOrDefault()?.Address,
            !_isIdle,
            new(Name, _network, _context, Tags, Child),
            ready);
    }

    private GcpScalingSite Site(GcpRuntime runtime) => new(Name, _container.Identity.Email, runtime, _context, Child, _isIdle);

    private CloudRun.ServiceArgs Service(int port, bool routed)
    {
        var scaling = new CloudRun.Inputs.ServiceTemplateScalingArgs { MaxInstanceCount = _args.Scaling.Highest };
        var template = new CloudRun.Inputs.ServiceTemplateArgs
        {
            Labels = Tags.Input(),
            ServiceAccount = _container.Identity.Email,
            ExecutionEnvironment = _tweak.ExecutionEnvironment == GcpExecutionEnvironment.FirstGeneration
                ? CloudRunSize.FirstGeneration
                : CloudRunSize.SecondGeneration,
            MaxInstanceRequestConcurrency = _tweak.Concurrency,
            Timeout = string.Create(CultureInfo.InvariantCulture, $"{_tweak.RequestTimeoutSeconds}s"),
            Scaling = scaling,
            VpcAccess = new CloudRun.Inputs.ServiceTemplateVpcAccessArgs
            {
                Egress = "ALL_TRAFFIC",
                NetworkInterfaces =
                {
                    new CloudRun.Inputs.ServiceTemplateVpcAccessNetworkInterfaceArgs
                    {
                        Network = _network.Network.Name,
                        Subnetwork = _network.Workloads.Name,
                        Tags = { _container.Identity.NetworkTag },
                    },
                },
            },
            Containers = _container.Sidecars.Select(ServiceSidecar).Prepend(Container(port)).ToList(),
            Volumes = _container.AllDirectories.Select(ServiceVolume).ToList(),
        };
        if (_args.StickySessions) template.SessionAffinity = true;
        var service = new CloudRun.ServiceArgs
        {
            Project = _context.Project,
            Location = _context.Region,
            Name = GcpNames.Service(_context.Stack, Name),
            Ingress = routed ? "INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER" : "INGRESS_TRAFFIC_INTERNAL_ONLY",
            InvokerIamDisabled = true,
            DefaultUriDisabled = true,
            DeletionProtection = false,
            DeletionPolicy = "DELETE",
            Labels = Tags.Input(),
            Scaling = _isIdle
                ? new CloudRun.Inputs.ServiceScalingArgs { ScalingMode = Fixed, ManualInstanceCount = 0 }
                : new CloudRun.Inputs.ServiceScalingArgs { ScalingMode = "AUTOMATIC", MinInstanceCount = Minimum },
            Traffics = { new CloudRun.Inputs.ServiceTrafficArgs { Type = "TRAFFIC_TARGET_ALLOCATION_TYPE_LATEST", Percent = 100 } },
            Template = template,
        };
        if (!_args.Scaling.IsAutomatic) return service;

        // Without it Cloud Run aims at 60 %. The provider calls the target beta, and the API then wants to hear it.
        scaling.CpuUtilization = _args.Scaling.CpuPercent / 100.0;
        service.LaunchStage = "BETA";
        return service;
    }

    private CloudRun.Inputs.ServiceTemplateContainerArgs Container(int port)
    {
        var probes = new GcpProbes(_args.HealthCheck, _args.CheckedPort ?? port);
        var container = new CloudRun.Inputs.ServiceTemplateContainerArgs
        {
            Image = _container.Image,
            Commands = _args.EntryPoint.ToList(),
            Args = _args.Command.ToList(),
            Envs = _container.Variables.Select(ServiceVariable).ToList(),
            VolumeMounts = _container.Directories.Select(ServiceMount).ToList(),
            Ports = new CloudRun.Inputs.ServiceTemplateContainerPortsArgs
            {
                Name = _args.Spoken == ServiceProtocol.Http ? "http1" : "h2c",
                ContainerPort = port,
            },
            Resources = ServiceResources(_args.Capacity),
            StartupProbe = probes.ServiceStart(),
        };
        if (probes.ServiceLife() is { } life) container.LivenessProbe = life;
        if (_container.Sidecars.Count > 0) (container.Name, container.DependsOns) = (Name, Awaited(_container.Sidecars));
        return container;
    }

    private CloudRun.Inputs.ServiceTemplateContainerArgs ServiceSidecar(GcpSidecar sidecar)
    {
        var container = new CloudRun.Inputs.ServiceTemplateContainerArgs
        {
            Name = sidecar.Declared.Name,
            Image = sidecar.Image,
            Commands = sidecar.Declared.EntryPoint.ToList(),
            Args = sidecar.Declared.Command.ToList(),
            Envs = sidecar.Equipment.Variables.Select(ServiceVariable).ToList(),
            VolumeMounts = sidecar.Equipment.Directories.Select(ServiceMount).ToList(),
            Resources = ServiceResources(sidecar.Declared.Capacity),
            DependsOns = Awaited(_container.Sidecars.TakeWhile(other => other != sidecar)),
        };
        if (sidecar.Probes is not { } probes) return container;
        container.StartupProbe = probes.ServiceStart();
        if (probes.ServiceLife() is { } life) container.LivenessProbe = life;
        return container;
    }

    // Cloud Run lets containers wait only for those that it asks whether they have started.
    private static InputList<string> Awaited(IEnumerable<GcpSidecar> sidecars) =>
        sidecars.Where(sidecar => sidecar.Probes is not null).Select(sidecar => sidecar.Declared.Name).ToList();

    private CloudRun.Inputs.ServiceTemplateContainerResourcesArgs ServiceResources(Capacity capacity) => new()
    {
        Limits = CloudRunSize.Limits(capacity),
        CpuIdle = !_tweak.CpuAlwaysOn,
        StartupCpuBoost = true,
    };

    // Worker pools have no autoscaling on CPU: the number of replicas is a number. The guards say so where a range was asked for.
    private CloudRun.WorkerPoolArgs Worker() => new()
    {
        Project = _context.Project,
        Location = _context.Region,
        DeletionProtection = false,
        DeletionPolicy = "DELETE",
        Labels = Tags.Input(),
        Scaling = new CloudRun.Inputs.WorkerPoolScalingArgs { ScalingMode = Fixed, ManualInstanceCount = _isIdle ? 0 : Minimum },
        Template = new CloudRun.Inputs.WorkerPoolTemplateArgs
        {
            Labels = Tags.Input(),
            ServiceAccount = _container.Identity.Email,
            VpcAccess = new CloudRun.Inputs.WorkerPoolTemplateVpcAccessArgs
            {
                Egress = "ALL_TRAFFIC",
                NetworkInterfaces =
                {
                    new CloudRun.Inputs.WorkerPoolTemplateVpcAccessNetworkInterfaceArgs
                    {
                        Network = _network.Network.Name,
                        Subnetwork = _network.Workloads.Name,
                        Tags = { _container.Identity.NetworkTag },
                    },
                },
            },
            Containers = _container.Sidecars.Select(WorkerSidecar).Prepend(WorkerContainer()).ToList(),
            Volumes = _container.AllDirectories.Select(WorkerVolume).ToList(),
        },
    };

    private CloudRun.Inputs.WorkerPoolTemplateContainerArgs WorkerContainer()
    {
        var container = new CloudRun.Inputs.WorkerPoolTemplateContainerArgs
        {
            Image = _container.Image,
            Commands = _args.EntryPoint.ToList(),
            Args = _args.Command.ToList(),
            Envs = _container.Variables.Select(WorkerVariable).ToList(),
            VolumeMounts = _container.Directories.Select(WorkerMount).ToList(),
            Resources = new CloudRun.Inputs.WorkerPoolTemplateContainerResourcesArgs { Limits = CloudRunSize.Limits(_args.Capacity) },
        };
        if (_container.Sidecars.Count > 0) (container.Name, container.DependsOns) = (Name, Awaited(_container.Sidecars));
        if (_args.CheckedPort is not { } port) return container;
        var probes = new GcpProbes(_args.HealthCheck, port);
        container.StartupProbe = probes.WorkerStart();
        if (probes.WorkerLife() is { } life) container.LivenessProbe = life;
        return container;
    }

    private CloudRun.Inputs.WorkerPoolTemplateContainerArgs WorkerSidecar(GcpSidecar sidecar)
    {
        var container = new CloudRun.Inputs.WorkerPoolTemplateContainerArgs
        {
            Name = sidecar.Declared.Name,
            Image = sidecar.Image,
            Commands = sidecar.Declared.EntryPoint.ToList(),
            Args = sidecar.Declared.Command.ToList(),
            Envs = sidecar.Equipment.Variables.Select(WorkerVariable).ToList(),
            VolumeMounts = sidecar.Equipment.Directories.Select(WorkerMount).ToList(),
            Resources = new CloudRun.Inputs.WorkerPoolTemplateContainerResourcesArgs
            {
                Limits = CloudRunSize.Limits(sidecar.Declared.Capacity),
            },
            DependsOns = Awaited(_container.Sidecars.TakeWhile(other => other != sidecar)),
        };
        if (sidecar.Probes is not { } probes) return container;
        container.StartupProbe = probes.WorkerStart();
        if (probes.WorkerLife() is { } life) container.LivenessProbe = life;
        return container;
    }

    private static CloudRun.Inputs.ServiceTemplateContainerVolumeMountArgs ServiceMount(GcpDirectory directory) =>
        new() { Name = directory.Volume, MountPath = directory.Path };

    private static CloudRun.Inputs.WorkerPoolTemplateContainerVolumeMountArgs WorkerMount(GcpDirectory directory) =>
        new() { Name = directory.Volume, MountPath = directory.Path };

    private static CloudRun.Inputs.ServiceTemplateContainerEnvArgs ServiceVariable(GcpVariable variable) => variable.Secret is { } secret
        ? new()
        {
            Name = variable.Name,
            ValueSource = new CloudRun.Inputs.ServiceTemplateContainerEnvValueSourceArgs
            {
                SecretKeyRef = new CloudRun.Inputs.ServiceTemplateContainerEnvValueSourceSecretKeyRefArgs
                {
                    Secret = secret.SecretId,
                    Version = secret.Version,
                },
            },
        }
        : new() { Name = variable.Name, Value = variable.Value! };

    private static CloudRun.Inputs.ServiceTemplateVolumeArgs ServiceVolume(GcpDirectory directory) => new()
    {
        Name = directory.Volume,
        Secret = new CloudRun.Inputs.ServiceTemplateVolumeSecretArgs
        {
            Secret = directory.SecretId,
            DefaultMode = CloudRunSize.FileMode,
            Items = directory.Files
                .Select(file => new CloudRun.Inputs.ServiceTemplateVolumeSecretItemArgs { Path = file.Path, Version = file.Version })
                .ToList(),
        },
    };

    private static CloudRun.Inputs.WorkerPoolTemplateVolumeArgs WorkerVolume(GcpDirectory directory) => new()
    {
        Name = directory.Volume,
        Secret = new CloudRun.Inputs.WorkerPoolTemplateVolumeSecretArgs
        {
            Secret = directory.SecretId,
            DefaultMode = CloudRunSize.FileMode,
            Items = directory.Files
                .Select(file => new CloudRun.Inputs.WorkerPoolTemplateVolumeSecretItemArgs { Path = file.Path, Version = file.Version })
                .ToList(),
        },
    };

    private static CloudRun.Inputs.WorkerPoolTemplateContainerEnvArgs WorkerVariable(GcpVariable variable) => variable.Secret is { } secret
        ? new()
        {
            Name = variable.Name,
            ValueSource = new CloudRun.Inputs.WorkerPoolTemplateContainerEnvValueSourceArgs
            {
                SecretKeyRef = new CloudRun.Inputs.WorkerPoolTemplateContainerEnvValueSourceSecretKeyRefArgs
                {
                    Secret = secret.SecretId,
                    Version = secret.Version,
                },
            },
        }
        : new() { Name = variable.Name, Value = variable.Value! };
}
