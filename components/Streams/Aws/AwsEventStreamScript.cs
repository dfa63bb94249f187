using Infra.Components.Systems;

namespace Infra.Components.Streams.Aws;

/// <summary>A login of an event stream whose rights are to be set up.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Consumer">The consumer's declared name.</param>
/// <param name="Intent">What the consumer does with the stream.</param>
internal sealed record StreamLogin(string Name, string Consumer, Intent Intent);

/// <summary>
/// What a task tells Kafka's access control lists, which no API of AWS does for it. Every command adds what ought to be there or takes away
/// what ought not, so it bears being repeated, and nobody loses a right in between that he keeps. The password goes through a file of mode
/// 600, so that it is in no process list.
/// </summary>
internal static class AwsEventStreamScript
{
    /// <summary>The administrator's login.</summary>
    public const string Administrator = "administrator";

    /// <summary>The variable that holds where the stream is reached.</summary>
    public const string Servers = "STREAM_SERVERS";

    /// <summary>The variable that holds the administrator's password. Secret.</summary>
    public const string Password = "STREAM_PASSWORD";

    // A login is known to all brokers some time after its secret was handed to them. Names hold nothing that means something to the shell.
    private const string Prelude = $$"""
        PATH="$PATH:/opt/kafka/bin"
        login=$(mktemp)
        cat > "$login" <<PROPERTIES
        security.protocol={{EventStreamConnection.SecurityProtocol}}
        sasl.mechanism={{EventStreamConnection.Scram}}
        sasl.jaas.config={{EventStreamConnection.ScramModule}} required username="{{Administrator}}" password="${{Password}}";
        PROPERTIES
        acls() {
          tries=1
          until kafka-acls.sh --bootstrap-server "${{Servers}}" --command-config "$login" "$@"; do
            [ "$tries" -lt 8 ] || return 1
            tries=$((tries + 1))
            sleep 15
          done
        }
        """;

    /// <summary>
    /// What a container runs to give logins the rights of their intents and no others. It begins by giving the administrator every right:
    /// from then on nobody else has one that no entry gives him.
    /// </summary>
    /// <param name="logins">The logins.</param>
    /// <param name="args">The stream's arguments.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<StreamLogin> logins, EventStreamArgs args) =>
        ["sh", "-e", "-c", string.Join('\n', [Prelude, Lock, .. Grants(logins, args), .. Withdrawals(logins, args), ""])];

    private static string Lock =>
        Command("--add", [Administrator], ["All"], isPrefix: false, ["--cluster", .. Everything]);

    private static IEnumerable<string> Everything => ["--topic '*'", "--group '*'", "--transactional-id '*'"];

    // What several logins may do with something takes one command, and so do all things of which the same logins may do the same: each
    // command starts a virtual machine.
    private static IEnumerable<string> Grants(IReadOnlyList<StreamLogin> logins, EventStreamArgs args) => logins
        .SelectMany(login => StreamRights.Of(login.Consumer, login.Intent, args).Select(right => (login.Name, Right: right)))
        .GroupBy(grant => (grant.Right.Resource, grant.Right.Name, grant.Right.IsPrefix, Operations: Joined(grant.Right.Operations)))
        .Select(grant => (grant.Key, Logins: grant.Select(each => each.Name).Distinct().ToList(), grant.First().Right.Operations))
        .GroupBy(grant => (grant.Key.IsPrefix, grant.Key.Operations, Logins: Joined(grant.Logins)))
        .Select(alike => Command(
            "--add",
            alike.First().Logins,
            alike.First().Operations,
            alike.Key.IsPrefix,
            alike.Select(grant => $"{OptionOf(grant.Key.Resource)} {Quoted(grant.Key.Name)}")));

    // What another intent gave them before.
    private static IEnumerable<string> Withdrawals(IReadOnlyList<StreamLogin> logins, EventStreamArgs args)
    {
        var topics = args.Topics.Select(topic => $"{OptionOf(StreamResource.Topic)} {topic.Name}").ToList();
        var confined = Of(login => login.Intent != Intent.Connect);
        if (confined.Count > 0) yield return Command("--remove --force", confined, ["All"], isPrefix: false, Everything);
        if (topics.Count == 0) yield break;
        var publishers = Of(login => login.Intent == Intent.Publish);
        if (publishers.Count > 0) yield return Command("--remove --force", publishers, ["Read"], isPrefix: false, topics);
        var consumers = Of(login => login.Intent == Intent.Consume);
        if (consumers.Count > 0) yield return Command("--remove --force", consumers, ["Write"], isPrefix: false, topics);

        List<string> Of(Func<StreamLogin, bool> which) => [.. logins.Where(which).Select(login => login.Name)];
    }

    private static string Command(
        string action,
        IEnumerable<string> logins,
        IEnumerable<string> operations,
        bool isPrefix,
        IEnumerable<string> resources) => string.Join(' ',
        [
            $"acls {action}",
            .. logins.Select(login => $"--allow-principal User:{login}"),
            .. operations.Select(operation => $"--operation {operation}"),
            .. isPrefix ? ["--resource-pattern-type prefixed"] : Array.Empty<string>(),
            .. resources,
        ]);

    private static string OptionOf(StreamResource resource) => resource switch
    {
        StreamResource.Topic => "--topic",
        StreamResource.Group => "--group",
        StreamResource.TransactionalId => "--transactional-id",
        _ => throw new ArgumentOutOfRangeException(nameof(resource), resource, "no resource of Kafka's access control lists"),
    };

    private static string Quoted(string name) => name == "*" ? "'*'" : name;

    private static string Joined(IEnumerable<string> words) => string.Join(' ', words);
}
