using System.Collections.Immutable;

namespace Pulumi.Serialization;

/// <summary>What every output resolves to, whatever its type: where its value came from, and whether it is known and secret.</summary>
internal abstract record OutputData(ImmutableHashSet<Resource> Resources, bool IsKnown, bool IsSecret)
{
    public abstract object? Untyped { get; }

    public static ImmutableHashSet<Resource> Union(ImmutableHashSet<Resource> first, ImmutableHashSet<Resource> second)
    {
        if (second.IsEmpty || ReferenceEquals(first, second))
        {
            return first;
        }

        return first.IsEmpty ? second : first.Union(second);
    }
}

/// <summary>
/// What an <see cref="Output{T}"/> resolves to. A class, so that the framework's precompiled task code serves outputs of every type.
/// </summary>
internal sealed record OutputData<T>(ImmutableHashSet<Resource> Resources, T Value, bool IsKnown, bool IsSecret)
    : OutputData(Resources, IsKnown, IsSecret)
{
    public override object? Untyped => Value;

    public static OutputData<T> Plain(T value) => new(ImmutableHashSet<Resource>.Empty, value, IsKnown: true, IsSecret: false);

    /// <summary>The same origin and secretness around another value.</summary>
    public OutputData<TResult> With<TResult>(TResult value) => new(Resources, value, IsKnown, IsSecret);

    /// <summary>A value computed from this one by way of another output: the properties of both add up.</summary>
    public OutputData<TResult> Then<TResult>(OutputData<TResult> inner)
        => new(Union(Resources, inner.Resources), inner.Value, IsKnown && inner.IsKnown, IsSecret || inner.IsSecret);
}
