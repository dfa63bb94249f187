using System.Diagnostics;
using System.Globalization;
using System.Net;
using Infra.Components.Caches;
using Infra.Tests.Testing;
using Xunit;
using Xunit.Abstractions;

namespace Infra.Tests.Caches;

/// <summary>Copying a cache for real, over TLS, with the logins and rights that movers have, between two servers.</summary>
public sealed class CacheCopyTests(ITestOutputHelper output)
{
    // Keys of every type, small and large, with and without an end, in two databases, with bytes that are no text.
    private static readonly string[][] Everything =
    [
        ["SET", "text", "hello"], ["SET", "ends", "later", "PX", "600000"],
        ["EVAL", "return redis.call('SET', 'bytes', '\\0\\255\\r\\n')", "0"],
        ["RPUSH", "list", "a", "b", "a", ""], ["SADD", "set", "x", "y"], ["SADD", "numbers", "1", "2", "3"],
        ["HSET", "hash", "f", "1", "", "2"],
        ["ZADD", "scores", "0.1", "a", "-inf", "b", "3.5e300", "c", "-0", "d"], ["GEOADD", "places", "2.35", "48.85", "Paris"],
        ["PFADD", "visitors", "a", "b", "c"], ["SETBIT", "bits", "1000", "1"], ["-n", "3", "SET", "other", "database"],
        ["XADD", "stream", "1-1", "f", "v"], ["XADD", "stream", "2-1", "f", "v", "g", "w"], ["XADD", "stream", "3-1", "f", "v"],
        ["XGROUP", "CREATE", "stream", "workers", "0"], ["XREADGROUP", "GROUP", "workers", "me", "COUNT", "2", "STREAMS", "stream", ">"],
        ["XDEL", "stream", "3-1"], ["XGROUP", "CREATE", "nothing", "workers", "0", "MKSTREAM"],
        ["EVAL", """
            for i = 1, 5000 do
              redis.call('SET', 'many:' .. i, string.rep('x', 100) .. i, 'PX', 3600000 + i)
              redis.call('RPUSH', 'long list', i % 7)
              redis.call('HSET', 'long hash', i, i)
              redis.call('SADD', 'long set', 'm' .. i)
              redis.call('ZADD', 'long scores', i / 3, 'm' .. i)
              redis.call('XADD', 'long stream', i .. '-1', 'f', i)
            end
            """, "0"],
    ];

    [ProgramFact("redis-server", "redis-server")]
    public void Every_key_is_copied_with_its_end_and_a_second_run_changes_nothing()
    {
        using var old = Old();
        using var @new = new RedisServer();

        var watch = Stopwatch.StartNew();
        var said = Succeeds(Move(old, @new));
        output.WriteLine($"Nobody could write for {watch.Elapsed.TotalSeconds:0.0} seconds. {said}");
        Succeeds(Move(old, @new));

        AssertSame(old, @new);
        Assert.Equal(old.Ask("PEXPIRETIME", "ends"), @new.Ask("PEXPIRETIME", "ends"));
        Assert.Equal(old.Ask("XPENDING", "stream", "workers"), @new.Ask("XPENDING", "stream", "workers"));
        Assert.Equal(old.Ask("XINFO", "GROUPS", "stream"), @new.Ask("XINFO", "GROUPS", "stream"));
        Assert.Equal(old.Ask("XINFO", "STREAM", "nothing"), @new.Ask("XINFO", "STREAM", "nothing"));
        Assert.Equal("4-1", @new.Ask("XADD", "stream", "4-1", "f", "v"));
    }

    [ProgramFact("redis-server", "redis-server")]
    public void A_repeated_run_brings_what_the_old_copy_has_since()
    {
        using var old = Old();
        using var @new = new RedisServer();
        Succeeds(Move(old, @new));
        string[][] changes =
            [["SET", "text", "changed"], ["DEL", "list"], ["SET", "added", "1"], ["PERSIST", "ends"], ["RENAME", "set", "moved"]];
        foreach (var change in changes) old.Ask(change);

        Succeeds(Move(old, @new));
        AssertSame(old, @new);
    }

    [ProgramTheory("redis-server", "redis-server")]
    [InlineData("SET", "text", "newer")]
    [InlineData("SET", "many:1", "newer")]
    [InlineData("SET", "added", "newer")]
    [InlineData("DEL", "list")]
    [InlineData("EXPIRE", "many:2", "10000")]
    public void What_was_written_to_the_new_copy_is_never_overwritten(params string[] written)
    {
        using var old = Old();
        using var @new = new RedisServer();
        Succeeds(Move(old, @new));
        @new.Ask(written);
        var before = @new.Digest;

        Fails(Move(old, @new), "Somebody wrote to the new copy");
        Assert.Equal(before, @new.Digest);
    }

    [ProgramFact("redis-server", "redis-server")]
    public void Keys_that_no_mover_brought_are_left_alone()
    {
        using var old = Old();
        using var @new = new RedisServer();
        @new.Ask("SET", "kept", "1");

        Fails(Move(old, @new), "no mover brought");
        using var rehearsal = Rehearse(old, @new);
        rehearsal.Says("no mover brought");
        Assert.Equal("1", @new.Ask("DBSIZE"));
    }

    [ProgramFact("redis-server", "redis-server")]
    public void Whoever_is_killed_at_any_point_is_followed_by_one_who_ends_it()
    {
        using var old = Old();
        using var @new = new RedisServer();
        var random = new Random(42);
        for (var run = 0; run < 8; run++) Move(old, @new, killAfter: TimeSpan.FromMilliseconds(random.Next(100, 1500)));

        Succeeds(Move(old, @new));
        AssertSame(old, @new);
    }

    [ProgramFact("redis-server", "redis-server")]
    public void A_rehearsal_runs_while_others_write_and_gives_way_to_the_job()
    {
        using var old = Old();
        using var @new = new RedisServer();
        using (new Repeatedly(() => old.Ask("INCR", "counter")))
        using (var rehearsal = Rehearse(old, @new)) rehearsal.Says("The rehearsal succeeded");
        using (var again = Rehearse(old, @new)) again.Says("Nothing is to be rehearsed: rehearsed");

        // One that is on its way when the job comes.
        @new.Ask("SET", CacheCopy.Marker, "filling 1");
        using var late = Rehearse(old, @new);
        SpinWait.SpinUntil(() => @new.Ask("GET", CacheCopy.Marker) != "filling 1", TimeSpan.FromSeconds(10));
        Thread.Sleep(200);
        Succeeds(Move(old, @new));
        Thread.Sleep(1500);
        AssertSame(old, @new);
    }

    [ProgramFact("redis-server", "redis-server")]
    public void Whoever_still_writes_during_the_pause_is_found_out()
    {
        using var old = Old();
        using var @new = new RedisServer();
        using (new Repeatedly(() => old.Ask("-r", "2000", "INCR", "counter")))
            Fails(Move(old, @new), "somebody writes to the copy that is left");

        Succeeds(Move(old, @new));
        AssertSame(old, @new);
    }

    [ProgramFact("redis-server", "redis-server")]
    public void A_lost_connection_a_full_cache_a_wrong_password_and_an_unknown_authority_harm_nothing()
    {
        using var old = Old();
        using var small = new RedisServer("maxmemory 2mb", "maxmemory-policy noeviction");
        using var @new = new RedisServer();
        foreach (var (bytes, server) in new[] { (4_000L, old), (300_000, old), (3_000, @new), (20_000, @new) })
        {
            using var cut = new CutConnection(
                new IPEndPoint(IPAddress.Loopback, 0),
                new IPEndPoint(IPAddress.Loopback, server.Port),
                bytes);
            var port = ((IPEndPoint)cut.Address).Port;
            Fails(server == old ? Move(old, @new, source: port) : Move(old, @new, target: port), "the copy that is left has everything");
            Assert.True(cut.IsCut);
        }

        Fails(Move(old, small), "no room", "Raise its size");
        Fails(Move(old, @new, password: "wrong"), "WRONGPASS");
        Fails(Move(old, @new, authority: small.Authority), "certificate verify failed");

        Succeeds(Move(old, @new));
        AssertSame(old, @new);
    }

    [ProgramFact("redis-server", "redis-server")]
    public void A_new_copy_that_forgets_is_not_taken_for_a_full_one()
    {
        using var old = Old();
        using var forgetful = new RedisServer("maxmemory 2mb", "maxmemory-policy allkeys-lru");

        Fails(Move(old, forgetful), "not moved");
    }

    private static RedisServer Old()
    {
        var server = new RedisServer();
        foreach (var command in Everything) Assert.DoesNotContain("ERR", server.Ask(command), StringComparison.Ordinal);
        return server;
    }

    private static void AssertSame(RedisServer old, RedisServer @new)
    {
        // What the mover wrote down for itself.
        @new.Ask("DEL", CacheCopy.Marker, $"{CacheCopy.Marker}:contents");
        Assert.Equal(old.Ask("DBSIZE"), @new.Ask("DBSIZE"));
        Assert.Equal(old.Digest, @new.Digest);
    }

    private static string Succeeds((int ExitCode, string Errors, string Text) run)
    {
        Assert.True(run.ExitCode == 0, run.Errors);
        return run.Errors;
    }

    private static void Fails((int ExitCode, string Errors, string Text) run, params string[] why)
    {
        Assert.Equal(1, run.ExitCode);
        foreach (var word in why) Assert.Contains(word, run.Errors, StringComparison.Ordinal);
    }

    private static (int ExitCode, string Errors, string Text) Move(
        RedisServer old,
        RedisServer @new,
        TimeSpan? killAfter = null,
        int? source = null,
        int? target = null,
        string password = RedisServer.Password,
        string? authority = null) => RunningProgram.Run(
            Container(CacheCopy.Command, (source ?? old.Port, old.Authority), (target ?? @new.Port, authority ?? @new.Authority), password),
            killAfter);

    private static RunningProgram Rehearse(RedisServer old, RedisServer @new) =>
        new(Container(CacheCopy.Rehearsal, (old.Port, old.Authority), (@new.Port, @new.Authority), RedisServer.Password));

    private static ProcessStartInfo Container(
        IReadOnlyList<string> command,
        (int Port, string Authority) source,
        (int Port, string Authority) target,
        string password)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1));
        foreach (var (side, login, (port, authority)) in new[] { ("SOURCE", "reader", source), ("TARGET", "writer", target) })
        {
            foreach (var (key, value) in new (string, string)[]
            {
                ("HOST", RedisServer.Host), ("PORT", port.ToString(CultureInfo.InvariantCulture)), ("USERNAME", login),
                ("PASSWORD", password),
                ("CA", authority), ("TLS_MODE", side == "SOURCE" ? CacheConnection.VerifyFull : CacheConnection.VerifyAuthority),
            })
            {
                start.Environment[$"{side}_{key}"] = value;
            }
        }

        start.Environment[CacheMover.QuietSeconds] = "0";
        start.Environment["REPEAT_SECONDS"] = "1";
        return start;
    }
}
