using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Infra.Components.Buckets;
using Infra.Tests.Testing;
using Xunit;
using Xunit.Abstractions;

namespace Infra.Tests.Buckets;

/// <summary>
/// Copying a bucket for real, with rclone, between two stores: as the containers do in each state of a move, where BusyBox is there also
/// with its programs, which those of the image are.
/// </summary>
public sealed class BucketCopyTests(ITestOutputHelper output) : IDisposable
{
    private const string Program = "rclone";

    // Spaces, letters of several bytes in two forms, what means something in urls, shells, lists and patterns, and lines that break.
    private static readonly string[] OddKeys =
    [
        "a", "a/b", "a/b/c", "sp ace/with  two", "plus+plus", "per%20cent", "uni/\u00e9", "uni/e\u0301", "emoji/\U0001F600", "back\\slash",
        "q\"uote", "q'uote", "star*?", "[br]{cur}", "#hash;semi&and=", "\u2400picture", "dash-", "dash/b", "-lead", "file ", " file",
        "end.", "tab\tbed", "line\nbreak", "$HOME", "`id`", "a:b", "@at,comma", "~", new('x', 900),
    ];

    // What BusyBox has in the image of rclone, which is made of Alpine Linux.
    private static readonly string[] Applets =
    [
        "sh", "awk", "sort", "seq", "xargs", "sed", "grep", "mktemp", "mkfifo", "head", "shuf", "timeout", "date", "cat", "mv", "rm",
        "mkdir", "sleep", "printf", "kill",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly Lock _shell = new();

    [ProgramFact(Program, Program)]
    public async Task Nothing_is_lost_or_overwritten_by_older_while_copiers_are_killed_and_applications_write()
    {
        using var old = new BucketStore();
        using var copy = new BucketStore();
        Fill(old);
        var versions = new ConcurrentDictionary<string, List<string>>();
        foreach (var (key, stored) in old.Objects) versions[key] = [stored.Tag];
        using var writing = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var writer = Task.Run(() => Write(old, versions, writing.Token));
        var random = new Random(20261127);
        var kills = 0;
        while (!writer.IsCompleted)
        {
            using var copier = Start(BucketCopy.Following, old, copy);
            await Task.WhenAny(writer, Task.Delay(random.Next(300, 4000)));
            copier.Kill();
            kills++;
        }

        await writer;
        var watch = Stopwatch.StartNew();
        var (exitCode, text) = Run(BucketCopy.Finishing, old, copy);
        output.WriteLine(text);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{kills} copiers were killed; {old.Objects.Count} objects; the pause took {watch.Elapsed.TotalSeconds:0.0} seconds."));
        Assert.True(exitCode == 0, text);
        AssertSame(old, copy);
        Assert.True(versions.Values.Any(known => known.Count > 3), "The applications overwrote nothing often enough to tell.");
        foreach (var written in copy.Written.GroupBy(write => write.Key))
        {
            var known = versions[written.Key];
            if (known[0].Contains('-', StringComparison.Ordinal)) continue;
            var order = written.Select(write => known.IndexOf(write.Object.Tag)).ToList();
            Assert.Equal(order.Order().Distinct(), order);
        }
    }

    [ProgramFact(Program, Program)]
    public void An_undo_brings_back_what_was_written_to_the_new_copy_and_the_next_attempt_keeps_what_was_written_since()
    {
        using var old = new BucketStore();
        using var copy = new BucketStore();
        foreach (var key in new[] { "kept", "overwritten", "deleted", "renamed" }) old.Put(key, $"{key} before");
        AssertDone(Run(BucketCopy.Finishing, old, copy));
        AssertDone(Run(BucketCopy.Finishing, copy, old, back: true));

        using (var returning = Start(BucketCopy.Following, copy, old, back: true))
        {
            Until(() => old.Objects.ContainsKey(BucketCopy.Served));
            WaitForTheNextSecond();
            copy.Put("overwritten", "overwritten after");
            copy.Put("new", "new after");
            copy.Copy("renamed", "renamed again");
            copy.Delete("deleted");
            Until(() => old.Objects.ContainsKey("renamed again") && old.Objects["overwritten"].Text == "overwritten after");
            returning.Kill();
        }

        copy.Put("last", "last before the undo");
        copy.Copy("kept", "kept again");
        var back = Task.Run(() => Run(BucketCopy.Finishing, copy, old, back: true));
        AssertDone(Run(BucketCopy.Finishing, old, copy));
        AssertDone(back.Result);
        AssertSame(old, copy);
        Assert.Equal(
            [
                "deleted before", "kept before", "kept before", "last before the undo", "new after", "overwritten after", "renamed before",
                "renamed before",
            ],
            old.Objects.Where(pair => pair.Key != BucketCopy.Served).Select(pair => pair.Value.Text).Order());

        WaitForTheNextSecond();
        old.Put("overwritten", "overwritten on the old one again");
        old.Put("kept", "kept, overwritten");
        AssertDone(Run(BucketCopy.Finishing, old, copy));
        AssertSame(old, copy);
        Assert.Equal("overwritten on the old one again", copy.Objects["overwritten"].Text);
    }

    [ProgramFact(Program, Program)]
    public void A_late_run_overwrites_nothing_that_applications_wrote_to_the_new_copy()
    {
        using var old = new BucketStore();
        using var copy = new BucketStore();
        old.Put("one", "one");
        old.Put("two", "two");
        AssertDone(Run(BucketCopy.Finishing, old, copy));
        WaitForTheNextSecond();
        copy.Put("one", "ONE, which is newer");
        copy.Put("three", "three, which the old copy lacks");

        var (exitCode, text) = Run(BucketCopy.Finishing, old, copy);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("one: another one in the copy", text);
        Assert.Contains("three: in the copy alone", text);
        Assert.Equal("ONE, which is newer", copy.Objects["one"].Text);
        Assert.Equal("three, which the old copy lacks", copy.Objects["three"].Text);
        Assert.Equal(["one", "two"], old.Objects.Keys.Order());
    }

    [ProgramFact(Program, Program)]
    public void What_is_deleted_in_the_old_copy_goes_from_the_new_one_as_well()
    {
        using var old = new BucketStore();
        using var copy = new BucketStore();
        foreach (var key in new[] { "a", "a/b", "stays", "tab\tbed" }) old.Put(key, key);
        AssertDone(Run(BucketCopy.Finishing, old, copy));

        foreach (var key in new[] { "a", "a/b", "tab\tbed" }) old.Delete(key);
        AssertDone(Run(BucketCopy.Finishing, old, copy));

        Assert.Equal(["stays"], copy.Objects.Keys);
    }

    [ProgramFact(Program, Program)]
    public void An_upload_in_parts_that_is_overwritten_by_one_of_the_same_size_is_copied_again()
    {
        using var old = new BucketStore();
        using var copy = new BucketStore();
        var film = RandomNumberGenerator.GetBytes(6 * 1024 * 1024);
        old.PutInParts("films/one", film);
        AssertDone(Run(BucketCopy.Finishing, old, copy));
        WaitForTheNextSecond();
        film[17]++;
        old.PutInParts("films/one", film);

        AssertDone(Run(BucketCopy.Finishing, old, copy));

        Assert.Equal(film, copy.Objects["films/one"].Content);
    }

    [ProgramFact(Program, Program)]
    public void Objects_that_differ_though_nothing_says_which_is_right_are_named()
    {
        using var old = new BucketStore();
        using var copy = new BucketStore();
        old.PutInParts("films/one", new byte[6 * 1024 * 1024]);
        old.Put("two", "two");
        AssertDone(Run(BucketCopy.Finishing, old, copy));
        copy.PutInParts("films/one", RandomNumberGenerator.GetBytes(6 * 1024 * 1024));

        var (exitCode, text) = Run(BucketCopy.Finishing, old, copy);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("films/one: another content in the copy", text);
        Assert.DoesNotContain("two:", text);
    }

    [ProgramFact(Program, Program)]
    public void Keys_that_rclone_cannot_carry_are_never_lost_silently()
    {
        string[] keys = ["/lead", "x//y", "full/", "dot/../up"];
        foreach (var key in keys)
        {
            using var old = new BucketStore();
            using var copy = new BucketStore();
            old.Put(key, "content");
            old.Put("usual", "content");

            var (exitCode, text) = Run(BucketCopy.Finishing, old, copy);

            Assert.True(
                exitCode == 0 ? copy.Objects.ContainsKey(key) : text.Contains("1 objects are not as they", StringComparison.Ordinal),
                $"{key}: {text}");
            Assert.True(copy.Objects.ContainsKey("usual"));
        }
    }

    [ProgramFact(Program, Program)]
    public async Task A_wrong_key_fails_the_last_copy_and_lets_the_worker_try_again_and_is_told_to_nobody()
    {
        using var old = new BucketStore();
        using var copy = new BucketStore();
        old.Put("one", "one");

        var (exitCode, text) = Run(BucketCopy.Finishing, old, copy, secret: "another");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("A bucket cannot be used", text);
        Assert.DoesNotContain("another", text);
        using var worker = Start(BucketCopy.Following, old, copy, secret: "another");
        await Task.Delay(TimeSpan.FromSeconds(4));
        Assert.False(worker.HasExited);
        worker.Kill();
        Assert.Contains("A bucket cannot be used; again", worker.Said);
        Assert.DoesNotContain("another", worker.Said);
        Assert.Empty(copy.Objects);
    }

    [ProgramFact(Program, Program)]
    public void A_full_store_fails_the_last_copy_until_it_has_room()
    {
        using var old = new BucketStore();
        using var copy = new BucketStore { Capacity = 2_000_000 };
        for (var number = 0; number < 40; number++) old.Put($"pictures/{number}", RandomNumberGenerator.GetBytes(100_000));

        var (exitCode, text) = Run(BucketCopy.Finishing, old, copy);

        Assert.NotEqual(0, exitCode);
        Assert.Contains("Not everything could be copied", text);
        Assert.Contains("StorageFull", text);
        Assert.InRange(copy.Objects.Values.Sum(stored => stored.Content.Length), 1, 2_000_000);
        copy.Capacity = long.MaxValue;
        AssertDone(Run(BucketCopy.Finishing, old, copy));
        AssertSame(old, copy);
    }

    [ProgramFact(Program, Program)]
    public async Task A_worker_goes_on_after_a_lost_connection()
    {
        using var old = new BucketStore();
        using var copy = new BucketStore { Latency = TimeSpan.FromMilliseconds(20) };
        for (var number = 0; number < 300; number++) old.Put($"pictures/{number}", $"picture {number}");
        using var worker = Start(BucketCopy.Following, old, copy);
        Until(() => copy.Objects.Count > 20);
        old.IsCut = copy.IsCut = true;
        await Task.Delay(TimeSpan.FromSeconds(3));
        Assert.False(worker.HasExited);
        old.IsCut = copy.IsCut = false;

        Until(() => copy.Objects.Count == 300);

        worker.Kill();
        AssertSame(old, copy);
        Assert.Equal(300, copy.Written.Count);
    }

    [ProgramFact(Program, Program)]
    public void A_listing_that_breaks_off_deletes_nothing()
    {
        using var old = new BucketStore();
        using var copy = new BucketStore();
        for (var number = 0; number < 20; number++) old.Put($"pictures/{number}", $"picture {number}");
        AssertDone(Run(BucketCopy.Finishing, old, copy));
        using var worker = Start(BucketCopy.Following, old, copy);
        Thread.Sleep(500);
        old.IsCut = true;
        Thread.Sleep(4000);
        worker.Kill();

        Assert.Equal(20, copy.Objects.Count);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static void Fill(BucketStore store)
    {
        foreach (var key in OddKeys) store.Put(key, $"content of {key}", ("Content-Type", "text/x-odd"));
        foreach (var number in Enumerable.Range(0, 400))
        {
            store.Put(
                $"pictures/{number % 16:x}{number % 7}/{number}.jpg",
                $"picture {number}",
                ("Content-Type", "image/jpeg"),
                ("Cache-Control", "max-age=5"),
                ("x-amz-meta-who", $"user {number}"));
        }

        foreach (var size in new[] { 0, 1, 4095, 65536, 1_000_000 }) store.Put($"sizes/{size}", RandomNumberGenerator.GetBytes(size));
        store.PutInParts("films/long", RandomNumberGenerator.GetBytes(7 * 1024 * 1024));
        store.Put("packed.js", RandomNumberGenerator.GetBytes(500), ("Content-Type", "text/javascript"), ("Content-Encoding", "gzip"));
    }

    // New objects, others in their place, and deletions, each with a content of its own.
    private static void Write(BucketStore store, ConcurrentDictionary<string, List<string>> versions, CancellationToken until)
    {
        var random = new Random(1);
        for (var number = 0; !until.IsCancellationRequested; number++)
        {
            var key = random.Next(3) switch
            {
                0 => $"pictures/new/{number}.jpg",
                1 => $"pictures/{random.Next(16):x}{random.Next(7)}/{random.Next(400)}.jpg",
                _ => OddKeys[random.Next(OddKeys.Length)],
            };
            if (random.Next(8) == 0)
            {
                store.Delete(key);
                continue;
            }

            var content = Encoding.UTF8.GetBytes($"written as number {number:00000000}");
            var known = versions.GetOrAdd(key, _ => []);
            known.Add(BucketStore.TagOf(content));
            store.Put(key, content, ("Content-Type", "image/jpeg"), ("x-amz-meta-who", $"writer {number}"));
            Thread.Sleep(random.Next(30));
        }
    }

    private static void AssertDone((int ExitCode, string Text) run) => Assert.True(run.ExitCode == 0, run.Text);

    private static void AssertSame(BucketStore old, BucketStore copy)
    {
        Assert.Equal(Told(old), Told(copy));

        static IEnumerable<string> Told(BucketStore store) => store.Objects
            .Where(pair => pair.Key != BucketCopy.Served)
            .Select(pair => $"{pair.Key}: {BucketStore.TagOf(pair.Value.Content)} {Facts(pair.Value.Headers)}")
            .Order(StringComparer.Ordinal);

        static string Facts(Dictionary<string, string> headers) => string.Join(
            ", ",
            from name in (string[])["Content-Type", "Cache-Control", "Content-Encoding", "x-amz-meta-who"]
            let value = headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value
            where value is not (null or "application/octet-stream")
            select $"{name} {value}");
    }

    // Stores keep the time of an object to the second.
    private static void WaitForTheNextSecond() => Thread.Sleep(1100);

    private static void Until(Func<bool> isSo) =>
        Assert.True(SpinWait.SpinUntil(isSo, TimeSpan.FromSeconds(90)), "It did not come to pass.");

    private (int ExitCode, string Text) Run(
        IReadOnlyList<string> command,
        BucketStore source,
        BucketStore target,
        bool back = false,
        string secret = BucketStore.Secret)
    {
        using var program = Start(command, source, target, back, secret);
        var exitCode = program.WaitForExit(TimeSpan.FromMinutes(4));
        Assert.True(exitCode is not null, $"It does not end: {program.Said}");
        return (exitCode.Value, program.Said);
    }

    // As a container does, without its waits.
    private RunningProgram Start(
        IReadOnlyList<string> command,
        BucketStore source,
        BucketStore target,
        bool back = false,
        string secret = BucketStore.Secret)
    {
        var script = command[^1]
            .Replace($"sleep {BucketCopy.PauseSeconds}", "sleep 1", StringComparison.Ordinal)
            .Replace("sleep 30", "sleep 1", StringComparison.Ordinal);
        var start = new ProcessStartInfo(Shell(), [.. command.Skip(1).SkipLast(1), script]);
        var environment = start.Environment;
        if (ProgramFactAttribute.Find("busybox") is not null) environment["PATH"] = _folder.FullName;
        environment["TMPDIR"] = _folder.FullName;

        // Whose certificates this machine trusts is no matter of a container's.
        environment.Remove("AWS_CA_BUNDLE");
        foreach (var (side, store) in new[] { (BucketCopy.Source, source), (BucketCopy.Target, target) })
        {
            environment[$"{side}_ENDPOINT"] = store.Url;
            environment[$"{side}_CA"] = "";
            environment[$"{side}_REGION"] = "eu-west-3";
            environment[$"{side}_NAME"] = BucketStore.Bucket;
            environment[$"{side}_PATH_STYLE"] = "true";
            environment[$"{side}_CREDENTIALS"] = "keys";
            environment[$"{side}_ACCESS_KEY_ID"] = BucketStore.Id;
            environment[$"{side}_SECRET_ACCESS_KEY"] = side == BucketCopy.Target ? secret : BucketStore.Secret;
        }

        environment[BucketCopy.QuietSeconds] = "1";
        environment[BucketCopy.SourceCloud] = back ? "scaleway" : "aws";
        environment[BucketCopy.TargetCloud] = back ? "aws" : "scaleway";
        environment[BucketCopy.SourceStore] = environment[BucketCopy.TargetStore] = "Other";
        environment[BucketCopy.Back] = back ? "true" : "false";
        environment[BucketCopy.Sorts] = "false";
        return new(start);
    }

    private string Shell()
    {
        if (ProgramFactAttribute.Find("busybox") is not { } busyBox) return "sh";
        var shell = Path.Combine(_folder.FullName, "sh");
        lock (_shell)
        {
            if (File.Exists(shell)) return shell;
            File.CreateSymbolicLink(Path.Combine(_folder.FullName, Program), ProgramFactAttribute.Find(Program)!);
            foreach (var applet in Applets.Reverse()) File.CreateSymbolicLink(Path.Combine(_folder.FullName, applet), busyBox);
        }

        return shell;
    }
}
