using System.Text.RegularExpressions;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Jobs.Aws;
using Infra.Components.Networks;
using Infra.Components.Networks.Aws;
using Infra.Components.Runtimes.Aws;
using Infra.Components.Systems;

namespace Infra.Components.Brokers.Aws;

/// <summary>
/// Message brokers on AWS: RabbitMQ by Amazon MQ. Its other engine, ActiveMQ, speaks MQTT but no AMQP 0-9-1, and keeps logins in the broker
/// itself, which would change whenever a consumer comes or goes.
/// </summary>
internal sealed partial class AwsMessageBrokers()
    : Provision<MessageBroker, AwsContext>(MessageBrokerKind.Instance, new(Backing.Native, "Amazon MQ for RabbitMQ"))
{
    private static readonly Rule Arguments = Rule.Error("aws-message-broker-arguments", "Amazon MQ accepts the broker's arguments");
    private static readonly Rule Protocols = Rule.Error("aws-message-broker-mqtt", "Amazon MQ speaks the protocols of a broker");
    private static readonly Rule Region = Rule.Error("aws-message-broker-region", "Message brokers stand in regions that have RabbitMQ 4");
    private static readonly Rule Storage = Rule.Info("aws-message-broker-storage", "No size of storage is asked for: the type decides");
    private static readonly Rule Smallest = Rule.Info("aws-message-broker-size", "A broker has room for many connections");

    private static readonly Gap Mqtt = new("mqtt", "No MQTT: Amazon MQ for RabbitMQ speaks AMQP only.") { Rule = Protocols };
    private static readonly Gap Sized = new("size of storage", "Its type decides how much storage it has.") { Rule = Storage };

    private static readonly Gap Connections = new(
        "connections of small brokers",
        "Without high availability, nano, small and medium ones take 100 connections.")
    {
        Rule = Smallest,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } =
    [
        Mqtt,
        Sized,
        Connections,
        new("standby added in place", "High availability that comes or goes replaces the broker, with what it holds."),
        new("rotation of the administrator", "Its administrator keeps the password that it was made with."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Tweaks { get; } = [typeof(AwsMessageBrokerTweak)];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(MessageBroker component) => [PrivateNetworkKind.Instance];

    /// <inheritdoc/>
    protected override void Check(MessageBroker component, CloudChecks checks)
    {
        var args = component.Args;
        var tweak = args.Tweak<AwsMessageBrokerTweak>() ?? new();
        if (args.Mqtt)
            checks.Lacks(Mqtt, component, "Mqtt is true; Amazon MQ for RabbitMQ speaks AMQP 0-9-1 and AMQP 1.0.", "Set Mqtt to false");

        // Whoever leaves the default has an intention, and learns that it makes no difference.
        var usual = ((MessageBrokerArgs)new MessageBrokerArgs().For(checks.Profile)).StorageGiB;
        if (args.StorageGiB != usual)
        {
            checks.Lacks(
                Sized,
                component,
                $"StorageGiB is {args.StorageGiB}; Amazon MQ gives every instance type the storage that it has.",
                "Leave StorageGiB out, and raise Size where that is too little");
        }

        var guard = checks.Guard(component, Arguments);
        if (tweak.InstanceType is { } type)
        {
            guard.Matches("AwsMessageBrokerTweak.InstanceType", type, InstanceType(), "an instance type such as mq.m7g.4xlarge");
            AwsFamilies.Check(guard, "AwsMessageBrokerTweak.InstanceType", type, checks.Region);
        }
        else if (AwsMessageBrokerProducts.TypeOf(args, checks.Region) is null)
        {
            checks.Report(
                Region,
                component,
                $"{checks.Region} has no mq.m7g, on which alone Amazon MQ runs RabbitMQ 4; allowed: other regions. Change infra:location, "
                + $"or place '{component.Name}' on {checks.Alternatives(component.Kind)}.");
        }
        else if (AwsMessageBrokerProducts.IsForTests(args, checks.Region))
        {
            checks.Lacks(
                Connections,
                component,
                $"Size is {args.Size}, which without high availability is a mq.m7g.medium: it takes 100 connections.",
                "Raise Size to Large, which takes 1500");
        }

        AwsRestAdministration.CheckImage(component, "AwsMessageBrokerTweak.ClientImage", tweak.ClientImage, Arguments, checks);
        AwsGroupRules.CheckConsumers(component, checks);
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(MessageBroker component, AwsContext context) =>
        new AwsMessageBroker(component, context.Get<AwsPrivateNetwork>(), context.Find<AwsRuntime>(), context);

    [GeneratedRegex(@"^mq\.m7g\.(medium|large|([248]|1[26])?xlarge)\z")]
    private static partial Regex InstanceType();
}
