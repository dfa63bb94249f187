using Infra.Components.Composition;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Placements;

/// <summary>No argument is ignored in silence: another value changes what a cloud makes, or the cloud says what it does instead.</summary>
public sealed class ArgumentTests
{
    private const string Nothing = "Nothing is made that could be labelled.";

    /// <summary>Arguments whose other values change neither plan nor findings, and why that is right.</summary>
    private static readonly IReadOnlyDictionary<(Cloud Cloud, string Argument), string> Unchanged = new Dictionary<(Cloud, string), string>
    {
        [(Cloud.Aws, "DnsRecord.DataClass")] = "A record set of Route 53 has no tags.",
        [(Cloud.Gcp, "DnsRecord.DataClass")] = "A record set of Cloud DNS has no labels.",
        [(Cloud.Aws, "Queue.HighAvailability")] = "Amazon SQS keeps messages in several zones, whatever one asks for.",
        [(Cloud.Gcp, "Queue.HighAvailability")] = "Pub/Sub keeps messages in several zones, whatever one asks for.",
        [(Cloud.Gcp, "EventStream.HighAvailability")] = "A gap says so: a cluster is in three zones, whatever one asks for.",
        [(Cloud.Scaleway, "Queue.HighAvailability")] = "Scaleway Queues have no switch for it.",
        [(Cloud.Aws, "External.DataClass")] = Nothing,
        [(Cloud.Gcp, "External.DataClass")] = Nothing,
        [(Cloud.Scaleway, "External.DataClass")] = Nothing,
        [(Cloud.Ovh, "External.DataClass")] = Nothing,
        [(Cloud.Kubernetes, "External.DataClass")] = Nothing,
        [(Cloud.Aws, "External.Addresses")] = "Where the network leads out, it leads to private addresses behind a peering, too.",
        [(Cloud.Gcp, "External.Addresses")] = "The network denies its own block only.",
        [(Cloud.Aws, "MailSender.DataClass")] = "Mails leave by a relay: nothing is made that could be labelled.",
        [(Cloud.Gcp, "MailSender.DataClass")] = "Mails leave by a relay: nothing is made that could be labelled.",
        [(Cloud.Scaleway, "MailSender.DataClass")] = "Mails leave by a relay: nothing is made that could be labelled.",
        [(Cloud.Ovh, "MailSender.DataClass")] = "Mails leave by a relay: nothing is made that could be labelled.",
        [(Cloud.Kubernetes, "MailSender.DataClass")] = "Mails leave by a relay: nothing is made that could be labelled.",
        [(Cloud.Gcp, "MailSender.Relay.WhereNeeded")] = "Nothing else sends mails there.",
        [(Cloud.Ovh, "MailSender.Relay.WhereNeeded")] = "Nothing else sends mails there.",
        [(Cloud.Kubernetes, "MailSender.Relay.WhereNeeded")] = "Nothing else sends mails there.",
        [(Cloud.Scaleway, "Cdn.DataClass")] = "A pipeline of Scaleway has no tags.",
        [(Cloud.Ovh, "Cdn.DataClass")] = "A supplier's network is set up by hand: nothing is made that could be labelled.",
        [(Cloud.Kubernetes, "Cdn.DataClass")] = "A supplier's network is set up by hand: nothing is made that could be labelled.",
        [(Cloud.Scaleway, "DnsZone.DataClass")] = "A domain at Scaleway has no tags.",
        [(Cloud.Scaleway, "DnsRecord.DataClass")] = "A record at Scaleway has no tags.",
        [(Cloud.Scaleway, "ClusterAddon.DataClass")] = "The releases of a chart carry the chart's labels.",
        [(Cloud.Ovh, "Bucket.DataClass")] = "A bucket on OVHcloud has no tags.",
        [(Cloud.Ovh, "Cache.DataClass")] = "A managed cache on OVHcloud has no tags.",
        [(Cloud.Ovh, "DnsZone.DataClass")] = "A domain at OVHcloud has no tags.",
        [(Cloud.Ovh, "DnsRecord.DataClass")] = "A record at OVHcloud has no tags.",
        [(Cloud.Ovh, "ClusterAddon.DataClass")] = "The releases of a chart carry the chart's labels.",
        [(Cloud.Kubernetes, "ContainerRegistry.DataClass")] = "The registry is given: nothing is made that could be labelled.",
        [(Cloud.Kubernetes, "DnsZone.DataClass")] = "The zone is given: nothing is made that could be labelled.",
        [(Cloud.Kubernetes, "ClusterAddon.DataClass")] = "The releases of a chart carry the chart's labels.",
    };

    /// <summary>Every kind that a system declares, by its name, on every cloud.</summary>
    public static TheoryData<string, Cloud> Kinds
    {
        get
        {
            var kinds = new TheoryData<string, Cloud>();
            foreach (var probe in KindProbe.All)
            {
                foreach (var cloud in CloudIndex.All.Where(cloud => cloud.Provisions.Any(provision => provision.Kind == probe.Kind)))
                    kinds.Add(probe.Kind.Name, cloud.Cloud);
            }

            return kinds;
        }
    }

    [Fact]
    public void Every_kind_that_a_system_can_declare_has_a_probe() => Assert.Equal(
        typeof(Component).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Component)) && type is { IsAbstract: false, IsPublic: true })
            .Select(type => type.Name)
            .Order(StringComparer.Ordinal),
        KindProbe.All.Select(probe => probe.Kind.Name));

    [Fact]
    public void Every_kind_says_what_was_decided() => Assert.All(KindProbe.All, probe =>
    {
        var decisions = probe.Create(new(), "target").Arguments.Within("shop.example").Decisions.ToList();

        Assert.NotEmpty(decisions);
        Assert.All(decisions, decision => Assert.All([decision.What, decision.Value], Assert.NotEmpty));
        Assert.Equal(decisions.Count, decisions.DistinctBy(decision => decision.What).Count());
    });

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_argument_shows_on_every_cloud(string kind, Cloud cloud)
    {
        var probe = KindProbe.Of(kind);
        var before = Seen(Plan(probe, cloud, arguments => { }));
        var silent = new List<string>();
        foreach (var (path, values) in OtherArguments.Of(probe))
        {
            if (values.Any(value => Seen(Plan(probe, cloud, arguments => OtherArguments.Set(arguments, path, value))) != before)) continue;
            if (!Unchanged.ContainsKey((cloud, $"{kind}.{path}"))) silent.Add(path);
        }

        Assert.Empty(silent);
    }

    [Fact]
    public void Every_exception_is_of_an_argument_that_exists_and_is_needed() => Assert.All(Unchanged, exception =>
    {
        var (kind, path) = (exception.Key.Argument.Split('.', 2)[0], exception.Key.Argument.Split('.', 2)[1]);
        var probe = KindProbe.Of(kind);
        var before = Seen(Plan(probe, exception.Key.Cloud, arguments => { }));
        Assert.All(
            OtherArguments.Of(probe).Single(other => other.Path == path).Values,
            value => Assert.Equal(before, Seen(Plan(probe, exception.Key.Cloud, arguments => OtherArguments.Set(arguments, path, value)))));
        Assert.EndsWith(".", exception.Value, StringComparison.Ordinal);
    });

    // Everything of a plan that its reader sees, but for the arguments themselves and what is said of them whatever the cloud.
    private static string Seen(Plan plan) => string.Join('\n',
    [
        .. plan.Resources.Select(resource => $"{resource.Urn} {resource.Protect} {resource.Inputs} {string.Join(' ', resource.DependsOn)}"),
        .. plan.Findings
            .Where(finding => finding.Rule.Id != "weaker-than-usual")
            .Select(finding => $"{finding.Rule.Id} {finding.Component} {finding.Message}"),
    ]);

    private static Plan Plan(KindProbe probe, Cloud cloud, Action<Arguments> change) => Fixtures.Of(cloud).Plan(model =>
    {
        var component = probe.Create(model, "target");
        probe.Suit(cloud, component.Arguments);
        change(component.Arguments);
        model.Add(component);
        probe.Surround(model, component);
    });
}
