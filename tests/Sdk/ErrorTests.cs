using Pulumi;
using Xunit;

namespace Infra.Tests.Sdk;

public sealed class ErrorTests
{
    private readonly RecordingMocks _mocks = new();

    [Fact]
    public async Task A_run_exception_shows_its_message_and_nothing_else()
    {
        Assert.Equal("Say it plainly.", await Rehearsal.FailAsync(_mocks, () => throw new RunException("Say it plainly.")));
        Assert.Equal(
            "Say it plainly.",
            await Rehearsal.FailAsync(_mocks, () => throw new ResourceException("Say it plainly.", null, hideStack: true)));
    }

    [Fact]
    public async Task Any_other_exception_shows_where_it_comes_from()
    {
        var error = await Rehearsal.FailAsync(_mocks, () => throw new InvalidOperationException("broken"));

        Assert.StartsWith("Running program '", error, StringComparison.Ordinal);
        Assert.Contains("failed with an unhandled exception:", error, StringComparison.Ordinal);
        Assert.Contains("System.InvalidOperationException: broken", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_mock_throws_fails_the_run_once()
    {
        _mocks.State = _ => throw new InvalidOperationException("mock refused");

        var error = await Rehearsal.FailAsync(_mocks, () => new Shelf("a", new ShelfArgs { Capacity = 1 }));

        Assert.Single(error.Split("System.InvalidOperationException: mock refused").Skip(1));
    }

    [Fact]
    public async Task A_failing_apply_fails_the_run()
    {
        var error = await Rehearsal.FailAsync(
            _mocks, () => new Shelf("a", new ShelfArgs { Capacity = 1 }).Id.Apply(int (_) => throw new FormatException("cannot read")));

        Assert.Contains("cannot read", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_outputs_of_a_failed_resource_fail_too()
    {
        var shelf = default(Shelf);
        _mocks.State = _ => throw new FormatException("mock refused");
        await Rehearsal.FailAsync(_mocks, () => shelf = new Shelf("a", new ShelfArgs { Capacity = 1 }));

        Assert.Throws<FormatException>(() => shelf!.Id.Now());
        Assert.Throws<FormatException>(() => shelf!.Urn.Now());
        Assert.Throws<FormatException>(() => shelf!.Arn.Apply(arn => arn.Length).Now());
    }

    [Fact]
    public async Task A_resource_that_reads_a_failed_value_names_the_argument()
    {
        var broken = default(Shelf);
        await Rehearsal.FailAsync(_mocks, () =>
        {
            var failed = Output.Create(1).Apply(string (_) => throw new FormatException("cannot read"));
            broken = new Shelf("a", new ShelfArgs { Capacity = 1, Labels = { ["x"] = failed } });
        });

        var error = Assert.Throws<InvalidOperationException>(() => broken!.Id.Now());
        Assert.Equal("error serializing property \"labels\": cannot read", error.Message);
        Assert.IsType<FormatException>(error.InnerException);
        Assert.Empty(_mocks.Registered);
    }

    [Fact]
    public async Task A_logged_error_fails_the_run_and_other_messages_do_not()
    {
        await Deployment.TestAsync(_mocks, Rehearsal.Real, () =>
        {
            Log.Debug("d");
            Log.Info("i");
            Log.Warn("w");
        });

        Assert.Equal("logged", await Rehearsal.FailAsync(_mocks, () => Log.Error("logged")));
        Assert.Contains(
            "thrown",
            await Rehearsal.FailAsync(_mocks, () => Log.Exception(new FormatException("thrown"))),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_logged_errors_come_together()
    {
        var error = await Assert.ThrowsAsync<AggregateException>(() => Deployment.TestAsync(_mocks, Rehearsal.Real, () =>
        {
            Log.Error("one");
            Log.Error("two");
        }));

        Assert.Equal(["one", "two"], error.InnerExceptions.Select(inner => inner.Message).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_failed_program_leaves_the_exit_code_that_silences_the_language_host()
    {
        var before = Environment.ExitCode;
        try
        {
            await Assert.ThrowsAsync<RunException>(() =>
                Deployment.TestAsync(_mocks, Rehearsal.Real, (Action)(() => throw new RunException("x"))));
            Assert.Equal(32, Environment.ExitCode);
        }
        finally
        {
            Environment.ExitCode = before;
        }
    }

    [Fact]
    public void Logging_outside_a_run_is_refused()
        => Assert.Throws<InvalidOperationException>(() => Log.Info("i"));
}
