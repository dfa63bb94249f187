namespace Pulumi;

/// <summary>The work that a run has under way, and the errors that it met.</summary>
internal sealed class PendingWork
{
    private readonly Lock _gate = new();
    private readonly List<Exception> _errors = [];
    private readonly HashSet<Exception> _seen = new(ReferenceEqualityComparer.Instance);
    private TaskCompletionSource? _settled;
    private int _running;

    public void Track(Task task)
    {
        if (task.IsCompletedSuccessfully)
        {
            return;
        }

        lock (_gate)
        {
            _running++;
        }

        if (task.IsCompleted)
        {
            Finish(task);
        }
        else
        {
            task.ContinueWith(Finish, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    /// <summary>Waits until nothing is left to do, or something failed.</summary>
    public async Task<IReadOnlyList<Exception>> SettleAsync()
    {
        var wait = Task.CompletedTask;
        lock (_gate)
        {
            if (_running > 0 && _errors.Count == 0)
            {
                _settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                wait = _settled.Task;
            }
        }

        await wait.ConfigureAwait(false);
        lock (_gate)
        {
            return [.. _errors];
        }
    }

    private void Finish(Task task)
    {
        lock (_gate)
        {
            _running--;

            // The same error reaches every output that depends on it.
            _errors.AddRange(task.Exception?.InnerExceptions.Where(_seen.Add) ?? []);
            if (_running == 0 || _errors.Count > 0)
            {
                _settled?.TrySetResult();
            }
        }
    }
}
