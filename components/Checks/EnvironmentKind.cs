namespace Infra.Components.Checks;

/// <summary>
/// What an environment is for. How much a finding matters depends on it, and so do high availability, backups, protection and sizes.
/// </summary>
public enum EnvironmentKind
{
    /// <summary>Users depend on it.</summary>
    Production,

    /// <summary>Resembles production at a smaller size.</summary>
    Staging,

    /// <summary>One per developer or change: the smallest that works, gone at any moment.</summary>
    Preview,
}
