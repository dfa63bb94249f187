using System.Globalization;
using Infra.Components.Checks;

namespace Infra.Components.Systems;

/// <summary>
/// When something happens again and again: the five fields of cron. They are kept as the numbers that they mean, so that every cloud is
/// told in words that it knows.
/// </summary>
/// <param name="Minutes">The minutes of the hour.</param>
/// <param name="Hours">The hours of the day.</param>
/// <param name="Days">The days of the month.</param>
/// <param name="Months">The months.</param>
/// <param name="Weekdays">The days of the week, from Sunday, which is 0.</param>
internal sealed record Cron(CronField Minutes, CronField Hours, CronField Days, CronField Months, CronField Weekdays)
{
    private const string Allowed =
        "five fields as cron has them: minute (0-59), hour (0-23), day of the month (1-31), month (1-12 or JAN-DEC) and day of the week "
        + "(0-7 or SUN-SAT), each of them *, a number, a range such as 1-5, steps such as */15, or a list of these such as 1,15";

    /// <summary>The names of the days of the week, from Sunday.</summary>
    public static IReadOnlyList<string> WeekdayNames { get; } = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    private static readonly string[] MonthNames =
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

    private static readonly char[] Blanks = [' ', '\t'];

    // Whatever the year, and with leap days.
    private static readonly DateOnly[] Calendar =
        [.. Enumerable.Range(0, 9 * 366).Select(day => new DateOnly(2000, 1, 1).AddDays(day))];

    /// <summary>Reads five fields; null where they are none.</summary>
    public static Cron? Read(string? text) =>
        (text ?? "").Split(Blanks, StringSplitOptions.RemoveEmptyEntries) is [var minute, var hour, var day, var month, var weekday]
        && CronField.Read(minute, 0, 59) is { } minutes
        && CronField.Read(hour, 0, 23) is { } hours
        && CronField.Read(day, 1, 31) is { } days
        && CronField.Read(month, 1, 12, MonthNames) is { } months
        && CronField.Read(weekday, 0, 7, WeekdayNames) is { } weekdays
            // Sunday is 7, too.
            ? new(minutes, hours, days, months, new(0, 6, [.. weekdays.Values.Select(value => value % 7).Distinct().Order()]))
            : null;

    /// <summary>Reports what is no schedule, what clouds understand differently, and what never comes.</summary>
    public static void Check(Guard guard, string argument, string text)
    {
        if (Read(text) is not { } cron)
        {
            guard.Refuse(argument, string.IsNullOrWhiteSpace(text) ? null : $"'{text}'", Allowed);
            return;
        }

        guard.Require(
            cron.Days.IsEvery || cron.Weekdays.IsEvery,
            argument,
            $"'{text}'",
            "days of the month or days of the week, because clouds understand both at once differently",
            "Leave * in one of the two fields, and declare a second one for the other");
        guard.Require(cron.ShortestInterval is not null, argument, $"'{text}'", "days that some month of its months has");
    }

    /// <summary>The shortest time between two times at which it is due, where clocks do not change; null where it never is.</summary>
    public TimeSpan? ShortestInterval
    {
        get
        {
            var days = Calendar.Where(IsOn).Select(day => TimeSpan.FromDays(day.DayNumber)).ToList();
            if (days.Count == 0) return null;
            var times = Hours.Values.SelectMany(hour => Minutes.Values.Select(minute => new TimeSpan(hour, minute, 0))).ToList();
            return Differences(times).Append(Differences(days).Min() + times[0] - times[^1]).Min();
        }
    }

    /// <summary>Whether it is due once on each of its days.</summary>
    public bool IsOnceADay => Minutes.Values.Count == 1 && Hours.Values.Count == 1;

    /// <summary>The times at which one that is due once a day is due, in nine years that stand for all of them.</summary>
    public IEnumerable<DateTime> Times => Calendar.Where(IsOn).Select(day => day.ToDateTime(new(Hours.Values[0], Minutes.Values[0])));

    /// <summary>
    /// The last time before a moment at which one that is due once a day was due; null where there is none in nine years.
    /// </summary>
    public DateTime? LastBefore(DateTime moment)
    {
        var day = DateOnly.FromDateTime(moment);
        for (var left = Calendar.Length; left > 0 && day > DateOnly.MinValue; left--, day = day.AddDays(-1))
        {
            if (IsOn(day) && day.ToDateTime(new(Hours.Values[0], Minutes.Values[0])) is var time && time < moment) return time;
        }

        return null;
    }

    /// <summary>The fields as every cron reads them.</summary>
    public override string ToString() => string.Join(' ', Minutes, Hours, Days, Months, Weekdays);

    private bool IsOn(DateOnly day) =>
        Months.Values.Contains(day.Month) && Days.Values.Contains(day.Day) && Weekdays.Values.Contains((int)day.DayOfWeek);

    private static IEnumerable<TimeSpan> Differences(List<TimeSpan> times) => times.Zip(times.Skip(1), (one, next) => next - one);
}

/// <summary>One field of cron.</summary>
/// <param name="Least">The least number that it may hold.</param>
/// <param name="Most">The greatest one.</param>
/// <param name="Values">The numbers that it means, in order.</param>
internal sealed record CronField(int Least, int Most, IReadOnlyList<int> Values)
{
    /// <summary>Whether it restricts nothing.</summary>
    public bool IsEvery => Values.Count > Most - Least;

    /// <summary>The step between its numbers, from the least one to the end; null where there is none.</summary>
    public int? Step => Values.Count > 2
        && !IsEvery
        && Values[0] == Least
        && Values[1] - Least is var step
        && Values[^1] + step > Most
        && Values.Zip(Values.Skip(1), (one, next) => next - one).All(difference => difference == step)
            ? step
            : null;

    /// <summary>Reads a field; null where it is none.</summary>
    /// <param name="text">The field.</param>
    /// <param name="least">The least number that it may hold.</param>
    /// <param name="most">The greatest one.</param>
    /// <param name="names">The names of its numbers, from the least.</param>
    public static CronField? Read(string text, int least, int most, IReadOnlyList<string>? names = null)
    {
        var values = new SortedSet<int>();
        foreach (var part in text.Split(','))
        {
            var (range, step) = part.Split('/') switch
            {
                [var only] => (only, (int?)null),
                [var stepped, var by] when Number(by) is > 0 and var number => (stepped, number),
                _ => ("", null),
            };
            var (from, to) = range.Split('-') switch
            {
                ["*"] => ((int?)least, (int?)most),
                [var one] when step is null => (ValueOf(one), ValueOf(one)),
                [var one, var other] => (ValueOf(one), ValueOf(other)),
                _ => (null, null),
            };
            if (from is not { } first || to is not { } last || first < least || last > most || first > last) return null;
            for (var value = first; value <= last; value += step ?? 1) values.Add(value);
        }

        return new(least, most, [.. values]);

        int? ValueOf(string word)
        {
            for (var index = 0; index < names?.Count; index++)
            {
                if (names[index].Equals(word, StringComparison.OrdinalIgnoreCase)) return least + index;
            }

            return Number(word);
        }

        // No more digits than any field has.
        static int? Number(string digits) =>
            digits.Length is 1 or 2 && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : null;
    }

    /// <summary>The numbers as a list, what follows each other as ranges.</summary>
    /// <param name="word">What a number is called.</param>
    public string List(Func<int, string> word)
    {
        var parts = new List<string>();
        for (var at = 0; at < Values.Count;)
        {
            var end = at;
            while (end + 1 < Values.Count && Values[end + 1] == Values[end] + 1) end++;
            parts.Add(end == at ? word(Values[at]) : $"{word(Values[at])}-{word(Values[end])}");
            at = end + 1;
        }

        return string.Join(',', parts);
    }

    /// <summary>The field as every cron reads it.</summary>
    public override string ToString() =>
        IsEvery ? "*"
        : Step is { } step ? string.Create(CultureInfo.InvariantCulture, $"*/{step}")
        : List(value => value.ToString(CultureInfo.InvariantCulture));
}
