using Infra.Components.Systems;

namespace Infra.Tests.Testing;

/// <summary>Systems that a test declares in place.</summary>
internal static class TestSystems
{
    /// <summary>A system named <c>sample</c>.</summary>
    public static SystemDeclaration Declare(Action<Model> declare, string name = "sample") => new DeclaredSystem(name, declare);

    private sealed class DeclaredSystem(string name, Action<Model> declare) : SystemDeclaration
    {
        public override string Name => name;

        public override void Declare(Model model) => declare(model);
    }
}
