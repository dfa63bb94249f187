using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Components.Relays;

/// <summary>Which port of a relay leads to which target; the same on every cloud.</summary>
internal static class RelayPorts
{
    /// <summary>The first port; the others follow in the order of the targets' declarations.</summary>
    public const int First = 20000;

    /// <summary>Where proxies tell load balancers that they work: a check of a target's port would open a connection to the target each time.</summary>
    public const int Health = 8404;

    /// <summary>Whether foreign consumers reach a component through a relay. Buckets need none, because their API is public.</summary>
    public static bool IsRelayed(Component component) =>
        component.Kind is ComponentKind.ManagedDatabase or ComponentKind.Cache || component is ContainerService { Args.IsHttp: true };

    /// <summary>
    /// A target's port. Everything that could ever be relayed has one, used or not and wherever it stands: a port moves only when a component is
    /// declared before its target.
    /// </summary>
    public static int Of(Model model, Component target) => First + model.Components.Where(IsRelayed).TakeWhile(component => component != target).Count();
}
