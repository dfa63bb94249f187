using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Jobs.Kubernetes;
using Infra.Components.Placements;
using Infra.Components.Services.Kubernetes;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Batch = Pulumi.Kubernetes.Batch.V1;

namespace Infra.Components.Databases.Kubernetes;

/// <summary>
/// A database whose consumers run in a cluster, in it or beside it: what no API does for its administrator, jobs in the cluster do.
/// </summary>
/// <param name="args">The arguments of its server.</param>
/// <param name="contents">Which of the server's databases it is.</param>
/// <param name="placement">Where it stands, by what, and whose it is.</param>
internal abstract class ClusterDatabase(ManagedDatabaseArgs args, DatabaseContents contents, PlacedComponentArgs placement)
    : PlacedDatabase(args, contents, placement), ILinkTarget<KubernetesGrantee>, ISharedGrants
{
    // The official images of both engines have their user by this number.
    private const int ImageUser = 999;

    private readonly List<(KubernetesGrantee Grantee, Login Login)> _consumers = [];

    /// <summary>The component that is the server, whose policies let the pods through that bear its label. Default: this one.</summary>
    public virtual string Server => Name;

    /// <summary>Where consumers enter.</summary>
    public virtual Endpoint Endpoint => new(Host, Port, SpeaksTls: true);

    /// <summary>Who makes logins; null where an API does.</summary>
    public DatabaseAdministrator? Administrator { get; protected set; }

    /// <summary>What must exist before logins are made.</summary>
    public IReadOnlyList<Resource> Ready { get; protected set; } = [];

    /// <inheritdoc/>
    public abstract void Admit(KubernetesGrantee grantee, string role);

    /// <inheritdoc/>
    public virtual Connection Connect(KubernetesGrantee grantee, StandingLink link, RelayEndpoint? relay) => Grant(grantee, link, relay);

    /// <inheritdoc/>
    public void CompleteGrants()
    {
        foreach (var (ending, consumers) in LoginGroups.Of(_consumers, consumer => consumer.Login.Grant.Consumer))
        {
            var cluster = consumers[0].Grantee.Cluster;
            var run = SetUp(
                $"{Name}-grants{ending}",
                [.. consumers.Select(consumer => consumer.Login)],
                cluster,
                Name,
                Tags,
                dependsOn => cluster.Children(dependsOn: dependsOn));
            foreach (var consumer in consumers) consumer.Grantee.Grants.Add(run);
        }
    }

    /// <summary>
    /// Gives a consumer its own login: a password, and a job that makes the database know it, one for all consumers inside the cluster.
    /// </summary>
    /// <param name="grantee">Who receives the grant.</param>
    /// <param name="link">The link.</param>
    /// <param name="relay">Where the consumer enters when it comes from another cloud; null inside the cluster.</param>
    private Connection Grant(KubernetesGrantee grantee, StandingLink link, RelayEndpoint? relay)
    {
        var name = grantee.GrantName(link);
        var grant = GrantTo(link.Consumer.NameOn(Cloud), link);
        var password = LoginPassword.Create($"{name}-password", grantee.Cluster.Values, grantee.Child());
        var username = Output.Create(grant.Login);
        if (relay is null)
        {
            _consumers.Add((grantee, new(grant, password.Result)));
            return ConnectionAt(EntranceFor(relay), username, password.Result, NamesItsHost ? "verify-full" : "require");
        }

        // A certificate names the database, not the relay: whoever comes through one verifies the authority alone, which signs nothing
        // else.
        var granted = SetUp(
            $"{name}-grant",
            [new(grant, password.Result)],
            grantee.Cluster,
            grantee.Name,
            grantee.Tags,
            grantee.Child);
        grantee.Grants.Add(granted);
        return ConnectionAt(EntranceFor(relay, granted), username, password.Result, "require");
    }

    /// <summary>Whether a link leads to a server's own database or to what stands on it, of which the logins are made there.</summary>
    protected static bool IsUsed(ManagedDatabase server, CloudContext context) =>
        context.LinksTo(server).Any()
        || context.On<Component>().Any(part => part.StandsOn == server && context.LinksTo(part).Any());

    /// <summary>Runs a script that creates the database, where the server does not come with it.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="administrator">Who creates it, with a secret of its own.</param>
    /// <param name="script">The script, for the engine's own image.</param>
    /// <param name="options">The options of the job.</param>
    protected Batch.Job Create(
        ClusterContext cluster,
        DatabaseAdministrator administrator,
        string script,
        CustomResourceOptions options) => Run(
        $"{Name}-create",
        GrantTo(Name, Intent.Write),
        cluster,
        Name,
        Tags,
        ["sh", "-e", "-c", script],
        Variables(administrator, administrator.Secret!),
        options);

    private Batch.Job SetUp(
        string name,
        IReadOnlyList<Login> logins,
        ClusterContext cluster,
        string consumer,
        IReadOnlyDictionary<string, string> tags,
        Func<IEnumerable<Resource>?, CustomResourceOptions> child)
    {
        var administrator = Administrator!;
        var values = new InputMap<string>();
        foreach (var (key, value) in administrator.Beside) values.Add(key, value);
        foreach (var login in logins) values.Add(login.Grant.PasswordVariable, login.Password);
        var secret = ClusterContext.NameOf(
            new Secret(name, new SecretArgs { Metadata = cluster.Metadata(consumer, tags), StringData = values }, child(null)));
        return Run(
            name,
            logins[0].Grant,
            cluster,
            consumer,
            tags,
            DatabaseGrant.CommandOf([.. logins.Select(login => login.Grant)]),
            [
                .. Variables(administrator, administrator.Secret ?? secret),
                .. logins.Select(login =>
                    ClusterContext.FromSecret(login.Grant.PasswordVariable, secret, login.Grant.PasswordVariable)),
            ],
            child(Ready));
    }

    private IReadOnlyList<EnvVarArgs> Variables(DatabaseAdministrator administrator, Output<string> secret) =>
    [
        new() { Name = DatabaseGrant.Host, Value = Writer.Host },
        new() { Name = DatabaseGrant.Port, Value = Writer.Port },
        new() { Name = DatabaseGrant.CertificateAuthority, Value = Writer.CertificateAuthority },
        ClusterContext.FromSecret(DatabaseGrant.AdminUsername, secret, administrator.UsernameKey),
        ClusterContext.FromSecret(DatabaseGrant.AdminPassword, secret, administrator.PasswordKey),
    ];

    private Batch.Job Run(
        string name,
        DatabaseGrant grant,
        ClusterContext cluster,
        string consumer,
        IReadOnlyDictionary<string, string> tags,
        IReadOnlyList<string> command,
        IReadOnlyList<EnvVarArgs> environment,
        CustomResourceOptions options) => KubernetesJob.Start(name, new ContainerPod
        {
            Cluster = cluster,
            Name = name,
            Consumer = consumer,
            IsSelected = false,
            Uses = NetworkAccess.UserOf(Server),
            Tags = tags,
            Image = grant.Image.OnDockerHub,
            Capacity = new Capacity(0.1, 0.25),
            EntryPoint = command,
            Environment = environment,
            User = ImageUser,
        }, retries: 6, timeout: TimeSpan.FromMinutes(10), options);

    // A login that is to be set up, and its password.
    private sealed record Login(DatabaseGrant Grant, Output<string> Password);
}
