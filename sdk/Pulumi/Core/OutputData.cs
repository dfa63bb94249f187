using System.Collections.Immutable;

namespace Pulumi.Serialization;

/// <summary>
/// What an <see cref="Output{T}"/> resolves to: a value, where it came from, and whether it is known and secret. A class, so that the
/// framework's precompiled task code serves outputs of every type.
/// </summary>
internal sealed record OutputData<T>(ImmutableHashSet<Resource> Resources, T Value, bool IsKnown, bool IsSecret)
{
    public static OutputData<T> Plain(T value) => new(ImmutableHashSet<Resource>.Empty, value, IsKnown: true, IsSecret: false);

    /// <summary>The same origin and secretness around another value.</summary>
    public OutputData<TResult> With<TResult>(TResult value) => new(Resources, value, IsKnown, IsSecret);

    /// <summary>A value computed from this one by way of another output: the properties of both add up.</summary>
    public OutputData<TResult> Then<TResult>(OutputData<TResult> inner)
        => new(OutputData.Union(Resources, inner.Resources), inner.Value, IsKnown && inner.IsKnown, IsSecret || inner.IsSecret);
}

internal static class OutputData
{
    public static ImmutableHashSet<Resource> Union(ImmutableHashSet<Resource> first, ImmutableHashSet<Resource> second)
    {
        if (second.IsEmpty || ReferenceEquals(first, second))
        {
            return first;
        }

        return first.IsEmpty ? second : first.Union(second);
    }
}
