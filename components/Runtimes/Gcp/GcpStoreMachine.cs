using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Networks.Gcp;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Gcp.ServiceAccount;
using Compute = Pulumi.Gcp.Compute;
using PrivateDns = Pulumi.Gcp.Dns;

namespace Infra.Components.Runtimes.Gcp;

/// <summary>What a machine serves, and of what it is made.</summary>
internal sealed record GcpStoreMachineArgs
{
    /// <summary>The machine type.</summary>
    public required string Type { get; init; }

    /// <summary>The size of its disk in GiB.</summary>
    public required int DiskGiB { get; init; }

    /// <summary>The name by which the machine knows its disk.</summary>
    public required string Disk { get; init; }

    /// <summary>The network tag by which firewall rules know it.</summary>
    public required string NetworkTag { get; init; }

    /// <summary>Its address, which it has from those before it.</summary>
    public required Output<string> Address { get; init; }

    /// <summary>The secrets that it reads with an account of its own, each with what it is.</summary>
    public IReadOnlyList<(string What, GcpSecret Secret)> Secrets { get; init; } = [];

    /// <summary>Whose account it has, which exists and reads what it needs; null for one of its own.</summary>
    public GcpMachineAccount? Account { get; init; }

    /// <summary>The address at which the internet reaches it, and by which it leaves; null for none.</summary>
    public Output<string>? PublicAddress { get; init; }

    /// <summary>What it runs at every start.</summary>
    public required Output<string> Script { get; init; }

    /// <summary>Whether it runs, for one that may be stopped; null for one that always does.</summary>
    public bool? Runs { get; init; }

    /// <summary>What must be switched on before its account is made.</summary>
    public required IReadOnlyList<Resource> Apis { get; init; }
}

/// <summary>An account that a machine has and that is not its own.</summary>
/// <param name="Email">Its address.</param>
/// <param name="Ready">What must exist before it can read what it needs.</param>
internal sealed record GcpMachineAccount(Output<string> Email, IReadOnlyList<Resource> Ready);

/// <summary>
/// The machine of Compute Engine on which a store stands that Google Cloud has no product for, as Cloud Run keeps no disks. What it keeps
/// lies on a disk that outlives it; its address and its name stay, whatever machine serves them.
/// </summary>
/// <param name="name">The store's name.</param>
/// <param name="network">Where it stands.</param>
/// <param name="context">The stack's part.</param>
/// <param name="tags">The store's labels.</param>
/// <param name="child">Makes the options of the store's children.</param>
internal sealed class GcpStoreMachine(
    string name,
    GcpPrivateNetwork network,
    GcpContext context,
    IReadOnlyDictionary<string, string> tags,
    ChildOptions child)
{
    // Every region has a zone of this letter (Google Cloud documentation: regions and zones).
    private readonly string _zone = $"{context.Region}-b";

    /// <summary>Reserves its address under a name.</summary>
    public Output<string> Reserve(Output<string> host)
    {
        var reserved = new Compute.Address($"{name}-address", new()
        {
            Project = context.Project,
            Region = context.Region,
            Subnetwork = network.Workloads.Id,
            AddressType = "INTERNAL",
            Labels = tags.Input(),
        }, child());
        _ = new PrivateDns.RecordSet($"{name}-name", new()
        {
            Project = context.Project,
            ManagedZone = network.Names.Name,
            Name = Output.Format($"{host}."),
            Type = "A",
            Ttl = 60,
            Rrdatas = { reserved.IPAddress },
        }, child());
        return reserved.IPAddress;
    }

    /// <summary>Makes an account of the store's, and says how policies name it.</summary>
    /// <param name="role">Its role in the store, of 7 letters at most, or the longest name would not fit into the 30 of an account.</param>
    /// <param name="what">Whose it is, for readers.</param>
    /// <param name="apis">What must be switched on before.</param>
    public (Account Account, Output<string> Member) Identify(string role, string what, IEnumerable<Resource> apis)
    {
        var account = new Account(ShortName.Of($"{name}-{role}", GcpNames.LongestAccount), new()
        {
            Project = context.Project,
            DisplayName = $"{what} of {name} of {context.Stack}",
            DeletionPolicy = "DELETE",
        }, child(dependsOn: apis));
        return (account, Output.Format($"serviceAccount:{account.Email}"));
    }

    /// <summary>Makes the disk, which is protected in production, and the machine.</summary>
    public Compute.Instance Serve(GcpStoreMachineArgs args)
    {
        var disk = new Compute.Disk(name, new()
        {
            Project = context.Project,
            Zone = _zone,
            Type = "pd-balanced",
            Size = args.DiskGiB,
            DeletionPolicy = context.DeletionPolicy,
            Labels = tags.Input(),
        }, child(protect: context.Protect));
        var (email, ready) = args.Account is { } given ? (given.Email, given.Ready) : OwnAccount(args);
        var made = new Compute.InstanceArgs
        {
            Project = context.Project,
            Zone = _zone,
            MachineType = args.Type,
            AllowStoppingForUpdate = true,
            Tags = { args.NetworkTag },
            Labels = tags.Input(),
            BootDisk = new Compute.Inputs.InstanceBootDiskArgs
            {
                AutoDelete = true,
                InitializeParams = new Compute.Inputs.InstanceBootDiskInitializeParamsArgs
                {
                    Image = "projects/cos-cloud/global/images/family/cos-stable",
                    Size = 10,
                    Type = "pd-balanced",
                },
            },
            AttachedDisks =
            {
                new Compute.Inputs.InstanceAttachedDiskArgs { Source = disk.SelfLink, DeviceName = args.Disk },
            },
            NetworkInterfaces = { Interface(args) },
            ServiceAccount = new Compute.Inputs.InstanceServiceAccountArgs { Email = email, Scopes = { "cloud-platform" } },
            ShieldedInstanceConfig = new Compute.Inputs.InstanceShieldedInstanceConfigArgs
            {
                EnableSecureBoot = true,
                EnableVtpm = true,
                EnableIntegrityMonitoring = true,
            },
            Metadata = { ["block-project-ssh-keys"] = "true", ["google-logging-enabled"] = "true" },
            MetadataStartupScript = args.Script,
        };
        if (args.Runs is { } runs) made.DesiredStatus = runs ? "RUNNING" : "TERMINATED";

        // Two machines can have neither one disk nor one address.
        return new Compute.Instance($"{name}-machine", made, child(dependsOn: ready, deleteBeforeReplace: true));
    }

    private (Output<string> Email, IReadOnlyList<Resource> Ready) OwnAccount(GcpStoreMachineArgs args)
    {
        var (account, member) = Identify("machine", "Machine", args.Apis);
        return (
            account.Email,
            [.. args.Secrets.Select(read => read.Secret.AllowReading($"{name}-{read.What}-machine", member, child()))]);
    }

    // Without an external address it pulls its image through the gateway.
    private Compute.Inputs.InstanceNetworkInterfaceArgs Interface(GcpStoreMachineArgs args)
    {
        var made = new Compute.Inputs.InstanceNetworkInterfaceArgs { Subnetwork = network.Workloads.Id, NetworkIp = args.Address };
        if (args.PublicAddress is not { } address) return made;
        made.AccessConfigs.Add(new Compute.Inputs.InstanceNetworkInterfaceAccessConfigArgs { NatIp = address, NetworkTier = "PREMIUM" });
        return made;
    }
}
