using System.Collections;
using System.Collections.Immutable;
using Pulumi.Serialization;

namespace Pulumi;

/// <summary>A map argument whose values, and the map as a whole, may be outputs.</summary>
public sealed class InputMap<TValue>
    : Input<ImmutableDictionary<string, TValue>>, IEnumerable, IAsyncEnumerable<Input<KeyValuePair<string, TValue>>>
{
    private Output<ImmutableDictionary<string, Input<TValue>>> _entries;

    public InputMap()
        : this(Output.Create(ImmutableDictionary<string, Input<TValue>>.Empty))
    {
    }

    private InputMap(Output<ImmutableDictionary<string, Input<TValue>>> entries)
        : base(output: null)
        => _entries = entries;

    internal Input<ImmutableDictionary<string, Input<TValue>>> Value
    {
        get => _entries;
        private set
        {
            _entries = value;
            Reset();
        }
    }

    public Input<TValue> this[string key]
    {
        set => Add(key, value);
    }

    private protected override IOutput SerializableOutput => _entries;

    /// <summary>Adds an entry. A key that is there already must have an equal value, which is found out when both are known.</summary>
    public void Add(string key, Input<TValue> value)
        => Value = _entries.Apply(entries => entries.TryGetValue(key, out var existing)
            ? entries.SetItem(key, Output.Tuple(existing, value).Apply(pair => Same(key, pair.Item1, pair.Item2)))
            : entries.Add(key, value));

    public void Add(InputMap<TValue> values) => AddRange(values);

    public void AddRange(InputMap<TValue> values)
        => Value = Output.Tuple(_entries, values._entries).Apply(maps => maps.Item1.AddRange(maps.Item2));

    public static InputMap<TValue> Merge(InputMap<TValue> first, InputMap<TValue> second)
        => new(Output.Tuple(first._entries, second._entries).Apply(maps => maps.Item1.SetItems(maps.Item2)));

    private protected override Output<ImmutableDictionary<string, TValue>> Flatten()
        => _entries.Apply(entries => entries == null
            ? new Output<ImmutableDictionary<string, TValue>>(OutputData<ImmutableDictionary<string, TValue>>.Plain(null!))
            : Output.Combine(
                [.. entries.Values.Select(value => value.ToOutput())],
                parts =>
                {
                    var values = ImmutableDictionary.CreateBuilder<string, TValue>();
                    foreach (var (key, value) in entries)
                    {
                        values[key] = parts.Add(value.ToOutput());
                    }

                    return values.ToImmutable();
                }));

    private static TValue Same(string key, TValue first, TValue second)
        => EqualityComparer<TValue>.Default.Equals(first, second)
            ? first
            : throw new ArgumentException($"Key '{key}' already exists in the map with a different value.");

    public static implicit operator InputMap<TValue>(Dictionary<string, TValue> values) => Output.Create(values);

    public static implicit operator InputMap<TValue>(ImmutableDictionary<string, TValue> values) => Output.Create(values);

    public static implicit operator InputMap<TValue>(Output<Dictionary<string, TValue>> values)
        => values.Apply(ImmutableDictionary.CreateRange);

    public static implicit operator InputMap<TValue>(Output<IDictionary<string, TValue>> values)
        => values.Apply(ImmutableDictionary.CreateRange);

    public static implicit operator InputMap<TValue>(Output<ImmutableDictionary<string, TValue>> values)
        => new(values.Apply(entries => entries?.ToImmutableDictionary(entry => entry.Key, entry => (Input<TValue>)entry.Value)!));

    IEnumerator IEnumerable.GetEnumerator()
        => throw new NotSupportedException(
            $"A {GetType().FullName} cannot be synchronously enumerated. Use {nameof(GetAsyncEnumerator)} instead.");

    public async IAsyncEnumerator<Input<KeyValuePair<string, TValue>>> GetAsyncEnumerator(CancellationToken cancellationToken)
    {
        var entries = await this.ToOutput().GetValueAsync(whenUnknown: ImmutableDictionary<string, TValue>.Empty).ConfigureAwait(false);
        foreach (var entry in entries)
        {
            yield return entry;
        }
    }
}
