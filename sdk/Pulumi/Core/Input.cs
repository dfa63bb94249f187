namespace Pulumi;

internal interface IInput
{
    IOutput ToOutput();

    /// <summary>What is serialized: for lists and maps the elements one by one, so that each keeps its own secretness.</summary>
    IOutput ToSerializable();
}

/// <summary>An argument: a plain value or an output.</summary>
public class Input<T> : IInput
{
    private Output<T>? _output;

    private protected Input(Output<T>? output) => _output = output;

    public static implicit operator Input<T>(T value) => new(Output.Create(value));

    public static implicit operator Input<T>(Output<T> value) => new(value ?? throw new ArgumentNullException(nameof(value)));

    public static implicit operator Output<T>(Input<T> input) => input._output ??= input.Flatten();

    IOutput IInput.ToOutput() => (Output<T>)this;

    IOutput IInput.ToSerializable() => SerializableOutput;

    private protected virtual IOutput SerializableOutput => (Output<T>)this;

    /// <summary>The value of an input that is kept as elements, worked out when first asked for.</summary>
    private protected virtual Output<T> Flatten()
        => throw new InvalidOperationException("An input without elements has its output from the start.");

    /// <summary>Called when the elements changed.</summary>
    private protected void Reset() => _output = null;
}
