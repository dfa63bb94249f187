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

    public static async Task<bool> IsSecretAsync<T>(Output<T> output)
        => (await output.DataTask.ConfigureAwait(false)).IsSecret;

    public static Output<ImmutableArray<T>> All<T>(params Input<T>[] inputs) => All(ImmutableArray.CreateRange(inputs));

    public static Output<ImmutableArray<T>> All<T>(IEnumerable<Input<T>> inputs) => All(ImmutableArray.CreateRange(inputs));

    public static Output<ImmutableArray<T>> All<T>(params Output<T>[] outputs) => All(outputs.AsEnumerable());

    public static Output<ImmutableArray<T>> All<T>(IEnumerable<Output<T>> outputs)
        => All(ImmutableArray.CreateRange(outputs.Select(output => (Input<T>)output)));

    internal static Output<ImmutableArray<T>> All<T>(ImmutableArray<Input<T>> inputs)
        => Combine(async parts =>
        {
            var values = ImmutableArray.CreateBuilder<T>(inputs.Length);
            foreach (var input in inputs)
            {
                values.Add(await parts.AddAsync(input).ConfigureAwait(false));
            }

            return values.MoveToImmutable();
        });

    public static Output<string> Format(FormattableString formattableString)
        => Combine(async parts =>
        {
            var values = formattableString.GetArguments();
            var texts = new object?[values.Length];
            for (var i = 0; i < values.Length; i++)
            {
                var output = values[i] is IInput input ? input.ToOutput() : values[i] as IOutput;
                texts[i] = output == null ? values[i] : parts.Add(await output.GetDataAsync().ConfigureAwait(false));
            }

            return parts.IsKnown ? string.Format(CultureInfo.InvariantCulture, formattableString.Format, texts) : null!;
        });

    /// <summary>An output whose value <paramref name="read"/> puts together; it names each part to the given combination.</summary>
    internal static Output<T> Combine<T>(Func<Combination, Task<T>> read)
    {
        return new Output<T>(RunAsync(read));

        static async Task<OutputData<T>> RunAsync(Func<Combination, Task<T>> read)
        {
            var parts = new Combination();
            var value = await read(parts).ConfigureAwait(false);
            return new OutputData<T>(parts.Resources, value, parts.IsKnown, parts.IsSecret);
        }
    }

    /// <summary>Adds up the dependencies, secretness and knownness of the parts of a value.</summary>
    internal sealed class Combination
    {
        public ImmutableHashSet<Resource> Resources { get; private set; } = ImmutableHashSet<Resource>.Empty;

        public bool IsKnown { get; private set; } = true;

        public bool IsSecret { get; private set; }

        public T Add<T>(OutputData<T> data)
        {
            Resources = OutputData.Union(Resources, data.Resources);
            IsKnown &= data.IsKnown;
            IsSecret |= data.IsSecret;
            return data.Value;
        }

        public async ValueTask<T> AddAsync<T>(Input<T> input)
            => Add(await ((Output<T>)input).DataTask.ConfigureAwait(false));
    }
}
