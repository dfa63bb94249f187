using System.Globalization;
using Infra.Components.Clouds.Ovh;
using Infra.Components.Networks.Ovh;
using Pulumi;
using CloudProject = Pulumi.Ovh.CloudProject;

namespace Infra.Components.Databases.Ovh;

/// <summary>What one database or cache has that another has not.</summary>
internal sealed record OvhClusterArgs
{
    /// <summary>The engine, in OVHcloud's words.</summary>
    public required string Engine { get; init; }

    /// <summary>The engine's version.</summary>
    public required string Version { get; init; }

    /// <summary>The plan.</summary>
    public required OvhDatabasePlan Plan { get; init; }

    /// <summary>The flavor of its nodes.</summary>
    public required string Flavor { get; init; }

    /// <summary>The volume in GiB; null where data lies in memory.</summary>
    public int? DiskGiB { get; init; }

    /// <summary>The engine's parameters, as the API spells them. Default: none.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>The hour of the day, in UTC, in which maintenance may begin; null for what OVHcloud chooses. Default: null.</summary>
    public int? MaintenanceHour { get; init; }

    /// <summary>Whether it must not be deleted.</summary>
    public bool Protect { get; init; }
}

/// <summary>
/// Nodes of a managed database or cache in the private network. Only the subnet may connect; it is admitted explicitly, because OVHcloud
/// admits nobody at first. The number of nodes is the plan's: OVHcloud changes it with the plan and never otherwise.
/// </summary>
internal sealed class OvhCluster
{
    /// <summary>Creates the nodes.</summary>
    /// <param name="name">The component's name.</param>
    /// <param name="args">What sets it apart.</param>
    /// <param name="network">The private network.</param>
    /// <param name="context">The stack.</param>
    /// <param name="options">The options of the component's main child.</param>
    public OvhCluster(string name, OvhClusterArgs args, OvhPrivateNetwork network, OvhContext context, CustomResourceOptions options)
    {
        var region = context.Region.Databases!;
        var arguments = new CloudProject.DatabaseArgs
        {
            ServiceName = context.Project,
            Description = context.Describe(name),
            Engine = args.Engine,
            Version = args.Version,
            Plan = args.Plan.Name,
            Flavor = args.Flavor,
            IpRestrictions =
            [
                new CloudProject.Inputs.DatabaseIpRestrictionArgs { Ip = network.Subnet, Description = $"{context.Stack} network" },
            ],
            BackupRegions = context.Region.OffSite is { } offSite ? [region, offSite] : [region],
            DeletionProtection = args.Protect,
        };
        for (var node = 0; node < args.Plan.Nodes; node++)
        {
            arguments.Nodes.Add(new CloudProject.Inputs.DatabaseNodeArgs
            {
                Region = region,
                NetworkId = network.RegionalId,
                SubnetId = network.SubnetId,
            });
        }

        if (args.MaintenanceHour is { } hour) arguments.MaintenanceTime = string.Create(CultureInfo.InvariantCulture, $"{hour:00}:00:00");
        if (args.DiskGiB is { } disk) arguments.DiskSize = disk;
        foreach (var (parameter, value) in args.Parameters) arguments.AdvancedConfiguration.Add(parameter, value);

        // OVHcloud changes the number of nodes with the plan, in place. The provider would take one that comes for a change of region and
        // network and make a new cluster, without the data (terraform-provider-ovh below 2.14.0; Pulumi.Ovh 2.13.0 holds 2.12.0).
        options.IgnoreChanges.Add("nodes");

        // Their URIs hold logins.
        options.AdditionalSecretOutputs.Add("endpoints");
        options.CustomTimeouts = new CustomTimeouts
        {
            Create = TimeSpan.FromMinutes(60),
            Update = TimeSpan.FromMinutes(120),
            Delete = TimeSpan.FromMinutes(60),
        };
        Database = new CloudProject.Database(name, arguments, options);

        // Host and port are no secret. Metrics have an endpoint of their own, behind the engine's.
        var endpoint = Output.Unsecret(Database.Endpoints.Apply(endpoints =>
        {
            var own = endpoints.FirstOrDefault(candidate => candidate.Component == args.Engine) ?? endpoints[0];
            return (Host: own.Domain!, Port: own.Port!.Value);
        }));
        Host = endpoint.Apply(found => found.Host);
        Port = endpoint.Apply(found => found.Port);
    }

    /// <summary>The nodes.</summary>
    public CloudProject.Database Database { get; }

    /// <summary>The private host name; it stays when another node takes over.</summary>
    public Output<string> Host { get; }

    /// <summary>The port, which OVHcloud chooses.</summary>
    public Output<int> Port { get; }
}
