using Pulumi;

namespace Infra.Components.Clouds;

/// <summary>One thing that a consumer must know to use a target.</summary>
/// <param name="Key">The key, such as <c>HOST</c>; the same on every cloud.</param>
/// <param name="Value">Its value.</param>
/// <param name="Secret">Whether the value is kept in the secret store of the consumer's cloud and travels by reference.</param>
public sealed record ConnectionEntry(string Key, Output<string> Value, bool Secret)
{
    /// <summary>Whether there is nothing to know on this cloud, such as the authority where a public one signs.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>The word that it is, where its key is one of a few: known before anything is built. Null elsewhere.</summary>
    public string? Word { get; init; }

    /// <summary>Where a store of the target's cloud keeps it already; null where the consumer's keeps it.</summary>
    internal StoredValue? Stored { get; init; }

    /// <summary>Whether the program knows the value; otherwise only the store does, and there is nothing but the reference.</summary>
    internal bool IsKnown { get; init; } = true;
}

/// <summary>Where a store of a cloud keeps a value that containers there refer to as it is.</summary>
internal abstract record StoredValue;

/// <summary>
/// Everything that a consumer must know to use a target. One factory per kind demands every key, so the keys are identical on all clouds;
/// the consumer's environment variables are made of them (<see cref="ContainerValues"/>).
/// </summary>
public sealed class Connection
{
    /// <summary>Makes a connection; the kinds' factories do.</summary>
    internal Connection(params ConnectionEntry[] entries) => Entries = entries;

    /// <summary>The entries, in the order of the kind's keys.</summary>
    public IReadOnlyList<ConnectionEntry> Entries { get; }

    /// <summary>The entry of a key; null where the kind has none.</summary>
    public ConnectionEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key);

    /// <summary>An entry that everyone may read.</summary>
    internal static ConnectionEntry Plain(string key, Output<string> value) => new(key, value, Secret: false);

    /// <summary>An entry that is one of its key's words.</summary>
    internal static ConnectionEntry OneWord(string key, string word) => Plain(key, Output.Create(word)) with { Word = word };

    /// <summary>An entry that everyone may read; empty where there is nothing to know.</summary>
    internal static ConnectionEntry PlainIfAny(string key, Output<string>? value) =>
        value is null ? Plain(key, Output.Create("")) with { IsEmpty = true } : Plain(key, value);

    /// <summary>An entry that is a secret; empty, and none, where there is nothing to know.</summary>
    internal static ConnectionEntry SecretIfAny(string key, Output<string>? value) =>
        value is null ? PlainIfAny(key, null) : Secret(key, value);

    /// <summary>An entry that is a secret.</summary>
    internal static ConnectionEntry Secret(string key, Output<string> value) => new(key, Output.CreateSecret(value), Secret: true);

    /// <summary>An entry that is a secret which a store keeps already.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">Its value; null where only the store knows it.</param>
    /// <param name="stored">Where it is kept; null where that is of no use to the consumer.</param>
    internal static ConnectionEntry Stored(string key, Output<string>? value, StoredValue? stored) =>
        Secret(key, value ?? Output.Create("")) with { Stored = stored, IsKnown = value is not null };
}
