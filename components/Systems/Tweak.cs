namespace Infra.Components.Systems;

/// <summary>
/// A typed setting that only one cloud has. It is ignored where its component stands on another cloud; it is an error where its own
/// cloud has nothing that reads it.
/// </summary>
/// <param name="Cloud">The cloud that reads it.</param>
public abstract record Tweak(Cloud Cloud)
{
    /// <summary>
    /// The same tweak as an environment needs it: outside production, a product that replaces the size would undo that sizes are reduced.
    /// Production changes nothing.
    /// </summary>
    public virtual Tweak For(EnvironmentProfile profile) => this;
}
