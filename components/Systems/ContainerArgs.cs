using System.Text.RegularExpressions;
using Infra.Components.Checks;

namespace Infra.Components.Systems;

/// <summary>The processor architecture that an image is built for.</summary>
public enum CpuArchitecture
{
    /// <summary>x86-64; every cloud has it.</summary>
    Amd64,

    /// <summary>64-bit ARM: cheaper and more frugal where a cloud has it.</summary>
    Arm64,
}

/// <summary>What services and jobs have in common: a container.</summary>
public abstract partial record ContainerArgs : Arguments
{
    /// <summary>
    /// The promised vCPU and memory of one replica: nano 0.25 vCPU and 0.5 GiB, small 0.5 and 1, medium 1 and 2, large 2 and 4, x-large 4
    /// and 8, xx-large 8 and 16. Default: small.
    /// </summary>
    public Size Size { get; init; } = Size.Small;

    /// <summary>The architecture that the image is built for. Default: x86-64.</summary>
    public CpuArchitecture Architecture { get; init; } = CpuArchitecture.Amd64;

    /// <summary>
    /// Environment variables: literal, or composed of keys of what it is linked to, which makes a secret of what holds one. Names that a
    /// link sets are refused.
    /// </summary>
    public Variables Environment { get; init; } = [];

    /// <summary>
    /// Files by their absolute path, such as <c>/etc/app/app.conf</c>: literal, composed of keys of what it is linked to, which makes a
    /// secret of what holds one, or read from the repository (<c>Text.FromRepository</c>). Everyone in the container may read them and
    /// nobody write; another content starts new replicas, and runs a job again. A directory of their own is best: some clouds hide what
    /// else the image has there. One that a cloud has nothing to fill with, such as <c>CA</c> where a public authority signs, is left out.
    /// </summary>
    public Files Files { get; init; } = [];

    /// <summary>What the container finds in its environment beside its links, wherever it runs.</summary>
    internal virtual Variables Variables => Environment;

    /// <summary>Every text that the container is given, which may be composed of what it is linked to.</summary>
    internal virtual IEnumerable<Text> Texts => Variables.Values.Concat(Files.Values);

    /// <summary>Replaces the image's command (<c>CMD</c>); its entry point stays. Default: the image's own.</summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>
    /// Whether the container may write to <c>/tmp</c> and nowhere else. Default: false: it may write where its image lets it, and what it
    /// wrote goes with the replica.
    /// </summary>
    public bool ReadOnlyRoot { get; init; }

    /// <summary>What each size promises.</summary>
    public static Capacity Promise(Size size) => size switch
    {
        Size.Nano => new(0.25, 0.5),
        Size.Small => new(0.5, 1),
        Size.Medium => new(1, 2),
        Size.Large => new(2, 4),
        Size.XLarge => new(4, 8),
        Size.XXLarge => new(8, 16),
        _ => throw new ArgumentOutOfRangeException(nameof(size), size, "not a size"),
    };

    /// <inheritdoc/>
    public override Arguments For(EnvironmentProfile profile) => this with { Size = profile.Limit(Size) };

    /// <inheritdoc/>
    public override Arguments Referring(References replacement) => this with
    {
        Environment = Environment.Referring(replacement),
        Files = Files.Referring(replacement),
    };

    /// <inheritdoc/>
    public override void Check(Guard guard)
    {
        foreach (var variable in Environment.Keys) CheckName(nameof(Environment), variable, guard);
        Files.Check(nameof(Files), guard);
    }

    /// <summary>What a plan says of its files; nothing where there are none.</summary>
    private protected IEnumerable<Decision> FileDecisions => Files.Count > 0 ? [new("files", string.Join(", ", Files.Keys))] : [];

    /// <summary>Reports the name of a variable that some cloud does not take.</summary>
    internal static void CheckName(string argument, string variable, Guard guard) => guard.Matches(
        argument,
        variable,
        VariableName(),
        "names of letters, digits, underscores, dots and hyphens that start with a letter or an underscore");

    // What every cloud takes, Kubernetes before 1.34 included (its documentation: environment variables).
    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_.-]*\z")]
    private static partial Regex VariableName();
}
