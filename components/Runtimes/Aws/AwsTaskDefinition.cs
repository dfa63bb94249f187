using System.Text.Json.Nodes;
using Infra.Components.Clouds.Aws;
using Pulumi;

namespace Infra.Components.Runtimes.Aws;

/// <summary>The containers of a task, as its definition has them: its own first, then those that run because of it.</summary>
/// <param name="task">The task.</param>
/// <param name="region">Where it logs.</param>
internal sealed class AwsTaskDefinition(AwsTaskArgs task, string region)
{
    // The least that ECS takes: a sidecar that has run for so long is started again by itself.
    private const int RestartSeconds = 60;

    // Docker grants them by default; nothing that runs here needs raw sockets, devices, other roots or the audit log.
    private static readonly string[] DroppedCapabilities = ["AUDIT_WRITE", "MKNOD", "NET_RAW", "SETFCAP", "SYS_CHROOT"];

    /// <summary>How a container mounts a volume of its task.</summary>
    /// <param name="volume">The volume's name.</param>
    /// <param name="path">Where it is mounted.</param>
    /// <param name="readOnly">Whether the container can only read it.</param>
    public static JsonNode Mount(string volume, string path, bool readOnly) =>
        new JsonObject { ["sourceVolume"] = volume, ["containerPath"] = path, ["readOnly"] = readOnly };

    /// <summary>The containers, as JSON. Each starts after those before it, and stops before them.</summary>
    public Output<string> Containers()
    {
        var beside = new List<Output<string>>();
        var before = new List<(string Container, string Condition)>();
        foreach (var sidecar in task.Sidecars)
        {
            beside.AddRange([Definition(sidecar, sidecar.IsEssential, before, BesidesOf(sidecar)), .. NeededBy(sidecar)]);
            before.Add(sidecar.Check is { } check ? (check.HolderOf(sidecar.Container), "HEALTHY") : (sidecar.Container, "START"));
        }

        foreach (var step in task.Steps)
        {
            beside.Add(Definition(step, isEssential: false, before, []));
            before.Add((step.Container, "SUCCESS"));
        }

        return Output
            .All([Definition(task, isEssential: true, before, []), .. NeededBy(task), .. Timed(), .. beside])
            .Apply(definitions => $"[{string.Join(',', definitions)}]");
    }

    private Output<string> Definition(
        AwsTaskContainer container,
        bool isEssential,
        IEnumerable<(string Container, string Condition)> before,
        IReadOnlyList<KeyValuePair<string, JsonNode?>> besides)
    {
        var awaited = before.ToList();
        if (container.Files is { } files) awaited.Insert(0, (files.Container, "SUCCESS"));
        return Output
            .Tuple(
                container.Image,
                task.Logs.Name,
                Output.All(container.Environment.Values),
                Output.All(container.Secrets.Values),
                container.Login ?? Output.Create(""))
            .Apply(values => AwsJson.Text(new JsonObject(
            [
                new("name", container.Container),
                new("image", values.Item1),
                .. If(container.Login is not null, "repositoryCredentials", new JsonObject { ["credentialsParameter"] = values.Item5 }),
                new("essential", isEssential),
                .. Replacing("entryPoint", container.EntryPoint),
                .. Replacing("command", container.Command),
                .. If(container.User is not null, "user", container.User),
                new("environment", Entries(container.Environment.Keys, "value", values.Item3)),
                new("secrets", Entries(container.Secrets.Keys, "valueFrom", values.Item4)),
                new("portMappings", new JsonArray([.. container.Ports.Select(Mapping)])),
                new("stopTimeout", Math.Min(container.StopSeconds, AwsTask.LongestStopSeconds)),
                new("linuxParameters", new JsonObject
                {
                    ["initProcessEnabled"] = true,
                    ["capabilities"] = new JsonObject { ["drop"] = AwsJson.List(DroppedCapabilities) },
                }),
                new("logConfiguration", Logging(container.Container, values.Item2)),
                .. container.Check is { Image: null } own ? If(true, "healthCheck", own.HealthCheck) : [],
                .. Mounting([.. container.Files?.Mounts(readOnly: true) ?? [], .. container.Volumes.Select(volume => volume.Mounted)]),
                .. If(awaited.Count > 0, "dependsOn", new JsonArray([.. awaited.Select(Awaited)])),
                .. besides.Select(entry => KeyValuePair.Create(entry.Key, entry.Value?.DeepClone())),
            ])));
    }

    // What checks a container, and what writes its files.
    private IEnumerable<Output<string>> NeededBy(AwsTaskContainer container)
    {
        if (container.Check is { Image: not null } check) yield return Output.Create(AwsJson.Text(check.Definition(container.Container)));
        if (container.Files is not { } files) yield break;
        yield return Output
            .Tuple(files.Contents, task.Logs.Name)
            .Apply(values => AwsJson.Text(files.Definition(values.Item1, Logging(container.Container, values.Item2))));
    }

    // What ends the task when its time is over.
    private IEnumerable<Output<string>> Timed()
    {
        if (task.Timeout is not { } timeout) yield break;
        yield return task.Logs.Name.Apply(group => AwsJson.Text(timeout.Definition(task.Container, Logging(task.Container, group))));
    }

    private static KeyValuePair<string, JsonNode?>[] BesidesOf(AwsTaskSidecar sidecar) =>
    [
        new("cpu", (int)Math.Ceiling(sidecar.Capacity.VCpu * 1024)),
        new("memory", (int)Math.Ceiling(sidecar.Capacity.MemoryGiB * 1024)),
        new("restartPolicy", new JsonObject { ["enabled"] = true, ["restartAttemptPeriod"] = RestartSeconds }),
    ];

    // What the image says stays where nothing replaces it.
    private static KeyValuePair<string, JsonNode?>[] Replacing(string key, IReadOnlyList<string> words) =>
        If(words.Count > 0, key, AwsJson.List(words));

    private static KeyValuePair<string, JsonNode?>[] If(bool condition, string key, JsonNode? value) => condition ? [new(key, value)] : [];

    private static KeyValuePair<string, JsonNode?>[] Mounting(JsonNode[] mounts) =>
        If(mounts.Length > 0, "mountPoints", new JsonArray(mounts));

    private static JsonObject Awaited((string Container, string Condition) awaited) =>
        new() { ["containerName"] = awaited.Container, ["condition"] = awaited.Condition };

    private static JsonObject Mapping((int Port, string Transport) listening) => new()
    {
        ["containerPort"] = listening.Port,
        ["hostPort"] = listening.Port,
        ["protocol"] = listening.Transport,
    };

    // Without its mode a container stands still when the log service does.
    private JsonObject Logging(string container, string group) => new()
    {
        ["logDriver"] = "awslogs",
        ["options"] = new JsonObject
        {
            ["awslogs-group"] = group,
            ["awslogs-region"] = region,
            ["awslogs-stream-prefix"] = container,
            ["max-buffer-size"] = "25m",
            ["mode"] = "non-blocking",
        },
    };

    private static JsonArray Entries(IEnumerable<string> names, string key, IEnumerable<string> values) =>
        [.. names.Zip(values, (name, value) => new JsonObject { ["name"] = name, [key] = value })];
}
