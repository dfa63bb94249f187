using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Infra.Components.Queues;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Queues;

/// <summary>The job that lets the old copy of a queue go, run for real against whoever answers as the clouds do.</summary>
public sealed class QueueEmptinessTests
{
    private const string Secret = "Sesame42";

    [ProgramTheory("python3", "python3")]
    [InlineData(0, 0)]
    [InlineData(3, 1)]
    public void Whoever_speaks_as_SQS_is_asked_with_a_signature_and_releases_only_what_is_empty(int hidden, int exitCode)
    {
        using var api = new Api((request, body) =>
        {
            Assert.Contains("Action=GetQueueAttributes", body, StringComparison.Ordinal);
            Assert.Equal(SignatureOf(request, body), request.Headers["authorization"]!.Split("Signature=")[1]);
            string Attribute(string name, int value) => $"<Attribute><Name>{name}</Name><Value>{value}</Value></Attribute>";
            return Attribute("ApproximateNumberOfMessages", 0) + Attribute("ApproximateNumberOfMessagesNotVisible", hidden)
                + Attribute("ApproximateNumberOfMessagesDelayed", 0);
        });

        var run = Run(new()
        {
            ["PROTOCOL"] = "sqs",
            ["URL"] = $"{api.Url}/12345/orders",
            ["REGION"] = "eu-west-3",
            ["ACCESS_KEY_ID"] = "KEY",
            ["SECRET_ACCESS_KEY"] = Secret,
        });

        Assert.True(run.ExitCode == exitCode, run.Errors);
        Assert.Contains(exitCode == 0 ? "Nothing is left" : "There are messages", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, run.Errors, StringComparison.Ordinal);
    }

    [ProgramTheory("python3", "python3")]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public void Whoever_speaks_as_Pub_Sub_is_asked_for_a_message_and_gets_it_back_at_once(bool holds, int exitCode)
    {
        using var key = RSA.Create(2048);
        var returned = false;
        using var api = new Api((request, body) =>
        {
            var token = request.Headers["authorization"]!["Bearer ".Length..].Split('.');
            Assert.True(key.VerifyData(
                Encoding.ASCII.GetBytes($"{token[0]}.{token[1]}"),
                Decoded(token[2]),
                HashAlgorithmName.SHA256,
                RSASignaturePadding.Pkcs1));
            Assert.Contains("\"iss\": \"shop@example\"", Encoding.UTF8.GetString(Decoded(token[1])), StringComparison.Ordinal);
            if (!request.Url!.AbsolutePath.EndsWith(":modifyAckDeadline", StringComparison.Ordinal))
                return holds ? """{"receivedMessages": [{"ackId": "a1", "message": {}}]}""" : "{}";
            returned = body.Contains("\"a1\"", StringComparison.Ordinal)
                && body.Contains("\"ackDeadlineSeconds\": 0", StringComparison.Ordinal);
            return "{}";
        });

        var run = Run(new()
        {
            ["PROTOCOL"] = "pubsub",
            ["ENDPOINT"] = "https://pubsub.googleapis.com",
            ["URL"] = $"{api.Url}/v1/projects/p/subscriptions/orders",
            ["CREDENTIALS_JSON"] = JsonSerializer.Serialize(new Dictionary<string, string>
            {
                ["client_email"] = "shop@example",
                ["private_key_id"] = "1",
                ["private_key"] = key.ExportPkcs8PrivateKeyPem(),
            }),
        });

        Assert.True(run.ExitCode == exitCode, run.Errors);
        Assert.Equal(holds, returned);
    }

    [ProgramFact("python3", "python3")]
    public void An_API_that_refuses_releases_nothing()
    {
        using var api = new Api((_, _) => null);

        var run = Run(new()
        {
            ["PROTOCOL"] = "sqs",
            ["URL"] = $"{api.Url}/12345/orders",
            ["REGION"] = "eu-west-3",
            ["ACCESS_KEY_ID"] = "KEY",
            ["SECRET_ACCESS_KEY"] = Secret,
        });

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("refuses", run.Errors, StringComparison.Ordinal);
    }

    private static byte[] Decoded(string text) =>
        Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '='));

    // Signature Version 4, as the AWS documentation has it.
    private static string SignatureOf(HttpListenerRequest request, string body)
    {
        var (at, hash) = (request.Headers["x-amz-date"]!, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body))));
        var canonical = $"POST\n{request.Url!.AbsolutePath}\n\ncontent-type:{request.ContentType}\nhost:{request.Headers["host"]}\n"
            + $"x-amz-date:{at}\n\ncontent-type;host;x-amz-date\n{hash}";
        var text = $"AWS4-HMAC-SHA256\n{at}\n{at[..8]}/eu-west-3/sqs/aws4_request\n"
            + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)));
        var key = Encoding.UTF8.GetBytes($"AWS4{Secret}");
        foreach (var part in new[] { at[..8], "eu-west-3", "sqs", "aws4_request", text })
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        return Convert.ToHexStringLower(key);
    }

    private static (int ExitCode, string Errors, string Text) Run(Dictionary<string, string> values)
    {
        var start = new ProcessStartInfo(QueueEmptiness.Command[0], QueueEmptiness.Command.Skip(1));
        foreach (var (key, value) in values) start.Environment[$"SOURCE_{key}"] = value;
        start.Environment[QueueMover.WatchedSeconds] = "0";
        return RunningProgram.Run(start);
    }

    // Answers one request after another; refuses where there is no answer.
    private sealed class Api : IDisposable
    {
        private readonly HttpListener _listener = new();

        public Api(Func<HttpListenerRequest, string, string?> answer)
        {
            using (var probe = new TcpListener(IPAddress.Loopback, 0))
            {
                probe.Start();
                Url = string.Create(CultureInfo.InvariantCulture, $"http://localhost:{((IPEndPoint)probe.LocalEndpoint).Port}");
            }

            _listener.Prefixes.Add($"{Url}/");
            _listener.Start();
            _ = Task.Run(() =>
            {
                while (_listener.IsListening)
                {
                    var context = _listener.GetContext();
                    using var reader = new StreamReader(context.Request.InputStream);
                    string? text = null;
                    try
                    {
                        text = answer(context.Request, reader.ReadToEnd());
                    }
                    finally
                    {
                        if (text is null) context.Response.StatusCode = 403;
                        context.Response.Close(Encoding.UTF8.GetBytes(text ?? "denied"), willBlock: true);
                    }
                }
            });
        }

        public string Url { get; }

        public void Dispose() => _listener.Close();
    }
}
