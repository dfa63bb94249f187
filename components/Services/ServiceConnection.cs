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
    public static Connection To(string host, int port) =>
        To("http", Output.Create(host), Output.Create(port.ToString(System.Globalization.CultureInfo.InvariantCulture)), null);

    /// <summary>To a service on another cloud, over TLS.</summary>
    /// <param name="address">The relay's address.</param>
    /// <param name="port">The relay's port.</param>
    /// <param name="certificateAuthority">The certificates that sign the relay's, as PEM.</param>
    public static Connection ToCrossCloud(Output<string> address, Output<string> port, Output<string> certificateAuthority) =>
        To("https", address, port, certificateAuthority);

    private static Connection To(string scheme, Output<string> host, Output<string> port, Output<string>? certificateAuthority) => new(
        Plain("HOST", host),
        Plain("PORT", port),
        PlainIfAny("CA", certificateAuthority),
        Plain("URL", Output.Format($"{scheme}://{host}:{port}")));
}
