using Infra.Components.Checks;

namespace Infra.Components.Systems;

/// <summary>
/// A container beside another one, for as long as that one runs: it starts before it, and before its steps, and stops after it. Both reach
/// each other by <c>127.0.0.1</c>. One that ends is started again, alone or with the other; a job ends without it.
/// </summary>
public sealed record Sidecar
{
    /// <summary>Its name, by which the stack file says which image it runs (<c>infra:images.&lt;component&gt;/&lt;name&gt;</c>).</summary>
    public string Name { get; init; } = "";

    /// <summary>Replaces the image's entry point, and its command with it. No shell reads it. Default: the image's own.</summary>
    public IReadOnlyList<string> EntryPoint { get; init; } = [];

    /// <summary>Replaces the image's command. No shell reads it. Default: the image's own.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>
    /// Its environment: literal, or composed of keys of what its component is linked to. What the component's own container finds, it does
    /// not.
    /// </summary>
    public Variables Environment { get; init; } = [];

    /// <summary>Its files by their absolute path, of the same kinds as the component's.</summary>
    public Files Files { get; init; } = [];

    /// <summary>The number of the user that it runs as, 0 to 2147483647. Default: the image's own.</summary>
    public int? User { get; init; }

    /// <summary>The processor that it is promised beside the component's, in thousandths of a vCPU: 10 to 1000. Default: 100.</summary>
    public int MilliCpu { get; init; } = 100;

    /// <summary>The memory that it is promised beside the component's, and never exceeds, in MiB: 16 to 8192. Default: 128.</summary>
    public int MemoryMiB { get; init; } = 128;

    /// <summary>
    /// How it shows that it is well, on a port of its own or by a command. The component's container waits until it is. Default: nobody
    /// asks, and nobody waits longer than until it has started.
    /// </summary>
    public HealthCheck? HealthCheck { get; init; }

    /// <summary>What it is promised.</summary>
    internal Capacity Capacity => new(MilliCpu / 1000.0, MemoryMiB / 1024.0);

    /// <summary>The port on which it is asked; null where a command is, and where nobody asks.</summary>
    internal int? CheckedPort => HealthCheck is { Command.Count: 0, Port: var port } ? port : null;

    /// <summary>Reports what no cloud accepts.</summary>
    /// <param name="argument">What it is called.</param>
    /// <param name="guard">Where findings go.</param>
    internal void Check(string argument, Guard guard)
    {
        foreach (var variable in Environment.Keys) ContainerArgs.CheckName($"{argument}.Environment", variable, guard);
        Files.Check($"{argument}.Files", guard);
        guard.InRange($"{argument}.MilliCpu", MilliCpu, 10, 1000, "thousandths of a vCPU");
        guard.InRange($"{argument}.MemoryMiB", MemoryMiB, 16, 8192, "MiB");
        if (HealthCheck is not { } check) return;
        check.Check($"{argument}.HealthCheck", guard);
        guard.Require(
            check.Command.Count > 0 || check.Port is not null,
            $"{argument}.HealthCheck.Port",
            "nothing",
            "1 to 65535, because no port of a sidecar is known, or a Command");
    }

    /// <summary>The same sidecar of the components that take the place of others.</summary>
    internal Sidecar Referring(References references) => this with
    {
        Environment = Environment.Referring(references),
        Files = Files.Referring(references),
    };
}
