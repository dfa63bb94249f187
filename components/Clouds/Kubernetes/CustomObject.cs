using Pulumi;
using Pulumi.Kubernetes.ApiExtensions;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;
using KubernetesObject = Pulumi.Kubernetes.ApiExtensions.CustomResource;

namespace Infra.Components.Clouds.Kubernetes;

/// <summary>
/// An object of a kind that an operator defines. One class serves them all: operators have no typed packages, and their kinds differ in the
/// specification only. Pulumi does not wait for such objects unless an annotation says for what.
/// </summary>
internal class CustomObject(string name, CustomObjectArgs args, CustomResourceOptions options) : KubernetesObject(name, args, options)
{
    /// <summary>Makes Pulumi wait for a condition, such as <c>condition=Ready</c> or <c>jsonpath={.status.phase}=Ready</c>.</summary>
    public static InputMap<string> WaitFor(string condition) => new() { ["pulumi.com/waitFor"] = condition };
}

/// <summary>The arguments of an object of a custom kind.</summary>
internal sealed class CustomObjectArgs : CustomResourceArgs
{
    [Input("spec")]
    private InputMap<object>? _spec;

    /// <summary>Fixes API version and kind, which together are the resource's type.</summary>
    public CustomObjectArgs(string apiVersion, string kind, ObjectMetaArgs metadata, Fields spec)
        : base(apiVersion, kind)
    {
        Metadata = metadata;
        Spec = spec;
    }

    /// <summary>The specification, in the operator's own words.</summary>
    public InputMap<object> Spec
    {
        get => _spec ??= [];
        set => _spec = value;
    }
}

/// <summary>The fields of a nested object, in the words of a custom kind or a chart. A field that is given null is left out.</summary>
internal sealed class Fields : Dictionary<string, object>
{
    /// <summary>Sets a field, or leaves it out.</summary>
    public new object? this[string key]
    {
        get => TryGetValue(key, out var value) ? value : null;
        set
        {
            if (value is not null) base[key] = value;
        }
    }

    /// <summary>A map of texts as fields.</summary>
    public static Fields Of(IEnumerable<KeyValuePair<string, string>> texts)
    {
        var fields = new Fields();
        foreach (var (key, value) in texts) fields[key] = value;
        return fields;
    }
}
