using System.Collections.Immutable;
using Infra.Components.Clouds;
using Pulumi;

namespace Infra.Rehearsals;

/// <summary>A resource of the rehearsal: what the transformation knows of it, and, once it is registered, what the mock does.</summary>
internal sealed class RecordedResource(
    int index,
    Resource resource,
    RecordedResource? parent,
    ResourceArgs arguments,
    ResourceOptions options,
    string stack)
{
    private readonly List<RecordedOutput> _outputs = [];

    /// <summary>Its place in the order of construction.</summary>
    public int Index => index;

    /// <summary>The object in the program.</summary>
    public Resource Resource => resource;

    /// <summary>Its parent; null when that is the stack.</summary>
    public RecordedResource? Parent => parent;

    /// <summary>Its arguments as the program gave them.</summary>
    public ResourceArgs Arguments => arguments;

    /// <summary>Its options as the program gave them, before anything is inherited.</summary>
    public ResourceOptions Options => options;

    /// <summary>Its type.</summary>
    public string Type { get; } = resource.GetResourceType();

    /// <summary>Its logical name.</summary>
    public string Name { get; } = resource.GetResourceName();

    /// <summary>Its type behind those of its ancestors, as the engine writes it into the URN; the stack is left out.</summary>
    public string QualifiedType { get; } =
        parent is null ? resource.GetResourceType() : $"{parent.QualifiedType}${resource.GetResourceType()}";

    /// <summary>Its URN, as the engine computes it.</summary>
    public string Urn => field ??= $"urn:pulumi:{stack}::{Rehearsal.Project}::{QualifiedType}::{Name}";

    /// <summary>The component that it is or belongs to; null when there is none.</summary>
    public PlacedComponent? Component => resource as PlacedComponent ?? parent?.Component;

    /// <summary>Whether Pulumi refuses to delete or replace it.</summary>
    public bool Protect => options.Protect ?? parent?.Protect ?? false;

    /// <summary>Whether Pulumi leaves it where it is when it leaves the stack.</summary>
    public bool RetainOnDelete => options.RetainOnDelete ?? parent?.RetainOnDelete ?? false;

    /// <summary>The names of the properties that the provider keeps secret.</summary>
    public IReadOnlyCollection<string> SecretProperties { get; } =
        options is CustomResourceOptions custom ? custom.AdditionalSecretOutputs : [];

    /// <summary>The resolved inputs by wire name; null as long as it is not registered.</summary>
    public ImmutableDictionary<string, object>? Inputs { get; set; }

    /// <summary>What is secret in the inputs, and where they come from; null for nothing of either.</summary>
    public Provenance? Provenance { get; set; }

    /// <summary>The provider that the runtime chose; null when it is the default one.</summary>
    public RecordedResource? Provider { get; set; }

    /// <summary>Where the code constructs it; noted only on request.</summary>
    public string? Place { get; init; }

    /// <summary>The outputs that placeholders were handed out for.</summary>
    public IReadOnlyList<RecordedOutput> Outputs => _outputs;

    /// <summary>Notes that a placeholder is handed out and returns its number.</summary>
    public int Add(RecordedOutput output)
    {
        _outputs.Add(output);
        return _outputs.Count - 1;
    }
}

/// <summary>An output that a placeholder stands for.</summary>
/// <param name="Path">Its wire name, or the path inside it, such as <c>status.loadBalancer.ingress[0].ip</c>.</param>
/// <param name="Secret">Whether its value is a secret.</param>
/// <param name="Prefix">What stands before the placeholder because the value has a format, such as that of an ARN.</param>
/// <param name="Suffix">What stands behind it.</param>
internal sealed record RecordedOutput(string Path, bool Secret, string Prefix = "", string Suffix = "");
