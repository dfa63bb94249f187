using System.Security.Cryptography;
using System.Text;
using Infra.Components.Checks;
using Infra.Components.Systems;

namespace Infra.Components.Placements;

/// <summary>
/// Which port of a relay leads to which target; the same on every cloud. A port follows from its target's name alone, so that no other
/// component's coming or going moves it. Two names may ask for one port: that is refused, and the stack file gives one of them another.
/// </summary>
internal static class RelayPorts
{
    /// <summary>The first port.</summary>
    public const int First = 20000;

    /// <summary>
    /// The last port: below those that Linux takes for outgoing connections (32768 and above), which proxies open from the same machine.
    /// </summary>
    public const int Last = 31999;

    /// <summary>
    /// Where proxies tell load balancers that they work: a check of a target's port would open a connection to the target each time.
    /// </summary>
    public const int Health = 8404;

    private static readonly Rule PortTaken = Rule.Error(
        "relay-port",
        "Every component that other clouds use has a port of the relay to itself");

    /// <summary>A target's port, by the name of the port.</summary>
    public static int Of(StackSettings settings, string name) =>
        settings.RelayPorts.TryGetValue(name, out var given) ? given : Derived(name);

    /// <summary>
    /// What a port is called: after its target and, where that has several, its protocol. Names of components hold no two hyphens in a row:
    /// none of them is called so.
    /// </summary>
    /// <param name="target">The target's name.</param>
    /// <param name="protocol">The protocol; empty for the one that the target has in any case.</param>
    public static string NameOf(string target, string protocol) => protocol.Length == 0
        ? target
        : $"{ShortName.Of(target, ShortName.OfTwo - protocol.Length - 2)}--{protocol}";

    /// <summary>Reports the targets of a relay that would have one port.</summary>
    public static void Check(Blueprint blueprint, Cloud cloud, Findings findings)
    {
        var ports = blueprint.LinksInto(cloud)
            .Select(link => link.Target)
            .Where(target => target.Kind.ReachOf(target.Component) == Reach.Relay)
            .Distinct()
            .SelectMany(target => target.Kind.RelayedProtocols(target.Component).Prepend("").Select(protocol =>
                (Target: target.Name, Name: NameOf(target.Name, protocol))));
        foreach (var alike in ports.GroupBy(port => Of(blueprint.Settings, port.Name)).Where(group => group.Count() > 1))
        {
            var names = string.Join(", ", alike.Select(port => port.Name));
            findings.Report(
                PortTaken,
                alike.Last().Target,
                $"The relay on {cloud.Name()} would lead to {names} on port {alike.Key}; allowed: a port for each. "
                + $"Set infra:relayPorts.{alike.Last().Name} to another one from {First} to {Last}.");
        }
    }

    private static int Derived(string target)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(target));
        return First + (int)(((uint)hash[0] << 16 | (uint)hash[1] << 8 | hash[2]) % (Last - First + 1));
    }
}
