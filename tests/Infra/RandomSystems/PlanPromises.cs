using Infra.Components.ContentDelivery;
using System.Reflection;
using Infra.Components.Brokers;
using Infra.Components.Buckets;
using Infra.Components.Caches;
using Infra.Components.Checks;
using Infra.Components.Databases;
using Infra.Components.Externals;
using Infra.Components.Mail;
using Infra.Components.LoadBalancers;
using Infra.Components.Networks;
using Infra.Components.Queues;
using Infra.Components.Runtimes;
using Infra.Components.Search;
using Infra.Components.Secrets;
using Infra.Components.Streams;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Plans.Rules;
using Infra.Rehearsals;
using Infra.Tests.Testing;

namespace Infra.Tests.RandomSystems;

/// <summary>What every plan promises, whatever the system.</summary>
internal static class PlanPromises
{
    // Faults of this project. Whatever a system declares, none of these may be what its author reads.
    private static readonly string[] Faults =
    [
        "arguments-unreadable", "chart-version", "check-failed", "component-failed", "input-conflict", "input-empty", "input-failed",
        "input-missing", "input-required", "input-type", "input-unknown", "input-value", "invoke-unknown", "output-interpolated",
        "output-without-value", "provider-explicit", "rehearsal-endless", "rehearsal-failed", "resource-owner", "secret-plain",
    ];

    // What only the plan shows: with one of these there is one, and nothing is deployed all the same.
    private static readonly HashSet<string> OfPlans =
    [
        .. typeof(PlanRules).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(PlanRules).Namespace)
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.FieldType == typeof(Rule))
            .Select(field => ((Rule)field.GetValue(null)!).Id),
    ];

    private static readonly string[] Stores =
        ["Bucket", "Cache", "EventStream", "ManagedDatabase", "MessageBroker", "Queue", "SearchEngine", "Secret"];

    private const int MostTold = 4;
    private const int LongestTold = 3000;

    private static readonly Component Unrelated = new Bucket("unrelated");

    /// <summary>Fails with what a system's plan does not keep.</summary>
    public static void Check(RandomSystem system)
    {
        var plan = Rehearsal.Run(system.Declaration, system.Settings);
        None("no fault of this project", plan.Findings.Where(finding => Faults.Contains(finding.Rule.Id)).Select(Told));
        var errors = plan.Findings.Where(finding => finding.Severity == Severity.Error).ToList();
        if (errors.Exists(error => !OfPlans.Contains(error.Rule.Id)))
            None("nothing is registered after an error", plan.Resources.Select(resource => resource.Urn));
        CheckOrder(plan, system);
        if (errors.Count > 0) return;
        CheckReferences(plan);
        CheckNames(plan);
        CheckOpenings(plan);
        CheckLinks(plan, system);
        CheckBytes(plan, system);
        CheckUnknown(plan, system);
        CheckUnrelated(plan, system);
    }

    private static void None(string promise, IEnumerable<string> broken)
    {
        var all = broken.ToList();
        if (all.Count > 0) Fail(promise, all);
    }

    private static void Same(string promise, IEnumerable<string> one, IEnumerable<string> other)
    {
        var (left, right) = (one.ToList(), other.ToList());
        None(promise, left.Except(right).Select(text => $"- {text}").Concat(right.Except(left).Select(text => $"+ {text}")));
    }

    private static void Fail(string promise, IReadOnlyList<string> broken) =>
        throw new BrokenPromiseException(promise, string.Join('\n', broken.Take(MostTold).Select(Shortened)));

    // The parts in which long texts differ stand early in none of them: whole resources are told up to here.
    private static string Shortened(string text) => text.Length <= LongestTold ? text : text[..LongestTold] + "…";

    private static string Told(Finding finding) => $"{finding.Rule.Id} {finding.Component}: {finding.Message}";

    private static byte[] Bytes(Plan plan)
    {
        using var stream = new MemoryStream();
        PlanJson.Write(plan, stream);
        return stream.ToArray();
    }

    private static void CheckBytes(Plan plan, RandomSystem system)
    {
        if (!Bytes(plan).SequenceEqual(Bytes(Rehearsal.Run(system.Declaration, system.Settings)))) Fail("the same bytes again", []);
    }

    private static void CheckOrder(Plan plan, RandomSystem system)
    {
        var reversed = system with { Parts = [.. system.Parts.Reverse()] };
        var other = Rehearsal.Run(reversed.Declaration, reversed.Settings);
        Same("the same errors in another order", Rules(plan), Rules(other));
        if (!plan.HasErrors) Same("the same resources in another order", Resources(plan), Resources(other));
    }

    private static IEnumerable<string> Rules(Plan plan) =>
        plan.Findings.Where(finding => finding.Severity == Severity.Error).Select(finding => finding.Rule.Id).Distinct().Order();

    private static IEnumerable<string> Resources(Plan plan) => plan.Resources.Select(Whole).Order(StringComparer.Ordinal);

    private static string Whole(PlannedResource resource) =>
        $"{resource.Urn} {resource.Protect} {resource.Inputs} {string.Join(' ', resource.DependsOn.Order(StringComparer.Ordinal))}";

    private static void CheckReferences(Plan plan)
    {
        var known = plan.Resources.Select(resource => resource.Urn).Concat(plan.Components.Select(component => component.Urn)).ToHashSet();
        foreach (var resource in plan.Resources)
        {
            var named = resource.References.Select(reference => reference.To)
                .Concat(resource.DependsOn)
                .Concat(new[] { resource.Parent, resource.Provider }.OfType<string>());
            None("every reference leads to something", named.Where(urn => !known.Contains(urn)).Select(urn => $"{resource.Urn} to {urn}"));
        }
    }

    private static void CheckNames(Plan plan)
    {
        var twice = plan.Resources.GroupBy(resource => resource.Urn).Where(group => group.Count() > 1).Select(group => group.Key);
        None("every URN stands once", twice);
        None("a selector means pods of one component", Selections.Ambiguous(plan));
    }

    private static void CheckOpenings(Plan plan)
    {
        var stores = plan.Components
            .Where(component => Stores.Contains(component.Kind.Name))
            .Select(component => component.Urn)
            .ToHashSet();
        None(
            "no store is open",
            from exposure in Exposures.Of(plan)
            where exposure.Resource.ComponentUrn is { } urn && stores.Contains(urn)
            select $"{exposure.Resource.Urn} is open: {exposure.What}");

        // An empty list of sources means everyone to whom it is sent.
        None(
            "no list of sources is empty",
            from resource in plan.Resources
            from list in new[] { "sourceRanges", "spec.loadBalancerSourceRanges" }
            where resource.Input(list) == "[]"
            select $"{resource.Urn} admits nobody by {list}, which means everyone");
    }

    private static void CheckLinks(Plan plan, RandomSystem system)
    {
        // Of two copies of a consumer, a fixture sees both at once.
        if (system.Migration is not null) return;
        var model = new Model();
        system.Declaration.Declare(model);
        foreach (var consumer in model.Components.OfType<Consumer>())
        {
            var cloud = plan.Placement[consumer.Name];
            var variables = Fixtures.Of(cloud).VariablesOf(plan, consumer.Name);
            var expected = consumer.Links
                .SelectMany(link => link.Variables.Select(variable => variable.Name))
                .Concat(consumer.Container.Environment.Keys);
            None("every link is told to its consumer", expected.Except(variables.Keys).Select(variable => $"{consumer.Name}: {variable}"));
            None(
                "no secret stands in the clear",
                from link in consumer.Links
                from variable in link.Variables
                where variable.Text.Values.Any(value => IsSecret(value.Key))

                // Where an identity gives access, a key of buckets and queues is empty, and so are MQTT's url where it is not spoken and
                // the password of a relay that wants none: what is composed of it is no secret.
                where link.Named is null || link.Target is not (Bucket or Queue or MessageBroker or MailSender)
                where variables[variable.Name].Value is not (null or "")
                select $"{consumer.Name}: {variable.Name}");
        }

        Same("links are the ways there are", Linked(model, plan), Selections.Reached(plan));
        foreach (var cloud in new[] { Cloud.Aws, Cloud.Gcp })
        {
            // Consumers elsewhere come through a relay, of which the suite of links across clouds tells.
            if (model.Links.Any(link => plan.Placement[link.Target.Name] == cloud && plan.Placement[link.Consumer.Name] != cloud)) continue;
            Same($"links are the grants there are on {cloud.Name()}", Due(cloud, model, plan).Distinct(), Grants.On(cloud, plan));
        }
    }

    private static bool IsSecret(TargetKey key) => key.Target.Kind.ConnectionKeys.Single(known => known.Name == key.Name).IsSecret;

    // What is a part of something else is reached there.
    private static string ServerOf(Component target) => (target.ReachedAt ?? target).Name;

    // In a cluster, routers of MySQL's servers answer for its replicas.
    private static string PodsOf(Component target) =>
        target is ReadReplica { Args.Of: { Args.Engine: DatabaseEngine.MySql } server } ? server.Name : ServerOf(target);

    // Who uses whom inside one cluster, as far as both are pods there.
    private static IEnumerable<string> Linked(Model model, Plan plan) =>
        from link in model.Links
        where plan.Placement[link.Consumer.Name] == plan.Placement[link.Target.Name]
        where Selections.HasPods(plan, link.Consumer.Name) && Selections.HasPods(plan, PodsOf(link.Target))
        let sentence = $"{link.Consumer.Name} reaches {PodsOf(link.Target)}"
        group sentence by sentence into same
        orderby same.Key
        select same.Key;

    // What links and routes are due on a cloud, and nothing besides.
    private static IEnumerable<string> Due(Cloud cloud, Model model, Plan plan)
    {
        bool Stands(Component component) => plan.Placement[component.Name] == cloud;
        foreach (var link in model.Links.Where(link => Stands(link.Target)))
        {
            var (consumer, target) = (link.Consumer.Name, ServerOf(link.Target));
            switch (link.Target)
            {
                // Nothing of it is there to be granted: whoever has a way out has one to it.
                case External:
                    break;
                case Secret:
                    yield return Grants.Reads(consumer, target);
                    break;
                case MailSender { Args.Relay: not null } or Cdn:
                    break;
                case Bucket or Queue or MailSender:
                    yield return Grants.Uses(consumer, target);
                    break;
                case ManagedDatabase or LogicalDatabase or MessageBroker or SearchEngine:
                    yield return Grants.Reaches(consumer, target);
                    yield return Grants.LogsIn(consumer, target);
                    yield return Grants.Reads(Grants.GranterOf(target), target);
                    yield return Grants.Reads(Grants.GranterOf(target), consumer);
                    if (cloud == Cloud.Gcp) yield return Grants.Reaches(Grants.GranterOf(target), target);
                    break;
                case EventStream when cloud == Cloud.Aws:
                    yield return Grants.Reaches(consumer, target);
                    yield return Grants.LogsIn(consumer, target);
                    yield return Grants.Reads(Grants.GranterOf(target), target);
                    break;

                // Its servers are anywhere in the network's subnet.
                case EventStream when cloud == Cloud.Gcp:
                    yield return Grants.Reaches(consumer, model.Find<PrivateNetwork>()?.Name ?? "network");
                    yield return Grants.LogsIn(consumer, target);
                    break;
                case ReadReplica { Args.Of.Name: var server }:
                    yield return Grants.Reaches(consumer, target);
                    yield return Grants.LogsIn(consumer, server);
                    yield return Grants.Reads(Grants.GranterOf(server), server);
                    yield return Grants.Reads(Grants.GranterOf(server), consumer);
                    if (cloud == Cloud.Gcp) yield return Grants.Reaches(Grants.GranterOf(server), server);
                    break;
                case Cache when cloud == Cloud.Aws:
                    yield return Grants.Reaches(consumer, target);
                    yield return Grants.LogsIn(consumer, target);
                    break;
                default:
                    yield return Grants.Reaches(consumer, target);
                    break;
            }
        }

        // Logins of a replica's readers are made on its server.
        foreach (var replica in model.Components.OfType<ReadReplica>().Where(replica => cloud == Cloud.Aws && Stands(replica)))
            yield return Grants.Reaches(replica.Name, replica.Args.Of.Name);

        foreach (var consumer in model.Components.OfType<Consumer>().Where(Stands))
        {
            // What a secret holds as it is, is read where the secret keeps it; everything else the consumer keeps itself.
            var elsewhere = consumer.Links
                .Where(link => link.Target is Secret && Stands(link.Target))
                .SelectMany(link => link.Variables)
                .Where(variable => variable.Text.Parts is [TextPart.Value { Format: TextFormat.Plain }])
                .Select(variable => variable.Name);
            var secrets = Fixtures.Of(cloud).VariablesOf(plan, consumer.Name).Where(variable => variable.Value.IsSecret);
            // Cloud Run mounts nothing but secrets, whatever is in a file.
            var keepsFiles = cloud == Cloud.Gcp && consumer.Container.Files.Count > 0;
            if (keepsFiles || secrets.Select(variable => variable.Key).Except(elsewhere).Any())
                yield return Grants.Reads(consumer.Name, consumer.Name);
        }

        if (cloud != Cloud.Aws) yield break;

        // Where the network has no way out, its endpoints are everyone's inside of it.
        if (plan.Resources.Any(resource => resource.TypeName == "VpcEndpoint")
            && model.Find<PrivateNetwork>() is { Args.Egress: Egress.None } network)
        {
            yield return Grants.Reaches($"whoever has {network.Args.Cidr}", network.Name);
        }

        foreach (var balancer in model.Components.OfType<LoadBalancer>().Where(Stands))
        {
            var sources = balancer.Args.AllowedSources.Count == 0 ? ["0.0.0.0/0"] : balancer.Args.AllowedSources;
            foreach (var source in sources) yield return Grants.Reaches($"whoever has {source}", balancer.Name);
            foreach (var route in balancer.Args.Routes) yield return Grants.Reaches(balancer.Name, route.Service.Name);
            foreach (var listener in balancer.Args.Listeners) yield return Grants.Reaches(balancer.Name, listener.Service.Name);
        }
    }

    private static void CheckUnknown(Plan plan, RandomSystem system)
    {
        var unknown = Rehearsal.RunUnknown(system.Declaration, system.Settings);
        None("no error while values are unknown", unknown.Findings.Where(finding => finding.Severity == Severity.Error).Select(Told));
        Same(
            "the same resources while values are unknown",
            plan.Resources.Select(resource => resource.Urn).Concat(plan.Components.Select(component => component.Urn)).Order(),
            unknown.Urns.Order());
    }

    private static void CheckUnrelated(Plan plan, RandomSystem system)
    {
        // Where it would bring a network along, placeholders of two networks are told apart by longer names than that of one.
        if (!plan.Components.Any(component => component.Kind == PrivateNetworkKind.Instance && component.Cloud == system.Cloud)) return;
        var more = system with { Parts = [new(Unrelated.Name, "", _ => new Bucket(Unrelated.Name)), .. system.Parts] };
        var other = Rehearsal.Run(more.Declaration, more.Settings);
        if (other.HasErrors) return;
        var others = other.Resources.Select(Whole).ToHashSet();

        // What serves everything on a cloud follows from everything on it: nodes, and the APIs to enable.
        var shared = plan.Components
            .Where(component => component.Kind == RuntimeKind.Instance)
            .Select(component => component.Urn)
            .ToHashSet();
        var own = plan.Resources.Where(resource => resource.ComponentUrn is not { } urn || !shared.Contains(urn)).Select(Whole);
        None("unrelated components change nothing", own.Except(others));
    }
}

/// <summary>A plan does not keep a promise.</summary>
internal sealed class BrokenPromiseException(string promise, string how) : Exception($"{promise}:\n{how}")
{
    /// <summary>Which.</summary>
    public string Promise => promise;
}
