using System.Globalization;
using System.Text.Json.Nodes;
using Infra.Components.Brokers;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Databases;
using Infra.Components.Jobs;
using Infra.Components.Networks.Aws;
using Infra.Components.Placements;
using Infra.Components.Registries;
using Infra.Components.Registries.Aws;
using Infra.Components.Search;
using Infra.Components.Services;
using Infra.Components.Streams;
using Infra.Components.Systems;
using Pulumi;
using CloudWatch = Pulumi.Aws.CloudWatch;
using Ec2 = Pulumi.Aws.Ec2;
using Ecs = Pulumi.Aws.Ecs;
using EcsInputs = Pulumi.Aws.Ecs.Inputs;
using Lambda = Pulumi.Aws.Lambda;
using ServiceDiscovery = Pulumi.Aws.ServiceDiscovery;

namespace Infra.Components.Runtimes.Aws;

/// <summary>Where containers run: an ECS cluster on Fargate, the private names of services, and what runs one-off jobs.</summary>
internal sealed class AwsRuntime : PlacedComponent
{
    // Every network has them.
    private const int LeastZones = 2;

    private readonly AwsPrivateNetwork _network;
    private readonly AwsJobRunner? _runner;
    private readonly Dictionary<string, AwsSecret> _logins;

    /// <summary>Builds the runtime.</summary>
    public AwsRuntime(AwsPrivateNetwork network, AwsContext context)
        : base(context.Place(RuntimeKind.Instance, "runtime"))
    {
        _network = network;
        Cluster = new Ecs.Cluster(
            Name,
            new()
            {
                Name = context.Stack,
                Settings =
                [
                    new EcsInputs.ClusterSettingArgs { Name = "containerInsights", Value = context.IsProduction ? "enhanced" : "enabled" },
                ],
                Tags = Tags.AsInput(),
            },
            Child());
        Capacity = new Ecs.ClusterCapacityProviders(
            Name,
            new()
            {
                ClusterName = Cluster.Name,
                CapacityProviders = ["FARGATE", "FARGATE_SPOT"],
                DefaultCapacityProviderStrategies =
                [
                    new EcsInputs.ClusterCapacityProvidersDefaultCapacityProviderStrategyArgs { CapacityProvider = "FARGATE", Weight = 1 },
                ],
            },
            Child());
        if (context.On<ContainerService>().Any(service => context.LinksTo(service).Any()))
        {
            Namespace = new ServiceDiscovery.PrivateDnsNamespace(
                Name,
                new()
                {
                    Name = Domain(context),
                    Vpc = network.NetworkId,
                    Description = $"Services of {context.Stack}",
                    Tags = Tags.AsInput(),
                },
                Child());
        }

        _logins = RegistryLogins.On(Cloud.Aws, context.Blueprint)
            .Where(login => AwsImage.IsPublic($"{login.Host}/image"))
            .ToDictionary(login => login.Host, login => LoginAt(login.Host, login.Login, context));
        if (NeedsJobs(context)) _runner = new AwsJobRunner($"{Name}-jobs", Cluster, context, Tags, Child);
        ClusterArn = Cluster.Arn;
        RegisterOutputs();
    }

    /// <summary>The cluster's ARN.</summary>
    [Output]
    public Output<string> ClusterArn { get; private set; }

    /// <summary>The cluster.</summary>
    public Ecs.Cluster Cluster { get; }

    /// <summary>What capacity it has: services must wait for it.</summary>
    public Ecs.ClusterCapacityProviders Capacity { get; }

    /// <summary>The private zone of services' names; null where nobody calls a service.</summary>
    public ServiceDiscovery.PrivateDnsNamespace? Namespace { get; }

    /// <summary>Makes the options of what belongs to no consumer alone.</summary>
    public ChildOptions Children => Child;

    /// <summary>The log group of tasks that have none of their own.</summary>
    public CloudWatch.LogGroup JobLogs => _runner!.Logs;

    /// <summary>How ECS logs in at a registry of others; null where the stack file names no login.</summary>
    public AwsSecret? LoginAt(string host) => _logins.GetValueOrDefault(host);

    /// <summary>The private name of a service, known before it is built.</summary>
    public static string HostOf(string service, AwsContext context) => $"{service}.{Domain(context)}";

    /// <summary>Runs a task once, and again whenever its definition, its group or a trigger changes.</summary>
    /// <param name="name">The name of the run's resource.</param>
    /// <param name="task">What runs.</param>
    /// <param name="group">The security group that it has.</param>
    /// <param name="attempts">How often it is tried.</param>
    /// <param name="minutes">
    /// How long all tries may take together; what is more than one function can wait for, several do, one after the other.
    /// </param>
    /// <param name="beside">Its containers of which it is of no consequence how they end.</param>
    /// <param name="triggers">What makes it run again, other than the task definition.</param>
    /// <param name="options">The options of the run's resource.</param>
    public Lambda.Invocation Run(
        string name,
        Ecs.TaskDefinition task,
        Ec2.SecurityGroup group,
        int attempts,
        int minutes,
        IReadOnlyList<string> beside,
        IReadOnlyDictionary<string, Output<string>> triggers,
        CustomResourceOptions options)
    {
        foreach (var resource in _network.Ready) options.DependsOn.Add(resource);
        var legs = (minutes + AwsJobRunner.Minutes - 1) / AwsJobRunner.Minutes;
        var run = Invoke(1, before: null);
        for (var leg = 2; leg <= legs; leg++) run = Invoke(leg, run);
        return run;

        Lambda.Invocation Invoke(int leg, Lambda.Invocation? before)
        {
            var args = new Lambda.InvocationArgs
            {
                FunctionName = _runner!.Function.Name,
                Input = Output
                    // However many zones there are: another one must not run every job anew.
                    .Tuple(
                        Cluster.Name,
                        task.Arn,
                        Output.All(_network.PrivateSubnets.Take(LeastZones)),
                        group.Id,
                        before?.Result ?? Output.Create(""))
                    .Apply(values =>
                    {
                        var input = new JsonObject
                        {
                            ["cluster"] = values.Item1,
                            ["taskDefinition"] = values.Item2,
                            ["subnets"] = AwsJson.List(values.Item3),
                            ["securityGroups"] = new JsonArray(values.Item4),
                            ["attempts"] = attempts,
                            ["timeoutSeconds"] = Math.Min(minutes, AwsJobRunner.Minutes) * 60,
                        };
                        if (beside.Count > 0) input["beside"] = AwsJson.List(beside);
                        if (leg < legs) input["goesOn"] = true;
                        if (before is not null) input["after"] = values.Item5;
                        return AwsJson.Text(input);
                    }),
            };
            foreach (var (key, value) in triggers) args.Triggers.Add(key, value);
            return new Lambda.Invocation(leg == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{leg}"), args, options);
        }
    }

    // Hosts have a colon before their port, and no underscore (Amazon ECS documentation: private registry authentication).
    private AwsSecret LoginAt(string host, RegistryLogin login, AwsContext context) => AwsSecret.Create(
        $"{Name}-{host.Replace(':', '_')}",
        $"How {context.Stack} logs in at {host}",
        RegistryLogins.Password(login, context.Blueprint.Settings).Apply(password =>
            AwsJson.Text(AwsJson.Map(["username", "password"], [login.Username, password]))),
        Tags,
        context,
        Child);

    private static string Domain(AwsContext context) => $"{context.Stack}.internal";

    private static bool NeedsJobs(AwsContext context) =>
        context.On<Job>().Any()
        || context.On<Component>().Any(store =>
            store is ManagedDatabase or LogicalDatabase or ReadReplica or MessageBroker or SearchEngine or EventStream
            && context.LinksTo(store).Any());
}
