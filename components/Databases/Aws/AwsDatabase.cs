using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Jobs.Aws;
using Infra.Components.Placements;
using Infra.Components.Runtimes.Aws;
using Pulumi;
using Pulumi.Random;
using Ec2 = Pulumi.Aws.Ec2;
using Lambda = Pulumi.Aws.Lambda;
using Rds = Pulumi.Aws.Rds;

namespace Infra.Components.Databases.Aws;

/// <summary>
/// A database of an instance of Amazon RDS, its own, another, or a replica's. RDS knows no logins: tasks inside the network set them up.
/// </summary>
/// <param name="args">The arguments of its server.</param>
/// <param name="contents">Which of the server's databases it is.</param>
/// <param name="placement">Where it stands, by what, and whose it is.</param>
/// <param name="runtime">Where tasks run; null where nobody uses a database.</param>
/// <param name="context">The stack.</param>
internal abstract class AwsDatabase(
    ManagedDatabaseArgs args,
    DatabaseContents contents,
    PlacedComponentArgs placement,
    AwsRuntime? runtime,
    AwsContext context) : PlacedDatabase(args, contents, placement), ILinkTarget<AwsGrantee>, ISharedGrants
{
    /// <summary>The instance's administrator.</summary>
    protected const string Administrator = "dbadmin";

    private readonly List<(AwsGrantee Grantee, StandingLink Link)> _consumers = [];

    /// <summary>The instance on which logins are made.</summary>
    public abstract Rds.Instance Instance { get; }

    /// <summary>Where the administrator's password is kept.</summary>
    public abstract AwsAdministration Administration { get; }

    /// <inheritdoc/>
    public Endpoint? Endpoint => new(Host, Port, SpeaksTls: true);

    /// <summary>The image that sets up logins. Amazon's public registry mirrors the official images, without their rate limits.</summary>
    public static string ClientImage(ManagedDatabaseArgs args) => args.Tweak<AwsDatabaseTweak>()?.ClientImage
        ?? DatabaseGrant.ClientOf(args.Engine).OnAmazon;

    /// <inheritdoc/>
    public abstract void Admit(AwsGrantee grantee, string role);

    /// <inheritdoc/>
    public Connection Connect(AwsGrantee grantee, StandingLink link, RelayEndpoint? relay)
    {
        var (grant, password) = (GrantTo(grantee.Name, link), grantee.Password(link));
        if (relay is null)
        {
            _consumers.Add((grantee, link));
            grantee.Keep(link, "PASSWORD", password.Result);
            return At(EntranceFor(relay), grant, password, "verify-full");
        }

        // Its own cloud keeps what the consumer must know. The server's certificate does not name the relay.
        var kept = grantee.Keep(link, password);
        var run = SetUp(
            grantee.NameOf(link, "grant"),
            [new(grant, kept, kept.Value("PASSWORD"))],
            SetUpFrom(grantee),
            grantee.Tags,
            grantee.Child);
        return At(EntranceFor(relay, run), grant, password, "require");
    }

    /// <inheritdoc/>
    public void CompleteGrants()
    {
        foreach (var (ending, consumers) in LoginGroups.Of(_consumers, consumer => consumer.Grantee.Name))
        {
            var name = $"{Name}-grants{ending}";
            var run = SetUp(
                name,
                [.. consumers.Select(consumer => new Login(
                    GrantTo(consumer.Grantee.Name, consumer.Link),
                    consumer.Grantee.Secret!,
                    consumer.Grantee.SecretOf(consumer.Link, "PASSWORD")))],
                SetUpFrom(consumers[0].Grantee),
                Tags,
                runtime!.Children);
            foreach (var (grantee, _) in consumers) grantee.Grants.Add(run);
        }
    }

    /// <summary>
    /// From where logins are set up. Whoever may reach the database can set up the logins of all. Those of other databases are none of its
    /// business, and which of them come before follows from the order of declaration.
    /// </summary>
    protected virtual AwsDatabaseAccess SetUpFrom(AwsGrantee grantee) =>
        new(grantee.Group, [.. grantee.Grants.Where(grant => grant is not Lambda.Invocation)]);

    private Connection At(
        (Output<string> Host, Output<string> Port) entrance,
        DatabaseGrant grant,
        RandomPassword password,
        string tlsMode) => ConnectionAt(entrance, Output.Create(grant.Login), password.Result, tlsMode);

    private Lambda.Invocation SetUp(
        string name,
        IReadOnlyList<Login> logins,
        AwsDatabaseAccess from,
        IReadOnlyDictionary<string, string> tags,
        ChildOptions child)
    {
        var administration = Administration;
        var secrets = new SortedDictionary<string, Output<string>>(StringComparer.Ordinal)
        {
            [DatabaseGrant.AdminPassword] = administration.Password,
        };
        foreach (var login in logins) secrets.Add(login.Grant.PasswordVariable, login.Password);
        var triggers = new SortedDictionary<string, Output<string>>(StringComparer.Ordinal);
        foreach (var login in logins) triggers.Add(login.Grant.Consumer, login.Kept.Version.VersionId);
        return new AwsSetup
        {
            Name = name,
            Store = Name,
            Image = ClientImage(Args),
            Command = DatabaseGrant.CommandOf([.. logins.Select(login => login.Grant)]),
            Environment = new SortedDictionary<string, Output<string>>(StringComparer.Ordinal)
            {
                [DatabaseGrant.Host] = Writer.Host,
                [DatabaseGrant.Port] = Writer.Port,
                [DatabaseGrant.CertificateAuthority] = Writer.CertificateAuthority,
                [DatabaseGrant.AdminUsername] = Output.Create(Administrator),
            },
            Secrets = secrets,
            Reads = [administration.Secret, .. logins.Select(login => login.Kept.Secret.Arn)],
            Triggers = triggers,
            Group = from.Group,
            Server = Instance,
            After = [.. from.Access.Concat(administration.Ready).Union(logins.Select(login => login.Kept.Version))],
        }.Run(runtime!, context, tags, child);
    }

    // A login that is to be set up: whose it is, what for, and where its password is kept.
    private sealed record Login(DatabaseGrant Grant, AwsSecret Kept, Output<string> Password);
}

/// <summary>Where the password of an instance's administrator is kept.</summary>
/// <param name="Secret">The ARN of the secret.</param>
/// <param name="Password">How a container definition refers to the password.</param>
/// <param name="Ready">What must exist before it is read.</param>
internal sealed record AwsAdministration(Output<string> Secret, Output<string> Password, IReadOnlyList<Resource> Ready);

/// <summary>From where an instance is reached.</summary>
/// <param name="Group">The security group.</param>
/// <param name="Access">What lets its members through.</param>
internal sealed record AwsDatabaseAccess(Ec2.SecurityGroup Group, IReadOnlyList<Resource> Access);
