using System.Collections.Immutable;
using System.Globalization;
using Pulumi.Serialization;

namespace Pulumi;

/// <summary>Creates and combines outputs.</summary>
public static partial class Output
{
    public static Output<T> Create<T>(T value) => new(OutputData<T>.Plain(value));

    public static Output<T> Create<T>(Task<T> value) => Output<T>.Create(value);

    public static Output<T> CreateSecret<T>(T value) => new(OutputData<T>.Plain(value) with { IsSecret = true });

    public static Output<T> CreateSecret<T>(Task<T> value) => Output<T>.Create(value, isSecret: true);

    public static Output<T> CreateSecret<T>(Output<T> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.WithSecret(true);
    }

    public static Output<T> Unsecret<T>(Output<T> output) => output.WithSecret(false);

    public static Task<bool> IsSecretAsync<T>(Output<T> output) => ReadAsync(output, data => data.IsSecret);

    public static Output<ImmutableArray<T>> All<T>(params Input<T>[] inputs) => All(ImmutableArray.CreateRange(inputs));

    public static Output<ImmutableArray<T>> All<T>(IEnumerable<Input<T>> inputs) => All(ImmutableArray.CreateRange(inputs));

    public static Output<ImmutableArray<T>> All<T>(params Output<T>[] outputs) => All(outputs.AsEnumerable());

    public static Output<ImmutableArray<T>> All<T>(IEnumerable<Output<T>> outputs)
        => All(ImmutableArray.CreateRange(outputs.Select(output => (Input<T>)output)));

    internal static Output<ImmutableArray<T>> All<T>(ImmutableArray<Input<T>> inputs)
        => Combine(
            [.. inputs],
            parts =>
            {
                var values = ImmutableArray.CreateBuilder<T>(inputs.Length);
                foreach (var input in inputs)
                {
                    values.Add(parts.Add(input));
                }

                return values.MoveToImmutable();
            });

    public static Output<string> Format(FormattableString formattableString)
    {
        var values = formattableString.GetArguments();
        return Combine(
            [.. values.Select(OutputIn).OfType<IOutput>()],
            parts =>
            {
                var texts = Array.ConvertAll(values, value => OutputIn(value) is { } output ? parts.Add(output.Data).Untyped : value);
                return parts.IsKnown ? string.Format(CultureInfo.InvariantCulture, formattableString.Format, texts) : null!;
            });

        static IOutput? OutputIn(object? value) => value is IInput input ? input.ToOutput() : value as IOutput;
    }

    /// <summary>
    /// An output whose value <paramref name="read"/> puts together when all its parts are resolved; it names each of them to the given
    /// combination.
    /// </summary>
    internal static Output<T> Combine<T>(object[] parts, Func<Combination, T> read)
    {
        var ready = EndAsync(parts);
        if (!ready.IsCompletedSuccessfully)
        {
            return new Output<T>(RunAsync(ready, read));
        }

        try
        {
            return new Output<T>(Run(read));
        }
#pragma warning disable CA1031 // As in Apply: whatever a function throws is the output's error.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return Output<T>.Failed(error);
        }

        static OutputData<T> Run(Func<Combination, T> read)
        {
            var combination = new Combination();
            var value = read(combination);
            return new OutputData<T>(combination.Resources, value, combination.IsKnown, combination.IsSecret);
        }

        static async Task<OutputData<T>> RunAsync(Task ready, Func<Combination, T> read)
        {
            await ready.ConfigureAwait(false);
            return Run(read);
        }
    }

    /// <summary>What is true of an output, by a rule that serves outputs of every type.</summary>
    internal static Task<TResult> ReadAsync<TResult>(IOutput output, Func<OutputData, TResult> read)
    {
        return output.DataTask.IsCompletedSuccessfully ? Task.FromResult(read(output.Data)) : ReadLaterAsync(output, read);

        static async Task<TResult> ReadLaterAsync(IOutput output, Func<OutputData, TResult> read)
        {
            await output.DataTask.ConfigureAwait(false);
            return read(output.Data);
        }
    }

    // One after the other, so that the first error counts and nothing behind it is waited for.
    private static async Task EndAsync(object[] parts)
    {
        foreach (var part in parts)
        {
            await (part is IInput input ? input.ToOutput() : (IOutput)part).DataTask.ConfigureAwait(false);
        }
    }

    /// <summary>Adds up the dependencies, secretness and knownness of the parts of a value.</summary>
    internal sealed class Combination
    {
        public ImmutableHashSet<Resource> Resources { get; private set; } = ImmutableHashSet<Resource>.Empty;

        public bool IsKnown { get; private set; } = true;

        public bool IsSecret { get; private set; }

        public T Add<T>(Input<T> input) => Add((Output<T>)input);

        public T Add<T>(Output<T> output)
        {
            var data = output.DataTask.Result;
            Add(data);
            return data.Value;
        }

        public OutputData Add(OutputData data)
        {
            Resources = OutputData.Union(Resources, data.Resources);
            IsKnown &= data.IsKnown;
            IsSecret |= data.IsSecret;
            return data;
        }
    }
}
