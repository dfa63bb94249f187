using Infra.Components.Clouds;
using Pulumi;
using static Infra.Components.Clouds.Connection;

namespace Infra.Components.Services;

/// <summary>What a consumer must know to call a service.</summary>
public static class ServiceConnection
{
    /// <summary>To a service.</summary>
    /// <param name="host">The private DNS name.</param>
    /// <param name="port">The port.</param>
    /// <param name="members">The private DNS names of its members, where it is a set.</param>
    public static Connection To(string host, int port, params IReadOnlyList<string> members) => To(
        "http",
        Output.Create(host),
        Output.Create(port.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        null,
        members.Count == 0 ? null : Output.Create(string.Join(',', members)));

    /// <summary>To a service on another cloud, over TLS.</summary>
    /// <param name="address">The relay's address.</param>
    /// <param name="port">The relay's port.</param>
    /// <param name="certificateAuthority">The certificates that sign the relay's, as PEM.</param>
    public static Connection ToCrossCloud(Output<string> address, Output<string> port, Output<string> certificateAuthority) =>
        To("https", address, port, certificateAuthority, null);

    private static Connection To(
        string scheme,
        Output<string> host,
        Output<string> port,
        Output<string>? certificateAuthority,
        Output<string>? members) => new(
        Plain("HOST", host),
        Plain("PORT", port),
        PlainIfAny("CA", certificateAuthority),
        Plain("URL", Output.Format($"{scheme}://{host}:{port}")),
        PlainIfAny("MEMBERS", members));
}
