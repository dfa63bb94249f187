using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Jobs.Aws;
using Infra.Components.Networks.Aws;
using Infra.Components.Placements;
using Infra.Components.Runtimes.Aws;
using Infra.Components.Systems;
using Pulumi;
using CloudWatch = Pulumi.Aws.CloudWatch;
using Ec2 = Pulumi.Aws.Ec2;
using Kms = Pulumi.Aws.Kms;
using Msk = Pulumi.Aws.Msk;
using MskInputs = Pulumi.Aws.Msk.Inputs;
using Rules = Pulumi.Aws.Vpc;
using SecretsManager = Pulumi.Aws.SecretsManager;

namespace Infra.Components.Streams.Aws;

/// <summary>
/// A cluster of Amazon MSK in the data subnets: two brokers, or three in as many zones. Logins are secrets that it is handed; a task inside
/// the network gives them their rights, because no API of AWS does. A public authority signs the brokers' certificates.
/// </summary>
internal sealed class AwsEventStream : PlacedEventStream, ILinkTarget<AwsGrantee>, ISharedGrants
{
    // Where brokers take logins by SCRAM over TLS (Amazon MSK Developer Guide: port information).
    private const int ScramPort = 9096;

    // Without high availability there is one copy elsewhere; the second broker, which is there in any case, keeps another here.
    private const int FewestBrokers = 2;

    // The task starts Kafka's command, and with it a Java virtual machine, once for each of some dozen entries.
    private static readonly Capacity SetupCapacity = new(1, 2);

    private readonly AwsRuntime? _runtime;
    private readonly AwsContext _context;
    private readonly EventStreamArgs _args;
    private readonly string _image;
    private readonly Ec2.SecurityGroup _group;
    private readonly Ec2.SecurityGroup _setup;
    private readonly IReadOnlyList<Resource> _ways;
    private readonly Kms.Key _key;
    private readonly AwsSecret _administration;
    private readonly Msk.Cluster _cluster;
    private readonly Msk.SingleScramSecretAssociation _administrator;
    private readonly List<(AwsGrantee Grantee, StandingLink Link, StreamLogin Login, AwsSecret Kept)> _consumers = [];

    /// <summary>Builds the event stream.</summary>
    public AwsEventStream(EventStream stream, AwsPrivateNetwork network, AwsRuntime? runtime, AwsContext context)
        : base(context.Place(stream))
    {
        (_runtime, _context, _args) = (runtime, context, stream.Args);
        _image = ClientImage(_args);
        _group = new Ec2.SecurityGroup(
            Name,
            new() { VpcId = network.NetworkId, Description = $"Event stream {Name}", Tags = Tags.Named(Name) },
            Child());
        _setup = new Ec2.SecurityGroup(
            $"{Name}-setup",
            new() { VpcId = network.NetworkId, Description = $"Sets up logins of {Name}", Tags = Tags.Named($"{Name}-setup") },
            Child());
        _ways = Ways();

        // Amazon MSK takes no secret that Secrets Manager encrypts with its own key.
        _key = new Kms.Key(
            Name,
            new()
            {
                Description = $"Logins of {Name}",
                EnableKeyRotation = true,
                DeletionWindowInDays = context.IsProduction ? 30 : 7,
                Tags = Tags.AsInput(),
            },
            Child());
        _cluster = Serve(network);
        var password = LoginPassword.Create($"{Name}-administrator", context.Values, Child());
        _administration = Login($"{Name}-administrator", AwsEventStreamScript.Administrator, password.Result, Tags, Child);
        _administrator = Admit($"{Name}-administrator", _administration, Child());
        foreach (var topic in _args.Topics) Declare(topic);
        BootstrapServers = _cluster.BootstrapBrokersSaslScram;
        RegisterOutputs();
    }

    /// <summary>How many brokers there are, each with a copy of every record.</summary>
    public static int BrokersOf(EventStreamArgs args) => Math.Max(FewestBrokers, args.Copies);

    /// <summary>The image that sets up logins.</summary>
    public static string ClientImage(EventStreamArgs args) =>
        args.Tweak<AwsEventStreamTweak>()?.ClientImage ?? PinnedImage.Kafka.OnDockerHub;

    /// <summary>Nowhere that a relay could lead to: each broker tells clients an address of its own.</summary>
    public Endpoint? Endpoint => null;

    // Only a consumer needs it, and then it stands.
    private AwsRuntime Runtime => _runtime!;

    /// <inheritdoc/>
    public void Admit(AwsGrantee grantee, string role) => grantee.Reach(role, Name, _group, ScramPort);

    /// <inheritdoc/>
    public Connection Connect(AwsGrantee grantee, StandingLink link, RelayEndpoint? relay)
    {
        var password = grantee.Password(link).Result;

        // The ending keeps it apart from the administrator.
        var login = new StreamLogin($"{grantee.Name}-login", link.Declared.Consumer.Name, link.Intent);
        var kept = Login(grantee.NameOf(link, "login"), login.Name, password, grantee.Tags, grantee.Child);
        _consumers.Add((grantee, link, login, kept));
        return EventStreamConnection.ToScram(
            BootstrapServers, Output.Create(login.Name), password, certificateAuthority: null, login.Consumer);
    }

    /// <summary>
    /// Gives the logins of all consumers their rights, and hands them to the cluster only then: until the first of these tasks has run,
    /// whoever can log in may do everything.
    /// </summary>
    public void CompleteGrants()
    {
        foreach (var (ending, consumers) in LoginGroups.Of(_consumers, consumer => consumer.Login.Name))
        {
            var run = new AwsSetup
            {
                Name = $"{Name}-grants{ending}",
                Store = Name,
                Image = _image,
                Size = FargateSize.Of(SetupCapacity),
                Command = AwsEventStreamScript.Of([.. consumers.Select(consumer => consumer.Login)], _args),
                Environment = new(StringComparer.Ordinal) { [AwsEventStreamScript.Servers] = BootstrapServers },
                Secrets = new(StringComparer.Ordinal) { [AwsEventStreamScript.Password] = _administration.Value("password") },
                Reads = [_administration.Secret.Arn],
                Keys = [_key.Arn],
                Triggers = new(StringComparer.Ordinal),
                Group = _setup,
                Server = _cluster,
                After = [_administrator, .. _ways],
            }.Run(Runtime, _context, Tags, Runtime.Children);
            foreach (var (grantee, link, _, kept) in consumers)
                grantee.Grants.Add(Admit(grantee.NameOf(link, "login"), kept, grantee.Child(dependsOn: [run])));
        }
    }

    // Amazon MSK looks for nothing but these two, in secrets of which the name begins so (Amazon MSK Developer Guide: sign-in credentials
    // authentication). It lets itself read the secret by a policy that it puts there.
    private AwsSecret Login(
        string name,
        string username,
        Output<string> password,
        IReadOnlyDictionary<string, string> tags,
        ChildOptions child)
    {
        var secret = new SecretsManager.Secret(
            name,
            new()
            {
                NamePrefix = $"AmazonMSK_{_context.Stack}/{name}-",
                Description = $"A login of {Name}",
                KmsKeyId = _key.Arn,
                RecoveryWindowInDays = _context.IsProduction ? 30 : 0,
                Tags = tags.AsInput(),
            },
            child());
        var document = password.Apply(value => AwsJson.Text(AwsJson.Map(["username", "password"], [username, value])));
        return AwsSecret.Fill(name, secret, document, child);
    }

    private Msk.SingleScramSecretAssociation Admit(string name, AwsSecret login, CustomResourceOptions options)
    {
        options.DependsOn.Add(login.Version);
        return new(name, new() { ClusterArn = _cluster.Arn, SecretArn = login.Secret.Arn }, options);
    }

    private Msk.Cluster Serve(AwsPrivateNetwork network)
    {
        var brokers = BrokersOf(_args);
        var configuration = new Msk.Configuration(
            Name,
            new() { Description = $"Event stream {Name}", ServerProperties = Configuration(brokers, _args.WrittenCopies) },
            Child());
        var logs = new CloudWatch.LogGroup(
            Name,
            new() { NamePrefix = _context.LogPrefix(Name), RetentionInDays = _context.LogDays, Tags = Tags.AsInput() },
            Child());
        var options = Child(protect: _context.Protect);

        // Brokers change one after the other, and a new version goes through all of them.
        options.CustomTimeouts = new CustomTimeouts
        {
            Create = TimeSpan.FromMinutes(120),
            Update = TimeSpan.FromMinutes(240),
            Delete = TimeSpan.FromMinutes(120),
        };
        return new(
            Name,
            new()
            {
                KafkaVersion = AwsEventStreamProducts.Version,
                NumberOfBrokerNodes = brokers,
                BrokerNodeGroupInfo = new MskInputs.ClusterBrokerNodeGroupInfoArgs
                {
                    InstanceType = _args.Tweak<AwsEventStreamTweak>()?.InstanceType
                        ?? AwsEventStreamProducts.TypeOf(_args.Size).Product.Code,
                    ClientSubnets = network.DataSubnets.Take(brokers).ToList(),
                    SecurityGroups = [_group.Id],
                    StorageInfo = new MskInputs.ClusterBrokerNodeGroupInfoStorageInfoArgs
                    {
                        EbsStorageInfo = new MskInputs.ClusterBrokerNodeGroupInfoStorageInfoEbsStorageInfoArgs
                        {
                            VolumeSize = _args.StorageGiB,
                        },
                    },
                },
                ClientAuthentication = new MskInputs.ClusterClientAuthenticationArgs
                {
                    Sasl = new MskInputs.ClusterClientAuthenticationSaslArgs { Scram = true },
                },
                EncryptionInfo = new MskInputs.ClusterEncryptionInfoArgs
                {
                    EncryptionInTransit = new MskInputs.ClusterEncryptionInfoEncryptionInTransitArgs
                    {
                        ClientBroker = "TLS",
                        InCluster = true,
                    },
                },
                ConfigurationInfo = new MskInputs.ClusterConfigurationInfoArgs
                {
                    Arn = configuration.Arn,
                    Revision = configuration.LatestRevision,
                },
                LoggingInfo = new MskInputs.ClusterLoggingInfoArgs
                {
                    BrokerLogs = new MskInputs.ClusterLoggingInfoBrokerLogsArgs
                    {
                        CloudwatchLogs = new MskInputs.ClusterLoggingInfoBrokerLogsCloudwatchLogsArgs
                        {
                            Enabled = true,
                            LogGroup = logs.Name,
                        },
                    },
                },
                Tags = Tags.AsInput(),
            },
            options);
    }

    // The administrator could give himself no right where nobody has one. Brokers have every right whatever this says (Amazon MSK
    // Developer Guide: Apache Kafka ACLs).
    private static string Configuration(int copies, int writtenCopies) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        allow.everyone.if.no.acl.found=true
        auto.create.topics.enable=false
        default.replication.factor={copies}
        min.insync.replicas={writtenCopies}
        offsets.topic.replication.factor={copies}
        transaction.state.log.min.isr={writtenCopies}
        transaction.state.log.replication.factor={copies}
        unclean.leader.election.enable=false

        """);

    private void Declare(StreamTopic topic) => _ = new Msk.Topic(
        // No component's name has a dot: another stream's topic is not called so.
        $"{Name}.{topic.Name}",
        new()
        {
            Name = topic.Name,
            ClusterArn = _cluster.Arn,
            PartitionCount = topic.Partitions,
            ReplicationFactor = BrokersOf(_args),
            Configs = AwsJson.Text(AwsJson.Map(
                topic.Configuration.Select(setting => setting.Name), topic.Configuration.Select(setting => setting.Value))),
        },
        Child(protect: _context.Protect));

    // Whoever sets up logins fetches an image and secrets, and speaks to the brokers.
    private IReadOnlyList<Resource> Ways() =>
    [
        new Rules.SecurityGroupEgressRule(
            $"{Name}-setup-out-https",
            new()
            {
                SecurityGroupId = _setup.Id,
                CidrIpv4 = "0.0.0.0/0",
                IpProtocol = "tcp",
                FromPort = 443,
                ToPort = 443,
                Description = "The image, secrets and logs",
                Tags = Tags.AsInput(),
            },
            Child()),
        AwsGroupRules.Out($"{Name}-setup", _setup.Id, _group.Id, ScramPort, ScramPort, $"To {Name}", Tags.AsInput(), Child()),
        AwsGroupRules.In($"{Name}-setup", _group.Id, _setup.Id, ScramPort, ScramPort, "Rights of logins", Tags.AsInput(), Child()),
    ];
}
