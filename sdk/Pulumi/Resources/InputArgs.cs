using System.Collections.Immutable;
using Pulumi.Serialization;

namespace Pulumi;

/// <summary>A set of arguments: the members marked with <see cref="InputAttribute"/>.</summary>
public abstract class InputArgs
{
    protected InputArgs()
    {
    }

    /// <summary>The arguments under their wire names; absent ones are null.</summary>
    internal abstract IEnumerable<KeyValuePair<string, object?>> Members();
}

/// <summary>The arguments of a resource.</summary>
public abstract class ResourceArgs : InputArgs
{
    public static readonly ResourceArgs Empty = new EmptyResourceArgs();

    internal override IEnumerable<KeyValuePair<string, object?>> Members() => InputMembers.Read(this);

    private sealed class EmptyResourceArgs : ResourceArgs;
}

/// <summary>The arguments of a provider function.</summary>
public abstract class InvokeArgs : InputArgs
{
    public static readonly InvokeArgs Empty = new EmptyInvokeArgs();

    internal override IEnumerable<KeyValuePair<string, object?>> Members() => InputMembers.Read(this);

    private sealed class EmptyInvokeArgs : InvokeArgs;
}

/// <summary>The arguments of a resource's method.</summary>
public abstract class CallArgs : InputArgs
{
    public static readonly CallArgs Empty = new EmptyCallArgs();

    internal override IEnumerable<KeyValuePair<string, object?>> Members() => InputMembers.Read(this);

    private sealed class EmptyCallArgs : CallArgs;
}

/// <summary>Arguments given by wire name.</summary>
public sealed class DictionaryResourceArgs : ResourceArgs
{
    private readonly ImmutableDictionary<string, object?> _dictionary;

    public DictionaryResourceArgs(ImmutableDictionary<string, object?> dictionary)
    {
        InputMembers.CheckDictionary(dictionary, allowInputs: false);
        _dictionary = dictionary;
    }

    internal override IEnumerable<KeyValuePair<string, object?>> Members() => _dictionary;
}

/// <summary>Arguments given by wire name.</summary>
public sealed class DictionaryInvokeArgs : InvokeArgs
{
    private readonly ImmutableDictionary<string, object?> _dictionary;

    public DictionaryInvokeArgs(ImmutableDictionary<string, object?> dictionary)
    {
        InputMembers.CheckDictionary(dictionary, allowInputs: true);
        _dictionary = dictionary;
    }

    internal override IEnumerable<KeyValuePair<string, object?>> Members() => _dictionary;
}
