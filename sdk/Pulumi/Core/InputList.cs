using System.Collections;
using System.Collections.Immutable;

namespace Pulumi;

/// <summary>A list argument whose elements, and the list as a whole, may be outputs.</summary>
public sealed class InputList<T> : Input<ImmutableArray<T>>, IEnumerable, IAsyncEnumerable<Input<T>>
{
    private Output<ImmutableArray<Input<T>>> _elements;

    public InputList()
        : this(Output.Create(ImmutableArray<Input<T>>.Empty))
    {
    }

    private InputList(Output<ImmutableArray<Input<T>>> elements)
        : base(output: null)
        => _elements = elements;

    internal Input<ImmutableArray<Input<T>>> Value
    {
        get => _elements;
        private set
        {
            _elements = value;
            Reset();
        }
    }

    private protected override IOutput SerializableOutput => _elements;

    public void Add(params Input<T>[] inputs)
    {
        var added = ImmutableArray.Create(inputs);
        Value = _elements.Apply(elements => elements.AddRange(added));
    }

    public void Add(InputList<T> inputs) => AddRange(inputs);

    public void AddRange(InputList<T> inputs) => Value = Joined(inputs);

    public InputList<T> Concat(InputList<T> other) => new(Joined(other));

    internal InputList<T> Clone() => new(_elements);

    private Output<ImmutableArray<Input<T>>> Joined(InputList<T> other)
        => Output.Tuple(_elements, other._elements).Apply(lists => lists.Item1.AddRange(lists.Item2));

    private protected override Output<ImmutableArray<T>> Flatten()
        => _elements.Apply(elements => elements.IsDefault ? Output.Create(default(ImmutableArray<T>)) : Output.All(elements));

    public static implicit operator InputList<T>(T value) => ImmutableArray.Create<Input<T>>(value);

    public static implicit operator InputList<T>(Output<T> value) => ImmutableArray.Create<Input<T>>(value);

    public static implicit operator InputList<T>(Input<T> value) => ImmutableArray.Create(value);

    public static implicit operator InputList<T>(T[] values) => ImmutableArray.CreateRange(values.Select(value => (Input<T>)value));

    public static implicit operator InputList<T>(Output<T>[] values) => ImmutableArray.CreateRange(values.Select(value => (Input<T>)value));

    public static implicit operator InputList<T>(Input<T>[] values) => ImmutableArray.CreateRange(values);

    public static implicit operator InputList<T>(List<T> values) => ImmutableArray.CreateRange(values);

    public static implicit operator InputList<T>(List<Output<T>> values) => ImmutableArray.CreateRange(values);

    public static implicit operator InputList<T>(List<Input<T>> values) => ImmutableArray.CreateRange(values);

    public static implicit operator InputList<T>(ImmutableArray<T> values) => new(Output.Create(AsInputs(values)));

    public static implicit operator InputList<T>(ImmutableArray<Output<T>> values)
        => values.IsDefault ? default(ImmutableArray<Input<T>>) : ImmutableArray.CreateRange(values, value => (Input<T>)value);

    public static implicit operator InputList<T>(ImmutableArray<Input<T>> values) => new(Output.Create(values));

    public static implicit operator InputList<T>(Output<T[]> values) => values.Apply(ImmutableArray.CreateRange);

    public static implicit operator InputList<T>(Output<List<T>> values) => values.Apply(ImmutableArray.CreateRange);

    public static implicit operator InputList<T>(Output<IEnumerable<T>> values) => values.Apply(ImmutableArray.CreateRange);

    public static implicit operator InputList<T>(Output<ImmutableArray<T>> values) => new(values.Apply(AsInputs));

    private static ImmutableArray<Input<T>> AsInputs(ImmutableArray<T> values)
        => values.IsDefault ? default : ImmutableArray.CreateRange(values, value => (Input<T>)value);

    IEnumerator IEnumerable.GetEnumerator()
        => throw new NotSupportedException(
            $"A {GetType().FullName} cannot be synchronously enumerated. Use {nameof(GetAsyncEnumerator)} instead.");

    public async IAsyncEnumerator<Input<T>> GetAsyncEnumerator(CancellationToken cancellationToken)
    {
        foreach (var value in await this.ToOutput().GetValueAsync(whenUnknown: []).ConfigureAwait(false))
        {
            yield return value;
        }
    }
}
