using System.Diagnostics;
using Infra.Components.Streams;
using Infra.Components.Streams.Aws;
using Infra.Components.Systems;
using Xunit;

namespace Infra.Tests.Streams;

/// <summary>What Amazon MSK is told, by running the script with a command of Kafka's that writes down how it is called.</summary>
public sealed class AwsEventStreamScriptTests : IDisposable
{
    private const string Command = """
        #!/bin/sh
        [ "$1 $2 $3" = "--bootstrap-server events:9096 --command-config" ] || exit 1
        cat "$4" > "$CALLS/login"
        shift 4
        echo "$*" >> "$CALLS/calls"
        """;

    private static readonly EventStreamArgs Args = new()
    {
        Topics = [new() { Name = "orders" }, new() { Name = "payments" }],
        Groups = ["accounting"],
    };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    [Fact]
    public void Before_anything_else_the_administrator_gets_every_right_so_that_nobody_else_has_one_by_default() => Assert.Equal(
        "--add --allow-principal User:administrator --operation All --cluster --topic * --group * --transactional-id *",
        Run(new StreamLogin("shop-login", "shop", Intent.Publish))[0]);

    [Fact]
    public void Who_publishes_writes_to_the_topics_and_has_what_another_intent_gave_it_taken_away() => Assert.Equal(
        [
            "--add --allow-principal User:shop-login --operation Describe --operation Write --topic orders --topic payments "
            + "--transactional-id shop",
            "--add --allow-principal User:shop-login --operation Describe --operation Write --resource-pattern-type prefixed "
            + "--transactional-id shop.",
            "--remove --force --allow-principal User:shop-login --operation All --topic * --group * --transactional-id *",
            "--remove --force --allow-principal User:shop-login --operation Read --topic orders --topic payments",
        ],
        Run(new StreamLogin("shop-login", "shop", Intent.Publish)).Skip(1));

    [Fact]
    public void What_several_may_do_alike_takes_one_command() => Assert.Contains(
        "--add --allow-principal User:a-login --allow-principal User:b-login --operation Describe --operation Read --topic orders "
        + "--topic payments --group accounting",
        Run(new("a-login", "a", Intent.Consume), new("b-login", "b", Intent.Consume)));

    [Fact]
    public void Who_may_do_everything_loses_nothing()
    {
        var calls = Run(new StreamLogin("shop-login", "shop", Intent.Connect));

        Assert.Equal(
            "--add --allow-principal User:shop-login --operation All --topic * --group * --transactional-id *",
            Assert.Single(calls.Skip(1)));
    }

    [Fact]
    public void The_password_is_in_a_file_and_in_no_list_of_processes()
    {
        var calls = Run(new StreamLogin("shop-login", "shop", Intent.Publish));

        Assert.Contains(
            "sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required username=\"administrator\" "
            + "password=\"Secret1\";\n",
            Read("login"),
            StringComparison.Ordinal);
        Assert.DoesNotContain(calls, call => call.Contains("Secret1", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private string[] Run(params IReadOnlyList<StreamLogin> logins)
    {
        var command = Path.Combine(_folder.FullName, "kafka-acls.sh");
        File.WriteAllText(command, Command);
        using (var permit = Process.Start("chmod", ["700", command])) permit.WaitForExit();
        var script = AwsEventStreamScript.Of(logins, Args);
        var start = new ProcessStartInfo(script[0], script.Skip(1)) { RedirectStandardError = true };
        start.Environment["PATH"] = $"{_folder.FullName}:{start.Environment["PATH"]}";
        start.Environment["CALLS"] = _folder.FullName;
        start.Environment[AwsEventStreamScript.Servers] = "events:9096";
        start.Environment[AwsEventStreamScript.Password] = "Secret1";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors);
        return Read("calls").TrimEnd('\n').Split('\n');
    }

    private string Read(string file) => File.ReadAllText(Path.Combine(_folder.FullName, file));
}
