namespace Infra.Components.Systems;

/// <summary>Where the value of a secret comes from, as a stack file says it in <c>infra:secrets</c>.</summary>
public abstract class SecretSource
{
    private protected SecretSource()
    {
    }
}

/// <summary>A value that the stack file holds, encrypted. Only the real run knows it, and nothing shows it.</summary>
/// <param name="value">The value; null where nobody can decrypt it, as in a plan.</param>
public sealed class GivenSecret(string? value = null) : SecretSource
{
    // Stands for the value in plans, where it reads as every other secret.
    private const string Placeholder = "given";

    /// <summary>Whether the value is known.</summary>
    internal bool IsKnown => value is not null;

    /// <summary>The value; a placeholder where it is not known. It may go into a secret output and nowhere else.</summary>
    internal string Reveal() => value ?? Placeholder;

    /// <summary>Never the value.</summary>
    public override string ToString() => "[secret]";
}

/// <summary>A value that somebody keeps in the store of the secret's cloud. Nothing here reads it: it is referred to.</summary>
/// <param name="name">What the store calls it: a name, a path or a full reference.</param>
/// <param name="key">The part of it that is meant, such as a key of a JSON document; null for all of it.</param>
/// <param name="version">The version that is meant; null for the current one.</param>
public sealed class ExistingSecret(string name, string? key = null, string? version = null) : SecretSource
{
    /// <summary>What the store calls it.</summary>
    public string Name => name;

    /// <summary>The part of it that is meant; null for all of it.</summary>
    public string? Key => key;

    /// <summary>The version that is meant; null for the current one.</summary>
    public string? Version => version;

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Name}{(Key is null ? "" : $", key {Key}")}{(Version is null ? "" : $", version {Version}")}";
}
