using System.Diagnostics;
using Infra.Components.Clouds;
using Xunit;

namespace Infra.Tests.Runtimes;

/// <summary>
/// The function that runs one-off jobs on AWS is JavaScript. Where Node.js is installed, its behaviour is tested in it, with a double of
/// ECS; everywhere, what it asks of AWS is.
/// </summary>
public sealed class JobRunnerTests
{
    // Prints "ok" only when every scenario ended as it should; the clock is a number that sleeping adds to.
    private const string Scenarios = """
        import assert from "node:assert/strict";
        import { run } from "./job-runner.mjs";

        const event = { cluster: "c", taskDefinition: "arn:t:3", subnets: ["s"], securityGroups: ["g"], attempts: 3, timeoutSeconds: 600 };
        const stopped = (...codes) => ({ taskArn: "arn:task", lastStatus: "STOPPED", containers: codes.map(exitCode => ({ name: "job", exitCode })), stoppedReason: "ended" });
        const rehearse = async (ends, overrides = {}, beside = undefined, more = {}) => {
          let time = 0;
          const calls = { run: [], stop: [], describe: 0 };
          const ecs = {
            runTask: async input => { calls.run.push(input); return { tasks: [{ taskArn: "arn:task" }] }; },
            describeTasks: async () => ({ tasks: [calls.describe++ % 2 === 0 ? { taskArn: "arn:task", lastStatus: "RUNNING", containers: [] } : ends.length > 1 ? ends.shift() : ends[0]] }),
            stopTask: async input => { calls.stop.push(input); },
            ...overrides,
          };
          const result = run({ ...event, beside, ...more }, ecs, { now: () => time, sleep: async seconds => { time += seconds; } });
          return { calls, elapsed: () => time, result: await result.catch(error => error) };
        };

        const well = await rehearse([stopped(0)]);
        assert.equal(well.result, "arn:task");
        assert.deepEqual(well.calls.run[0].networkConfiguration.awsvpcConfiguration, { subnets: ["s"], securityGroups: ["g"], assignPublicIp: "DISABLED" });
        assert.equal(well.calls.run[0].taskDefinition, "arn:t:3");

        const repaired = await rehearse([stopped(1), stopped(0)]);
        assert.equal(repaired.result, "arn:task");
        assert.equal(repaired.calls.run.length, 2);

        const broken = await rehearse([stopped(1)]);
        assert.ok(broken.result instanceof Error);
        assert.match(broken.result.message, /arn:t:3 did not end well.*job exited with 1; ended/);
        assert.equal(broken.calls.run.length, 3);

        const never = await rehearse([stopped(undefined)]);
        assert.match(never.result.message, /no code/);

        const endless = await rehearse([{ taskArn: "arn:task", lastStatus: "RUNNING", containers: [] }]);
        assert.match(endless.result.message, /ran out of time and was stopped/);
        assert.equal(endless.calls.stop.length, 1);
        assert.ok(endless.elapsed() >= 600 && endless.elapsed() < 660);

        const refused = await rehearse([], { runTask: async () => ({ tasks: [], failures: [{ reason: "no capacity" }] }) });
        assert.match(refused.result.message, /ECS started no task: no capacity/);

        const lost = await rehearse([], { describeTasks: async () => ({ tasks: [] }) });
        assert.match(lost.result.message, /does not exist/);

        const proxied = { ...stopped(0), containers: [{ name: "job", exitCode: 0 }, { name: "proxy", exitCode: 143 }] };
        assert.equal((await rehearse([proxied], {}, ["proxy"])).result, "arn:task");
        assert.match((await rehearse([proxied])).result.message, /proxy exited with 143/);
        const failed = { ...proxied, containers: [{ name: "job", exitCode: 137 }, { name: "proxy", exitCode: 0 }] };
        assert.match((await rehearse([failed], {}, ["proxy"])).result.message, /job exited with 137/);

        const running = { taskArn: "arn:task", lastStatus: "RUNNING", containers: [] };
        const long = await rehearse([running], {}, undefined, { goesOn: true });
        assert.deepEqual(long.result, { running: "arn:task", attempt: 1 });
        assert.equal(long.calls.stop.length, 0);
        const longer = await rehearse([stopped(0)], {}, undefined, { after: JSON.stringify(long.result) });
        assert.equal(longer.result, "arn:task");
        assert.equal(longer.calls.run.length, 0);
        const again = await rehearse([stopped(1), stopped(0)], {}, undefined, { after: JSON.stringify(long.result) });
        assert.equal(again.calls.run.length, 1);
        const last = await rehearse([stopped(1)], {}, undefined, { after: JSON.stringify({ running: "arn:task", attempt: 3 }) });
        assert.match(last.result.message, /did not end well/);
        assert.equal(last.calls.run.length, 0);
        const ended = await rehearse([], {}, undefined, { after: JSON.stringify("arn:task"), goesOn: true });
        assert.equal(ended.result, "arn:task");
        assert.equal(ended.calls.describe, 0);
        console.log("ok");
        """;

    [Fact]
    public void It_asks_AWS_for_nothing_beyond_running_watching_and_stopping_a_task()
    {
        var source = Source();

        var calls = source.Split("ecs.").Skip(1).Select(rest => rest.Split('(')[0]).Distinct().Order();
        Assert.Equal(["describeTasks", "runTask", "stopTask"], calls);
        Assert.Contains("export const handler", source, StringComparison.Ordinal);
        Assert.Contains("assignPublicIp: \"DISABLED\"", source, StringComparison.Ordinal);
    }

    [Fact]
    public void It_repeats_failures_gives_up_in_time_and_says_why()
    {
        var folder = Directory.CreateTempSubdirectory("job-runner-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "job-runner.mjs"), Source());
            File.WriteAllText(Path.Combine(folder.FullName, "scenarios.mjs"), Scenarios);
            Assert.Equal("ok", RunNode(folder.FullName, "scenarios.mjs") ?? "ok");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Source()
    {
        using var stream = typeof(ICloud).Assembly.GetManifestResourceStream("job-runner.mjs");
        Assert.NotNull(stream);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    // What the script printed last; null where there is no Node.js.
    private static string? RunNode(string folder, string script)
    {
        try
        {
            using var node = Process.Start(new ProcessStartInfo("node", script)
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
            var errors = node!.StandardError.ReadToEndAsync();
            var output = node.StandardOutput.ReadToEnd();
            node.WaitForExit();
            return node.ExitCode == 0 ? output.Trim() : $"{output}\n{errors.Result}";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
