using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Networks.Gcp;
using Infra.Components.Placements;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Gcp.ServiceAccount;
using CloudRun = Pulumi.Gcp.CloudRunV2;

namespace Infra.Components.Jobs.Gcp;

/// <summary>A store on a machine, as the job that makes its logins knows it.</summary>
internal sealed record GcpRestStore
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The machine.</summary>
    public required GcpStoreMachine Machine { get; init; }

    /// <summary>What must be there before its API answers.</summary>
    public required Resource Serving { get; init; }

    /// <summary>Its private name, which its certificate names.</summary>
    public required Output<string> Host { get; init; }

    /// <summary>Its address: firewall rules know no names.</summary>
    public required Output<string> Address { get; init; }

    /// <summary>The port of its API.</summary>
    public required int Port { get; init; }

    /// <summary>The certificates that sign its own, as PEM.</summary>
    public required Output<string> Authority { get; init; }

    /// <summary>The administrator's password.</summary>
    public required GcpSecret Password { get; init; }

    /// <summary>Its labels.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Makes the options of its children.</summary>
    public required ChildOptions Child { get; init; }
}

/// <summary>
/// The logins of a store on a machine. A Cloud Run job in the network makes them through the store's REST API: one job for all consumers
/// on this cloud, one for each elsewhere. The account on whose behalf it runs reads the passwords and may do nothing else.
/// </summary>
internal sealed class GcpRestLogins
{
    private readonly GcpRestStore _store;
    private readonly RestLogins _logins;
    private readonly GcpPrivateNetwork _network;
    private readonly GcpRuntime _runtime;
    private readonly GcpContext _context;
    private readonly Account _granter;
    private readonly Output<string> _member;
    private readonly IReadOnlyList<Resource> _ready;
    private readonly List<(GcpGrantee Grantee, Login Login)> _consumers = [];

    /// <summary>Makes the account, and its way to the API.</summary>
    /// <param name="store">The store.</param>
    /// <param name="logins">How its API is told of logins.</param>
    /// <param name="network">The network.</param>
    /// <param name="runtime">Where jobs run.</param>
    /// <param name="apis">What must be switched on before the account is made.</param>
    /// <param name="context">The stack's part.</param>
    public GcpRestLogins(
        GcpRestStore store,
        RestLogins logins,
        GcpPrivateNetwork network,
        GcpRuntime runtime,
        IReadOnlyList<Resource> apis,
        GcpContext context)
    {
        (_store, _logins, _network, _runtime, _context) = (store, logins, network, runtime, context);
        (_granter, _member) = store.Machine.Identify("grant", "Grants", apis);
        _ready =
        [
            store.Serving,
            store.Password.AllowReading($"{store.Name}-administrator-reader", _member, store.Child()),
            network.FirewallOf(Tag).Egress(
                $"{store.Name}-grants-egress",
                $"Grants of {store.Name}",
                store.Address,
                Output.Create(store.Port.ToString(CultureInfo.InvariantCulture)),
                store.Child()),
            .. runtime.Apis(JobKind.Instance),
        ];
    }

    // Consumers' machines bear their names, which hold no two hyphens in a row: none of them passes for this one.
    private string Tag => $"{_store.Name}--grants";

    /// <summary>Gives a consumer a login of its own.</summary>
    /// <param name="grantee">Who receives it.</param>
    /// <param name="link">The link.</param>
    /// <param name="isRelayed">Whether the consumer stands on another cloud, which cannot wait for a job here.</param>
    /// <returns>The login, its password, and of a relayed consumer the job that makes it.</returns>
    public (Output<string> Username, Output<string> Password, CustomResource? Granted) Connect(
        GcpGrantee grantee,
        StandingLink link,
        bool isRelayed)
    {
        var name = $"{link.NameOn(_context.Cloud)}-grant";
        var password = grantee.Password(link);
        var kept = grantee.Keep(link, "PASSWORD", password);
        var login = new Login(
            RestLogins.NameOf(link.Consumer.NameOn(_context.Cloud)),
            link.Intent,
            kept,
            kept.AllowReading($"{name}-reader", _member, grantee.Child()));
        CloudRun.Job? run = null;
        if (isRelayed) run = grantee.Awaits(Run(name, [login], _context.Tags(grantee.Name), grantee.Child()));
        else _consumers.Add((grantee, login));
        return (Output.Create(login.Name), password, run);
    }

    /// <summary>Makes the logins of all consumers on this cloud, which wait for it.</summary>
    public void Complete()
    {
        foreach (var (ending, consumers) in LoginGroups.Of(_consumers, consumer => consumer.Login.Name))
        {
            var run = Run(
                $"{_store.Name}-grants{ending}",
                [.. consumers.Select(consumer => consumer.Login)],
                _store.Labels,
                _runtime.Children());
            foreach (var (grantee, _) in consumers) grantee.Awaits(run);
        }
    }

    private CloudRun.Job Run(
        string name,
        IReadOnlyList<Login> logins,
        IReadOnlyDictionary<string, string> labels,
        CustomResourceOptions options)
    {
        foreach (var resource in logins.Select(login => login.Reader).Concat(_ready)) options.DependsOn.Add(resource);
        var script = _logins.Script;
        return GcpJobRunner.Run(
            name,
            _context,
            new()
            {
                Image = Output.Create(PinnedImage.Curl.OnDockerHub),
                EntryPoint = script.Of(_logins.GrantAll(logins.Select(login => (login.Name, login.Intent)))),
                Variables =
                [
                    new(script.Url, Output.Format($"https://{_store.Host}:{_store.Port}{_logins.Path}")),
                    new(script.CertificateAuthority, _store.Authority),
                    new(script.Username, Output.Create(_logins.Administrator)),
                    new(script.Password, _store.Password),
                    .. logins.Select(login => new GcpVariable(RestLogins.PasswordOf(login.Name), login.Password)),
                ],
                Size = Size.Nano,
                Account = _granter.Email,
                Network = _network,
                NetworkTag = Tag,
                // A new machine takes minutes to answer.
                Timeout = TimeSpan.FromMinutes(5),
                Retries = 3,
                Labels = labels,
            },
            options).Job;
    }

    // A login that is to be made: whose it is, what for, its password, and what lets the account read that.
    private sealed record Login(string Name, Intent Intent, GcpSecret Password, Resource Reader);
}
