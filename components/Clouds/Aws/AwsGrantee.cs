using System.Globalization;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Random;
using Ec2 = Pulumi.Aws.Ec2;
using Iam = Pulumi.Aws.Iam;
using Rules = Pulumi.Aws.Vpc;
using SecretsManager = Pulumi.Aws.SecretsManager;

namespace Infra.Components.Clouds.Aws;

/// <summary>What a container on AWS is given.</summary>
internal sealed record AwsEquipment
{
    /// <summary>The variables of its environment that hold no secret.</summary>
    public SortedDictionary<string, Output<string>> Environment { get; } = new(StringComparer.Ordinal);

    /// <summary>The variables that do, by reference.</summary>
    public SortedDictionary<string, Output<string>> SecretEnvironment { get; } = new(StringComparer.Ordinal);

    /// <summary>The directories that are mounted into it, with their files.</summary>
    public IReadOnlyList<MountedDirectory> Directories { get; set; } = [];

    /// <summary>How a container definition refers to the files that are secret, by path.</summary>
    public SortedDictionary<string, Output<string>> SecretFiles { get; } = new(StringComparer.Ordinal);
}

/// <summary>
/// Whoever is given what a link needs: a consumer on AWS, or the relay on behalf of one elsewhere. What is given becomes its own children,
/// and must exist before it starts: a target never changes because a consumer comes or goes.
/// </summary>
/// <param name="name">What AWS calls the consumer: with its cloud's letters where it stands elsewhere.</param>
/// <param name="group">The security group from which targets are reached; null where nothing in the network is.</param>
/// <param name="context">The stack.</param>
/// <param name="tags">The tags of what is given.</param>
/// <param name="child">Makes the options of what is given.</param>
internal sealed class AwsGrantee(
    string name,
    Ec2.SecurityGroup? group,
    AwsContext context,
    IReadOnlyDictionary<string, string> tags,
    ChildOptions child) : IGrantee
{
    private readonly SortedDictionary<string, Output<string>> _kept = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AwsEquipment> _sidecars = [];
    private readonly SortedDictionary<string, AwsStoredValue> _stored = new(StringComparer.Ordinal);
    private SecretsManager.Secret? _secret;

    /// <summary>What AWS calls the consumer.</summary>
    public string Name => name;

    /// <summary>The security group from which targets are reached.</summary>
    public Ec2.SecurityGroup Group => group ?? throw new InvalidOperationException($"'{name}' reaches nothing in the network.");

    /// <summary>
    /// The role of its containers, which is made when it is first given a right; null for a consumer elsewhere, which is given keys
    /// instead.
    /// </summary>
    public Func<Iam.Role>? Role { get; init; }

    /// <summary>Whether the group has no way out but those that it is given, so that each target needs one.</summary>
    public bool IsConfined { get; init; }

    /// <summary>What its own container is given.</summary>
    public AwsEquipment Equipment { get; } = new();

    /// <summary>The stack.</summary>
    public AwsContext Context => context;

    /// <summary>The tags of what is given.</summary>
    public IReadOnlyDictionary<string, string> Tags => tags;

    /// <summary>Makes the options of what is given.</summary>
    public ChildOptions Child => child;

    /// <summary>What must exist before the targets can be used.</summary>
    public List<Resource> Grants { get; } = [];

    /// <summary>
    /// The secret with everything that its targets want to be kept; null before it is complete, and where there is nothing.
    /// </summary>
    public AwsSecret? Secret { get; private set; }

    /// <summary>
    /// The versions of the secrets that its containers read, that one and those of components: they read them when they start, so a new one
    /// must start them anew.
    /// </summary>
    public IReadOnlyDictionary<string, Output<string>> SecretVersions
    {
        get
        {
            var versions = new SortedDictionary<string, Output<string>>(StringComparer.Ordinal);
            if (Secret is not null) versions.Add("secret", Secret.Version.VersionId);
            // Names of components hold no dot.
            foreach (var (component, stored) in _stored)
            {
                if (stored.Version is { } version) versions.Add($"secret.{component}", version);
            }

            return versions;
        }
    }

    /// <summary>The ARNs of the secrets that its containers read, and of nothing else, as policies name them.</summary>
    public IReadOnlyList<Output<string>> ReadSecrets =>
        [.. Secret is null ? [] : new[] { Secret.Secret.Arn }, .. _stored.Values.Select(stored => stored.Arn).Distinct()];

    /// <summary>What a child that belongs to a link is called.</summary>
    public string NameOf(StandingLink link, string role) => $"{NameOf(link)}-{role}";

    /// <inheritdoc/>
    public string RoleOf(StandingLink link) => NameOf(link, "access");

    /// <inheritdoc/>
    public void Leave(StandingLink link, CrossCloudTarget target)
    {
        // Containers may open connections to everywhere.
    }

    /// <inheritdoc/>
    public void Use(IReadOnlyList<ContainerValue> variables) => Use(Equipment, variables, "");

    /// <inheritdoc/>
    public void Mount(IReadOnlyList<ContainerValue> files) => Mount(Equipment, files, "");

    /// <inheritdoc/>
    public void Equip(string sidecar, IReadOnlyList<ContainerValue> variables, IReadOnlyList<ContainerValue> files)
    {
        var equipment = new AwsEquipment();
        Use(equipment, variables, $"{sidecar}/");
        Mount(equipment, files, $"{sidecar}/");
        _sidecars.Add(sidecar, equipment);
    }

    /// <summary>What one of its sidecars is given.</summary>
    public AwsEquipment EquipmentOf(string sidecar) => _sidecars[sidecar];

    /// <summary>Completes the secret, once every link was followed.</summary>
    public void Complete()
    {
        if (_secret is null) return;
        var document = Output.All(_kept.Values).Apply(values => AwsJson.Text(AwsJson.Map(_kept.Keys, values)));
        Secret = AwsSecret.Fill(name, _secret, document, child);
        Grants.Add(Secret.Version);
    }

    /// <summary>Keeps what belongs to a link, whether or not a variable holds it.</summary>
    public void Keep(StandingLink link, string key, Output<string> value) => Keep(KeyOf(link, key), value);

    /// <summary>How a container definition refers to what is kept of a link, such as its <c>PASSWORD</c>.</summary>
    public Output<string> SecretOf(StandingLink link, string key) => Secret!.Value(KeyOf(link, key));

    /// <summary>Lets the group open connections to another one's port.</summary>
    /// <param name="role">What the rules are called.</param>
    /// <param name="target">The target's name.</param>
    /// <param name="guard">The security group that guards it.</param>
    /// <param name="port">Its port.</param>
    /// <param name="portMayChange">Whether its port is its author's choice.</param>
    public void Reach(string role, string target, Ec2.SecurityGroup guard, int port, bool portMayChange = false)
    {
        var called = portMayChange ? AwsGroupRules.NameOf(role, port) : role;
        if (IsConfined) Grants.Add(AwsGroupRules.Out(called, Group.Id, guard.Id, port, port, $"To {target}", tags.AsInput(), Options()));
        Grants.Add(AwsGroupRules.In(called, guard.Id, Group.Id, port, port, $"From {Name}", tags.AsInput(), Options()));

        CustomResourceOptions Options() => portMayChange ? AwsGroupRules.Renamed(role, child()) : child();
    }

    /// <summary>Lets the group out to addresses that lie outside the network.</summary>
    /// <param name="role">What the rules are called.</param>
    /// <param name="target">The target's name.</param>
    /// <param name="blocks">Its addresses.</param>
    /// <param name="port">Its port.</param>
    public void Leave(string role, string target, IReadOnlyList<string> blocks, int port)
    {
        foreach (var block in blocks)
        {
            Grants.Add(new Rules.SecurityGroupEgressRule(
                $"{role}-{block.Replace('.', '-').Replace('/', '-')}-{port.ToString(CultureInfo.InvariantCulture)}",
                new()
                {
                    SecurityGroupId = Group.Id,
                    CidrIpv4 = block,
                    IpProtocol = "tcp",
                    FromPort = port,
                    ToPort = port,
                    Description = $"To {target}",
                    Tags = tags.AsInput(),
                },
                Child()));
        }
    }

    /// <summary>Allows the consumer what some statements say: its containers by their role, a consumer elsewhere by a user's key.</summary>
    /// <returns>The key; null where the role gives access.</returns>
    public Iam.AccessKey? Allow(StandingLink link, IEnumerable<Statement> statements)
    {
        if (Role is { } role)
        {
            Grants.Add(new Iam.RolePolicy(
                NameOf(link, "access"),
                new() { Role = role().Name, Policy = Statement.Document(statements) },
                child()));
            return null;
        }

        return Key(link, statements);
    }

    /// <summary>
    /// A key of a user of the consumer's own, who may do what some statements say: for protocols that know no roles, and for consumers
    /// elsewhere.
    /// </summary>
    public Iam.AccessKey Key(StandingLink link, IEnumerable<Statement> statements)
    {
        var called = NameOf(link);
        var user = new Iam.User(called, new() { Path = $"/{context.Stack}/", Tags = tags.AsInput() }, child());
        var policy = new Iam.UserPolicy(called, new() { User = user.Name, Policy = Statement.Document(statements) }, child());
        if (Role is not null) Grants.Add(policy);
        return new(called, new() { User = user.Name }, child());
    }

    private string NameOf(StandingLink link) => ShortName.Of($"{Name}-{link.Target.Name}", ShortName.OfTwo);

    /// <summary>A password of the consumer's own.</summary>
    /// <param name="link">The link.</param>
    /// <param name="mixed">Whether the target wants every class of characters. Default: false, letters and digits.</param>
    public RandomPassword Password(StandingLink link, bool mixed = false) => mixed
        ? LoginPassword.CreateMixed(NameOf(link, "password"), context.Values, child())
        : LoginPassword.Create(NameOf(link, "password"), context.Values, child());

    /// <summary>Keeps a password in a secret of its own, for a consumer whose own cloud keeps the rest.</summary>
    public AwsSecret Keep(StandingLink link, RandomPassword password)
    {
        var kept = AwsSecret.Create(
            NameOf(link, "secret"),
            $"How {Name} connects to {link.Target.Name}",
            password.Result.Apply(value => AwsJson.Text(AwsJson.Map(["PASSWORD"], [value]))),
            tags,
            context,
            child);
        Grants.Add(kept.Version);
        return kept;
    }

    // Names of variables may hold dots, as keys of links do, and paths begin with a slash: behind a dot, what is composed meets neither,
    // and a sidecar's name with a slash meets no variable.
    private static string KeyOf(ContainerValue value, string whose) =>
        value.Entry is { } entry ? KeyOf(entry.Link, entry.Key) : $".{whose}{value.Name}";

    private static string KeyOf(StandingLink link, string key) => $"{link.Target.Name}.{key}";

    private void Use(AwsEquipment equipment, IReadOnlyList<ContainerValue> variables, string whose)
    {
        foreach (var variable in variables)
        {
            if (variable.IsSecret) equipment.SecretEnvironment.Add(variable.Name, ReferTo(variable, whose));
            else equipment.Environment.Add(variable.Name, variable.Value);
        }
    }

    private void Mount(AwsEquipment equipment, IReadOnlyList<ContainerValue> files, string whose)
    {
        equipment.Directories = MountedDirectory.Of(files);
        foreach (var file in files.Where(file => file.IsSecret)) equipment.SecretFiles.Add(file.Name, ReferTo(file, whose));
    }

    // How a container definition refers to a secret value, which is kept for it where no store does already.
    private Output<string> ReferTo(ContainerValue value, string whose)
    {
        if (value is not { Stored: AwsStoredValue stored, Entry: { } entry }) return Keep(KeyOf(value, whose), value.Value);
        _stored[entry.Link.Target.Name] = stored;
        return stored.ValueFrom;
    }

    private Output<string> Keep(string key, Output<string> value)
    {
        _secret ??= AwsSecret.Empty(name, $"What {Name} keeps secret", tags, context, child);
        _kept[key] = value;
        return AwsSecret.Value(_secret, key);
    }
}
