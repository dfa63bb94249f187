using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Pulumi.Serialization;

/// <summary>The outputs of one resource while they wait for its state.</summary>
internal sealed class OutputSources(OutputSource[] sources)
{
    private static readonly ConcurrentDictionary<Type, OutputProperty[]> Properties = new();

    /// <summary>The properties of a class that are marked as outputs.</summary>
    public static IReadOnlyList<OutputProperty> PropertiesOf(Type type) => Properties.GetOrAdd(type, Find);

    /// <summary>
    /// Gives the resource's output properties their outputs. A local component sets its own; only <see cref="Resource.Urn"/> is filled.
    /// </summary>
    public static OutputSources Attach(Resource resource, bool all)
    {
        var properties = Properties.GetOrAdd(resource.GetType(), Find);
        if (!all && resource is not CustomResource)
        {
            properties = Array.FindAll(properties, property => property.Property.DeclaringType == typeof(Resource));
        }

        var dependencies = ImmutableHashSet.Create(resource);
        return new OutputSources(Array.ConvertAll(properties, property => property.Attach(resource, dependencies)));
    }

    /// <summary>Resolves every output from the state. What the state lacks is the default value, and unknown in a preview.</summary>
    public void Resolve(string urn, string? id, ImmutableDictionary<string, object?> state, bool isPreview)
    {
        foreach (var source in sources)
        {
            switch (source.Name)
            {
                case Wire.Urn:
                    source.Resolve(urn);
                    break;
                case Wire.Id:
                    source.ResolveId(id);
                    break;
                default:
                    if (state.TryGetValue(source.Name, out var wire))
                    {
                        source.Resolve(Deserializer.Decode(wire));
                    }
                    else
                    {
                        source.ResolveDefault(isKnown: !isPreview);
                    }

                    break;
            }
        }
    }

    public void Fail(Exception error)
    {
        foreach (var source in sources)
        {
            source.Fail(error);
        }
    }

    private static OutputProperty[] Find(Type type)
        => [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => (Property: property, Attribute: property.GetCustomAttribute<OutputAttribute>()))
            .Where(found => found.Attribute != null)
            .Select(found => new OutputProperty(type, found.Property, found.Attribute!.Name))];
}

/// <summary>A property of a resource class that is marked with <see cref="OutputAttribute"/>.</summary>
internal sealed class OutputProperty
{
    private readonly Type _class;
    private readonly PropertyInfo _declared;
    private readonly FieldInfo? _field;
    private Func<string, ImmutableHashSet<Resource>, OutputSource>? _create;

    public OutputProperty(Type resourceClass, PropertyInfo property, string? name)
    {
        _class = resourceClass;
        Property = property;
        Name = name ?? property.Name;
        ExportName = string.IsNullOrWhiteSpace(name) ? property.Name : name;

        // Seen from a derived class, a private setter does not exist.
        _declared = property.DeclaringType!.GetProperty(
            property.Name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)!;
        _field = Members.BackingFieldOf(_declared, _declared.SetMethod);
    }

    public PropertyInfo Property { get; }

    public string Name { get; }

    /// <summary>The name under which a component registers the property; a blank name counts as none there.</summary>
    public string ExportName { get; }

    public OutputSource Attach(Resource resource, ImmutableHashSet<Resource> dependencies)
    {
        _create ??= CreateFactory();
        var source = _create(Name, dependencies);
        if (_field != null)
        {
            _field.SetValue(resource, source.Output);
        }
        else if (_declared.SetMethod != null)
        {
            _declared.SetValue(resource, source.Output);
        }
        else
        {
            throw new InvalidOperationException($"[Output] {_class.FullName}.{Property.Name} did not have a 'set' method");
        }

        return source;
    }

    private Func<string, ImmutableHashSet<Resource>, OutputSource> CreateFactory()
    {
        var type = Property.PropertyType;
        if (!type.IsConstructedGenericType || type.GetGenericTypeDefinition() != typeof(Output<>))
        {
            throw RunException.OutputsHaveIncorrectType([Name]);
        }

        var value = type.GenericTypeArguments[0];
        var converter = OutputConverter.For(value, $"[Output] {_class.FullName}.{Property.Name}");
        return typeof(OutputSource<>).MakeGenericType(value)
            .GetMethod(nameof(OutputSource<object>.Factory), BindingFlags.Public | BindingFlags.Static)!
            .CreateDelegate<Func<OutputConverter, Func<string, ImmutableHashSet<Resource>, OutputSource>>>()(converter);
    }
}

/// <summary>One output that waits for its value.</summary>
internal abstract class OutputSource(string name)
{
    /// <summary>The wire name of its property.</summary>
    public string Name => name;

    public abstract object Output { get; }

    public abstract void Resolve(Deserializer.Decoded data);

    public abstract void ResolveDefault(bool isKnown);

    public abstract void Fail(Exception error);

    public void Resolve(string text) => Resolve(new Deserializer.Decoded(text));

    /// <summary>An id that is not given is unknown, also in a real run.</summary>
    public void ResolveId(string? id) => Resolve(new Deserializer.Decoded(id ?? "", IsKnown: !string.IsNullOrEmpty(id)));
}

/// <inheritdoc />
internal sealed class OutputSource<T> : OutputSource
{
    private readonly TaskCompletionSource<OutputData<T>> _source = new();
    private readonly ImmutableHashSet<Resource> _dependencies;
    private readonly OutputConverter _converter;

    private OutputSource(string name, ImmutableHashSet<Resource> dependencies, OutputConverter converter)
        : base(name)
    {
        _dependencies = dependencies;
        _converter = converter;
        Output = new Output<T>(_source);
    }

    public override object Output { get; }

    public static Func<string, ImmutableHashSet<Resource>, OutputSource> Factory(OutputConverter converter)
        => (name, dependencies) => new OutputSource<T>(name, dependencies, converter);

    public override void Resolve(Deserializer.Decoded data)
    {
        var value = _converter.Convert(data.Value);
        _source.SetResult(new OutputData<T>(_dependencies, value == null ? default! : (T)value, data.IsKnown, data.IsSecret));
    }

    public override void ResolveDefault(bool isKnown)
        => _source.SetResult(new OutputData<T>(_dependencies, default!, isKnown, IsSecret: false));

    public override void Fail(Exception error) => _source.TrySetException(error);
}

/// <summary>Reads how members are declared.</summary>
internal static class Members
{
    /// <summary>
    /// The field behind an automatic property: reading and writing it is several times faster than calling the property by reflection.
    /// An accessor with code of its own must be called, so there is no field to return.
    /// </summary>
    public static FieldInfo? BackingFieldOf(PropertyInfo property, MethodInfo? accessor)
        => accessor is { IsVirtual: false } && accessor.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false)
            ? property.DeclaringType!.GetField($"<{property.Name}>k__BackingField", BindingFlags.Instance | BindingFlags.NonPublic)
            : null;
}
