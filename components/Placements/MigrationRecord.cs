using System.Globalization;
using System.Text.RegularExpressions;
using Infra.Components.Systems;

namespace Infra.Components.Placements;

/// <summary>How far a stack has got on its way to another cloud: what <c>infra:migration</c> says, validated by itself.</summary>
public sealed record MigrationRecord
{
    /// <summary>The cloud that components go to. They leave the one on which they are placed.</summary>
    public required Cloud To { get; init; }

    /// <summary>What happened to each component so far, by its name. What is not named has not set out.</summary>
    public IReadOnlyDictionary<string, ComponentMigration> Components { get; init; } = new Dictionary<string, ComponentMigration>();

    /// <summary>
    /// The way in which the data of a component moves, by the component's name; what is not named takes the first of its kind's ways.
    /// </summary>
    public IReadOnlyDictionary<string, string> Ways { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// What outside of the stack fills a component, by the component's name. Such a component has one copy, on the cloud that components go
    /// to, and nobody uses it before it is activated. Default: none.
    /// </summary>
    public IReadOnlyDictionary<string, MigrationSource> Sources { get; init; } = new Dictionary<string, MigrationSource>();
}

/// <summary>What happened to a component on its way.</summary>
/// <param name="History">Its states with their times, the last one being the one in which it is; one at least.</param>
public sealed record ComponentMigration(IReadOnlyList<MigrationEntry> History)
{
    /// <summary>
    /// Why what was written since it was activated may be lost when it goes back to where it came from; null where it may not. It is never
    /// set from <see cref="MigrationState.Activated"/> on: it is said of one return, and not of the next.
    /// </summary>
    public string? AcceptDataLoss { get; init; }

    /// <summary>The state in which it is, with its time.</summary>
    public MigrationEntry Last => History[^1];

    /// <summary>Whether it has been in a state, or is in it.</summary>
    public bool Reached(MigrationState state) => History.Any(entry => entry.State == state);
}

/// <summary>A state that a component has reached.</summary>
/// <param name="State">The state.</param>
/// <param name="At">When; the beginning of the day in UTC where <see cref="IsDay"/>.</param>
/// <param name="Percent">
/// The share of the traffic that goes to the new copy, 1 to 100, in <see cref="MigrationState.Activated"/>; null for all of it.
/// </param>
public sealed partial record MigrationEntry(MigrationState State, DateTimeOffset At, int? Percent = null)
{
    /// <summary>What a time looks like, in words.</summary>
    internal const string AllowedTimes =
        "a day (2026-11-21), or a time with Z or an offset from UTC (2026-11-21T06:00Z, 2026-11-21T07:00+01:00)";

    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:sszzz"];

    /// <summary>Whether nothing but the day of it is known.</summary>
    public bool IsDay { get; init; }

    /// <summary>Whether a part of the traffic still goes to the old copy, although the new one is activated.</summary>
    public bool IsPartial => Percent is < 100;

    /// <summary>The moment at which the state had been reached for certain: of a day, its end.</summary>
    public DateTimeOffset Latest => IsDay ? At.AddDays(1) : At;

    /// <summary>The names of the states in a stack file, in their order.</summary>
    internal static IReadOnlyList<string> StateNames { get; } = [.. Enum.GetValues<MigrationState>().Select(NameOf)];

    // As it is written: the same moment may lie on two days.
    private DateOnly Day => DateOnly.FromDateTime(At.DateTime);

    /// <summary>What a stack file calls a state, such as <c>migrated</c>.</summary>
    internal static string NameOf(MigrationState state) => state.ToString().ToLowerInvariant();

    /// <summary>The state of a name; null where none has it.</summary>
    internal static MigrationState? StateOf(string name) =>
        Enum.GetValues<MigrationState>().Cast<MigrationState?>().FirstOrDefault(state => NameOf(state!.Value) == name);

    /// <summary>Whether it was reached before another: of those whose times are not both known, the days decide.</summary>
    internal bool IsBefore(MigrationEntry other) => IsDay || other.IsDay ? Day < other.Day : At < other.At;

    /// <summary>The same state, reached when a text says; null where it names neither a day nor a time.</summary>
    internal MigrationEntry? Dated(string text)
    {
        if (!WrittenTime().IsMatch(text)) return null;
        if (!text.Contains('T', StringComparison.Ordinal))
        {
            return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? this with { At = new(day, TimeOnly.MinValue, TimeSpan.Zero), IsDay = true }
                : null;
        }

        var offset = text.EndsWith('Z') ? $"{text[..^1]}+00:00" : text;
        return DateTimeOffset.TryParseExact(offset, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? this with { At = time, IsDay = false }
            : null;
    }

    /// <summary>The entry as a stack file holds it, such as <c>activated 10% 2026-11-21T06:00Z</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{NameOf(State)}{(Percent is { } percent ? $" {percent}%" : "")} {Time}");

    /// <summary>When, as a stack file holds it.</summary>
    internal string Time => IsDay
        ? At.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : At.ToString(At.Second == 0 ? "yyyy-MM-dd'T'HH:mm" : "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)
            + (At.Offset == TimeSpan.Zero ? "Z" : At.ToString("zzz", CultureInfo.InvariantCulture));

    // Of this millennium, so that no arithmetic leaves what a date can be.
    [GeneratedRegex(@"^2[0-9]{3}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2}))?\z")]
    private static partial Regex WrittenTime();
}
