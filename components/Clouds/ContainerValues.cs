using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Clouds;

/// <summary>Something that a container is given: a variable of its environment, or a file.</summary>
/// <param name="Name">The variable's name, or the file's path.</param>
/// <param name="Value">What it holds.</param>
/// <param name="IsSecret">Whether the secret store of the consumer's cloud keeps it, so that the container has it by reference.</param>
/// <param name="Entry">The one entry of a link's connection that it is, as it is; null where it is composed.</param>
/// <param name="Source">What it is composed of, which says no value of a key.</param>
internal sealed record ContainerValue(string Name, Output<string> Value, bool IsSecret, LinkEntry? Entry, Text Source)
{
    /// <summary>Where the consumer's cloud keeps it already, as it is; null where it must be kept for the consumer.</summary>
    public StoredValue? Stored { get; init; }
}

/// <summary>An entry of a link's connection.</summary>
/// <param name="Link">The link.</param>
/// <param name="Key">The entry's key.</param>
internal sealed record LinkEntry(StandingLink Link, string Key);

/// <summary>Composes what a consumer's containers are given of what its links say.</summary>
/// <param name="connections">The connection of each of its links.</param>
/// <param name="members">The hosts of the members of its own set; none where it is none.</param>
internal sealed class ContainerValues(IReadOnlyDictionary<StandingLink, Connection> connections, IReadOnlyList<string> members)
{
    private static readonly Rule EmptyFile = Rule.Warning(
        "file-empty",
        "Files that containers are given have something to hold on their cloud");

    // What carries data has a link to each copy of one component: what it sets itself tells of the first.
    private readonly Dictionary<Component, StandingLink> _links = connections.Keys
        .DistinctBy(link => link.Declared.Target)
        .ToDictionary(link => link.Declared.Target);

    /// <summary>The variables of a consumer, those first that it sets itself; none that says nothing here.</summary>
    /// <param name="consumer">The consumer.</param>
    public IReadOnlyList<ContainerValue> Of(Consumer consumer) =>
        [.. consumer.Variables.SelectMany(variable => SeenFrom(variable.Link).Of([(variable.Name, variable.Text)]))];

    /// <summary>The variables of one of a consumer's sidecars.</summary>
    /// <param name="sidecar">The sidecar.</param>
    public IReadOnlyList<ContainerValue> Of(Sidecar sidecar) =>
        Of(sidecar.Environment.Select(variable => (variable.Key, variable.Value)));

    /// <summary>
    /// The files of a container, by path. One that would be empty is left out: a client that is told to trust an empty list of authorities
    /// trusts nobody, and one that finds no list trusts those that it knows by itself, or says that it misses the file.
    /// </summary>
    /// <param name="consumer">The consumer.</param>
    /// <param name="declared">The files as they are declared.</param>
    /// <param name="cloud">Where it stands.</param>
    /// <param name="findings">Where it is told which files are left out.</param>
    public IReadOnlyList<ContainerValue> FilesOf(Consumer consumer, Files declared, Cloud cloud, Findings findings)
    {
        var files = new List<ContainerValue>();
        foreach (var (path, text) in declared.Where(file => IsKnown(file.Value) && !IsLeftOut(file.Value)))
        {
            if (!IsEmpty(text))
            {
                files.Add(Compose(path, text));
                continue;
            }

            var keys = string.Join(" and ", text.Values.Select(value => $"{value.Key.Name} of '{value.Key.Target.Name}'").Distinct());
            findings.Report(
                EmptyFile,
                consumer.Name,
                $"The file '{path}' holds {keys}, which is empty for it on {cloud.Name()}, so that it has no such file; allowed: files "
                + "with content. Let the program do without it there: where CA is empty, a public authority signs, or nobody can verify. A "
                + "variable that names the file is left out with it where it says WhenAny.");
        }

        return files;
    }

    private ContainerValues SeenFrom(Link? declared) =>
        declared is null || !connections.Keys.Any(link => link.Declared.Target == declared.Target && link.Prefix != declared.Prefix)
            ? this
            : new(
                connections
                    .Where(connection => connection.Key.Declared.Target != declared.Target || connection.Key.Prefix == declared.Prefix)
                    .ToDictionary(),
                members);

    private List<ContainerValue> Of(IEnumerable<(string Name, Text Text)> variables) =>
    [
        .. variables
            .Where(variable => IsKnown(variable.Text) && !IsLeftOut(variable.Text))
            .Select(variable => Compose(variable.Name, variable.Text)),
    ];

    private bool IsEmpty(Text text) => text.Literal is null && PartsOf(text).All(part => part switch
    {
        TextPart.Value value => EntryOf(value.Key).Entry.IsEmpty,
        TextPart.Inner inner => IsEmpty(inner.Text),
        TextPart.Each each => each.Key is { } key && EntryOf(key).Entry.IsEmpty,
        TextPart.Literal literal => string.IsNullOrWhiteSpace(literal.Characters),
        _ => false,
    });

    // It asks what a key says, and has nothing to say here.
    private bool IsLeftOut(Text text) => text.Parts.Count > 0 && !PartsOf(text).Any();

    // What is chosen is certain before anything is composed.
    private IEnumerable<TextPart> PartsOf(Text text) => text.Parts.SelectMany(part => part is TextPart.Choice choice
        ? PartsOf(Holds(choice) ? choice.Then : choice.Otherwise)
        : [part]);

    private bool Holds(TextPart.Choice choice)
    {
        var entry = EntryOf(choice.Key).Entry;
        return choice.Word is { } word ? entry.Word == word : !entry.IsEmpty;
    }

    // Where another cloud could not let the consumer in, that is reported there.
    private bool IsKnown(Text text) => text.Values.All(value => _links.ContainsKey(value.Key.Target));

    private ContainerValue Compose(string name, Text text)
    {
        if (text.Literal is { } literal) return new(name, Output.Create(literal), IsSecret: false, Entry: null, text);
        if (PartsOf(text).ToList() is [TextPart.Value { Format: TextFormat.Plain } only])
        {
            var (link, entry) = EntryOf(only.Key);
            return new(name, entry.Value, entry.Secret, new(link, entry.Key), text) { Stored = entry.Stored };
        }

        var secret = IsSecret(text);
        var whole = Whole(text);
        return new(name, secret ? Output.CreateSecret(whole) : whole, secret, Entry: null, text);
    }

    private bool IsSecret(Text text) => PartsOf(text).Any(part => part switch
    {
        TextPart.Value value => EntryOf(value.Key).Entry.Secret,
        TextPart.Inner inner => IsSecret(inner.Text),
        TextPart.Each each => IsSecret(each.Text),
        _ => false,
    });

    private Output<string> Whole(Text text) => Output
        .All(PartsOf(text).Select(part => part switch
        {
            TextPart.Value value => KnownOf(value.Key).Apply(known => Text.Write(known, value.Format)),
            TextPart.Inner inner => Whole(inner.Text).Apply(whole => Text.Write(whole, inner.Format)),
            TextPart.Own own => Output.Create(MemberMark.Of(own.Fact)),
            TextPart.Each each => Repeated(each),
            _ => Output.Create(((TextPart.Literal)part).Characters),
        }))
        .Apply(parts => string.Concat(parts));

    private Output<string> Repeated(TextPart.Each each)
    {
        var hosts = each.Key is { } key ? KnownOf(key) : Output.Create(string.Join(Member.Separator, members));
        return Output.Tuple(hosts, Whole(each.Text)).Apply(known => string.Join(
            each.Separator,
            known.Item1
                .Split(Member.Separator, StringSplitOptions.RemoveEmptyEntries)
                .Select(host => MemberMark.Write(known.Item2, host))));
    }

    private (StandingLink Link, ConnectionEntry Entry) EntryOf(TargetKey key)
    {
        var link = _links[key.Target];
        return (link, connections[link].Find(key.Name)
            ?? throw new InvalidOperationException($"'{link.Target.Name}' has no key {key.Name}, and no check said so."));
    }

    private Output<string> KnownOf(TargetKey key) => EntryOf(key).Entry is { IsKnown: true } entry
        ? entry.Value
        : throw new InvalidOperationException($"Only a store knows '{key.Target.Name}', and no check said so.");
}
