using System.Collections.Immutable;
using System.Reflection;
using Infra.Changes;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;
using Infra.Components.Placements;
using Infra.Components.Registries;
using Infra.Components.Systems;
using Infra.Plans;
using Pulumi;

namespace Infra.Rehearsals;

/// <summary>Builds a part of a stack; the callback receives what failed, and says whether to go on.</summary>
internal delegate IReadOnlyList<PlacedComponent> Construction(Func<string, Exception, bool> failed);

/// <summary>The Pulumi stack of a system. The rehearsal and the real run construct this same class.</summary>
#pragma warning disable CA1711 // It is a stack in Pulumi's sense of the word.
public sealed class SystemStack : Stack
#pragma warning restore CA1711
{
    internal SystemStack(
        Blueprint blueprint,
        Construction construction,
        Action<string, Exception> failed,
        StackOptions? options = null,
        Action? before = null,
        ImmutableDictionary<string, string>? inventory = null)
        : base(options)
    {
        before?.Invoke();
        var components = construction((component, exception) =>
        {
            failed(component, exception);
            return true;
        });
        Placement = Output.Create(DeployedPlacementOf(blueprint).ToImmutableDictionary());
        Components = OutputsOf(components, blueprint);
        Addresses = Each<ILoadBalancer>(components, blueprint, balancer => balancer.Address);
        NameServers = Each<IDnsZone>(components, blueprint, zone => zone.NameServers);
        DnsProofs = Each<IUnmanagedZone>(components, blueprint, zone => zone.Proofs);
        DnsRecords = Each<IUnmanagedZone>(components, blueprint, zone => zone.Records);
        Registries = Each<IContainerRegistry>(components, blueprint, registry => registry.Prefix);
        Urls = UrlsOf(components, blueprint);
        Accounts = Output.Create(AccountsOf(blueprint));
        Environment = Output.Create(blueprint.Profile.Name);
        Location = Output.Create(blueprint.Settings.Location.Name);
        Regions = Output.Create(RegionsOf(blueprint));
        Migration = Output.Create(
            DeployedPassage.Of(blueprint).ToImmutableDictionary(passage => passage.Key, passage => $"{passage.Value}"));
        DeployedAs = Output.Create(blueprint.Settings.Stack);
        Inventory = Output.Create(inventory ?? ImmutableDictionary<string, string>.Empty);
    }

    /// <summary>The account or project in which it stands, by cloud. The next run compares it with the stack file.</summary>
    [Output("accounts")]
    public Output<ImmutableDictionary<string, string>> Accounts { get; private set; }

    /// <summary>The environment. The next run compares it with the stack file.</summary>
    [Output("environment")]
    public Output<string> Environment { get; private set; }

    /// <summary>
    /// What an update could take away, by the end of its component's URN, each as JSON text: what the plan of this run holds of it. The
    /// next run compares it with its own.
    /// </summary>
    [Output("inventory")]
    public Output<ImmutableDictionary<string, string>> Inventory { get; private set; }

    /// <summary>The place on the map. The next run compares it with the stack file.</summary>
    [Output("location")]
    public Output<string> Location { get; private set; }

    /// <summary>How far each component has got that is on its way to another cloud. The next run compares it with the stack file.</summary>
    [Output("migration")]
    public Output<ImmutableDictionary<string, string>> Migration { get; private set; }

    /// <summary>The region in which it stands, by cloud. The next run compares it with the stack file.</summary>
    [Output("regions")]
    public Output<ImmutableDictionary<string, string>> Regions { get; private set; }

    /// <summary>The stack's name. The next run compares it with its own.</summary>
    [Output("stack")]
    public Output<string> DeployedAs { get; private set; }

    /// <summary>The cloud on which every placed component stands. The next run compares it with the stack file.</summary>
    [Output("placement")]
    public Output<ImmutableDictionary<string, string>> Placement { get; private set; }

    /// <summary>What the components give, by component and output.</summary>
    [Output("components")]
    public Output<ImmutableDictionary<string, ImmutableDictionary<string, string>>> Components { get; private set; }

    /// <summary>The address of every load balancer, by name.</summary>
    [Output("addresses")]
    public Output<ImmutableDictionary<string, string>> Addresses { get; private set; }

    /// <summary>The name servers of every DNS zone, by name.</summary>
    [Output("nameServers")]
    public Output<ImmutableDictionary<string, string>> NameServers { get; private set; }

    /// <summary>The records that prove certificates in zones that others serve, by the zone's name: they are written by hand.</summary>
    [Output("dnsProofs")]
    public Output<ImmutableDictionary<string, string>> DnsProofs { get; private set; }

    /// <summary>The declared records of zones that others serve, by the zone's name: they are written by hand.</summary>
    [Output("dnsRecords")]
    public Output<ImmutableDictionary<string, string>> DnsRecords { get; private set; }

    /// <summary>What stands before the names of images in every registry, by its name.</summary>
    [Output("registries")]
    public Output<ImmutableDictionary<string, string>> Registries { get; private set; }

    /// <summary>The public urls of every service that a load balancer routes to, by name.</summary>
    [Output("urls")]
    public Output<ImmutableDictionary<string, ImmutableArray<string>>> Urls { get; private set; }

    /// <summary>
    /// Deploys a system: the program's part of <c>pulumi up</c> and <c>pulumi preview</c>. The rehearsal must have found no error.
    /// </summary>
    /// <param name="system">The system.</param>
    /// <param name="settings">The stack's settings.</param>
    /// <param name="plan">
    /// The plan that the rehearsal drew: what it warns of reaches the user through the engine's log, and what it holds is compared with
    /// what is deployed.
    /// </param>
    /// <returns>The exit code of the program.</returns>
    public static Task<int> DeployAsync(SystemDeclaration system, StackSettings settings, Plan plan) =>
        Deployment.RunAsync<SystemStack>(Deployed(system, settings, plan));

    /// <summary>Hands a report to the user through the engine's log and registers nothing, not even the root stack.</summary>
    /// <returns>The exit code of the program, which is not 0.</returns>
    public static Task<int> RefuseAsync(string report) =>
        Deployment.RunAsync<SystemStack>(new StackFactory(() => throw new RunException(report)));

    /// <summary>Builds the stack of the real run, once it is known that it stays where it stands.</summary>
    internal static StackFactory Deployed(SystemDeclaration system, StackSettings settings, Plan plan) => new(() =>
    {
        try
        {
            return Construct(system, settings, plan);
        }
        catch (Exception exception) when (exception is not (RunException or OutOfMemoryException))
        {
            throw new RunException($"The stack cannot be built: {Failure.Describe(exception)}.");
        }
    });

    /// <summary>The region in which it stands on each cloud that has regions.</summary>
    internal static ImmutableDictionary<string, string> RegionsOf(Blueprint blueprint) => blueprint.Clouds
        .Where(cloud => cloud != Cloud.Kubernetes)
        .ToImmutableDictionary(cloud => cloud.Name(), blueprint.RegionOn);

    /// <summary>The account or project in which it stands on each cloud that has accounts. A cluster has no name of its own.</summary>
    internal static ImmutableDictionary<string, string> AccountsOf(Blueprint blueprint)
    {
        var accounts = blueprint.Settings.Accounts;
        return blueprint.Clouds
            .Select(cloud => (Cloud: cloud, Account: cloud switch
            {
                Cloud.Aws => accounts.Aws?.AccountId,
                Cloud.Gcp => accounts.Gcp?.Project,
                Cloud.Scaleway => accounts.Scaleway?.ProjectId,
                Cloud.Ovh => accounts.Ovh?.ProjectId,
                Cloud.Kubernetes => null,
                _ => throw new ArgumentOutOfRangeException(nameof(blueprint), cloud, "not a cloud"),
            }))
            .Where(pair => pair.Account is not null)
            .ToImmutableDictionary(pair => pair.Cloud.Name(), pair => pair.Account!);
    }

    /// <summary>The cloud of every placed component, in the order of declaration.</summary>
    internal static OrderedDictionary<string, Cloud> PlacementOf(Blueprint blueprint) => new(blueprint.Model.Components
        .Where(component => !component.Kind.IsFoundation && component.Stands)
        .Select(component => KeyValuePair.Create(component.Name, blueprint.CloudOf(component))));

    /// <summary>
    /// The same of those that stand somewhere by themselves, by the names of the clouds: what stands with its consumers moves with them.
    /// </summary>
    internal static IReadOnlyDictionary<string, string> DeployedPlacementOf(Blueprint blueprint) => blueprint.Model.Components
        .Where(component => component.Kind is { IsFoundation: false, FollowsConsumers: false } && component.Stands)
        .Where(component => component is not IMover)
        .ToDictionary(component => component.Name, component => blueprint.CloudOf(component).Name());

    /// <summary>The outputs of a component's neutral interface, by their names in camel case.</summary>
    internal static IEnumerable<(string Name, Output<string> Value)> OutputsOf(PlacedComponent component) =>
        from contract in component.GetType().GetInterfaces()
        where contract.Assembly == typeof(PlacedComponent).Assembly && contract.IsPublic
        from property in contract.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        where property.PropertyType == typeof(Output<string>)
        let value = (Output<string>?)property.GetValue(component)
        where value is not null
        orderby property.Name
        select (char.ToLowerInvariant(property.Name[0]) + property.Name[1..], value);

    private static SystemStack Construct(SystemDeclaration system, StackSettings settings, Plan plan)
    {
        var prepared = PreparedStack.Of(system, settings);
        var findings = prepared.Findings;
        RefuseErrors();

        var failures = new List<string>();
        var stack = new SystemStack(
            prepared.Blueprint,
            prepared.Build,
            (component, exception) => failures.Add($"{component}: {Failure.Describe(exception)}"),
            before: () =>
            {
                var deployed = DeployedStack.Read();
                Relocation.Check(deployed, Whereabouts.Of(prepared.Blueprint), findings);
                prepared.Waive(complete: false);
                RefuseErrors();
                ChangeChecks.CheckDeployed(Changes.Inventory.Compare(deployed.Inventory, plan), settings.Environment, findings);
                prepared.Waive(complete: false);
                RefuseErrors();
            },
            inventory: Changes.Inventory.Of(plan));
        foreach (var warning in plan.Findings.Concat(findings.All).Where(finding => finding.Severity == Severity.Warning).Distinct())
            Log.Warn(Report.Text(warning));
        return failures.Count == 0 ? stack : throw new RunException(string.Join(System.Environment.NewLine, failures));

        void RefuseErrors()
        {
            if (findings.HasErrors) throw new RunException(Report.Refusal(settings.Stack, findings));
        }
    }

    private static Output<ImmutableDictionary<string, ImmutableArray<string>>> UrlsOf(
        IReadOnlyList<PlacedComponent> components,
        Blueprint blueprint)
    {
        var routes = (
            from balancer in blueprint.Model.Components.OfType<LoadBalancer>()
            where balancer.Stands
            from route in balancer.Args.FullRoutes
            select (Service: route.Service.Name, Url: UrlOf(balancer, route))).ToList();
        return Output.All(routes.Select(route => route.Url)).Apply(urls => routes
            .Zip(urls)
            .GroupBy(pair => pair.First.Service)
            .ToImmutableDictionary(group => group.Key, group => group.Select(pair => pair.Second).ToImmutableArray()));

        // Without a domain, only the cloud knows where it is.
        Output<string> UrlOf(LoadBalancer balancer, Route route) => balancer.Args.HasName
            ? Output.Create($"https://{route.Host}{route.Path}")
            : Output.Format($"{Built(balancer)?.Url ?? Output.Create("")}{route.Path}");

        ILoadBalancer? Built(LoadBalancer balancer) => components
            .Where(component => component.Name == balancer.Name && component.Cloud == blueprint.CloudOf(balancer))
            .OfType<ILoadBalancer>()
            .FirstOrDefault();
    }

    private static Output<ImmutableDictionary<string, string>> Each<T>(
        IReadOnlyList<PlacedComponent> components,
        Blueprint blueprint,
        Func<T, Output<string>> select)
    {
        var chosen = components.Where(component => component is T).ToList();
        return Output.All(chosen.Select(component => select((T)(object)component)))
            .Apply(values => chosen.Zip(values).ToImmutableDictionary(pair => KeyOf(pair.First, blueprint), pair => pair.Second));
    }

    private static Output<ImmutableDictionary<string, ImmutableDictionary<string, string>>> OutputsOf(
        IReadOnlyList<PlacedComponent> components,
        Blueprint blueprint)
    {
        var outputs = components
            .SelectMany(component => OutputsOf(component).Select(output => (Component: component, output.Name, output.Value)))
            .ToList();
        return Output.All(outputs.Select(output => output.Value)).Apply(values => outputs
            .Zip(values)
            .GroupBy(pair => KeyOf(pair.First.Component, blueprint))
            .ToImmutableDictionary(group => group.Key, group => group.ToImmutableDictionary(pair => pair.First.Name, pair => pair.Second)));
    }

    // The copy that serves has the component's name, whatever stands beside it: a second copy, or the foundation of another cloud, adds
    // keys and moves none.
    private static string KeyOf(PlacedComponent component, Blueprint blueprint)
    {
        var serving = blueprint.Model.Components
            .Where(declared => declared.Name == component.Name && !declared.Kind.IsFoundation && declared.Stands)
            .Select(declared => (Cloud?)blueprint.CloudOf(declared))
            .FirstOrDefault() ?? blueprint.Settings.Cloud;
        if (component.Cloud == serving) return component.Name;
        var name = $"{component.Name}-{component.Cloud.Name()}";

        // No component's name has two hyphens in a row.
        return blueprint.Model.Components.Any(declared => declared.Name == name)
            ? $"{component.Name}--{component.Cloud.Name()}"
            : name;
    }
}

/// <summary>Constructs the stack when the runtime is ready for it.</summary>
internal sealed class StackFactory(Func<SystemStack> construct) : IServiceProvider
{
    /// <inheritdoc/>
    public object? GetService(Type serviceType) => serviceType == typeof(SystemStack) ? construct() : null;
}
