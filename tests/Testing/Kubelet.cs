using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Infra.Plans;

namespace Infra.Tests.Testing;

/// <summary>
/// What a container gets of its fields. The kubelet expands commands, arguments and the values of variables, and knows nothing of the
/// shells that read them later (Kubernetes documentation: define dependent environment variables).
/// </summary>
internal static class Kubelet
{
    // Writes down what it is given: arguments, standard input and environment.
    private const string Client = """
        #!/bin/sh
        for argument; do printf '%s\n' "$argument"; done > "$CALLS/arguments"
        env > "$CALLS/environment"
        cat > "$CALLS/input"
        cat "$CALLS/answer"
        """;

    /// <summary>The text as the container gets it: <c>$$</c> is <c>$</c>, <c>$(NAME)</c> the value of a variable that exists.</summary>
    public static string Expand(string text, IReadOnlyDictionary<string, string> variables)
    {
        var expanded = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '$' || at + 1 == text.Length)
            {
                expanded.Append(text[at]);
            }
            else if (text[at + 1] == '$')
            {
                expanded.Append('$');
                at++;
            }
            else if (text[at + 1] == '(' && text.IndexOf(')', at) is var end && end > 0)
            {
                var name = text[(at + 2)..end];
                expanded.Append(variables.TryGetValue(name, out var value) ? value : $"$({name})");
                at = end;
            }
            else
            {
                expanded.Append('$');
            }
        }

        return expanded.ToString();
    }

    /// <summary>The variables of the only container of a workload, as the container sees them; a secret is called after its key.</summary>
    public static IReadOnlyDictionary<string, string> EnvironmentOf(PlannedResource workload)
    {
        var variables = new Dictionary<string, string>();
        foreach (var variable in Texts(workload, "env"))
        {
            variables.Add(
                variable.At("name")!,
                variable.At("valueFrom.secretKeyRef.key") is { } key
                    ? $"secret-{key}"
                    : Expand(variable.At("value") ?? "", variables));
        }

        return variables;
    }

    /// <summary>The command and the arguments of the only container of a workload, as the container gets them.</summary>
    public static IReadOnlyList<string> CommandOf(PlannedResource workload)
    {
        var variables = EnvironmentOf(workload);
        return [.. Texts(workload, "command").Concat(Texts(workload, "args")).Select(part => Expand(part.ToString(), variables))];
    }

    /// <summary>Runs what the only container of a workload would run, with a client that writes down what it is given.</summary>
    /// <param name="workload">A job or a schedule of jobs.</param>
    /// <param name="client">The client's name, such as <c>psql</c>.</param>
    /// <param name="answer">What the client writes to standard output.</param>
    public static ClientCall Run(PlannedResource workload, string client, string answer = "")
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var file = Path.Combine(folder.FullName, client);
            File.WriteAllText(file, Client);
            using (var permit = Process.Start("chmod", ["700", file])) permit.WaitForExit();
            File.WriteAllText(Path.Combine(folder.FullName, "answer"), answer);
            var command = CommandOf(workload);
            var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardError = true };
            foreach (var (name, value) in EnvironmentOf(workload)) start.Environment[name] = value;
            start.Environment["PATH"] = $"{folder.FullName}:{start.Environment["PATH"]}";
            start.Environment["CALLS"] = folder.FullName;
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return new(process.ExitCode, errors, Read("arguments").Split('\n'), Read("input"), Read("environment").Split('\n'));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        string Read(string name) =>
            Path.Combine(folder.FullName, name) is var path && File.Exists(path) ? File.ReadAllText(path).TrimEnd('\n') : "";
    }

    private static IEnumerable<JsonElement> Texts(PlannedResource workload, string property) =>
        (workload.JsonInput("spec.template.spec.containers[0]") ?? workload.JsonInput("spec.jobTemplate.spec.template.spec.containers[0]"))
        is { } container && container.TryGetProperty(property, out var list)
            ? list.EnumerateArray()
            : [];
}

/// <summary>What a client was given by the script that called it.</summary>
/// <param name="ExitCode">How the script ended.</param>
/// <param name="Errors">What the script had to complain about.</param>
/// <param name="Arguments">The client's arguments.</param>
/// <param name="Input">Its standard input.</param>
/// <param name="Environment">Its environment, as <c>NAME=value</c>.</param>
internal sealed record ClientCall(
    int ExitCode,
    string Errors,
    IReadOnlyList<string> Arguments,
    string Input,
    IReadOnlyList<string> Environment);
