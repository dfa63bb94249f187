using System.Diagnostics;
using System.Text.Json.Nodes;
using Infra.Components.Brokers;
using Infra.Components.Clouds;
using Infra.Components.Queues.Kubernetes;
using Infra.Components.Systems;
using Xunit;

namespace Infra.Tests.Queues;

/// <summary>What a broker is told, by running the scripts with a client that writes down its calls.</summary>
public sealed class QueueScriptTests : IDisposable
{
    private const string Client = """
        #!/bin/sh
        while [ $# -gt 1 ]; do
          [ "$1" = --request ] && method=$2
          [ "$1" = --config ] && cat "$2" > "$CALLS/login"
          [ "$1" = --cacert ] && cat "$2" > "$CALLS/ca"
          echo "$1" >> "$CALLS/arguments"
          shift
        done
        printf '%s %s ' "$method" "$1" >> "$CALLS/calls"
        tr -d '\n' >> "$CALLS/calls"
        echo >> "$CALLS/calls"
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    [Fact]
    public void The_queue_is_bound_to_its_exchange_and_its_dead_letters_wait_beside_it()
    {
        var calls = Run(QueueScript.Declare("orders", new() { MaximumDeliveries = 7, VisibilitySeconds = 120 }, (10, 600)));

        Assert.Equal(
            [
                "PUT queues/%2F/orders-dead", "PUT policies/%2F/orders-dead", "PUT policies/%2F/orders", "PUT queues/%2F/orders",
                "PUT exchanges/%2F/orders", "POST bindings/%2F/e/orders/q/orders",
            ],
            calls.Select(call => call.Call));
        var policy = calls[2].Body;
        Assert.Equal("^orders$", (string?)policy["pattern"]);
        Assert.Equal(6, (int?)policy["definition"]!["delivery-limit"]);
        Assert.Equal(120_000, (int?)policy["definition"]!["consumer-timeout"]);
        Assert.Equal("orders-dead", (string?)policy["definition"]!["dead-letter-routing-key"]);
        Assert.Equal("quorum", (string?)calls[3].Body["arguments"]!["x-queue-type"]);
    }

    [Theory]
    [InlineData(Intent.Publish, "^orders$", "^$")]
    [InlineData(Intent.Consume, "^$", "^orders$")]
    public void A_login_has_its_password_and_may_do_what_its_intent_says(Intent intent, string write, string read)
    {
        var calls = Run(QueueScript.Grant("orders", "shop-orders", RestLogins.Password, intent));

        Assert.Equal(["PUT users/shop-orders", "PUT permissions/%2F/shop-orders"], calls.Select(call => call.Call));
        Assert.Equal("Sesame42", (string?)calls[0].Body["password"]);
        Assert.Equal(("^$", write, read), (Text("configure"), Text("write"), Text("read")));

        string? Text(string key) => (string?)calls[1].Body[key];
    }

    [Fact]
    public void No_password_is_in_the_list_of_processes()
    {
        Run(QueueScript.Grant("orders", "shop-orders", RestLogins.Password, Intent.Publish));

        Assert.Equal("user = \"admin:Secret1\"\n", Read("login"));
        Assert.Equal("-----BEGIN CERTIFICATE-----\n", Read("ca"));
        Assert.DoesNotContain("Secret1", Read("arguments"), StringComparison.Ordinal);
        Assert.DoesNotContain("Sesame42", Read("arguments"), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private IReadOnlyList<(string Call, JsonNode Body)> Run(IEnumerable<RestCall> calls)
    {
        var script = BrokerScript.Logins.Script;
        var command = script.Of(calls);
        var client = Path.Combine(_folder.FullName, "curl");
        File.WriteAllText(client, Client);
        using (var permit = Process.Start("chmod", ["700", client])) permit.WaitForExit();
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardError = true };
        start.Environment["PATH"] = $"{_folder.FullName}:{start.Environment["PATH"]}";
        start.Environment["CALLS"] = _folder.FullName;
        start.Environment[script.Url] = "https://orders/api";
        start.Environment[script.CertificateAuthority] = "-----BEGIN CERTIFICATE-----";
        start.Environment[script.Username] = "admin";
        start.Environment[script.Password] = "Secret1";
        start.Environment[RestLogins.Password] = "Sesame42";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();

        Assert.Equal((0, ""), (process.ExitCode, errors));
        return
        [
            .. Read("calls").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ', 3)).Select(words =>
                ($"{words[0]} {words[1].Replace("https://orders/api/", "", StringComparison.Ordinal)}", JsonNode.Parse(words[2])!)),
        ];
    }

    private string Read(string file) => File.ReadAllText(Path.Combine(_folder.FullName, file));
}
