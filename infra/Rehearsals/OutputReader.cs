using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using Pulumi;
using Pulumi.Utilities;

namespace Infra.Rehearsals;

/// <summary>What an input or output holds.</summary>
/// <param name="Value">Its value; null when it has none.</param>
/// <param name="IsMissing">Whether there is no value, or a list that was never made.</param>
/// <param name="IsSecret">Whether it is a secret.</param>
/// <param name="Sources">The resources that it was computed from.</param>
/// <param name="Failure">Why it could not be computed; null when it could.</param>
internal readonly record struct Reading(
    object? Value,
    bool IsMissing,
    bool IsSecret,
    ImmutableHashSet<Resource> Sources,
    Exception? Failure);

/// <summary>
/// How long a whole run waits for values that are still being computed. The official runtime finishes some work on other threads; what a
/// failed resource leaves behind is never finished, and must not be waited for again and again.
/// </summary>
internal sealed class Patience(TimeSpan left)
{
    private readonly Stopwatch _waited = new();

    /// <summary>Waits for a task, and says whether it has ended well.</summary>
    public bool WaitFor(Task task)
    {
        if (!task.IsCompleted && _waited.Elapsed < left)
        {
            _waited.Start();
            Task.WhenAny(task, Task.Delay(left - _waited.Elapsed)).GetAwaiter().GetResult();
            _waited.Stop();
        }

        return task.IsCompletedSuccessfully;
    }
}

/// <summary>Reads inputs and outputs whose types are known at run time only, through the public API.</summary>
internal abstract class OutputReader
{
    private static readonly ConcurrentDictionary<Type, OutputReader?> Known = new();

    /// <summary>The reader of a type; null when it is neither an input nor an output.</summary>
    public static OutputReader? For(Type type) => Known.GetOrAdd(type, Find);

    /// <summary>Reads an input or output of the reader's type.</summary>
    /// <param name="value">The input or output.</param>
    /// <param name="patience">How long to wait for values that are still being computed: all of them together.</param>
    public abstract Reading Read(object value, Patience patience);

    private static OutputReader? Find(Type type)
    {
        for (var candidate = type; candidate is not null; candidate = candidate.BaseType)
        {
            if (!candidate.IsGenericType) continue;
            var definition = candidate.GetGenericTypeDefinition();
            if (definition == typeof(Input<>) || definition == typeof(Output<>))
                return (OutputReader)Activator.CreateInstance(typeof(Of<>).MakeGenericType(candidate.GenericTypeArguments))!;
        }

        return null;
    }

    private sealed class Of<T> : OutputReader
    {
        private static readonly bool IsList = typeof(T).IsGenericType && typeof(T).GetGenericTypeDefinition() == typeof(ImmutableArray<>);

        public override Reading Read(object value, Patience patience)
        {
            var output = value as Output<T> ?? (Input<T>)value;
            var task = OutputUtilities.GetValueAsync(output);
            if (!patience.WaitFor(task))
            {
                return new(
                    null,
                    IsMissing: false,
                    IsSecret: false,
                    [],
                    task.Exception ?? (Exception)new TimeoutException("its value never became known"));
            }

            var result = task.Result;
            var missing = result is null || (IsList && EqualityComparer<T>.Default.Equals(result, default));
            return new(
                missing ? null : result,
                missing,
                Output.IsSecretAsync(output).Result,
                OutputUtilities.GetDependenciesAsync(output).Result,
                null);
        }
    }
}
