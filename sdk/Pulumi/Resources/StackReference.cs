using System.Collections.Immutable;

namespace Pulumi;

/// <summary>Another stack, to read its outputs.</summary>
public class StackReference : CustomResource
{
    public StackReference(string name, StackReferenceArgs? args = null, CustomResourceOptions? options = null)
        : base(
            "pulumi:pulumi:StackReference",
            name,
            new StackReferenceArgs { Name = args?.Name ?? name },
            CustomResourceOptions.Merge(options, new CustomResourceOptions { Id = args?.Name ?? name }))
    {
    }

    [Output("name")]
    public Output<string> Name { get; private set; } = null!;

    [Output("outputs")]
    public Output<ImmutableDictionary<string, object>> Outputs { get; private set; } = null!;

    [Output("secretOutputNames")]
    public Output<ImmutableArray<string>> SecretOutputNames { get; private set; } = null!;

    public Output<object?> GetOutput(Input<string> name)
        => Output.Tuple(name, (Input<ImmutableDictionary<string, object>>)Outputs)
            .Apply(pair => pair.Item2.GetValueOrDefault(pair.Item1) as object)
            .WithSecret(_ => IsSecretAsync(name));

    public Output<object> RequireOutput(Input<string> name)
        => Output.Tuple(name, (Input<string>)Name, (Input<ImmutableDictionary<string, object>>)Outputs)
            .Apply(given => given.Item3.TryGetValue(given.Item1, out var value)
                ? value
                : throw new KeyNotFoundException($"Required output '{given.Item1}' does not exist on stack '{given.Item2}'."))
            .WithSecret(_ => IsSecretAsync(name));

    public async Task<StackReferenceOutputDetails> GetOutputDetailsAsync(string name)
    {
        var data = await GetOutput(name).DataTask.ConfigureAwait(false);
        return data.IsSecret
            ? new StackReferenceOutputDetails { SecretValue = data.Value }
            : new StackReferenceOutputDetails { Value = data.Value };
    }

    public Task<object?> GetValueAsync(Input<string> name) => ReadAsync(GetOutput(name), nameof(GetOutput));

    public Task<object> RequireValueAsync(Input<string> name) => ReadAsync(RequireOutput(name), nameof(RequireOutput));

    private static async Task<T> ReadAsync<T>(Output<T> output, string alternative)
    {
        var data = await output.DataTask.ConfigureAwait(false);
        return data.IsSecret
            ? throw new InvalidOperationException(
                $"The output of the referenced stack is secret and cannot be read as a value. Use '{alternative}' instead.")
            : data.Value;
    }

    /// <summary>Whether this one output is secret, although a secret among them makes the outputs as a whole secret.</summary>
    private async Task<bool> IsSecretAsync(Input<string> name)
    {
        var wanted = await name.ToOutput().DataTask.ConfigureAwait(false);
        var secret = await SecretOutputNames.DataTask.ConfigureAwait(false);
        return wanted.IsKnown && secret.IsKnown
            ? secret.Value.Contains(wanted.Value)
            : (await Outputs.DataTask.ConfigureAwait(false)).IsSecret;
    }
}

public class StackReferenceArgs : ResourceArgs
{
    [Input("name", required: true)]
    public Input<string>? Name { get; set; }
}

/// <summary>A referenced stack's output: one of the two is set.</summary>
public sealed class StackReferenceOutputDetails
{
    public object? Value { get; set; }

    public object? SecretValue { get; set; }
}
