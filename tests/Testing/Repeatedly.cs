namespace Infra.Tests.Testing;

/// <summary>Somebody who does one thing again and again, never twice at a time, until they are let go of.</summary>
internal sealed class Repeatedly : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _task;

    /// <summary>Begins.</summary>
    public Repeatedly(Action action) => _task = Task.Run(() =>
    {
        while (!_stop.IsCancellationRequested) action();
    });

    public void Dispose()
    {
        _stop.Cancel();
        _task.Wait();
        _stop.Dispose();
    }
}
