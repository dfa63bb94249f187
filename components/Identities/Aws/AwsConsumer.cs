using System.Text.Json;
using Infra.Components.Clouds.Aws;
using Infra.Components.Connections;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Random;
using Iam = Pulumi.Aws.Iam;
using Rules = Pulumi.Aws.Vpc;
using SecretsManager = Pulumi.Aws.SecretsManager;

namespace Infra.Components.Identities.Aws;

/// <summary>A service or job while it is built: what its links give it becomes its own children, and must exist before it starts.</summary>
/// <param name="consumer">The service or job.</param>
/// <param name="identity">Who it is to AWS.</param>
/// <param name="context">The stack.</param>
/// <param name="tags">Its tags.</param>
/// <param name="child">Makes the options of its children.</param>
internal sealed class AwsConsumer(
    Consumer consumer,
    AwsServiceIdentity identity,
    AwsContext context,
    IReadOnlyDictionary<string, string> tags,
    ChildOptions child)
{
    private readonly Dictionary<Link, AwsSecret> _secrets = [];

    /// <summary>Its name.</summary>
    public string Name => consumer.Name;

    /// <summary>Who it is to AWS.</summary>
    public AwsServiceIdentity Identity => identity;

    /// <summary>The stack.</summary>
    public AwsContext Context => context;

    /// <summary>Its tags.</summary>
    public IReadOnlyDictionary<string, string> Tags => tags;

    /// <summary>Makes the options of its children.</summary>
    public ChildOptions Child => child;

    /// <summary>What must exist before it starts.</summary>
    public List<Resource> Grants { get; } = [];

    /// <summary>The variables of its environment that hold no secret.</summary>
    public SortedDictionary<string, Output<string>> Environment { get; } =
        new(consumer.Container.Environment.ToDictionary(entry => entry.Key, entry => Output.Create(entry.Value)), StringComparer.Ordinal);

    /// <summary>The variables that do, by reference.</summary>
    public SortedDictionary<string, Output<string>> SecretEnvironment { get; } = new(StringComparer.Ordinal);

    /// <summary>The secrets that its containers are started with.</summary>
    public IEnumerable<AwsSecret> Secrets => _secrets.Values;

    /// <summary>The versions of those secrets: a container reads them when it starts, so a new one must start it anew.</summary>
    public IReadOnlyDictionary<string, Output<string>> SecretVersions => new SortedDictionary<string, Output<string>>(
        _secrets.ToDictionary(kept => kept.Key.Target.Name, kept => kept.Value.Version.VersionId),
        StringComparer.Ordinal);

    /// <summary>What a child that belongs to a link is called.</summary>
    public string Role(Link link, string role) => $"{Name}-{link.Target.Name}-{role}";

    /// <summary>Makes a connection known to its containers.</summary>
    public void Use(Link link, Connection connection)
    {
        foreach (var (variable, entry) in connection.Variables(link.Prefix))
        {
            if (entry.Secret) SecretEnvironment.Add(variable, Keep(link, connection).Value(entry.Key));
            else Environment.Add(variable, entry.Value);
        }
    }

    /// <summary>Keeps a connection's secret entries: one document per link. Asking again gives the same.</summary>
    public AwsSecret Keep(Link link, Connection connection)
    {
        if (_secrets.TryGetValue(link, out var kept)) return kept;
        var entries = connection.Entries.Where(entry => entry.Secret).ToList();
        var document = Output.All(entries.Select(entry => entry.Value)).Apply(values => JsonSerializer.Serialize(
            entries.Zip(values).ToDictionary(pair => pair.First.Key, pair => pair.Second),
            AwsJson.Options));
        kept = Secret(Role(link, "secret"), $"How {Name} connects to {link.Target.Name}", document, tags, context, child);
        _secrets.Add(link, kept);
        Grants.Add(kept.Version);
        return kept;
    }

    /// <summary>A password of the consumer's own: letters and digits, which need no escaping in a url.</summary>
    public RandomPassword Password(Link link) => new(Role(link, "password"), new() { Length = 32, Special = false }, child());

    /// <summary>Lets its containers open connections to a security group's port.</summary>
    public void Reach(Link link, Input<string> group, int port) => Grants.Add(new Rules.SecurityGroupIngressRule(
        Role(link, "access"),
        new()
        {
            SecurityGroupId = group,
            ReferencedSecurityGroupId = identity.Group.Id,
            IpProtocol = "tcp",
            FromPort = port,
            ToPort = port,
            Description = $"From {Name}",
            Tags = tags.AsInput(),
        },
        child()));

    /// <summary>Allows its containers what some statements say.</summary>
    public void Allow(Link link, IEnumerable<Statement> statements) => Grants.Add(new Iam.RolePolicy(
        Role(link, "access"),
        new() { Role = identity.Role.Name, Policy = Statement.Document(statements) },
        child()));

    /// <summary>Keeps a text as a secret. Outside production its name is free again at once; names get a suffix because a deleted one stays taken.</summary>
    public static AwsSecret Secret(
        string name,
        string description,
        Output<string> text,
        IReadOnlyDictionary<string, string> tags,
        AwsContext context,
        ChildOptions child)
    {
        var secret = new SecretsManager.Secret(
            name,
            new() { Description = description, RecoveryWindowInDays = context.IsProduction ? 30 : 0, Tags = tags.AsInput() },
            child());
        var version = new SecretsManager.SecretVersion(name, new() { SecretId = secret.Id, SecretString = Output.CreateSecret(text) }, child());
        return new(secret, version);
    }
}
