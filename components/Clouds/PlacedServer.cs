using System.Globalization;
using Pulumi;

namespace Infra.Components.Clouds;

/// <summary>A database or cache built on a cloud: a server that consumers open connections to.</summary>
internal abstract class PlacedServer(PlacedComponentArgs placement) : PlacedComponent(placement)
{
    /// <summary>The private host name or address; it stays when a standby takes over.</summary>
    [Output]
    public Output<string> Host { get; protected set; } = null!;

    /// <summary>The port.</summary>
    [Output]
    public Output<string> Port { get; protected set; } = null!;

    /// <summary>Where a consumer enters: at the server itself, or at the relay.</summary>
    /// <param name="relay">The relay; null for a consumer on the same cloud.</param>
    /// <param name="login">
    /// What makes the consumer's login. A consumer on another cloud cannot wait for a resource of this one, so the relay's address waits
    /// for it; null where there is nothing to wait for.
    /// </param>
    protected (Output<string> Host, Output<string> Port) EntranceFor(RelayEndpoint? relay, CustomResource? login = null) => relay is null
        ? (Host, Port)
        : (
            login is null ? relay.Address : Output.Tuple(relay.Address, login.Id).Apply(both => both.Item1),
            Output.Create(relay.Port.ToString(CultureInfo.InvariantCulture)));
}
