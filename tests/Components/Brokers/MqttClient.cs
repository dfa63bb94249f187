using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Infra.Tests.Brokers;

/// <summary>As much of MQTT 3.1.1 as a device or a service speaks (OASIS standard, 2014). It waits ten seconds for an answer.</summary>
internal sealed class MqttClient : IDisposable
{
    private const int Connect = 0x10;
    private const int Publish = 0x30;
    private const int PublishOnce = 0x32;
    private const int Subscribe = 0x82;

    private readonly TcpClient _connection;
    private readonly Stream _stream;
    private readonly Queue<(string Topic, string Message)> _heard = [];

    private MqttClient(TcpClient connection, Stream stream) => (_connection, _stream) = (connection, stream);

    /// <summary>
    /// Connects as a device: by TLS, and with a certificate unless it has none. Null where the broker closes the connection.
    /// </summary>
    /// <param name="port">The port.</param>
    /// <param name="host">The name that the server's certificate must bear.</param>
    /// <param name="authority">The authority that must have signed it.</param>
    /// <param name="identity">Who the device is; null for no certificate.</param>
    /// <param name="clientId">What it claims to be called; null for what its certificate says.</param>
    /// <param name="keepsSession">Whether its subscriptions outlast the connection.</param>
    public static MqttClient? Device(
        int port,
        string host,
        X509Certificate2 authority,
        Identity? identity,
        string clientId = "device",
        bool keepsSession = false)
    {
        var connection = Open(port);
        var stream = new SslStream(connection.GetStream());
        using var own = identity?.Loaded;
        try
        {
            stream.AuthenticateAsClient(new SslClientAuthenticationOptions
            {
                TargetHost = host,
                ClientCertificates = own is null ? null : [own],
                CertificateChainPolicy = new()
                {
                    TrustMode = X509ChainTrustMode.CustomRootTrust,
                    CustomTrustStore = { authority },
                    RevocationMode = X509RevocationMode.NoCheck,
                },
            });
            var client = new MqttClient(connection, stream);
            if (client.Greet(clientId, null, keepsSession) == 0) return client;
        }
        catch (Exception refused) when (refused is IOException or AuthenticationException)
        {
            // With TLS 1.3 a client learns that its certificate is none when it reads first.
        }

        stream.Dispose();
        connection.Dispose();
        return null;
    }

    /// <summary>Connects as a service, without TLS. Null where the broker does not let it in.</summary>
    public static MqttClient? Service(int port, string clientId, (string Name, string Password)? login)
    {
        var connection = Open(port);
        var client = new MqttClient(connection, connection.GetStream());
        if (client.Greet(clientId, login, false) == 0) return client;
        client.Dispose();
        return null;
    }

    /// <summary>Subscribes to a topic, and hears of what is sent to it once.</summary>
    public void Listen(string topic)
    {
        Write(Subscribe, [0, 1, .. Text(topic), 1]);
        while (Read().Kind != 0x90)
        {
        }
    }

    /// <summary>Sends a message, and waits until the broker has it.</summary>
    public void Send(string topic, string message)
    {
        Write(PublishOnce, [.. Text(topic), 0, 2, .. Encoding.UTF8.GetBytes(message)]);
        while (Read().Kind != 0x40)
        {
        }
    }

    /// <summary>The next message.</summary>
    public (string Topic, string Message) Hear()
    {
        while (_heard.Count == 0) Read();
        return _heard.Dequeue();
    }

    public void Dispose()
    {
        _stream.Dispose();
        _connection.Dispose();
    }

    private static TcpClient Open(int port)
    {
        var connection = new TcpClient("127.0.0.1", port) { ReceiveTimeout = 10_000, SendTimeout = 10_000 };
        return connection;
    }

    private int Greet(string clientId, (string Name, string Password)? login, bool keepsSession)
    {
        var flags = (login is null ? 0 : 0xC0) | (keepsSession ? 0 : 0x02);
        byte[] who = login is { } known ? [.. Text(known.Name), .. Text(known.Password)] : [];
        Write(Connect, [.. Text("MQTT"), 4, (byte)flags, 0, 60, .. Text(clientId), .. who]);
        return Read() is { Kind: 0x20, Body: [_, var code] } ? code : -1;
    }

    // What is sent to the client in between is kept, and confirmed.
    private (int Kind, byte[] Body) Read()
    {
        var first = Byte();
        var (length, shift) = (0, 0);
        int part;
        do
        {
            part = Byte();
            length |= (part & 0x7F) << shift;
            shift += 7;
        }
        while (part >= 0x80);
        var body = new byte[length];
        _stream.ReadExactly(body);
        if ((first & 0xF0) != Publish) return (first & 0xF0, body);
        var topicEnd = 2 + (body[0] << 8 | body[1]);
        var start = (first & 0x06) == 0 ? topicEnd : topicEnd + 2;
        if (start > topicEnd) Write(0x40, body[topicEnd..start]);
        _heard.Enqueue((Encoding.UTF8.GetString(body[2..topicEnd]), Encoding.UTF8.GetString(body[start..])));
        return (Publish, body);
    }

    private int Byte() => _stream.ReadByte() is var read and >= 0 ? read : throw new IOException("The broker has closed the connection.");

    private void Write(int kind, byte[] body)
    {
        var packet = new List<byte> { (byte)kind };
        var length = body.Length;
        do
        {
            packet.Add((byte)(length % 128 | (length >= 128 ? 128 : 0)));
            length /= 128;
        }
        while (length > 0);
        _stream.Write([.. packet, .. body]);
    }

    private static byte[] Text(string text) => [(byte)(text.Length >> 8), (byte)text.Length, .. Encoding.UTF8.GetBytes(text)];
}
