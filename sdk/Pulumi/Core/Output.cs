using System.Collections.Immutable;
using Pulumi.Serialization;

namespace Pulumi;

internal interface IOutput
{
    ValueTask<OutputData<object?>> GetDataAsync();

    Output<TResult> UntypedApply<TResult>(Func<object?, Output<TResult>> func);
}

/// <summary>A value that becomes known during a deployment, together with the resources it depends on and whether it is secret.</summary>
public sealed class Output<T> : IOutput
{
    internal Output(Task<OutputData<T>> dataTask)
    {
        DataTask = dataTask;
        Deployment.TrackIfRunning(dataTask);
    }

    internal Output(OutputData<T> data) => DataTask = Task.FromResult(data);

    internal Task<OutputData<T>> DataTask { get; }

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

    public Output<TResult> Apply<TResult>(Func<T, TResult> func)
    {
        return new Output<TResult>(RunAsync());

        async Task<OutputData<TResult>> RunAsync()
        {
            var data = await DataTask.ConfigureAwait(false);
            return data.With(data.IsKnown ? func(data.Value) : default!);
        }
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
        return new Output<TResult>(RunAsync());

        async Task<OutputData<TResult>> RunAsync()
        {
            var data = await DataTask.ConfigureAwait(false);
            return data.IsKnown && func(data.Value) is { } inner
                ? data.Then(await inner.DataTask.ConfigureAwait(false))
                : data.With(default(TResult)!);
        }
    }

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

    internal Output<T> WithSecret(bool isSecret) => WithSecret(_ => Task.FromResult(isSecret));

    internal async Task<T> GetValueAsync(T whenUnknown)
    {
        var data = await DataTask.ConfigureAwait(false);
        return data.IsKnown ? data.Value : whenUnknown;
    }

    async ValueTask<OutputData<object?>> IOutput.GetDataAsync()
    {
        var data = await DataTask.ConfigureAwait(false);
        return data.With<object?>(data.Value);
    }
}
