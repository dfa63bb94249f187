using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Caches;

/// <summary>
/// A server of Redis that speaks TLS alone, with the logins and rights that the clouds' caches have, in a folder of its own.
/// </summary>
internal sealed class RedisServer : IDisposable
{
    /// <summary>The name of the certificate's host.</summary>
    public const string Host = "localhost";

    /// <summary>The password of every login.</summary>
    public const string Password = "Sesame42";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly RunningProgram _server;

    /// <summary>Starts it.</summary>
    /// <param name="settings">Settings of the server.</param>
    public RedisServer(params IReadOnlyList<string> settings)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={Host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Host);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        Authority = certificate.ExportCertificatePem();
        File.WriteAllText(In("certificate"), Authority);
        File.WriteAllText(In("key"), key.ExportPkcs8PrivateKeyPem());
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }

        File.WriteAllLines(In("configuration"),
        [
            "port 0", $"tls-port {Port.ToString(CultureInfo.InvariantCulture)}", "tls-auth-clients no", "save \"\"",
            $"dir {_folder.FullName}",
            $"tls-cert-file {In("certificate")}", $"tls-key-file {In("key")}", $"tls-ca-cert-file {In("certificate")}",
            "enable-debug-command yes",
            $"user default on >{Password} ~* &* +@all",
            $"user reader on >{Password} ~* &* -@all +@read +@connection -@dangerous +info",
            $"user writer on >{Password} ~* &* +@all -@admin -@dangerous +info",
            .. settings,
        ]);
        _server = new(new ProcessStartInfo(ProgramFactAttribute.Find("redis-server")!, [In("configuration")]));
        Assert.True(SpinWait.SpinUntil(() => Ask("PING") == "PONG", TimeSpan.FromSeconds(30)));
    }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>The certificate of who signed its own.</summary>
    public string Authority { get; }

    /// <summary>A digest of all that it holds.</summary>
    public string Digest => Ask("DEBUG", "DIGEST");

    /// <summary>Gives a command, and tells what comes back.</summary>
    public string Ask(params IReadOnlyList<string> words)
    {
        var start = new ProcessStartInfo(
            "redis-cli",
            ["--tls", "--cacert", In("certificate"), "-h", Host, "-p", Port.ToString(CultureInfo.InvariantCulture), .. words]);
        start.Environment["REDISCLI_AUTH"] = Password;
        return RunningProgram.Run(start).Text;
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder.Delete(recursive: true);
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);
}
