using Infra.Sdk.Generator.Emission;
using Infra.Sdk.Generator.Model;

namespace Infra.Sdk.Cataloguing;

/// <summary>What an edit did to a catalogue.</summary>
internal sealed record CatalogueEdit(Catalogue Catalogue, IReadOnlyList<string> Added, IReadOnlyList<string> AddedTypes);

/// <summary>A request that cannot be met, in words for whoever made it.</summary>
internal sealed class CatalogueException(string message) : Exception(message);

/// <summary>Adds resource types and functions to a catalogue, with every nested type that they reach.</summary>
internal sealed class CatalogueEditor
{
    private readonly Surface _surface;
    private readonly Provider _provider;
    private readonly Naming _naming;
    private readonly IReadOnlyList<string> _omitted;
    private readonly Dictionary<string, Resource> _resources;
    private readonly Dictionary<string, Function> _functions;
    private readonly Dictionary<string, EnumType> _enums;
    private readonly Dictionary<string, NestedType> _types;
    private readonly List<string> _added = [];
    private readonly List<string> _addedTypes = [];

    private CatalogueEditor(Catalogue catalogue, Surface surface)
    {
        _surface = surface;
        _provider = surface.Provider ?? catalogue.Provider;
        _naming = new(new(_provider, [], [], [], [], []));
        _omitted = catalogue.Omitted;
        _resources = catalogue.Resources.ToDictionary(r => r.Token);
        _functions = catalogue.Functions.ToDictionary(f => f.Token);
        _enums = catalogue.Enums.ToDictionary(e => e.Name);
        _types = catalogue.Types.ToDictionary(t => t.Name);
    }

    /// <summary>Adds what is not yet in the catalogue; what is there stays as it is.</summary>
    /// <exception cref="CatalogueException">A token is unknown, or the surface is of another version.</exception>
    public static CatalogueEdit Add(Catalogue catalogue, Surface surface, IEnumerable<string> tokens)
    {
        if (surface.Provider is { } provider
            && (provider.Name != catalogue.Provider.Name || provider.Version != catalogue.Provider.Version))
        {
            throw new CatalogueException(
                $"The catalogue describes {catalogue.Provider.Name} {catalogue.Provider.Version}, the surface {provider.Name} "
                + $"{provider.Version}. Use a surface of the same version, or the command 'update' to describe everything anew.");
        }
        var editor = new CatalogueEditor(catalogue, surface);
        editor.AddAll(tokens);
        return editor.Edit();
    }

    /// <summary>Describes everything that the catalogue holds anew, from a surface that may be of another version.</summary>
    /// <exception cref="CatalogueException">Something no longer exists, or the surface does not state secrets and defaults.</exception>
    public static CatalogueEdit Update(Catalogue catalogue, Surface surface)
    {
        if (surface.Provider is null)
        {
            throw new CatalogueException(
                "The surface has no 'provider' line, so it does not state which values are secret. "
                + "Read it from the package's assembly instead.");
        }

        var editor = new CatalogueEditor(new(surface.Provider, catalogue.Omitted, [], [], [], []), surface);
        editor.AddAll(catalogue.Resources.Select(r => r.Token).Concat(catalogue.Functions.Select(f => f.Token)));
        return editor.Edit();
    }

    private CatalogueEdit Edit() =>
        new(
            new(_provider, _omitted, [.. _resources.Values], [.. _functions.Values], [.. _enums.Values], [.. _types.Values]),
            _added,
            _addedTypes);

    private void AddAll(IEnumerable<string> tokens)
    {
        var unknown = new List<string>();
        foreach (var token in tokens.Distinct())
        {
            if (_resources.ContainsKey(token) || _functions.ContainsKey(token))
                continue;
            if (_surface.Resources.TryGetValue(token, out var resource))
                Add(resource);
            else if (_surface.Functions.TryGetValue(token, out var function))
                Add(function);
            else
                unknown.Add(token);
        }
        if (unknown.Count > 0)
            throw new CatalogueException(string.Join(Environment.NewLine, unknown.Select(Unknown)));
    }

    private string Unknown(string token)
    {
        var near = NearMatches.Of(token, _surface.Resources.Keys.Concat(_surface.Functions.Keys));
        return $"{_provider.Namespace} has no resource type or function '{token}'."
            + (near.Count == 0 ? "" : $" Did you mean {string.Join(", ", near)}?");
    }

    private void Add(SurfaceResource resource)
    {
        var described =
            new Resource(resource.Token, Relative(resource.Class), resource.ArgsOptional, resource.Obsolete, resource.Aliases, []);
        var args = _naming.ArgsOf(described);
        var inputs = _surface.Args.GetValueOrDefault($"{args.Namespace}.{args.Class}", []);
        var properties = Merge(inputs, Shape.Input, resource.Outputs, Shape.Output);
        _resources.Add(resource.Token, described with { Properties = properties });
        _added.Add(resource.Token);
        AddTypes(properties, Shape.Input, Shape.Output);
    }

    private void Add(SurfaceFunction function)
    {
        var inputs = _surface.Args.GetValueOrDefault(function.Class + "InvokeArgs", []);
        var outputs = _surface.OutputTypes.GetValueOrDefault(function.Class + "Result", []);
        var properties = Merge(inputs, Shape.Argument, outputs, Shape.Result, isNested: true);
        _functions.Add(function.Token, new(function.Token, Relative(function.Class), function.ArgsOptional, function.Obsolete, properties));
        _added.Add(function.Token);
        AddTypes(properties, Shape.Argument, Shape.Result);
    }

    private void AddTypes(IEnumerable<Property> properties, Shape input, Shape output)
    {
        foreach (var name in properties.SelectMany(p => p.Type.Names).Distinct())
        {
            if (_enums.ContainsKey(name) || _types.ContainsKey(name))
                continue;
            _addedTypes.Add(name);
            if (_surface.Enums.TryGetValue(ClassOf(_naming.Split(name)), out var members))
            {
                _enums.Add(name, new(name, members));
                continue;
            }
            var inputClass = ClassOf(_naming.Split(name, input));
            var outputClass = ClassOf(_naming.Split(name, output));
            if (!_surface.Args.ContainsKey(inputClass) && !_surface.OutputTypes.ContainsKey(outputClass))
            {
                throw new CatalogueException(
                    $"The surface mentions the type {name}, but describes neither {inputClass} nor {outputClass}: it is incomplete.");
            }

            var inputs = _surface.Args.GetValueOrDefault(inputClass, []);
            var outputs = _surface.OutputTypes.GetValueOrDefault(outputClass, []);
            var nested = Merge(inputs, input, outputs, output, isNested: true);
            _types.Add(name, new(name, nested));
            AddTypes(nested, input, output);
        }
    }

    /// <summary>
    /// Joins the two sides: a property that is the same on both is described once. Only a resource says of its outputs which are secret.
    /// </summary>
    private List<Property> Merge(
        IReadOnlyList<SurfaceProperty> inputs,
        Shape input,
        IReadOnlyList<SurfaceProperty> outputs,
        Shape output,
        bool isNested = false)
    {
        var merged = new List<Property>();
        var ins = inputs.ToDictionary(p => p.Wire, p => Describe(p, input));
        foreach (var surface in outputs)
        {
            var property = Describe(surface, output);
            if (ins.TryGetValue(property.Wire, out var twin))
            {
                if (surface.Name is null)
                    property = property with { Name = twin.Name };
                if (twin.Type == property.Type
                    && twin.Name == property.Name
                    && (twin.Secret == property.Secret || isNested)
                    && twin.Obsolete == property.Obsolete)
                {
                    merged.Add(twin with { Out = true, Nullable = property.Nullable });
                    ins.Remove(property.Wire);
                    continue;
                }
            }
            merged.Add(property);
        }
        merged.AddRange(ins.Values);
        merged.RemoveAll(p => p.Type.Names.Any(name => _omitted.Any(omitted => name.StartsWith(omitted, StringComparison.Ordinal))));
        return [.. merged.OrderBy(p => p.Wire, StringComparer.Ordinal).ThenByDescending(p => p.In)];
    }

    private Property Describe(SurfaceProperty property, Shape shape)
    {
        var (type, nullable) = CSharpType.Read(property.Type, name => NameOf(name, shape));
        var isOutput = shape is Shape.Output or Shape.Result;
        return new(
            property.Wire, property.Name
                ?? Property.NameOf(property.Wire), type, In: !isOutput, Out: isOutput, property.Required, Nullable: isOutput && nullable,
            property.Secret, property.Json, property.Obsolete, property.Constant, property.Default, property.Environment);
    }

    /// <summary>The catalogue's name of a class: without root, side and suffix.</summary>
    private string NameOf(string name, Shape shape)
    {
        if (_surface.Enums.ContainsKey(name))
            return Relative(name);
        var parts = Relative(name).Split('.')
            .Where(part => part is not ("Inputs" or "Outputs") && (part != "Types" || !_provider.IsKubernetes));
        var bare = string.Join('.', parts);
        var suffix = shape switch { Shape.Input => "Args", Shape.Argument => "InputArgs", Shape.Result => "Result", _ => "" };
        return suffix.Length > 0 && bare.EndsWith(suffix, StringComparison.Ordinal) ? bare[..^suffix.Length] : bare;
    }

    private string Relative(string name) => name.StartsWith(_provider.Namespace + ".", StringComparison.Ordinal)
        ? name[(_provider.Namespace.Length + 1)..]
        : throw new CatalogueException($"The surface mentions {name}, which does not lie in {_provider.Namespace}.");

    private static string ClassOf((string Namespace, string Class) name) => $"{name.Namespace}.{name.Class}";
}
