using System.Collections.Immutable;
using Pulumi.Serialization;

namespace Pulumi;

internal interface IOutput
{
    /// <summary>Ends when <see cref="Data"/> can be read.</summary>
    Task DataTask { get; }

    OutputData Data { get; }

    Output<TResult> UntypedApply<TResult>(Func<object?, Output<TResult>> func);
}

/// <summary>
/// A value that becomes known during a deployment, together with the resources it depends on and whether it is secret. What is made from
/// resolved outputs is worked out on the spot: asynchronous code would be compiled anew for every type of value, which takes longer than it
/// runs.
/// </summary>
public sealed class Output<T> : IOutput
{
    internal Output(Task<OutputData<T>> dataTask)
    {
        DataTask = dataTask;
        Deployment.TrackIfRunning(dataTask);
    }

    internal Output(OutputData<T> data) => DataTask = Task.FromResult(data);

    /// <summary>
    /// An output that a resource resolves. The run waits for the resource's registration, and need not wait for its outputs too.
    /// </summary>
    internal Output(TaskCompletionSource<OutputData<T>> source) => DataTask = source.Task;

    internal Task<OutputData<T>> DataTask { get; }

    Task IOutput.DataTask => DataTask;

    OutputData IOutput.Data => DataTask.Result;

    public static Output<T> Create(Task<T> value) => Create(value, isSecret: false);

    internal static Output<T> Create(Task<T> value, bool isSecret)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new Output<T>(ReadAsync(value, isSecret));

        static async Task<OutputData<T>> ReadAsync(Task<T> value, bool isSecret)
            => new(ImmutableHashSet<Resource>.Empty, await value.ConfigureAwait(false), IsKnown: true, isSecret);
    }

    internal static Output<T> CreateUnknown(T value)
        => new(new OutputData<T>(ImmutableHashSet<Resource>.Empty, value, IsKnown: false, IsSecret: false));

    public Output<ValueTuple> Apply(Func<T, Task> func)
        => Apply(async value =>
        {
            await func(value).ConfigureAwait(false);
            return default(ValueTuple);
        });

#pragma warning disable CA1031 // Whatever a function throws is the output's error: it surfaces where the output is used, and fails the run.
    public Output<TResult> Apply<TResult>(Func<T, TResult> func)
    {
        if (!DataTask.IsCompletedSuccessfully)
        {
            return new Output<TResult>(RunAsync(DataTask, func));
        }

        try
        {
            return new Output<TResult>(Run(DataTask.Result, func));
        }
        catch (Exception error)
        {
            return Output<TResult>.Failed(error);
        }

        static OutputData<TResult> Run(OutputData<T> data, Func<T, TResult> func) => data.With(data.IsKnown ? func(data.Value) : default!);

        static async Task<OutputData<TResult>> RunAsync(Task<OutputData<T>> data, Func<T, TResult> func)
            => Run(await data.ConfigureAwait(false), func);
    }

    public Output<TResult> Apply<TResult>(Func<T, Task<TResult>> func)
    {
        return new Output<TResult>(RunAsync());

        async Task<OutputData<TResult>> RunAsync()
        {
            var data = await DataTask.ConfigureAwait(false);
            return data.With(data.IsKnown ? await func(data.Value).ConfigureAwait(false) : default!);
        }
    }

    public Output<TResult> Apply<TResult>(Func<T, Input<TResult>?> func)
        => Apply(value => func(value).ToOutput());

    public Output<TResult> Apply<TResult>(Func<T, Output<TResult>?> func)
    {
        if (!DataTask.IsCompletedSuccessfully)
        {
            return new Output<TResult>(RunAsync(DataTask, func));
        }

        try
        {
            var data = DataTask.Result;
            var inner = data.IsKnown ? func(data.Value) : null;
            if (inner == null)
            {
                return new Output<TResult>(data.With(default(TResult)!));
            }

            return inner.DataTask.IsCompletedSuccessfully
                ? new Output<TResult>(data.Then(inner.DataTask.Result))
                : new Output<TResult>(ThenAsync(data, inner.DataTask));
        }
        catch (Exception error)
        {
            return Output<TResult>.Failed(error);
        }

        static async Task<OutputData<TResult>> ThenAsync(OutputData<T> data, Task<OutputData<TResult>> inner)
            => data.Then(await inner.ConfigureAwait(false));

        static async Task<OutputData<TResult>> RunAsync(Task<OutputData<T>> given, Func<T, Output<TResult>?> func)
        {
            var data = await given.ConfigureAwait(false);
            return data.IsKnown && func(data.Value) is { } inner
                ? data.Then(await inner.DataTask.ConfigureAwait(false))
                : data.With(default(TResult)!);
        }
    }
#pragma warning restore CA1031

    public Output<TResult> UntypedApply<TResult>(Func<object?, Output<TResult>> func) => Apply(value => func(value));

    /// <summary>Refuses, in words: the text itself ends up where the value was expected, so it says what to write instead.</summary>
    public override string ToString()
    {
        var message = string.Join(
            Environment.NewLine,
            "Calling [ToString] on an [Output<T>] is not supported.",
            "",
            "An output's value becomes known only during the deployment. Build a text from it with",
            "1. output.Apply(value => $\"prefix{value}suffix\")",
            "2. Output.Format($\"prefix{output}suffix\")");
        var strict = Environment.GetEnvironmentVariable("PULUMI_ERROR_OUTPUT_STRING");
        if (strict == "1" || string.Equals(strict, "true", StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException(message);
        }

        Log.Warn(message);
        return message;
    }

    internal Output<T> WithSecret(Func<OutputData<T>, Task<bool>> isSecret)
    {
        return new Output<T>(RunAsync());

        async Task<OutputData<T>> RunAsync()
        {
            var data = await DataTask.ConfigureAwait(false);
            return data with { IsSecret = await isSecret(data).ConfigureAwait(false) };
        }
    }

    internal Output<T> WithSecret(bool isSecret)
        => DataTask.IsCompletedSuccessfully
            ? new Output<T>(DataTask.Result with { IsSecret = isSecret })
            : WithSecret(_ => Task.FromResult(isSecret));

    internal static Output<T> Failed(Exception error) => new(Task.FromException<OutputData<T>>(error));

    internal Task<T> GetValueAsync(T whenUnknown)
    {
        return DataTask.IsCompletedSuccessfully ? Task.FromResult(Value(DataTask.Result, whenUnknown)) : ReadAsync(DataTask, whenUnknown);

        static T Value(OutputData<T> data, T whenUnknown) => data.IsKnown ? data.Value : whenUnknown;

        static async Task<T> ReadAsync(Task<OutputData<T>> data, T whenUnknown) => Value(await data.ConfigureAwait(false), whenUnknown);
    }
}
