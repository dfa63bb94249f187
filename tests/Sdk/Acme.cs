using System.Collections.Immutable;
using System.ComponentModel;
using System.Text.Json;
using Pulumi;

namespace Infra.Tests.Sdk;

// A small provider, written as Pulumi's code generator writes real ones.

[AcmeResourceType("acme:store/shelf:Shelf")]
public partial class Shelf : CustomResource
{
    [Output("arn")]
    public Output<string> Arn { get; private set; } = null!;

    [Output("capacity")]
    public Output<int> Capacity { get; private set; } = null!;

    [Output("depth")]
    public Output<double?> Depth { get; private set; } = null!;

    [Output("open")]
    public Output<bool> Open { get; private set; } = null!;

    [Output("labels")]
    public Output<ImmutableDictionary<string, string>?> Labels { get; private set; } = null!;

    [Output("zones")]
    public Output<ImmutableArray<string>> Zones { get; private set; } = null!;

    [Output("endpoint")]
    public Output<Outputs.ShelfEndpoint?> Endpoint { get; private set; } = null!;

    [Output("boxes")]
    public Output<ImmutableArray<Outputs.ShelfBox>> Boxes { get; private set; } = null!;

    [Output("size")]
    public Output<ShelfSize?> Size { get; private set; } = null!;

    [Output("color")]
    public Output<ShelfColor> Color { get; private set; } = null!;

    [Output("policy")]
    public Output<Union<string, Outputs.ShelfEndpoint>?> Policy { get; private set; } = null!;

    [Output("document")]
    public Output<JsonElement> Document { get; private set; } = null!;

    [Output("content")]
    public Output<AssetOrArchive?> Content { get; private set; } = null!;

    [Output("neighbour")]
    public Output<Shelf?> Neighbour { get; private set; } = null!;

    [Output("anything")]
    public Output<object?> Anything { get; private set; } = null!;

    [Output("password")]
    public Output<string?> Password { get; private set; } = null!;

    public Shelf(string name, ShelfArgs args, CustomResourceOptions? options = null)
        : base("acme:store/shelf:Shelf", name, args ?? new ShelfArgs(), MakeResourceOptions(options, ""))
    {
    }

    private Shelf(string name, Input<string> id, ShelfState? state = null, CustomResourceOptions? options = null)
        : base("acme:store/shelf:Shelf", name, state, MakeResourceOptions(options, id))
    {
    }

    private static CustomResourceOptions MakeResourceOptions(CustomResourceOptions? options, Input<string>? id)
    {
        var defaultOptions = new CustomResourceOptions
        {
            Version = "1.2.3",
            Aliases =
            {
                new Alias { Type = "acme:index/shelf:Shelf" },
            },
            AdditionalSecretOutputs =
            {
                "password",
            },
        };
        var merged = CustomResourceOptions.Merge(defaultOptions, options);
        merged.Id = id ?? merged.Id;
        return merged;
    }

    public static Shelf Get(string name, Input<string> id, ShelfState? state = null, CustomResourceOptions? options = null)
        => new(name, id, state, options);
}

public sealed class ShelfArgs : ResourceArgs
{
    [Input("capacity", required: true)]
    public Input<int> Capacity { get; set; } = null!;

    [Input("depth")]
    public Input<double>? Depth { get; set; }

    [Input("open")]
    public Input<bool>? Open { get; set; }

    [Input("labels")]
    private InputMap<string>? _labels;

    public InputMap<string> Labels
    {
        get => _labels ??= new InputMap<string>();
        set => _labels = value;
    }

    [Input("zones")]
    private InputList<string>? _zones;

    public InputList<string> Zones
    {
        get => _zones ??= new InputList<string>();
        set => _zones = value;
    }

    [Input("endpoint")]
    public Input<Inputs.ShelfEndpointArgs>? Endpoint { get; set; }

    [Input("boxes")]
    private InputList<Inputs.ShelfBoxArgs>? _boxes;

    public InputList<Inputs.ShelfBoxArgs> Boxes
    {
        get => _boxes ??= new InputList<Inputs.ShelfBoxArgs>();
        set => _boxes = value;
    }

    [Input("size")]
    public Input<ShelfSize>? Size { get; set; }

    [Input("color")]
    public Input<ShelfColor>? Color { get; set; }

    [Input("policy")]
    public InputUnion<string, Inputs.ShelfEndpointArgs>? Policy { get; set; }

    [Input("document")]
    public InputJson? Document { get; set; }

    [Input("content")]
    public Input<AssetOrArchive>? Content { get; set; }

    [Input("neighbour")]
    public Input<Shelf>? Neighbour { get; set; }

    [Input("anything")]
    public Input<object>? Anything { get; set; }

    [Input("password")]
    private Input<string>? _password;

    public Input<string>? Password
    {
        get => _password;
        set
        {
            var emptySecret = Output.CreateSecret(0);
            _password = Output.Tuple<Input<string>?, int>(value, emptySecret).Apply(t => t.Item1);
        }
    }
}

public sealed class ShelfState : ResourceArgs
{
    [Input("capacity")]
    public Input<int>? Capacity { get; set; }
}

/// <summary>Provider arguments that are not texts travel as JSON.</summary>
public sealed class AcmeProviderArgs : ResourceArgs
{
    [Input("region")]
    public Input<string>? Region { get; set; }

    [Input("retries", json: true)]
    public Input<int>? Retries { get; set; }

    [Input("verbose", json: true)]
    public Input<bool>? Verbose { get; set; }

    [Input("accounts", json: true)]
    private InputList<string>? _accounts;

    public InputList<string> Accounts
    {
        get => _accounts ??= new InputList<string>();
        set => _accounts = value;
    }

    [Input("endpoint", json: true)]
    public Input<Inputs.ShelfEndpointArgs>? Endpoint { get; set; }
}

public sealed class AcmeProvider(string name, AcmeProviderArgs? args = null, CustomResourceOptions? options = null)
    : ProviderResource("acme", name, args ?? new AcmeProviderArgs(), options);

public static class GetShelf
{
    public static Task<GetShelfResult> InvokeAsync(GetShelfArgs args, InvokeOptions? options = null)
        => Deployment.Instance.InvokeAsync<GetShelfResult>("acme:store/getShelf:getShelf", args, options);

    public static Output<GetShelfResult> Invoke(GetShelfInvokeArgs args, InvokeOptions? options = null)
        => Deployment.Instance.Invoke<GetShelfResult>("acme:store/getShelf:getShelf", args, options);

    public static Output<GetShelfResult> Invoke(GetShelfInvokeArgs args, InvokeOutputOptions options)
        => Deployment.Instance.Invoke<GetShelfResult>("acme:store/getShelf:getShelf", args, options);
}

public sealed class GetShelfArgs : InvokeArgs
{
    [Input("name", required: true)]
    public string Name { get; set; } = null!;
}

public sealed class GetShelfInvokeArgs : InvokeArgs
{
    [Input("name", required: true)]
    public Input<string> Name { get; set; } = null!;
}

[OutputType]
public sealed class GetShelfResult
{
    public readonly string Id;
    public readonly ImmutableArray<string> Zones;

    [OutputConstructor]
    private GetShelfResult(string id, ImmutableArray<string> zones)
    {
        Id = id;
        Zones = zones;
    }
}

/// <summary>A component, as programs write them.</summary>
public sealed class Rack : ComponentResource
{
    [Output("width")]
    public Output<int> Width { get; private set; } = Output.Create(80);

    [Output]
    public Output<string> Label { get; private set; }

    public Rack(string name, Action<Rack> build, ComponentResourceOptions? options = null)
        : base("acme:index:Rack", name, options)
    {
        Label = Output.CreateSecret($"rack {name}");
        build(this);
        RegisterOutputs();
    }
}

[EnumType]
public readonly struct ShelfSize : IEquatable<ShelfSize>
{
    private readonly string _value;

    private ShelfSize(string value) => _value = value ?? throw new ArgumentNullException(nameof(value));

    public static ShelfSize Small { get; } = new("small");

    public static ShelfSize Large { get; } = new("large");

    public static bool operator ==(ShelfSize left, ShelfSize right) => left.Equals(right);

    public static bool operator !=(ShelfSize left, ShelfSize right) => !left.Equals(right);

    public static explicit operator string(ShelfSize value) => value._value;

    [EditorBrowsable(EditorBrowsableState.Never)]
    public override bool Equals(object? obj) => obj is ShelfSize other && Equals(other);

    public bool Equals(ShelfSize other) => string.Equals(_value, other._value, StringComparison.Ordinal);

    [EditorBrowsable(EditorBrowsableState.Never)]
    public override int GetHashCode() => _value?.GetHashCode(StringComparison.Ordinal) ?? 0;

    public override string ToString() => _value;
}

public enum ShelfColor
{
    White,
    Oak,
}

[AttributeUsage(AttributeTargets.Class)]
public sealed class AcmeResourceTypeAttribute(string type) : ResourceTypeAttribute(type, "1.2.3");
