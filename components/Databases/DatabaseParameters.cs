using System.Globalization;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Systems;

namespace Infra.Components.Databases;

/// <summary>A parameter of an engine, as its documentation calls and measures it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Unit">What a value counts.</param>
/// <param name="Minimum">The least that the engine takes.</param>
/// <param name="Maximum">The most that the engine takes.</param>
internal sealed record DatabaseParameter(string Name, string Unit, double Minimum, double Maximum)
{
    /// <summary>Whether a server takes another value only when it starts.</summary>
    public bool NeedsRestart { get; init; }

    /// <summary>Whether values may have decimals.</summary>
    public bool HasDecimals { get; init; }
}

/// <summary>What a cloud lets one set of a parameter.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Minimum">The least that it takes; null for the engine's.</param>
/// <param name="Maximum">The most that it takes; null for the engine's.</param>
internal sealed record OfferedParameter(string Name, double? Minimum = null, double? Maximum = null)
{
    /// <summary>How many of the engine's units make one of the cloud's, which takes whole ones. Default: 1.</summary>
    public int Step { get; init; } = 1;
}

/// <summary>A provision of databases that says which parameters can be set.</summary>
internal interface IOffersParameters
{
    /// <summary>The parameters of an engine at a version.</summary>
    IReadOnlyList<OfferedParameter> Parameters(DatabaseEngine engine, string version);
}

/// <summary>
/// The parameters that a database may set: numbers that are the business of whoever uses it, and not of whoever runs it. Dated 2026-11;
/// sources: PostgreSQL 17 documentation, "Server Configuration" (names, units and bounds of pg_settings); MySQL 8.4 reference manual,
/// "Server System Variables".
/// </summary>
internal static class DatabaseParameters
{
    private const double Most = int.MaxValue;
    private const string Milliseconds = "milliseconds";
    private const string Kibibytes = "KiB";
    private const string Bytes = "bytes";
    private const string Seconds = "seconds";

    private static readonly Rule Offered = Rule.Error(
        "database-parameters",
        "The cloud lets one set the parameters of a database's server");

    private static readonly DatabaseParameter[] PostgreSql =
    [
        new("autovacuum_analyze_scale_factor", "of the rows", 0, 100) { HasDecimals = true },
        new("autovacuum_vacuum_scale_factor", "of the rows", 0, 100) { HasDecimals = true },
        new("deadlock_timeout", Milliseconds, 1, Most),
        new("default_statistics_target", "entries", 1, 10000),
        new("idle_in_transaction_session_timeout", Milliseconds, 0, Most),
        new("lock_timeout", Milliseconds, 0, Most),
        new("log_min_duration_statement", Milliseconds, -1, Most),
        new("maintenance_work_mem", Kibibytes, 1024, Most),
        new("max_connections", "connections", 20, 262143) { NeedsRestart = true },
        new("max_locks_per_transaction", "locks", 10, Most) { NeedsRestart = true },
        new("max_parallel_workers_per_gather", "workers", 0, 1024),
        new("random_page_cost", "of a sequential page", 0, 1000) { HasDecimals = true },
        new("statement_timeout", Milliseconds, 0, Most),
        new("work_mem", Kibibytes, 64, Most),
    ];

    private static readonly DatabaseParameter[] MySql =
    [
        new("group_concat_max_len", Bytes, 4, uint.MaxValue),
        new("innodb_lock_wait_timeout", Seconds, 1, 1073741824),
        new("interactive_timeout", Seconds, 1, 31536000),
        new("long_query_time", Seconds, 0, 31536000) { HasDecimals = true },
        new("max_allowed_packet", Bytes, 1024, 1073741824),
        new("max_connections", "connections", 20, 100000),
        new("sort_buffer_size", Bytes, 32768, uint.MaxValue),
        new("wait_timeout", Seconds, 1, 31536000),
    ];

    /// <summary>Those of an engine, by name.</summary>
    public static IReadOnlyList<DatabaseParameter> Of(DatabaseEngine engine) =>
        engine == DatabaseEngine.PostgreSql ? PostgreSql : MySql;

    /// <summary>Those of an engine on a cloud that lets one set all of them as the engine does.</summary>
    public static IReadOnlyList<OfferedParameter> All(DatabaseEngine engine) =>
        [.. Of(engine).Select(parameter => new OfferedParameter(parameter.Name))];

    /// <summary>The values that a database sets, each with its parameter, by name.</summary>
    public static IEnumerable<(DatabaseParameter Parameter, string Value)> SetBy(ManagedDatabaseArgs args) =>
        from parameter in Of(args.Engine)
        where args.Parameters.ContainsKey(parameter.Name)
        select (parameter, args.Parameters[parameter.Name]);

    /// <summary>The same in the units of a cloud.</summary>
    /// <param name="args">The database's arguments.</param>
    /// <param name="offered">What the cloud lets one set.</param>
    public static IEnumerable<(string Name, string Value)> SetBy(ManagedDatabaseArgs args, IReadOnlyList<OfferedParameter> offered) =>
        from set in SetBy(args)
        let known = offered.First(known => known.Name == set.Parameter.Name)
        select (known.Name, (Read(set.Value)!.Value / known.Step).ToString(CultureInfo.InvariantCulture));

    /// <summary>Refuses what no server takes.</summary>
    public static void Check(ManagedDatabaseArgs args, Guard guard)
    {
        var known = Of(args.Engine);
        foreach (var (name, value) in args.Parameters)
        {
            var argument = $"{nameof(ManagedDatabaseArgs.Parameters)}.{name}";
            if (known.FirstOrDefault(parameter => parameter.Name == name) is not { } parameter)
            {
                var names = known.Select(parameter => parameter.Name).ToList();
                guard.Refuse(
                    nameof(ManagedDatabaseArgs.Parameters),
                    $"'{name}'",
                    string.Join(", ", names),
                    Spelling.Nearest(name, names) is { } meant ? $"Write '{meant}' if you mean it" : null);
                continue;
            }

            guard.Require(
                Read(value) is { } number
                    && (parameter.HasDecimals || number == Math.Floor(number))
                    && number >= parameter.Minimum
                    && number <= parameter.Maximum,
                argument,
                $"'{value}'",
                Range(parameter.Minimum, parameter.Maximum, parameter));
        }
    }

    /// <summary>The gap of a cloud that lets one set some of them only; null where it lets one set all.</summary>
    public static Gap? Without(Func<DatabaseEngine, IReadOnlyList<OfferedParameter>> offered)
    {
        var missing = Enum.GetValues<DatabaseEngine>()
            .Select(engine => (engine, Names: Of(engine).Select(known => known.Name).Except(offered(engine).Select(known => known.Name))))
            .Where(engine => engine.Names.Any())
            .Select(engine =>
                $"of {(engine.engine == DatabaseEngine.PostgreSql ? "PostgreSQL" : "MySQL")} {string.Join(", ", engine.Names)}")
            .ToList();
        return missing.Count == 0 ? null : new("every parameter", $"Nobody sets {string.Join("; ", missing)}.") { Rule = Offered };
    }

    /// <summary>Reports the parameters that a cloud does not let one set, or not so.</summary>
    public static void Check(ManagedDatabase database, IReadOnlyList<OfferedParameter> offered, CloudChecks checks)
    {
        var (args, guard) = (database.Args, checks.Guard(database, Offered));
        foreach (var (parameter, value) in SetBy(args))
        {
            if (Read(value) is not { } number) continue;
            if (offered.FirstOrDefault(known => known.Name == parameter.Name) is not { } here)
            {
                var elsewhere = CloudNames.All
                    .Where(cloud => checks.ProvisionOn(cloud, database.Kind) is IOffersParameters other
                        && other.Parameters(args.Engine, args.Version).Any(known => known.Name == parameter.Name))
                    .Select(cloud => cloud.Name());
                guard.Refuse(
                    nameof(ManagedDatabaseArgs.Parameters),
                    $"'{parameter.Name}', which cannot be set on {checks.Cloud.Name()}",
                    string.Join(", ", offered.Select(known => known.Name)),
                    $"Remove it, or place '{database.Name}' on {string.Join(", ", elsewhere)}");
                continue;
            }

            var (least, most) = (here.Minimum ?? parameter.Minimum, here.Maximum ?? parameter.Maximum);
            guard.Require(
                number >= least && number <= most && number % here.Step == 0,
                $"{nameof(ManagedDatabaseArgs.Parameters)}.{parameter.Name}",
                $"'{value}'",
                Range(least, most, parameter)
                    + (here.Step == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" in steps of {here.Step}"))
                    + $" on {checks.Cloud.Name()}");
        }
    }

    private static string Range(double minimum, double maximum, DatabaseParameter parameter) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(parameter.HasDecimals ? "numbers" : "whole numbers")} from {minimum} to {maximum} {parameter.Unit}");

    private static double? Read(string? value) =>
        double.TryParse(
            value,
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var number) ? number : null;
}
