using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Placements;
using Infra.Components.Runtimes.Aws;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Random;
using Lambda = Pulumi.Aws.Lambda;

namespace Infra.Components.Jobs.Aws;

/// <summary>
/// The logins of a store, which a task in the network makes through its REST API: one task for all consumers on this cloud, one for each
/// elsewhere. A public authority signs the store's certificate.
/// </summary>
/// <param name="administration">The administrator, and the task's ways.</param>
/// <param name="logins">How the API is told of logins.</param>
/// <param name="url">Where the API answers.</param>
/// <param name="server">What must be there before it does.</param>
/// <param name="image">The image with curl.</param>
/// <param name="runtime">Where tasks run; null where nobody uses the store.</param>
/// <param name="context">The stack.</param>
internal sealed class AwsRestLogins(
    AwsRestAdministration administration,
    RestLogins logins,
    Output<string> url,
    Resource server,
    string image,
    AwsRuntime? runtime,
    AwsContext context)
{
    private readonly List<(AwsGrantee Grantee, StandingLink Link)> _consumers = [];

    // Only a consumer needs it, and then it stands.
    private AwsRuntime Runtime => runtime!;

    /// <summary>Gives a consumer a login of its own.</summary>
    /// <param name="grantee">Who receives it.</param>
    /// <param name="link">The link.</param>
    /// <param name="isRelayed">Whether the consumer stands on another cloud, which cannot wait for a task here.</param>
    /// <returns>The login, its password, and of a relayed consumer what makes it.</returns>
    public (Output<string> Username, Output<string> Password, CustomResource? Granted) Connect(
        AwsGrantee grantee,
        StandingLink link,
        bool isRelayed)
    {
        var password = grantee.Password(link, administration.Store.MixedPasswords);
        var granted = isRelayed ? Relayed(grantee, link, password) : Shared(grantee, link, password);
        return (Output.Create(LoginOf(grantee)), password.Result, granted);
    }

    /// <summary>Makes the logins of all consumers on this cloud, which wait for it.</summary>
    public void Complete()
    {
        foreach (var (ending, consumers) in LoginGroups.Of(_consumers, consumer => consumer.Grantee.Name))
        {
            var run = Run(
                $"{administration.Store.Name}-grants{ending}",
                [.. consumers.Select(consumer => new Login(
                    LoginOf(consumer.Grantee),
                    consumer.Link.Intent,
                    consumer.Grantee.Secret!,
                    consumer.Grantee.SecretOf(consumer.Link, "PASSWORD")))],
                administration.Store.Tags,
                Runtime.Children);
            foreach (var (grantee, _) in consumers) grantee.Grants.Add(run);
        }
    }

    private static string LoginOf(AwsGrantee grantee) => RestLogins.NameOf(grantee.Name);

    private Lambda.Invocation? Shared(AwsGrantee grantee, StandingLink link, RandomPassword password)
    {
        _consumers.Add((grantee, link));
        grantee.Keep(link, "PASSWORD", password.Result);
        return null;
    }

    // Its own cloud keeps what the consumer must know.
    private Lambda.Invocation Relayed(AwsGrantee grantee, StandingLink link, RandomPassword password)
    {
        var kept = grantee.Keep(link, password);
        return Run(
            grantee.NameOf(link, "grant"),
            [new(LoginOf(grantee), link.Intent, kept, kept.Value("PASSWORD"))],
            grantee.Tags,
            grantee.Child);
    }

    private Lambda.Invocation Run(
        string name,
        IReadOnlyList<Login> made,
        IReadOnlyDictionary<string, string> tags,
        ChildOptions child)
    {
        var script = logins.Script;
        var secrets = new SortedDictionary<string, Output<string>>(StringComparer.Ordinal)
        {
            [script.Password] = administration.Secret.Value("PASSWORD"),
        };
        foreach (var login in made) secrets.Add(RestLogins.PasswordOf(login.Name), login.Password);
        var triggers = new SortedDictionary<string, Output<string>>(StringComparer.Ordinal);
        foreach (var login in made) triggers.Add(login.Name, login.Kept.Version.VersionId);
        return new AwsSetup
        {
            Name = name,
            Store = administration.Store.Name,
            Image = image,
            Command = script.OfPublic(logins.GrantAll(made.Select(login => (login.Name, login.Intent)))),
            Environment = new SortedDictionary<string, Output<string>>(StringComparer.Ordinal)
            {
                [script.Url] = url,
                [script.Username] = Output.Create(logins.Administrator),
            },
            Secrets = secrets,
            Reads = [administration.Secret.Secret.Arn, .. made.Select(login => login.Kept.Secret.Arn)],
            Triggers = triggers,
            Group = administration.Setup,
            Server = server,
            After = [administration.Secret.Version, .. administration.Ways, .. made.Select(login => login.Kept.Version)],
        }.Run(Runtime, context, tags, child);
    }

    // A login that is to be made: whose it is, what for, and where its password is kept.
    private sealed record Login(string Name, Intent Intent, AwsSecret Kept, Output<string> Password);
}
