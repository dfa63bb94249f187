using System.Globalization;
using System.Text;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;
using Projects = Pulumi.Gcp.Projects;
using ServiceAccount = Pulumi.Gcp.ServiceAccount;
using Storage = Pulumi.Gcp.Storage;

namespace Infra.Components.Clouds.Gcp;

/// <summary>What a container on Google Cloud is given.</summary>
internal sealed record GcpEquipment
{
    /// <summary>Its variables: plain values, and secrets by reference.</summary>
    public List<GcpVariable> Variables { get; } = [];

    /// <summary>The directories that are mounted into it.</summary>
    public List<GcpDirectory> Directories { get; } = [];
}

/// <summary>
/// Who receives grants on Google Cloud: a consumer that stands here, or an identity that holds them for one on another cloud, whose traffic
/// passes the relay. Grants are children of its component, and whatever it runs waits for <see cref="Grants"/>.
/// </summary>
/// <param name="holder">The component whose children the grants are.</param>
/// <param name="name">What Google Cloud calls the consumer.</param>
/// <param name="email">The address of its service account.</param>
/// <param name="member">Its service account as IAM names it.</param>
/// <param name="firewall">The firewall of the machines that open its connections; null where the relay's machines do.</param>
/// <param name="context">What every component needs.</param>
internal sealed class GcpGrantee(
    ComponentResource holder,
    string name,
    Output<string> email,
    Output<string> member,
    GcpFirewall? firewall,
    GcpContext context) : IGrantee
{
    private readonly Dictionary<string, GcpSecret> _secrets = [];
    private readonly List<Resource> _grants = [];
    private readonly Dictionary<string, GcpEquipment> _sidecars = [];
    private readonly HashSet<GcpSecret> _readable = [];
    private readonly HashSet<string> _read = [];
    private readonly List<GcpForward> _forwards = [];
    private readonly Dictionary<string, Projects.IAMMember> _roles = [];
    private Storage.HmacKey? _accessKey;
    private Output<string>? _key;

    /// <summary>What Google Cloud calls the consumer.</summary>
    public string Name => name;

    /// <summary>Its service account as IAM names it.</summary>
    public Output<string> Member => member;

    /// <summary>The address of its service account.</summary>
    public Output<string> Email => email;

    /// <summary>What every component needs.</summary>
    public GcpContext Context => context;

    /// <summary>What must exist before the consumer's container starts.</summary>
    public IReadOnlyList<Resource> Grants => _grants;

    /// <summary>What a proxy beside its container leads to, by the targets' names.</summary>
    public IReadOnlyList<GcpForward> Forwards => [.. _forwards.OrderBy(forward => forward.Target, StringComparer.Ordinal)];

    /// <summary>What its own container is given.</summary>
    public GcpEquipment Equipment { get; } = new();

    /// <inheritdoc/>
    public string RoleOf(StandingLink link) => link.NameOn(context.Cloud);

    /// <summary>
    /// Lets the traffic out to another cloud: the network denies connections to its own block only, so there is nothing to do.
    /// </summary>
    public void Leave(StandingLink link, CrossCloudTarget target)
    {
    }

    /// <inheritdoc/>
    public void Use(IReadOnlyList<ContainerValue> variables) => Use(Equipment, variables, "");

    /// <inheritdoc/>
    public void Mount(IReadOnlyList<ContainerValue> files) => Mount(Equipment, files, name, "files");

    /// <inheritdoc/>
    public void Equip(string sidecar, IReadOnlyList<ContainerValue> variables, IReadOnlyList<ContainerValue> files)
    {
        var equipment = new GcpEquipment();
        Use(equipment, variables, $"{sidecar}/");

        // Names of components hold no underscore: no other's secret is called so.
        Mount(equipment, files, $"{name}_{sidecar}", $"{sidecar}-files");
        _sidecars.Add(sidecar, equipment);
    }

    /// <summary>What one of its sidecars is given.</summary>
    public GcpEquipment EquipmentOf(string sidecar) => _sidecars[sidecar];

    private void Use(GcpEquipment equipment, IReadOnlyList<ContainerValue> variables, string whose)
    {
        foreach (var variable in variables)
        {
            if (!variable.IsSecret)
            {
                equipment.Variables.Add(new(variable.Name, variable.Value));
                continue;
            }

            if (variable is { Stored: GcpStoredValue stored, Entry.Link.Target: var target })
            {
                Read(stored, target);
                equipment.Variables.Add(new(variable.Name, stored));
                continue;
            }

            var secret = variable.Entry is { } entry
                ? Keep(entry.Link, entry.Key, variable.Value)
                : Keep($"{whose}{variable.Name}", variable.Value);
            if (_readable.Add(secret)) Awaits(secret.AllowReading($"{secret.Name}-reader", member, Child()));
            equipment.Variables.Add(new(variable.Name, secret));
        }
    }

    private void Mount(GcpEquipment equipment, IReadOnlyList<ContainerValue> files, string holder, string volumes)
    {
        foreach (var directory in MountedDirectory.Of(files))
        {
            var volume = string.Create(CultureInfo.InvariantCulture, $"{volumes}-{equipment.Directories.Count + 1}");
            if (directory.Contents is [{ Stored: GcpStoredValue stored, Entry.Link.Target: var target } only])
            {
                Read(stored, target);
                var file = new GcpFile(directory.Inside(only), stored.Version, stored.VersionName);
                equipment.Directories.Add(new(volume, directory.Path, stored.SecretId, [file]));
                continue;
            }

            var kept = directory.Contents.Any(file => file.IsSecret) ? DataClass.Confidential : DataClass.Internal;
            var called = GcpDirectory.NameOf(holder, directory);
            var secret = GcpSecret.Empty(called, context, context.Tags(name, kept), Child());
            Awaits(GcpSecret.AllowReading(context.Project, secret.SecretId, $"{called}-reader", member, Child()));
            equipment.Directories.Add(GcpDirectory.Keep(volume, directory, called, secret, Child()));
        }
    }

    /// <summary>Lets a proxy beside its container lead to a target.</summary>
    public void Forward(GcpForward forward) => _forwards.Add(forward);

    /// <summary>The options of what is created for the consumer.</summary>
    public CustomResourceOptions Child(IEnumerable<Resource>? dependsOn = null)
    {
        var options = new CustomResourceOptions { Parent = holder };
        foreach (var resource in dependsOn ?? []) options.DependsOn.Add(resource);
        return options;
    }

    /// <summary>Makes the consumer's container wait for a grant.</summary>
    public T Awaits<T>(T grant)
        where T : Resource
    {
        _grants.Add(grant);
        return grant;
    }

    /// <summary>A password of the consumer's own for a link: letters and digits only, so that urls need no escaping.</summary>
    public Output<string> Password(StandingLink link) =>
        LoginPassword.Create($"{link.NameOn(context.Cloud)}-password", context.Values, Child()).Result;

    /// <summary>
    /// Lets the machines that open the consumer's connections reach an address inside the network, which denies everything else. Where they
    /// are the relay's, it lets itself through.
    /// </summary>
    /// <param name="role">What the rule is called, before its ending.</param>
    /// <param name="target">The target's name.</param>
    /// <param name="address">The target's address.</param>
    /// <param name="port">The target's port.</param>
    public void Reach(string role, string target, Output<string> address, Output<string> port)
    {
        if (firewall is not null) Awaits(firewall.Egress($"{role}-egress", $"{name} uses {target}", address, port, Child()));
    }

    /// <summary>Lets them reach a target of which only the block is known, not the address in it.</summary>
    /// <param name="role">What the rule is called, before its ending.</param>
    /// <param name="target">The target's name.</param>
    /// <param name="block">The block in which the target's addresses are.</param>
    /// <param name="port">The target's port.</param>
    public void ReachBlock(string role, string target, Output<string> block, Output<string> port)
    {
        if (firewall is not null) Awaits(firewall.EgressToBlock($"{role}-egress", $"{name} uses {target}", block, port, Child()));
    }

    /// <summary>The key with which the consumer signs for the S3 protocol; one for all of its buckets.</summary>
    public Storage.HmacKey AccessKey() => _accessKey ??= Awaits(new Storage.HmacKey($"{name}-s3", new()
    {
        Project = context.Project,
        ServiceAccountEmail = email,
        State = "ACTIVE",
        DeletionPolicy = "DELETE",
    }, Child()));

    /// <summary>
    /// The key by which a consumer is its service account where it cannot be so without: on another cloud, and towards what asks for a
    /// password. As the JSON that client libraries read; one for all that it uses.
    /// </summary>
    public Output<string> Key() => _key ??= Output.CreateSecret(Awaits(new ServiceAccount.Key($"{name}-key", new()
    {
        ServiceAccountId = Output.Format($"projects/{context.Project}/serviceAccounts/{email}"),
        DeletionPolicy = "DELETE",
    }, Child())).PrivateKey.Apply(text => Encoding.UTF8.GetString(Convert.FromBase64String(text))));

    /// <summary>
    /// A role of the project, where there is none of a single thing: whatever wants it of the consumer shares the one binding, so that
    /// none goes with another's.
    /// </summary>
    /// <param name="role">The role, without what all of Google's begin with, such as <c>managedkafka.client</c>.</param>
    /// <param name="dependsOn">What must exist before.</param>
    public void HaveRole(string role, IEnumerable<Resource> dependsOn)
    {
        if (_roles.ContainsKey(role)) return;
        var args = new Projects.IAMMemberArgs { Project = context.Project, Role = $"roles/{role}", Member = member };
        _roles.Add(role, Awaits(new Projects.IAMMember($"{name}-{Hyphened(role)}", args, Child(dependsOn))));
    }

    /// <summary>Keeps a secret value of a link in the secret store; asked again for the same key, the same secret.</summary>
    public GcpSecret Keep(StandingLink link, string key, Output<string> value) =>
        Keep($"{link.NameOn(context.Cloud)}-{Hyphened(key)}", value, link.Target.Arguments.DataClass);

    private void Read(GcpStoredValue stored, Standing target)
    {
        if (_read.Add(target.Name))
            Awaits(stored.AllowReading($"{ShortName.Of($"{name}-{target.Name}", ShortName.OfTwo)}-secret-reader", member, Child()));
    }

    // What is composed has no link of its own. Variables that differ in case, dots or underscores alone read alike once they are hyphened.
    private GcpSecret Keep(string variable, Output<string> value) => Keep(
        $"{ShortName.Of($"{name}-{Hyphened(variable)}", ShortName.OfTwo)}-{GcpNames.Fingerprint(variable)}-variable",
        value,
        DataClass.Confidential);

    private GcpSecret Keep(string secretName, Output<string> value, DataClass kept)
    {
        if (_secrets.TryGetValue(secretName, out var known)) return known;
        var secret = new GcpSecret(secretName, value, context, context.Tags(name, kept), Child());
        _secrets.Add(secretName, secret);
        return secret;
    }

    private static string Hyphened(string key) => key.Replace('_', '-').Replace('.', '-').Replace('/', '-').ToLowerInvariant();
}
