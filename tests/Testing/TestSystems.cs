using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;

namespace Infra.Tests.Testing;

/// <summary>Systems that a test declares in place.</summary>
internal static class TestSystems
{
    /// <summary>A system named <c>sample</c>.</summary>
    public static SystemDeclaration Declare(Action<Model> declare, string name = "sample") => new DeclaredSystem(name, declare);

    /// <summary>The plan of what a test declares, on a cloud.</summary>
    public static Plan Plan(Cloud cloud, Action<Model> declare, EnvironmentKind environment, Func<StackSettings, StackSettings>? settings)
    {
        var system = Declare(declare);
        var defaults = TestSettings.For(cloud, environment, system);
        return Rehearsal.Run(system, settings is null ? defaults : settings(defaults));
    }

    private sealed class DeclaredSystem(string name, Action<Model> declare) : SystemDeclaration
    {
        public override string Name => name;

        public override void Declare(Model model) => declare(model);
    }
}
