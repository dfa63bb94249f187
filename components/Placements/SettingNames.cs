using Infra.Components.Checks;

namespace Infra.Components.Placements;

/// <summary>What a stack file may name and override: rules whose breach makes settings unusable, rather than a plan wrong.</summary>
public static class SettingNames
{
    /// <summary>The stack file names something that does not exist.</summary>
    public static readonly Rule Unknown = Rule.Error("unknown-name", "The stack file names components and add-ons that exist");

    /// <summary>The stack file overrides an argument that a component does not have.</summary>
    public static readonly Rule UnknownArgument = Rule.Error("override-unknown", "The stack file overrides arguments that exist");

    /// <summary>The stack file overrides an argument by a value of another type.</summary>
    public static readonly Rule ArgumentType = Rule.Error("override-type", "The stack file overrides arguments by values of their type");
}
