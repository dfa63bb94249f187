namespace Infra.Components.Systems;

/// <summary>
/// A container that runs to its end before another one starts, such as a check that what it needs is there. It has the environment, the
/// files and the size of that one. One that fails keeps it from starting.
/// </summary>
public sealed record InitStep
{
    /// <summary>
    /// Its name, by which the stack file may give it an image of its own (<c>infra:images.&lt;component&gt;/&lt;name&gt;</c>); otherwise it
    /// runs the component's.
    /// </summary>
    public string Name { get; init; } = "";

    /// <summary>Replaces the image's entry point, and its command with it. No shell reads it. Default: the image's own.</summary>
    public IReadOnlyList<string> EntryPoint { get; init; } = [];

    /// <summary>Replaces the image's command. No shell reads it. Default: the image's own.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>The number of the user that it runs as, 0 to 2147483647. Default: the component's, and otherwise the image's own.</summary>
    public int? User { get; init; }
}
