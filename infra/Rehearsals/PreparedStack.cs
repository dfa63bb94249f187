using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Composition;
using Infra.Components.Placements;
using Infra.Components.Systems;

namespace Infra.Rehearsals;

/// <summary>
/// A system resolved for a stack and checked, ready to be built where nothing forbids it: the same for the rehearsal and the real run.
/// </summary>
internal sealed class PreparedStack
{
    /// <summary>Every rule of the project.</summary>
    internal static readonly Lazy<IReadOnlyList<Rule>> AllRules = new(() => Rules.In(typeof(PreparedStack).Assembly));

    private readonly Waivers _waivers;

    private PreparedStack(Blueprint blueprint, Findings findings)
    {
        (Blueprint, Findings) = (blueprint, findings);
        _waivers = new(blueprint.Settings.Waivers, blueprint.Settings.Today);
    }

    /// <summary>The blueprint; it may be built only when the findings hold no error.</summary>
    public Blueprint Blueprint { get; }

    /// <summary>What the checks had to say.</summary>
    public Findings Findings { get; }

    /// <summary>Resolves and checks a system, and applies what the stack accepts.</summary>
    public static PreparedStack Of(SystemDeclaration system, StackSettings settings)
    {
        var findings = new Findings(settings.Environment);
        var blueprint = SystemResolution.Resolve(system, settings, Kinds.All, findings);
        SystemChecks.Check(blueprint, CloudIndex.All, findings);
        var prepared = new PreparedStack(blueprint, findings);
        prepared.Waive(complete: false);
        return prepared;
    }

    /// <summary>Builds it.</summary>
    public IReadOnlyList<PlacedComponent> Build(Func<string, Exception, bool> failed) =>
        SystemBuilder.Build(Blueprint, CloudIndex.All, Kinds.All, Findings, failed);

    /// <summary>Applies what the stack accepts to what was found so far.</summary>
    /// <param name="complete">
    /// Whether everything was checked, so that a waiver of nothing can be told; on a cloud that is only asked about, no waiver needs a use.
    /// </param>
    public void Waive(bool complete) => _waivers.Apply(Findings, AllRules, complete && !Blueprint.Settings.Hypothetical);
}
