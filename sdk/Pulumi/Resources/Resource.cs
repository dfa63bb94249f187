using System.Collections.Immutable;
using Pulumi.Serialization;

namespace Pulumi;

/// <summary>Anything that is registered with the engine. Constructing it registers it.</summary>
public class Resource
{
    private readonly string _type;
    private readonly string _name;
    private readonly bool? _protect;
    private List<Resource>? _children;
    private readonly ImmutableArray<ResourceTransformation> _transformations = [];
    private readonly ImmutableDictionary<string, ProviderResource> _providers = ImmutableDictionary<string, ProviderResource>.Empty;

    /// <summary>A stand-in for a resource that is registered elsewhere.</summary>
    private protected Resource(string type, string name)
    {
        _type = type;
        _name = name;
    }

    private protected Resource(string type, string name, ResourceArgs args, ResourceOptions options, bool remote)
    {
        if (string.IsNullOrEmpty(type))
        {
            throw new ArgumentException("'type' cannot be null or empty.", nameof(type));
        }

        if (string.IsNullOrEmpty(name))
        {
            throw new ArgumentException("'name' cannot be null or empty.", nameof(name));
        }

        _type = type;
        _name = name;
        var outputs = OutputSources.Attach(this, all: options.Urn != null || remote);

        // A resource that is only looked up does not belong to the stack.
        var parent = type == Stack.TypeToken ? null : options.Parent ?? (options.Urn == null ? Deployment.Current.Stack : null);
        (_transformations, args, options) = Transform(parent, args, options);

        if (options.Provider != null && options is ComponentResourceOptions { ProvidersIfAny.Count: > 0 })
        {
            throw new ResourceException("Do not supply both 'provider' and 'providers' options to a ComponentResource.", options.Parent);
        }

        _protect = options.Protect ?? options.Parent?._protect;
        if (options.Parent != null)
        {
            options.Parent.AddChild(this);
            _providers = options.Parent._providers;
        }

        if (this is CustomResource)
        {
            Provider = options.Provider ?? options.Parent?.GetProvider(type);
            if (options.Provider != null && PackageOf(type) is { } package)
            {
                // Children inherit the provider, also under a resource that is no component.
                _providers = _providers.SetItem(package, options.Provider);
            }
        }
        else
        {
            IEnumerable<ProviderResource> own = options.Provider != null
                ? [options.Provider]
                : (options as ComponentResourceOptions)?.ProvidersIfAny ?? [];
            _providers = _providers.SetItems(own.Select(provider => KeyValuePair.Create(provider.Package, provider)));
        }

        foreach (var alias in options.AliasesIfAny)
        {
            alias.Apply(given =>
            {
                given.Check();
                return given;
            });
        }

        Deployment.Current.Register(this, remote, args, options, outputs);
    }

    [Output(Wire.Urn)]
    public Output<string> Urn { get; private protected set; } = null!;

    /// <summary>The provider that manages this resource, given or inherited.</summary>
    internal ProviderResource? Provider { get; }

    public string GetResourceType() => _type;

    public string GetResourceName() => _name;

    /// <summary>The provider for a type or function token, from this resource or above.</summary>
    internal ProviderResource? GetProvider(string token)
        => PackageOf(token) is { } package && _providers.TryGetValue(package, out var provider) ? provider : null;

    internal ImmutableArray<Resource> Children()
    {
        if (_children == null)
        {
            return [];
        }

        lock (_children)
        {
            return [.. _children];
        }
    }

    private void AddChild(Resource child)
    {
        LazyInitializer.EnsureInitialized(ref _children);
        lock (_children)
        {
            _children.Add(child);
        }
    }

    /// <summary>Applies the resource's own transformations, then those of its parents from the inside out.</summary>
    private (ImmutableArray<ResourceTransformation> Applied, ResourceArgs Args, ResourceOptions Options) Transform(
        Resource? parent, ResourceArgs args, ResourceOptions options)
    {
        var own = options.TransformationsIfAny;
        var inherited = parent?._transformations ?? [];
        var all = own.Count == 0 ? inherited : [.. own, .. inherited];
        foreach (var transformation in all)
        {
            if (transformation(new ResourceTransformationArgs(this, args, options)) is { } result)
            {
                if (result.Options.Parent != options.Parent)
                {
                    throw new ArgumentException("Transformations cannot currently be used to change the 'parent' of a resource.");
                }

                (args, options) = (result.Args, result.Options);
            }
        }

        return (all, args, options);
    }

    private static string? PackageOf(string token)
    {
        var end = token.IndexOf(':', StringComparison.Ordinal);
        return end >= 0 && token.AsSpan().Count(':') == 2 ? token[..end] : null;
    }
}

/// <summary>A resource that a provider manages.</summary>
public class CustomResource : Resource
{
    public CustomResource(
        string type,
        string name,
        ResourceArgs? args,
        CustomResourceOptions? options = null,
        RegisterPackageRequest? registerPackageRequest = null)
        : this(type, name, args, options)
        => _ = registerPackageRequest;

    public CustomResource(string type, string name, ResourceArgs? args, CustomResourceOptions? options = null)
        : base(type, name, args ?? ResourceArgs.Empty, options ?? new CustomResourceOptions(), remote: false)
    {
    }

    private protected CustomResource(string type, string name)
        : base(type, name)
    {
    }

    [Output(Wire.Id)]
    public Output<string> Id { get; private protected set; } = null!;
}

/// <summary>A group of resources with a name and type of its own.</summary>
public class ComponentResource : Resource
{
    public ComponentResource(string type, string name, ComponentResourceOptions? options = null)
        : this(type, name, ResourceArgs.Empty, options)
    {
    }

    public ComponentResource(string type, string name, ResourceArgs? args, ComponentResourceOptions? options = null, bool remote = false)
        : this(type, name, args, options, remote, registerPackageRequest: null)
    {
    }

    public ComponentResource(
        string type,
        string name,
        ResourceArgs? args,
        ComponentResourceOptions? options,
        bool remote,
        RegisterPackageRequest? registerPackageRequest = null)
        : base(type, name, args ?? ResourceArgs.Empty, options ?? new ComponentResourceOptions(), remote)
    {
        _ = registerPackageRequest;
        IsRemote = remote;
    }

    internal bool IsRemote { get; }

    /// <summary>Registers every property marked with <see cref="OutputAttribute"/>.</summary>
    protected void RegisterOutputs()
        => RegisterOutputs(OutputSources.PropertiesOf(GetType())
            .Where(output => output.Property.Name != nameof(Urn))
            .ToDictionary(output => output.ExportName, output => output.Property.GetValue(this)));

    protected void RegisterOutputs(IDictionary<string, object?> outputs)
        => RegisterOutputs(Output.Create(outputs ?? throw new ArgumentNullException(nameof(outputs))));

    protected void RegisterOutputs(Task<IDictionary<string, object?>> outputs)
        => RegisterOutputs(Output.Create(outputs ?? throw new ArgumentNullException(nameof(outputs))));

    protected void RegisterOutputs(Output<IDictionary<string, object?>> outputs)
        => Deployment.Current.RegisterOutputs(this, outputs ?? throw new ArgumentNullException(nameof(outputs)));
}

/// <summary>A provider's configuration, used by the resources that name it.</summary>
public class ProviderResource : CustomResource
{
    private string? _reference;

    public ProviderResource(string package, string name, ResourceArgs args, CustomResourceOptions? options = null)
        : base($"pulumi:providers:{package}", name, args, options)
        => Package = package;

    public ProviderResource(
        string package,
        string name,
        ResourceArgs args,
        CustomResourceOptions? options = null,
        RegisterPackageRequest? registerPackageRequest = null)
        : this(package, name, args, options)
        => _ = registerPackageRequest;

    internal string Package { get; }

    /// <summary>How resources name their provider: <c>urn::id</c>.</summary>
    internal async ValueTask<string> GetReferenceAsync()
    {
        if (_reference == null)
        {
            var urn = await Urn.GetValueAsync(whenUnknown: "").ConfigureAwait(false);
            var id = await Id.GetValueAsync(whenUnknown: "").ConfigureAwait(false);
            _reference = $"{urn}::{(string.IsNullOrEmpty(id) ? Wire.Unknown : id)}";
        }

        return _reference;
    }
}

/// <summary>A resource of which only the URN is known.</summary>
internal sealed class DependencyResource : CustomResource
{
    public DependencyResource(string urn)
        : base(type: "", name: "")
        => Urn = new Output<string>(OutputData<string>.Plain(urn) with { Resources = [this] });
}
