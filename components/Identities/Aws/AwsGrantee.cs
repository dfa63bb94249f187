using Infra.Components.Clouds.Aws;
using Infra.Components.Connections;
using Infra.Components.Networks.Aws;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Random;
using Ec2 = Pulumi.Aws.Ec2;
using SecretsManager = Pulumi.Aws.SecretsManager;

namespace Infra.Components.Identities.Aws;

/// <summary>
/// Whoever is given what a link needs: a consumer on AWS, or the relay on behalf of one elsewhere. What is given becomes its own children: a
/// target never changes because a consumer comes or goes.
/// </summary>
/// <param name="name">The consumer's name.</param>
/// <param name="group">The security group from which targets are reached.</param>
/// <param name="context">The stack.</param>
/// <param name="tags">The tags of what is given.</param>
/// <param name="child">Makes the options of what is given.</param>
internal class AwsGrantee(string name, Ec2.SecurityGroup group, AwsContext context, IReadOnlyDictionary<string, string> tags, ChildOptions child)
{
    private readonly Dictionary<Link, AwsSecret> _secrets = [];

    /// <summary>The consumer's name.</summary>
    public string Name => name;

    /// <summary>The security group from which targets are reached.</summary>
    public Ec2.SecurityGroup Group => group;

    /// <summary>The stack.</summary>
    public AwsContext Context => context;

    /// <summary>The tags of what is given.</summary>
    public IReadOnlyDictionary<string, string> Tags => tags;

    /// <summary>Makes the options of what is given.</summary>
    public ChildOptions Child => child;

    /// <summary>What must exist before the targets can be used.</summary>
    public List<Resource> Grants { get; } = [];

    /// <summary>The secrets that were kept.</summary>
    public IEnumerable<AwsSecret> Secrets => _secrets.Values;

    /// <summary>The versions of those secrets: a container reads them when it starts, so a new one must start it anew.</summary>
    public IReadOnlyDictionary<string, Output<string>> SecretVersions => new SortedDictionary<string, Output<string>>(
        _secrets.ToDictionary(kept => kept.Key.Target.Name, kept => kept.Value.Version.VersionId),
        StringComparer.Ordinal);

    /// <summary>What a child that belongs to a link is called.</summary>
    public string Role(Link link, string role) => $"{Name}-{link.Target.Name}-{role}";

    /// <summary>Keeps a connection's secret entries: one document per link. Asking again gives the same.</summary>
    public AwsSecret Keep(Link link, Connection connection) => Keep(
        link,
        [.. connection.Entries.Where(entry => entry.Secret).Select(entry => (entry.Key, entry.Value))]);

    /// <summary>Keeps a password alone, for a consumer whose own cloud keeps the rest.</summary>
    public AwsSecret Keep(Link link, RandomPassword password) => Keep(link, [("PASSWORD", password.Result)]);

    /// <summary>A password of the consumer's own.</summary>
    public RandomPassword Password(Link link) => LoginPassword.Create(Role(link, "password"), context.Values, child());

    /// <summary>Lets the group open connections to another one's port.</summary>
    public void Reach(Link link, Input<string> target, int port) => Grants.Add(
        AwsGroupRules.In(Role(link, "access"), target, group.Id, port, port, $"From {Name}", tags.AsInput(), child()));

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

    private AwsSecret Keep(Link link, IReadOnlyList<(string Key, Output<string> Value)> entries)
    {
        if (_secrets.TryGetValue(link, out var kept)) return kept;
        var document = Output.All(entries.Select(entry => entry.Value)).Apply(values => AwsJson.Text(AwsJson.Map(entries.Select(entry => entry.Key), values)));
        kept = Secret(Role(link, "secret"), $"How {Name} connects to {link.Target.Name}", document, tags, context, child);
        _secrets.Add(link, kept);
        Grants.Add(kept.Version);
        return kept;
    }
}
