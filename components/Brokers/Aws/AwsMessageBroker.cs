using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Jobs.Aws;
using Infra.Components.Networks.Aws;
using Infra.Components.Placements;
using Infra.Components.Runtimes.Aws;
using Pulumi;
using Mq = Pulumi.Aws.Mq;
using MqInputs = Pulumi.Aws.Mq.Inputs;

namespace Infra.Components.Brokers.Aws;

/// <summary>
/// A RabbitMQ broker of Amazon MQ in the data subnets: one server, or three in as many zones. Amazon MQ makes one login, which is the
/// administrator's; a task inside the network makes those of consumers through RabbitMQ's management API, which nobody else reaches. A
/// public authority signs its certificate.
/// </summary>
internal sealed class AwsMessageBroker : PlacedMessageBroker, ILinkTarget<AwsGrantee>, ISharedGrants
{
    // What RabbitMQ allows by itself, and Amazon MQ when it is asked: its own defaults are half a MiB and ten consumers.
    private const string Configuration = """
        max_message_size=16777216
        consumer_max_per_channel=1000

        """;

    private readonly AwsContext _context;
    private readonly AwsRestAdministration _administration;
    private readonly AwsRestLogins _logins;

    /// <summary>Builds the broker.</summary>
    public AwsMessageBroker(MessageBroker broker, AwsPrivateNetwork network, AwsRuntime? runtime, AwsContext context)
        : base(broker.Args, context.Place(broker))
    {
        _context = context;
        var args = broker.Args;
        var tweak = args.Tweak<AwsMessageBrokerTweak>() ?? new();
        _administration = new(
            new()
            {
                Name = Name,
                What = "Message broker",
                Api = "management API",
                Tags = Tags,
                Child = Child,
            },
            network,
            context);
        var configuration = new Mq.Configuration(
            Name,
            new()
            {
                Description = $"Message broker {Name}",
                EngineType = "RabbitMQ",
                EngineVersion = AwsMessageBrokerProducts.Version,
                Data = Configuration,
                Tags = Tags.AsInput(),
            },
            Child());
        var server = new Mq.Broker(
            Name,
            new()
            {
                EngineType = "RabbitMQ",
                EngineVersion = AwsMessageBrokerProducts.Version,
                HostInstanceType = tweak.InstanceType ?? AwsMessageBrokerProducts.TypeOf(args, context.Region)!,
                DeploymentMode = args.HighAvailability ? "CLUSTER_MULTI_AZ" : "SINGLE_INSTANCE",
                SubnetIds = args.HighAvailability ? network.DataSubnets : [network.DataSubnets[0]],
                SecurityGroups = [_administration.Group.Id],
                PubliclyAccessible = false,
                EncryptionOptions = new MqInputs.BrokerEncryptionOptionsArgs { UseAwsOwnedKey = true },
                Configuration = new MqInputs.BrokerConfigurationArgs
                {
                    Id = configuration.Id,
                    Revision = configuration.LatestRevision,
                },
                Users =
                [
                    new MqInputs.BrokerUserArgs
                    {
                        Username = BrokerScript.Administrator,
                        Password = _administration.Password.Result,
                    },
                ],
                // Patches only: the line is stated above. Amazon MQ refuses RabbitMQ 4 without it.
                AutoMinorVersionUpgrade = true,
                MaintenanceWindowStartTime = Maintenance(AwsNight.In(context.Region).Maintenance),
                ApplyImmediately = tweak.ApplyImmediately ?? !context.IsProduction,
                Tags = Tags.AsInput(),
            },
            Lasting());

        var instance = server.Instances.Apply(instances => instances[0]);
        Host = instance.Apply(node => HostOf(node.Endpoints[0]));
        _logins = new(
            _administration,
            BrokerScript.Logins,
            instance.Apply(node => $"{node.ConsoleUrl}{BrokerScript.Logins.Path}"),
            server,
            AwsRestAdministration.ImageOf(tweak.ClientImage),
            runtime,
            context);
        RegisterOutputs();
    }

    /// <inheritdoc/>
    public Endpoint? Endpoint => new(Host, Port, SpeaksTls: true);

    /// <inheritdoc/>
    public void Admit(AwsGrantee grantee, string role) => grantee.Reach(role, Name, _administration.Group, AmqpPort);

    /// <inheritdoc/>
    public Connection Connect(AwsGrantee grantee, StandingLink link, RelayEndpoint? relay)
    {
        var (username, password, granted) = _logins.Connect(grantee, link, isRelayed: relay is not null);
        return ConnectionAt(relay, granted, username, password, certificateAuthority: null);
    }

    /// <inheritdoc/>
    public void CompleteGrants() => _logins.Complete();

    private static string HostOf(string endpoint) => endpoint
        .Replace("amqps://", "", StringComparison.Ordinal)
        .Replace($":{AmqpPort}", "", StringComparison.Ordinal);

    // Of a window such as sun:03:30-sun:04:30: where the region is it is Sunday, in UTC it may be the day before.
    private static MqInputs.BrokerMaintenanceWindowStartTimeArgs Maintenance(string night) => new()
    {
        DayOfWeek = night[..3] == "sat" ? "SATURDAY" : "SUNDAY",
        TimeOfDay = night[4..9],
        TimeZone = "UTC",
    };

    private CustomResourceOptions Lasting()
    {
        var options = Child(protect: _context.Protect);
        options.CustomTimeouts = new CustomTimeouts
        {
            Create = TimeSpan.FromMinutes(60),
            Update = TimeSpan.FromMinutes(60),
            Delete = TimeSpan.FromMinutes(60),
        };
        return options;
    }
}
