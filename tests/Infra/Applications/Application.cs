using System.Text.Json.Nodes;
using Infra.Components.Clouds;
using Infra.Components.Composition;
using Infra.Components.Dns;
using Infra.Components.Mail;
using Infra.Components.Secrets;
using Infra.Components.Systems;

namespace Infra.Tests.Applications;

/// <summary>
/// A published application as a system: with its own images, which want variables, files, ports and commands of their own making, and with
/// what of it cannot run, and why.
/// </summary>
public abstract class Application : SystemDeclaration
{
    private const string Sender = "mail";

    /// <summary>What it is called.</summary>
    public abstract string Title { get; }

    /// <summary>What the facts were read off: repository, path, version or commit, and the day.</summary>
    public abstract IReadOnlyList<string> Sources { get; }

    /// <summary>What each of its containers must be given.</summary>
    public abstract IReadOnlyList<ContainerNeeds> Needs { get; }

    /// <summary>What it lacks.</summary>
    public abstract IReadOnlyList<Shortfall> Shortfalls { get; }

    /// <summary>What the stack file of a cloud must say of components, where clouds differ and the image knows no middle way.</summary>
    public virtual IReadOnlyDictionary<string, JsonObject> Overrides(Cloud cloud) => new Dictionary<string, JsonObject>();

    /// <summary>Whether it runs on a cloud.</summary>
    public Verdict On(Cloud cloud)
    {
        var here = Shortfalls.Where(shortfall => shortfall.Clouds.Contains(cloud)).ToList();
        return here.Any(shortfall => shortfall.Blocks) ? Verdict.Cannot : here.Count > 0 ? Verdict.RunsWithGaps : Verdict.Runs;
    }

    /// <summary>A sender of the system's mails, from an address below the domain.</summary>
    protected static MailSender Mail(Model model, DnsZone zone, string localPart)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Add(new MailSender(Sender, new() { Zone = zone, LocalPart = localPart }));
    }

    /// <summary>The relay by which mails leave where the cloud has no service for them, on a port that all clouds leave open.</summary>
    protected static IReadOnlyDictionary<string, JsonObject> RelayOn(Cloud cloud) =>
        CloudIndex.Of(cloud).Find(MailSenderKind.Instance)!.Offer.Backing == Backing.Native
            ? new Dictionary<string, JsonObject>()
            : new Dictionary<string, JsonObject>
            {
                [Sender] = new()
                {
                    ["relay"] = new JsonObject
                    {
                        ["host"] = "smtp.relay.example",
                        ["port"] = 2465,
                        ["username"] = "shop",
                        ["spf"] = "include:spf.relay.example",
                    },
                },
            };

    /// <summary>An override of variables of some components; null takes one away.</summary>
    protected static IReadOnlyDictionary<string, JsonObject> Environment(
        IEnumerable<string> components,
        params (string Name, string? Value)[] variables) => components.ToDictionary(
            component => component,
            _ => new JsonObject
            {
                ["environment"] = new JsonObject(
                    variables.Select(variable => KeyValuePair.Create(variable.Name, (JsonNode?)variable.Value))),
            });

    /// <summary>That a new account sends to nobody yet.</summary>
    protected static Shortfall MailSandbox { get; } = new(
        "mails to everyone",
        "Until AWS lets the account out of the sandbox, which is asked for by hand, mails reach verified addresses only.",
        Cloud.Aws);

    /// <summary>That jobs wait in a cache which forgets something when it is full.</summary>
    protected static Shortfall ForgetfulCache { get; } = new(
        "a cache that forgets nothing",
        "Jobs wait in it, and what a full one forgets cannot be chosen: its size must leave room for all that may ever wait.",
        Cloud.Ovh)
    {
        Rule = "ovh-cache-eviction",
    };

    /// <summary>That workers have no time to finish.</summary>
    protected static Shortfall ShortStop { get; } = new(
        "more than ten seconds to stop",
        "Work that takes longer is cut off by an update, and begun again by whoever comes next.",
        Cloud.Gcp)
    {
        Rule = "gcp-stop-seconds",
    };

    /// <summary>That two replicas may overlap for as long as the former takes to stop.</summary>
    protected static Shortfall BriefOverlap { get; } = new(
        "a replica of which there is never more than one",
        "An update stops it first, and may start the next one while it still finishes its work.",
        Cloud.Aws);

    /// <summary>That connections do not stay open.</summary>
    protected static Shortfall HourOfConnections { get; } = new(
        "connections for longer than an hour",
        "Browsers lose the connection on which they are told what is new after an hour, and make another one.",
        Cloud.Gcp);

    /// <summary>A variable that everyone may read.</summary>
    protected static VariableNeed Plain(string name, string shape) => new(name, shape);

    /// <summary>A variable that the secret store keeps, with the shape of the text that is composed there.</summary>
    protected static VariableNeed Secret(string name, string shape) => new(name, shape) { IsSecret = true };

    /// <summary>A variable that holds a generated secret, as it is.</summary>
    protected static VariableNeed Generated(string name, int length, SecretAlphabet alphabet) =>
        new(name, @"\{[a-z0-9-]+\.VALUE\}") { IsSecret = true, Generated = (length, alphabet) };

    /// <summary>A variable that holds a secret which nobody can generate.</summary>
    protected static VariableNeed Given(string name) => new(name, @"\{[a-z0-9-]+\.VALUE\}") { IsSecret = true };
}

/// <summary>Whether an application runs on a cloud.</summary>
public enum Verdict
{
    /// <summary>With everything that it does.</summary>
    Runs,

    /// <summary>But for parts of it, or after a step by hand.</summary>
    RunsWithGaps,

    /// <summary>Not at all.</summary>
    Cannot,
}

/// <summary>What one container must be given, as the public configuration of its image says.</summary>
/// <param name="Component">The service or job; of a sidecar with its name behind a slash, as <c>infra:images</c> has it.</param>
/// <param name="Image">The published image.</param>
/// <param name="Variables">Every variable, but for <c>PORT</c>: what is missing is an error, and what is too much.</param>
public sealed record ContainerNeeds(string Component, string Image, IReadOnlyList<VariableNeed> Variables)
{
    /// <summary>The service or job.</summary>
    public string Consumer => Component.Split('/')[0];

    /// <summary>The sidecar; null for the service's or job's own container.</summary>
    public string? Sidecar => Component.Split('/') is [_, var sidecar] ? sidecar : null;

    /// <summary>The port on which it listens; null for none.</summary>
    public int? Port { get; init; }

    /// <summary>The path that says whether it is well; null where it has none.</summary>
    public string? Health { get; init; }

    /// <summary>The command; empty for the image's own.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>What it is asked by whether it is well.</summary>
    public HealthProtocol Protocol { get; init; } = HealthProtocol.Http;

    /// <summary>
    /// The port on which a worker is asked whether it is well; null where nobody asks. A service is asked on the one on which it listens.
    /// </summary>
    public int? HealthPort { get; init; }

    /// <summary>Whether there is never more than one, because two would do its work twice.</summary>
    public bool AtMostOne { get; init; }

    /// <summary>The number of the user that it runs as; null where the image's own is a number.</summary>
    public int? User { get; init; }

    /// <summary>The files.</summary>
    public IReadOnlyList<FileNeed> Files { get; init; } = [];
}

/// <summary>A variable that a container must be given.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">
/// The shape of its value, as a regular expression: of the planned value, in which outputs stand in braces, or, of a secret, of the text
/// that it is composed of.
/// </param>
public sealed record VariableNeed(string Name, string Shape)
{
    /// <summary>Whether the secret store keeps it.</summary>
    public bool IsSecret { get; init; }

    /// <summary>The clouds on which it is empty, such as a key where the identity of the container gives access.</summary>
    public IReadOnlyList<Cloud> EmptyOn { get; init; } = [];

    /// <summary>The clouds on which it must be away.</summary>
    public IReadOnlyList<Cloud> AwayOn { get; init; } = [];

    /// <summary>The length and the alphabet that the image demands of a generated value.</summary>
    public (int Length, SecretAlphabet Alphabet)? Generated { get; init; }
}

/// <summary>A file that a container must be given.</summary>
/// <param name="Path">Where.</param>
/// <param name="Content">The shape of the text that it is composed of.</param>
public sealed record FileNeed(string Path, string Content)
{
    /// <summary>The clouds on which there is nothing to fill it with.</summary>
    public IReadOnlyList<Cloud> AwayOn { get; init; } = [];
}

/// <summary>Something that an application needs and does not get.</summary>
/// <param name="What">What it needs.</param>
/// <param name="Why">What comes of it, and why, as sentences.</param>
/// <param name="Clouds">Where.</param>
public sealed record Shortfall(string What, string Why, params IReadOnlyList<Cloud> Clouds)
{
    private static readonly Cloud[] Every = [.. CloudNames.All];

    /// <summary>Where; everywhere unless it says otherwise.</summary>
    public IReadOnlyList<Cloud> Clouds { get; } = Clouds.Count > 0 ? Clouds : Every;

    /// <summary>Whether the application does not run without it.</summary>
    public bool Blocks { get; init; }

    /// <summary>The rule by which a plan tells of it; null where no plan can know.</summary>
    public string? Rule { get; init; }

    /// <summary>The component of which the stack file accepts that it breaks the rule; null where it need not.</summary>
    public string? AcceptedOf { get; init; }

    /// <summary>
    /// What would show that it is there: a class of arguments, and the property by which systems would ask for it. Once there is one, the
    /// application must use it.
    /// </summary>
    public (Type Arguments, string Property)? Until { get; init; }
}
