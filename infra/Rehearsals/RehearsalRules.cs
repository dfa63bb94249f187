using Infra.Components.Checks;

namespace Infra.Rehearsals;

/// <summary>What a rehearsal finds wrong with a program: faults of components rather than of a stack.</summary>
internal static class RehearsalRules
{
    /// <summary>A component cannot be built.</summary>
    public static readonly Rule Built = Rule.Error("component-failed", "Components can be built");

    /// <summary>The rehearsal waits for itself.</summary>
    public static readonly Rule Ends = Rule.Error("rehearsal-endless", "Resources do not wait for each other in circles");

    /// <summary>The rehearsal failed, and nothing else says why.</summary>
    public static readonly Rule Succeeds = Rule.Error("rehearsal-failed", "The stack can be built");

    /// <summary>The stack builds nothing.</summary>
    public static readonly Rule HasResources = Rule.Error("stack-empty", "A stack deploys something");

    /// <summary>An input that the provider requires has no value.</summary>
    public static readonly Rule InputGiven = Rule.Error("input-missing", "Inputs that a provider requires have values");

    /// <summary>An input reads an output that has no value.</summary>
    public static readonly Rule OutputKnown = Rule.Error("output-without-value", "Inputs read outputs that providers compute");

    /// <summary>An input could not be computed.</summary>
    public static readonly Rule InputComputed = Rule.Error("input-failed", "Inputs can be computed");

    /// <summary>A provider function is called that is not known.</summary>
    public static readonly Rule InvokeKnown = Rule.Error("invoke-unknown", "No provider function shapes what is deployed");
}
