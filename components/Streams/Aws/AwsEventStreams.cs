using System.Globalization;
using System.Text.RegularExpressions;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Networks;
using Infra.Components.Networks.Aws;
using Infra.Components.Registries.Aws;
using Infra.Components.Runtimes.Aws;
using Infra.Components.Systems;

namespace Infra.Components.Streams.Aws;

/// <summary>
/// Event streams on AWS: standard brokers of Amazon MSK, with logins by SCRAM. MSK Serverless knows logins of IAM only, for which clients
/// need AWS's own library.
/// </summary>
internal sealed partial class AwsEventStreams()
    : Provision<EventStream, AwsContext>(EventStreamKind.Instance, new(Backing.Native, "Amazon MSK"))
{
    private static readonly Rule Arguments = Rule.Error("aws-event-stream-arguments", "Amazon MSK accepts the arguments");
    private static readonly Rule Zones = Rule.Error("aws-event-stream-zones", "Three servers of an event stream stand in three zones");

    private static readonly Rule Partitions = Rule.Notable(
        "aws-event-stream-partitions",
        "A broker of an event stream has no more partitions than Amazon MSK changes");

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } =
    [
        new("one server", "There are two servers at least, with two copies."),
        new("standby added in place", "High availability that comes or goes replaces the stream, with what it holds."),
        new("growing volumes", "A volume that was raised can be raised again after six hours."),
        new("passwords at once", "A new password takes minutes to be known to all servers."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Tweaks { get; } = [typeof(AwsEventStreamTweak)];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(EventStream component) => [PrivateNetworkKind.Instance];

    /// <inheritdoc/>
    protected override void Check(EventStream component, CloudChecks checks)
    {
        var args = component.Args;
        var guard = checks.Guard(component, Arguments);
        if (args.Tweak<AwsEventStreamTweak>()?.InstanceType is { } asked)
        {
            guard.Matches("AwsEventStreamTweak.InstanceType", asked, InstanceType(), "a broker size such as kafka.m7g.large");
            if (!AwsEventStreamProducts.IsKnown(asked))
            {
                UnprovenProducts.ReportUnknown(
                    component,
                    $"broker size {asked}",
                    checks.Region,
                    "Name another one by AwsEventStreamTweak.InstanceType",
                    checks);
            }
        }

        if (args.HighAvailability && checks.Model.Find<PrivateNetwork>() is { Args.Zones: < 3 } network)
        {
            checks.Report(
                Zones,
                component,
                $"HighAvailability is true, and the network's Zones is {network.Args.Zones}: three servers of Amazon MSK stand in three "
                + "zones and no fewer; allowed: 3. Change Zones, or set HighAvailability to false.");
        }

        // Every broker has a copy of each partition.
        var type = AwsEventStreamProducts.TypeOf(args.Size);
        var partitions = args.Topics.Sum(topic => (long)topic.Partitions);
        if (partitions > type.MostPartitions)
        {
            checks.Report(
                Partitions,
                component,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Its topics have {partitions} partitions, of which each broker keeps a copy, and Size is {args.Size}; allowed: ")
                + string.Create(
                    CultureInfo.InvariantCulture,
                    $"{type.MostPartitions}, which is what a {type.Product.Code} may have where Amazon MSK is to change it later. ")
                + "Raise Size, or declare fewer Partitions.");
        }

        if (checks.LinksTo(component).Any() && AwsImage.IsPublic(AwsEventStream.ClientImage(args)))
        {
            guard.Require(
                checks.Model.Find<PrivateNetwork>() is not { Args.Egress: Egress.None },
                "AwsEventStreamTweak.ClientImage",
                $"{AwsEventStream.ClientImage(args)}, of a public registry, to which the network leads nobody",
                "an image in Amazon ECR, or a way out",
                "Copy the image and name it, or set the network's Egress to shared");
        }

        AwsGroupRules.CheckConsumers(component, checks);
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(EventStream component, AwsContext context) =>
        new AwsEventStream(component, context.Get<AwsPrivateNetwork>(), context.Find<AwsRuntime>(), context);

    [GeneratedRegex(@"^kafka\.(m5|m7g)\.(large|([1-9][0-9]?)?xlarge)\z")]
    private static partial Regex InstanceType();
}
