using System.Text.Json;

namespace Infra.Facts;

/// <summary>
/// What is known of a resource type beyond its schema: all of it in one row, in the table of its package. Properties are named by their
/// wire names, and paths into them as in a plan; <c>[]</c> stands for any element of a list.
/// </summary>
/// <param name="Type">The type's token, such as <c>aws:rds/instance:Instance</c>.</param>
internal sealed record TypeFacts(string Type)
{
    // What the bridged providers name themselves where a program does not: every text called name, and these.
    private static readonly string[] Autonamed = ["name", "accountId", "bucket", "identifier", "replicationGroupId"];

    /// <summary>What the cloud accepts as its name; null where nothing is known, or anything will do.</summary>
    public NameRule? Name { get; init; }

    /// <summary>
    /// The objects that its operator or its chart makes of it, by kind and name: they take names away from others in the namespace.
    /// </summary>
    public Func<JsonElement, IEnumerable<(string Kind, string Name)>>? Derives { get; init; }

    /// <summary>
    /// The texts and numbers inside object and list outputs that the code reads: everything else in them has no placeholder. Converting
    /// whole objects would cost the rehearsal more than everything else it does. A path that is missing here shows as a finding as soon as
    /// code reads it. A path may end in a list of so many texts, as in <c>tokens[3]</c>.
    /// </summary>
    public IReadOnlyList<string> Nested { get; init; } = [];

    /// <summary>The output that has one element for every value of some inputs; null where there is none.</summary>
    public OutputPerValue? PerValue { get; init; }

    /// <summary>
    /// Whether the specification of an object comes back as an output: not where it is large, there are many, and nobody reads it back.
    /// </summary>
    public bool ReturnsSpecification { get; init; } = true;

    /// <summary>The service in the type's ARNs; null where it is the module of the token, or where there are none.</summary>
    public string? ArnService { get; init; }

    /// <summary>The outputs whose texts are base64.</summary>
    public IReadOnlyList<string> Base64 { get; init; } = [];

    /// <summary>The properties that the cloud keeps secret or never stores, although their schema does not say so.</summary>
    public IReadOnlyList<string> Keeps { get; init; } = [];

    /// <summary>The properties that the cloud shows to everyone who may look at the resource.</summary>
    public IReadOnlyList<string> Shows { get; init; } = [];

    /// <summary>The inputs that say something by being there, without anything in them.</summary>
    public IReadOnlyList<string> Marks { get; init; } = [];

    /// <summary>The inputs that say which product of the cloud it is, or how large.</summary>
    public IReadOnlyList<string> Sizes { get; init; } = [];

    /// <summary>Says of the inputs what can be reached from outside, null when nothing can; null where it never opens anything.</summary>
    public Func<JsonElement, string?>? Opens { get; init; }

    /// <summary>
    /// Says of the inputs which list of sources is empty, so that everyone is let in; null when none is, and where none can be.
    /// </summary>
    public Func<JsonElement, string?>? OpensByOmission { get; init; }

    /// <summary>What is lost for good when it is deleted.</summary>
    public Lasting Lasts { get; init; }

    /// <summary>
    /// The input that says of which other one it is a copy: with it, nothing in it lasts that is not in that one. Null where there are no
    /// copies.
    /// </summary>
    public string? CopyOf { get; init; }

    /// <summary>
    /// The changes of inputs for which the provider makes a new resource in place of the old one. An empty list is a statement too.
    /// </summary>
    public required InputChanges Replaces { get; init; }

    /// <summary>The changes of inputs that the provider accepts and does nothing about.</summary>
    public InputChanges Ignores { get; init; } = [];

    /// <summary>The changes of inputs that the provider takes on, and the cloud then refuses.</summary>
    public InputChanges Refuses { get; init; } = [];

    /// <summary>
    /// The changes in place during which it does not answer, each with why in its note. How long that takes is said only with a source.
    /// </summary>
    public InputChanges Interrupts { get; init; } = [];

    /// <summary>The switch without which changes that interrupt wait for the next maintenance window; null where nothing waits.</summary>
    public string? AppliesAtOnce { get; init; }

    /// <summary>The other changes that wait for it where that switch is off.</summary>
    public InputChanges Waits { get; init; } = [];

    /// <summary>The outputs that a new one in its place has the same as the old one, for the same of whatever they tell of.</summary>
    public IReadOnlyList<string> SameAgain { get; init; } = [];

    /// <summary>Whether it runs once, when it is made: a new one in its place runs again.</summary>
    public bool RunsOnce { get; init; }

    /// <summary>The changes in place after which it runs again.</summary>
    public InputChanges Runs { get; init; } = [];

    /// <summary>Whether others notice at once that it is gone: it answers requests, leads traffic on, or runs what does.</summary>
    public bool Serves { get; init; }

    /// <summary>
    /// The inputs that no two of the type can share, all of them together: the new one is refused as long as the old one is there. None
    /// where the cloud tells them apart by names of its own, or where the name's rule says it.
    /// </summary>
    public IReadOnlyList<string> Unique { get; init; } = [];

    /// <summary>Says of the inputs of two that share these whether the cloud refuses the second; null where it always does.</summary>
    public Func<JsonElement, JsonElement, bool>? Clashes { get; init; }

    /// <summary>
    /// Whether the provider deletes the old one before it makes the new one: always, or never. Null for the rule of
    /// <see cref="ProviderDeletesFirst"/>.
    /// </summary>
    public bool? DeletesFirst { get; init; }

    /// <summary>
    /// Of two records of one name, whether one is an alias, which tolerates no other beside it (RFC 1034, section 3.6.2).
    /// </summary>
    /// <param name="type">The input that says what a record is.</param>
    public static Func<JsonElement, JsonElement, bool> OneIsAlias(string type) => (one, other) =>
        new[] { one, other }.Any(record => record.TryGetProperty(type, out var value) && value.ToString() == "CNAME");

    /// <summary>The inputs by which a cloud tells one from another; none where it chooses them itself, or tells revisions apart.</summary>
    public IReadOnlyList<string> Identity => Unique.Count > 0
        ? Unique
        : Name is { Property: "metadata.name" } ? ["metadata.namespace", "metadata.name"]
        : Name is { } name && Autonamed.Contains(name.Property) ? [name.Property] : [];

    /// <summary>What is lost for good when one with these inputs is deleted.</summary>
    public Lasting LastingWith(JsonElement inputs) =>
        CopyOf is not null && new InputIs(CopyOf, InputIs.Given).Holds(inputs) ? Lasting.Nothing : Lasts;

    /// <summary>
    /// Whether a provider deletes the old one before it makes the new one, unless the program says what to do: bridged providers and
    /// the one of Kubernetes do so where the program chose a name that they could have chosen, because two cannot have it; the latter only
    /// where the old one has the same (pulumi-kubernetes: provider, Diff).
    /// </summary>
    /// <param name="inputs">The inputs of the new one.</param>
    /// <param name="former">The inputs of the old one; those of the new one where nothing is given.</param>
    public bool ProviderDeletesFirst(JsonElement inputs, JsonElement? former = null) => DeletesFirst
        ?? (inputs.TryGetProperty("metadata", out var metadata)
            ? NameIn(metadata) is { } name
                && (former is not { } old || (old.TryGetProperty("metadata", out var before) && NameIn(before) == name))
            : Autonamed.Any(name => inputs.TryGetProperty(name, out _)));

    private static string? NameIn(JsonElement metadata) =>
        metadata.ValueKind == JsonValueKind.Object && metadata.TryGetProperty("name", out var name) ? name.ToString() : null;
}

/// <summary>What of a resource cannot be brought back by deploying it again.</summary>
internal enum Lasting
{
    /// <summary>Nothing: a new one is as good as the old one.</summary>
    Nothing,

    /// <summary>Data that others wrote into it.</summary>
    Data,

    /// <summary>What stands in it: no cloud deletes it while anything does, and what lasts does not move to another one.</summary>
    Place,

    /// <summary>An address or a name by which others outside the stack know it.</summary>
    Address,

    /// <summary>A value that others were given: a password, a key, a certificate.</summary>
    Value,
}

/// <summary>An output with an element for every distinct text of some inputs: a certificate's validation records for its domains.</summary>
/// <param name="Output">The output.</param>
/// <param name="Inputs">The inputs whose texts it has elements for, in that order.</param>
internal sealed record OutputPerValue(string Output, IReadOnlyList<string> Inputs)
{
    /// <summary>The member of an element that repeats the text; null where the output is a map from each text to another.</summary>
    public string? Key { get; init; }

    /// <summary>The members that only the cloud knows.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>The members that always read the same.</summary>
    public IReadOnlyDictionary<string, string> Constants { get; init; } = new Dictionary<string, string>();
}
