using System.Collections;

namespace Infra.Rehearsals;

/// <summary>
/// Keeps the machine out of the plan and the rehearsal out of the process: providers take defaults from environment variables, the runtime
/// reads the stack's configuration and secrets from two more, and a run that failed leaves an exit code behind.
/// </summary>
internal sealed class MachineIsolation : IDisposable
{
    private static readonly string[] Prefixes =
    [
        "AWS_",
        "CLOUDSDK_",
        "GCLOUD_",
        "GOOGLE_",
        "KUBECONFIG",
        "OVH_",
        "PULUMI_CONFIG",
        "PULUMI_K8S_",
        "SCW_",
    ];

    private readonly int _exitCode = Environment.ExitCode;
    private readonly List<(string Name, string Value)> _hidden = [];

    /// <summary>Hides the variables until it is disposed of.</summary>
    public MachineIsolation()
    {
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            var name = (string)variable.Key;
            if (!Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))) continue;
            _hidden.Add((name, (string?)variable.Value ?? ""));
            Environment.SetEnvironmentVariable(name, null);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (name, value) in _hidden) Environment.SetEnvironmentVariable(name, value);
        Environment.ExitCode = _exitCode;
    }
}
