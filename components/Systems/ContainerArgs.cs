using System.Globalization;
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
    // Of the smallest and the largest container of Cloud Run (Google Cloud documentation: memory limits). Others have more.
    private const int LeastMemoryMiB = 512;
    private const int MostMemoryMiB = 32768;

    // A task of Amazon ECS and an instance of Cloud Run have ten containers, of which some are ours (their documentation: quotas).
    private const int MostSteps = 5;
    private const int MostSidecars = 5;

    // What the containers beside another one are called that clouds need for its files and its health check.
    private static readonly string[] OfOurs = ["-files", "-check", "-timeout"];

    /// <summary>
    /// The promised vCPU and memory of one replica, to which those of sidecars are added: nano 0.25 vCPU and 0.5 GiB, small 0.5 and 1,
    /// medium 1 and 2, large 2 and 4, x-large 4 and 8, xx-large 8 and 16. Default: small.
    /// </summary>
    public Size Size { get; init; } = Size.Small;

    /// <summary>
    /// The promised memory of one replica in MiB where the size's does not fit, 512 to 32768; outside production it shrinks as the size
    /// does. Clouds that have only some pairs take the smallest that keeps both promises. Default: the size's.
    /// </summary>
    public int? MemoryMiB { get; init; }

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

    /// <summary>
    /// Containers that run before it, one after another, each to its end: 5 at most. A replica starts, and starts again, with the first of
    /// them, so that they must bear being repeated, and by several replicas at a time; what is to happen once is a <c>Job</c>. Default:
    /// none.
    /// </summary>
    public IReadOnlyList<InitStep> Steps { get; init; } = [];

    /// <summary>Containers that run beside it: 5 at most, which start in this order. Default: none.</summary>
    public IReadOnlyList<Sidecar> Sidecars { get; init; } = [];

    /// <summary>
    /// The object of a bucket that it finds as a file, because its one step fetches it, or because its cloud mounts the bucket; null where
    /// it needs none.
    /// </summary>
    internal FetchedObject? Fetched { get; init; }

    /// <summary>What the container finds in its environment beside its links, wherever it runs.</summary>
    internal virtual Variables Variables => Environment;

    /// <summary>Whether it is a set whose members know themselves by name.</summary>
    internal virtual bool HasMembers => false;

    /// <summary>Every text that it and its sidecars are given, which may be composed of what it is linked to.</summary>
    internal virtual IEnumerable<Text> Texts => Variables.Values
        .Concat(Files.Values)
        .Concat(Sidecars.SelectMany(sidecar => sidecar.Environment.Values.Concat(sidecar.Files.Values)));

    /// <summary>
    /// Replaces the image's entry point (<c>ENTRYPOINT</c>), and its command with it: what follows is <see cref="Command"/> alone. A
    /// program and its first arguments, which no shell reads. Default: the image's own.
    /// </summary>
    public IReadOnlyList<string> EntryPoint { get; init; } = [];

    /// <summary>
    /// Replaces the image's command (<c>CMD</c>), which are the arguments of its entry point; that one stays. No shell reads them. Default:
    /// the image's own.
    /// </summary>
    public IReadOnlyList<string> Command { get; init; } = [];

    /// <summary>
    /// The number of the user that the container runs as, 0 to 2147483647, instead of the image's. Clusters run nobody as root (0), and
    /// cannot tell whether a user that the image has by name is: for such an image its number belongs here. Default: the image's own.
    /// </summary>
    public int? User { get; init; }

    /// <summary>
    /// The number of its group, 0 to 2147483647; needs <see cref="User"/>. Default: the group that the image has for the user, and root's
    /// (0), which gives no rights by itself, where it has none.
    /// </summary>
    public int? Group { get; init; }

    /// <summary>
    /// Whether its containers may write to <c>/tmp</c> and nowhere else. Default: false: they may write where their images let them, and
    /// what they wrote goes with the replica.
    /// </summary>
    public bool ReadOnlyRoot { get; init; }

    /// <summary>The user, and the group behind a colon where one is named; null for the image's own.</summary>
    internal string? UserAndGroup => (User, Group) switch
    {
        ({ } user, { } group) => string.Create(CultureInfo.InvariantCulture, $"{user}:{group}"),
        ({ } user, null) => user.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>The words of every program that is run in the container, each with the argument that it stands in.</summary>
    internal virtual IEnumerable<(string Argument, string Word)> Words =>
    [
        .. EntryPoint.Select(word => (nameof(EntryPoint), word)),
        .. Command.Select(word => (nameof(Command), word)),
        .. Steps.SelectMany(step => step.EntryPoint.Concat(step.Command)).Select(word => (nameof(Steps), word)),
        .. Sidecars
            .SelectMany(sidecar => sidecar.EntryPoint.Concat(sidecar.Command).Concat(sidecar.HealthCheck?.Command ?? []))
            .Select(word => (nameof(Sidecars), word)),
    ];

    /// <summary>The names of its steps and sidecars.</summary>
    internal IEnumerable<string> Others => Steps.Select(step => step.Name).Concat(Sidecars.Select(sidecar => sidecar.Name));

    /// <summary>What its own container is promised.</summary>
    internal Capacity Capacity => Promise(Size, MemoryMiB);

    /// <summary>What one replica is promised: its own container, with its sidecars.</summary>
    internal Capacity ReplicaCapacity => Sidecars.Aggregate(Capacity, (sum, sidecar) => new(
        sum.VCpu + sidecar.Capacity.VCpu,
        sum.MemoryGiB + sidecar.Capacity.MemoryGiB));

    /// <summary>What a size promises with other memory than its own, if any.</summary>
    internal static Capacity Promise(Size size, int? memoryMiB) =>
        memoryMiB is { } memory ? Promise(size) with { MemoryGiB = memory / 1024.0 } : Promise(size);

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
    public override Arguments For(EnvironmentProfile profile)
    {
        var limited = profile.Limit(Size);
        return limited < Size && Enum.IsDefined(Size) && MemoryMiB is { } memory
            ? this with
            {
                Size = limited,
                MemoryMiB = Math.Max(LeastMemoryMiB, (int)(memory * Promise(limited).MemoryGiB / Promise(Size).MemoryGiB)),
            }
            : this with { Size = limited };
    }

    /// <inheritdoc/>
    public override Arguments Referring(References replacement) => this with
    {
        Environment = Environment.Referring(replacement),
        Files = Files.Referring(replacement),
        Sidecars = [.. Sidecars.Select(sidecar => sidecar.Referring(replacement))],
    };

    /// <inheritdoc/>
    public override void Check(Guard guard)
    {
        foreach (var variable in Environment.Keys) CheckName(nameof(Environment), variable, guard);
        Files.Check(nameof(Files), guard);
        if (MemoryMiB is { } memory) guard.InRange(nameof(MemoryMiB), memory, LeastMemoryMiB, MostMemoryMiB, "MiB");
        if (EntryPoint.Count > 0)
            guard.Require(EntryPoint[0].Length > 0, nameof(EntryPoint), "'' as its first word", "a program, such as /app/server, first");
        if (User is { } user) guard.InRange(nameof(User), user, 0, int.MaxValue);
        if (Group is { } group) guard.InRange(nameof(Group), group, 0, int.MaxValue);
        guard.Require(
            User is not null || Group is null,
            nameof(Group),
            $"{Group} without User",
            "both, or User alone",
            "Set User to the number of the image's user");
        CheckOthers(guard);
    }

    /// <summary>
    /// What a plan says of memory, user, files and other containers, where they are not those of the size and of the image.
    /// </summary>
    private protected IEnumerable<Decision> ContainerDecisions =>
    [
        .. MemoryMiB is { } memory ? [new Decision("memory", Decision.Counted(memory, "MiB"))] : Array.Empty<Decision>(),
        .. UserAndGroup is { } user ? [new Decision("user", user)] : Array.Empty<Decision>(),
        .. Files.Count > 0 ? [new Decision("files", string.Join(", ", Files.Keys))] : Array.Empty<Decision>(),
        .. Steps.Count > 0 ? [new Decision("steps", string.Join(", ", Steps.Select(step => step.Name)))] : Array.Empty<Decision>(),
        .. Sidecars.Count > 0
            ? [new Decision("sidecars", string.Join(", ", Sidecars.Select(sidecar => sidecar.Name)))]
            : Array.Empty<Decision>(),
    ];

    private void CheckOthers(Guard guard)
    {
        guard.InRange(nameof(Steps), Steps.Count, 0, MostSteps, "steps");
        guard.InRange(nameof(Sidecars), Sidecars.Count, 0, MostSidecars, "sidecars");
        foreach (var name in Others)
        {
            var isOurs = name == guard.Component || OfOurs.Any(end => name.EndsWith(end, StringComparison.Ordinal));
            guard.Require(
                ContainerName().IsMatch(name) && !isOurs,
                $"The name of one of {nameof(Steps)} or {nameof(Sidecars)}",
                $"'{name}'",
                "2 to 20 lower-case letters, digits and hyphens that start with a letter, other than the component's name, and without "
                + $"{string.Join(" or ", OfOurs)} at the end",
                "Rename it");
        }

        foreach (var twice in Others.GroupBy(name => name).Where(group => group.Count() > 1))
        {
            guard.Refuse(
                $"The name of {twice.Count()} of {nameof(Steps)} and {nameof(Sidecars)}",
                $"'{twice.Key}'",
                "names of one each",
                "Rename one of them");
        }

        foreach (var step in Steps) CheckProgram($"{nameof(Steps)} '{step.Name}'", step.EntryPoint, step.User, guard);
        foreach (var sidecar in Sidecars)
        {
            var called = $"{nameof(Sidecars)} '{sidecar.Name}'";
            CheckProgram(called, sidecar.EntryPoint, sidecar.User, guard);
            sidecar.Check(called, guard);
        }
    }

    private static void CheckProgram(string called, IReadOnlyList<string> entryPoint, int? user, Guard guard)
    {
        if (entryPoint.Count > 0)
        {
            guard.Require(
                entryPoint[0].Length > 0,
                $"{called}.EntryPoint",
                "'' as its first word",
                "a program, such as /app/server, first");
        }

        if (user is { } number) guard.InRange($"{called}.User", number, 0, int.MaxValue);
    }

    /// <summary>Reports the name of a variable that some cloud does not take.</summary>
    internal static void CheckName(string argument, string variable, Guard guard) => guard.Matches(
        argument,
        variable,
        VariableName(),
        "names of letters, digits, underscores, dots and hyphens that start with a letter or an underscore");

    [GeneratedRegex(@"^(?=.{2,20}\z)[a-z][a-z0-9]*(-[a-z0-9]+)*\z")]
    private static partial Regex ContainerName();

    // What every cloud takes, Kubernetes before 1.34 included (its documentation: environment variables).
    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_.-]*\z")]
    private static partial Regex VariableName();
}
