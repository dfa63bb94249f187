using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Components.Relays.Gcp;

/// <summary>Which port of the relay leads to which target.</summary>
internal static class GcpRelayPorts
{
    /// <summary>Whether foreign consumers reach a component through the relay.</summary>
    public static bool IsRelayed(Component component) =>
        component.Kind is ComponentKind.ManagedDatabase or ComponentKind.Cache || component is ContainerService { Args.IsHttp: true };

    /// <summary>
    /// A target's port. Everything that could ever be relayed has one, used or not and wherever it stands: a port moves only when a component is
    /// declared before its target.
    /// </summary>
    public static int Of(Model model, Component target) => GcpRelay.FirstPort + model.Components.Where(IsRelayed).TakeWhile(component => component != target).Count();
}
