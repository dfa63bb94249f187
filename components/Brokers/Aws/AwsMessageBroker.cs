using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Jobs.Aws;
using Infra.Components.Networks.Aws;
using Infra.Components.Placements;
using Infra.Components.Runtimes.Aws;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Random;
using Ec2 = Pulumi.Aws.Ec2;
using Lambda = Pulumi.Aws.Lambda;
using Mq = Pulumi.Aws.Mq;
using MqInputs = Pulumi.Aws.Mq.Inputs;
using Rules = Pulumi.Aws.Vpc;

namespace Infra.Components.Brokers.Aws;

/// <summary>
/// A RabbitMQ broker of Amazon MQ in the data subnets: one server, or three in as many zones. Amazon MQ makes one login, which is the
/// administrator's; a task inside the network makes those of consumers through RabbitMQ's management API, which nobody else reaches. A
/// public authority signs its certificate.
/// </summary>
internal sealed class AwsMessageBroker : PlacedMessageBroker, ILinkTarget<AwsGrantee>, ISharedGrants
{
    private const string Administrator = "administrator";
    private const int ManagementPort = 443;

    // What RabbitMQ allows by itself, and Amazon MQ when it is asked: its own defaults are half a MiB and ten consumers.
    private const string Configuration = """
        max_message_size=16777216
        consumer_max_per_channel=1000

        """;

    private readonly AwsRuntime? _runtime;
    private readonly AwsContext _context;
    private readonly string _image;
    private readonly Ec2.SecurityGroup _group;
    private readonly Ec2.SecurityGroup _setup;
    private readonly IReadOnlyList<Resource> _ways;
    private readonly AwsSecret _administration;
    private readonly Mq.Broker _broker;
    private readonly Output<string> _management;
    private readonly List<(AwsGrantee Grantee, StandingLink Link)> _consumers = [];

    /// <summary>Builds the broker.</summary>
    public AwsMessageBroker(MessageBroker broker, AwsPrivateNetwork network, AwsRuntime? runtime, AwsContext context)
        : base(broker.Args, context.Place(broker))
    {
        (_runtime, _context) = (runtime, context);
        var args = broker.Args;
        var tweak = args.Tweak<AwsMessageBrokerTweak>() ?? new();
        _image = ClientImage(args);
        _group = new Ec2.SecurityGroup(
            Name,
            new() { VpcId = network.NetworkId, Description = $"Message broker {Name}", Tags = Tags.Named(Name) },
            Child());
        _setup = new Ec2.SecurityGroup(
            $"{Name}-setup",
            new() { VpcId = network.NetworkId, Description = $"Sets up logins of {Name}", Tags = Tags.Named($"{Name}-setup") },
            Child());
        _ways = Ways();

        var password = LoginPassword.Create($"{Name}-administrator", context.Values, Child());
        _administration = AwsSecret.Create(
            $"{Name}-administrator",
            $"The administrator of {Name}",
            password.Result.Apply(value => AwsJson.Text(AwsJson.Map(["PASSWORD"], [value]))),
            Tags,
            context,
            Child);
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
        _broker = new Mq.Broker(
            Name,
            new()
            {
                EngineType = "RabbitMQ",
                EngineVersion = AwsMessageBrokerProducts.Version,
                HostInstanceType = tweak.InstanceType ?? AwsMessageBrokerProducts.TypeOf(args, context.Region)!,
                DeploymentMode = args.HighAvailability ? "CLUSTER_MULTI_AZ" : "SINGLE_INSTANCE",
                SubnetIds = args.HighAvailability ? network.DataSubnets : [network.DataSubnets[0]],
                SecurityGroups = [_group.Id],
                PubliclyAccessible = false,
                EncryptionOptions = new MqInputs.BrokerEncryptionOptionsArgs { UseAwsOwnedKey = true },
                Configuration = new MqInputs.BrokerConfigurationArgs
                {
                    Id = configuration.Id,
                    Revision = configuration.LatestRevision,
                },
                Users = [new MqInputs.BrokerUserArgs { Username = Administrator, Password = password.Result }],
                // Patches only: the line is stated above. Amazon MQ refuses RabbitMQ 4 without it.
                AutoMinorVersionUpgrade = true,
                MaintenanceWindowStartTime = Maintenance(AwsNight.In(context.Region).Maintenance),
                ApplyImmediately = tweak.ApplyImmediately ?? !context.IsProduction,
                Tags = Tags.AsInput(),
            },
            Lasting());

        var instance = _broker.Instances.Apply(instances => instances[0]);
        Host = instance.Apply(server => HostOf(server.Endpoints[0]));
        _management = instance.Apply(server => $"{server.ConsoleUrl}/api");
        RegisterOutputs();
    }

    /// <inheritdoc/>
    public Endpoint? Endpoint => new(Host, Port, SpeaksTls: true);

    // Only a consumer needs it, and then it stands.
    private AwsRuntime Runtime => _runtime!;

    /// <summary>The image that sets up logins.</summary>
    public static string ClientImage(MessageBrokerArgs args) =>
        args.Tweak<AwsMessageBrokerTweak>()?.ClientImage ?? PinnedImage.Curl.OnDockerHub;

    /// <inheritdoc/>
    public void Admit(AwsGrantee grantee, string role) => grantee.Reach(role, Name, _group, AmqpPort);

    /// <inheritdoc/>
    public Connection Connect(AwsGrantee grantee, StandingLink link, RelayEndpoint? relay)
    {
        var password = grantee.Password(link);
        if (relay is null)
        {
            _consumers.Add((grantee, link));
            grantee.Keep(link, "PASSWORD", password.Result);
            return At(relay, granted: null, grantee, password);
        }

        // Its own cloud keeps what the consumer must know.
        var kept = grantee.Keep(link, password);
        var run = SetUp(
            grantee.NameOf(link, "grant"),
            [new(LoginOf(grantee), link.Intent, kept, kept.Value("PASSWORD"))],
            grantee.Tags,
            grantee.Child);
        return At(relay, run, grantee, password);
    }

    /// <inheritdoc/>
    public void CompleteGrants()
    {
        foreach (var (ending, consumers) in LoginGroups.Of(_consumers, consumer => consumer.Grantee.Name))
        {
            var run = SetUp(
                $"{Name}-grants{ending}",
                [.. consumers.Select(consumer => new Login(
                    LoginOf(consumer.Grantee),
                    consumer.Link.Intent,
                    consumer.Grantee.Secret!,
                    consumer.Grantee.SecretOf(consumer.Link, "PASSWORD")))],
                Tags,
                Runtime.Children);
            foreach (var (grantee, _) in consumers) grantee.Grants.Add(run);
        }
    }

    // The ending keeps it apart from the administrator.
    private static string LoginOf(AwsGrantee grantee) => $"{grantee.Name}-login";

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

    // Whoever sets up logins fetches an image and secrets, and calls the management API; all of it answers on one port.
    private IReadOnlyList<Resource> Ways() =>
    [
        new Rules.SecurityGroupEgressRule(
            $"{Name}-setup-out-https",
            new()
            {
                SecurityGroupId = _setup.Id,
                CidrIpv4 = "0.0.0.0/0",
                IpProtocol = "tcp",
                FromPort = ManagementPort,
                ToPort = ManagementPort,
                Description = "The management API, the image, secrets and logs",
                Tags = Tags.AsInput(),
            },
            Child()),
        AwsGroupRules.In(
            $"{Name}-setup", _group.Id, _setup.Id, ManagementPort, ManagementPort, "The management API", Tags.AsInput(), Child()),
    ];

    private Connection At(RelayEndpoint? relay, CustomResource? granted, AwsGrantee grantee, RandomPassword password) =>
        ConnectionAt(relay, granted, Output.Create(LoginOf(grantee)), password.Result, certificateAuthority: null);

    private Lambda.Invocation SetUp(
        string name,
        IReadOnlyList<Login> logins,
        IReadOnlyDictionary<string, string> tags,
        ChildOptions child)
    {
        var secrets = new SortedDictionary<string, Output<string>>(StringComparer.Ordinal)
        {
            [BrokerScript.Password] = _administration.Value("PASSWORD"),
        };
        foreach (var login in logins) secrets.Add(BrokerScript.PasswordOf(login.Name), login.Password);
        var triggers = new SortedDictionary<string, Output<string>>(StringComparer.Ordinal);
        foreach (var login in logins) triggers.Add(login.Name, login.Kept.Version.VersionId);
        return new AwsSetup
        {
            Name = name,
            Store = Name,
            Image = _image,
            Command = BrokerScript.OfPublic(logins.SelectMany(login =>
                BrokerScript.Grant(login.Name, BrokerScript.PasswordOf(login.Name), BrokerRights.Of(login.Name, login.Intent)))),
            Environment = new SortedDictionary<string, Output<string>>(StringComparer.Ordinal)
            {
                [BrokerScript.Url] = _management,
                [BrokerScript.Username] = Output.Create(Administrator),
            },
            Secrets = secrets,
            Reads = [_administration.Secret.Arn, .. logins.Select(login => login.Kept.Secret.Arn)],
            Triggers = triggers,
            Group = _setup,
            Server = _broker,
            After = [_administration.Version, .. _ways, .. logins.Select(login => login.Kept.Version)],
        }.Run(Runtime, _context, tags, child);
    }

    // A login that is to be set up: whose it is, what for, and where its password is kept.
    private sealed record Login(string Name, Intent Intent, AwsSecret Kept, Output<string> Password);
}
