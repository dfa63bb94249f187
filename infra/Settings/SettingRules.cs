using Infra.Components.Checks;
using Infra.Components.Placements;

namespace Infra.Settings;

/// <summary>What makes settings unusable: nothing can be planned from them.</summary>
internal static class SettingRules
{
    /// <summary>The file, or what the engine hands over, cannot be read.</summary>
    public static readonly Rule File = Rule.Error("settings-file", "Stack files can be read");

    /// <summary>Settings that come from elsewhere.</summary>
    public static readonly Rule Environments = Rule.Warning("settings-environment", "Settings stand in the stack file");

    /// <summary>The stack's name.</summary>
    public static readonly Rule Stack = Rule.Error("settings-stack", "Stacks exist, and have names that clouds accept");

    /// <summary>A key that nothing reads.</summary>
    public static readonly Rule Unknown = Rule.Error("settings-unknown", "Stack files hold keys that are read");

    /// <summary>A key that is set twice.</summary>
    public static readonly Rule Duplicate = Rule.Error("settings-duplicate", "Stack files set a key once");

    /// <summary>A key that is not set.</summary>
    public static readonly Rule Missing = Rule.Error("settings-missing", "Stack files set what is required");

    /// <summary>A value that is not allowed.</summary>
    public static readonly Rule Value = Rule.Error("settings-value", "Settings have values that are allowed");

    /// <summary>A value that is encrypted.</summary>
    public static readonly Rule Secret = Rule.Error("settings-secret", "Settings are no secrets");

    /// <summary>A secret that is not encrypted.</summary>
    public static readonly Rule PlainSecret = Rule.Error("settings-plain-secret", "Secrets in stack files are encrypted");

    /// <summary>A history that cannot have happened.</summary>
    public static readonly Rule Migration = Rule.Error("settings-migration", "The histories of a migration hold together");

    // What a stack file says of components shows as wrong only beside the declared system, hence in the rehearsal: it is a wrong setting
    // all the same.
    private static readonly Rule[] BesideTheSystem = [SettingNames.Unknown, SettingNames.UnknownArgument, SettingNames.ArgumentType];

    /// <summary>Whether a finding of a plan makes the settings unusable.</summary>
    public static bool MakesUnusable(Finding finding) => BesideTheSystem.Contains(finding.Rule);
}
