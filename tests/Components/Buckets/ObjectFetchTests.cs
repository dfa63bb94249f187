using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Infra.Components.Buckets;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Buckets;

/// <summary>Fetching an object for real, from a store that looks at the signature.</summary>
public sealed class ObjectFetchTests : IDisposable
{
    private const string Id = "AKIAEXAMPLE";
    private const string Secret = "a/secret+key=";
    private const string Content = "what was dumped";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    [ProgramFact("curl", "curl")]
    public async Task An_object_is_fetched_with_the_key_of_the_link()
    {
        using var store = new Store();

        Assert.Equal((Content, ""), await Fetch(store, "dumps/2026/orders.dump"));
        Assert.Equal(["/dumps/2026/orders.dump"], store.Asked);
    }

    [ProgramFact("curl", "curl")]
    public async Task What_cannot_be_fetched_leaves_the_reason_beside_the_file()
    {
        using var store = new Store();

        Assert.Contains("There is no 2026/orders.dump in the bucket empty", (await Fetch(store, "empty/2026/orders.dump")).Problem);
        var refused = (await Fetch(store, "dumps/2026/orders.dump", secret: "another")).Problem;
        Assert.Contains("with this key: 403", refused);
        Assert.DoesNotContain("another", refused);
        store.Dispose();
        Assert.Contains("cannot be read", (await Fetch(store, "dumps/2026/orders.dump")).Problem);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<(string Content, string Problem)> Fetch(Store store, string path, string secret = Secret)
    {
        var (bucket, key) = path.Split('/', 2) is [var first, var rest] ? (first, rest) : throw new ArgumentException(path, nameof(path));
        var fetched = new FetchedObject(new Bucket("dumps"), key);
        var command = ObjectFetch.Command("DUMP", fetched);
        var file = Path.Combine(_folder.FullName, Guid.NewGuid().ToString("N"), "orders.dump");

        // Without the waits between tries, and not at the root of this machine.
        var script = command[^1]
            .Replace(fetched.Path, file, StringComparison.Ordinal)
            .Replace("--retry 5", "--retry 0", StringComparison.Ordinal);
        var start = new ProcessStartInfo(command[0], [.. command.Skip(1).SkipLast(1), script]) { RedirectStandardError = true };
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["ENDPOINT"] = store.Url,
            ["HOST"] = store.Url.Split("://")[1],
            ["CA"] = "",
            ["REGION"] = "eu-west-3",
            ["NAME"] = bucket,
            ["PATH_STYLE"] = "true",
            ["CREDENTIALS"] = "keys",
            ["ACCESS_KEY_ID"] = Id,
            ["SECRET_ACCESS_KEY"] = secret,
        })
        {
            start.Environment[$"DUMP_{name}"] = value;
        }

        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, errors);
        var problem = file + FetchedObject.ProblemEnding;
        return (File.Exists(file) ? File.ReadAllText(file) : "", File.Exists(problem) ? File.ReadAllText(problem) : "");
    }

    // A store of one bucket that admits one key (AWS documentation: Signature Version 4).
    private sealed class Store : IDisposable
    {
        private readonly HttpListener _listener = new();

        public Store()
        {
            Url = $"http://localhost:{FreePort()}";
            _listener.Prefixes.Add($"{Url}/");
            _listener.Start();
            _ = Task.Run(Serve);
        }

        public string Url { get; }

        public List<string> Asked { get; } = [];

        public void Dispose() => _listener.Close();

        private static int FreePort()
        {
            using var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
            socket.Start();
            return ((IPEndPoint)socket.LocalEndpoint).Port;
        }

        private async Task Serve()
        {
            while (_listener.IsListening)
            {
                HttpListenerContext context;
                try
                {
                    context = await _listener.GetContextAsync();
                }
                catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }

                var (request, response) = (context.Request, context.Response);
                Asked.Add(request.Url!.AbsolutePath);
                var isThere = request.Url.AbsolutePath.StartsWith("/dumps/", StringComparison.Ordinal);
                response.StatusCode = !IsSigned(request) ? 403 : isThere ? 200 : 404;
                response.OutputStream.Write(Encoding.UTF8.GetBytes(response.StatusCode == 200 ? Content : "<Error/>"));
                response.Close();
            }
        }

        private static bool IsSigned(HttpListenerRequest request)
        {
            var given = request.Headers["Authorization"]!;
            var (signed, day) = (Part("SignedHeaders="), request.Headers["X-Amz-Date"]!);
            var headers = string.Concat(signed.Split(';').Select(name => $"{name}:{request.Headers[name]!.Trim()}\n"));
            var hash = request.Headers["x-amz-content-sha256"];
            var canonical = $"{request.HttpMethod}\n{request.Url!.AbsolutePath}\n\n{headers}\n{signed}\n{hash}";
            var scope = $"{day[..8]}/eu-west-3/s3/aws4_request";
            var text = $"AWS4-HMAC-SHA256\n{day}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
            var key = scope.Split('/').Aggregate(
                Encoding.UTF8.GetBytes($"AWS4{Secret}"),
                (last, part) => HMACSHA256.HashData(last, Encoding.UTF8.GetBytes(part)));
            return given.Contains($"Credential={Id}/{scope}", StringComparison.Ordinal)
                && Part("Signature=") == Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));

            string Part(string name) => given.Split(name)[1].Split(',')[0];
        }
    }
}
