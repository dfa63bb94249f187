namespace Infra.Components.Systems;

/// <summary>One thing that a consumer finds in its environment for a target, behind the link's prefix; the same on every cloud.</summary>
/// <param name="Name">The key, such as <c>HOST</c>.</param>
/// <param name="Meaning">What its value means, as a sentence.</param>
/// <param name="IsSecret">
/// Whether the value is kept in the secret store of the consumer's cloud and travels by reference, where it is not empty.
/// </param>
public sealed record ConnectionKey(string Name, string Meaning, bool IsSecret = false)
{
    /// <summary>The words of which its value is one; none where it may be anything.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Whether it lists hosts, separated by commas: the members of a set.</summary>
    public bool ListsMembers { get; init; }
}
