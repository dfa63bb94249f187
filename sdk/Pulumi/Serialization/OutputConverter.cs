using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;

namespace Pulumi.Serialization;

/// <summary>
/// Turns decoded values into the type of an output. A value that does not fit becomes the type's default: Pulumi warns about it,
/// and the test runtime drops warnings.
/// </summary>
internal abstract class OutputConverter
{
    private static readonly ConcurrentDictionary<Type, OutputConverter> Known = new();

    /// <summary>The converter for a type, or an error that says why outputs cannot hold it.</summary>
    public static OutputConverter For(Type type, string context)
    {
        if (!Known.TryGetValue(type, out var converter))
        {
            var built = new Dictionary<Type, OutputConverter>();
            converter = Build(type, context, built);
            foreach (var (builtType, builtConverter) in built)
            {
                Known.TryAdd(builtType, builtConverter);
            }
        }

        return converter;
    }

    /// <summary>What stands for null, for an unknown value and for one that does not fit.</summary>
    protected virtual object? Default => null;

    public object? Convert(object? value) => TryConvert(value, out var result) ? result : Default;

    public bool TryConvert(object? value, out object? result)
    {
        if (value == null)
        {
            result = Default;
            return true;
        }

        return TryConvertValue(value, out result);
    }

    protected abstract bool TryConvertValue(object value, out object? result);

    private static OutputConverter Build(Type type, string context, Dictionary<Type, OutputConverter> built)
    {
        if (Known.TryGetValue(type, out var known) || built.TryGetValue(type, out known))
        {
            return known;
        }

        var converter = Create(type, context, inner => Build(inner, context, built));
        built[type] = converter;

        // Objects may contain themselves, so they are known before their members are looked at.
        (converter as ObjectConverter)?.Link(parameter => Build(parameter.ParameterType, $"{type.FullName}({parameter.Name})", built));
        (converter as CaseConverter)?.Link(unionCase => Build(unionCase.Type, $"{type.FullName}(\"{unionCase.Tag}\")", built));

        return converter;
    }

    private static OutputConverter Create(Type type, string context, Func<Type, OutputConverter> inner)
    {
        if (type == typeof(string))
        {
            return new Same<string>();
        }

        if (type == typeof(bool))
        {
            return new Same<bool>();
        }

        if (type == typeof(double))
        {
            return new Same<double>();
        }

        if (type == typeof(object))
        {
            return new Same<object>();
        }

        if (type == typeof(int))
        {
            return new Mapped<double>(number => (int)number, 0);
        }

        if (type == typeof(JsonElement))
        {
            return new Mapped<object>(value => JsonSerializer.SerializeToElement(value), default(JsonElement));
        }

        if (type == typeof(Asset) || type == typeof(AssetOrArchive))
        {
            return new AssetConverter(type, new InvalidAsset());
        }

        if (type == typeof(Archive))
        {
            return new AssetConverter(type, new InvalidArchive());
        }

        if (typeof(Resource).IsAssignableFrom(type))
        {
            return new Same<Resource>();
        }

        if (type.IsEnum && type.GetEnumUnderlyingType() == typeof(int))
        {
            return new Mapped<double>(number => Enum.ToObject(type, (int)number), Enum.ToObject(type, 0));
        }

        if (type.IsValueType && type.IsDefined(typeof(EnumTypeAttribute)))
        {
            return EnumType(type);
        }

        if (type.IsConstructedGenericType)
        {
            var definition = type.GetGenericTypeDefinition();
            var arguments = type.GenericTypeArguments;
            var element = arguments[^1];
            if (definition == typeof(Nullable<>))
            {
                return new NullableConverter(inner(element));
            }

            if (definition == typeof(ImmutableArray<>))
            {
                return Generic(typeof(ListConverter<>), arguments, inner(element));
            }

            if (definition == typeof(ImmutableDictionary<,>) && arguments[0] == typeof(string))
            {
                return element == typeof(object)
                    ? new Same<ImmutableDictionary<string, object?>>()
                    : Generic(typeof(MapConverter<>), [element], inner(element));
            }

            if (definition == typeof(Union<,>))
            {
                return Generic(typeof(UnionConverter<,>), arguments, inner(arguments[0]), inner(arguments[1]));
            }

            if (definition == typeof(Output<>))
            {
                return Generic(typeof(NestedConverter<>), arguments, inner(element));
            }

            throw new InvalidOperationException(
                $"{context} contains invalid type {type.FullName}:\n"
                + "    The only generic types allowed are ImmutableArray<...> and ImmutableDictionary<string, ...>");
        }

        if (type.IsInterface && type.GetCustomAttribute<DiscriminatedUnionDiscriminatorAttribute>() is { } discriminator)
        {
            return new CaseConverter(type, discriminator.PropertyName);
        }

        if (!type.IsDefined(typeof(OutputTypeAttribute)))
        {
            throw new InvalidOperationException(
                $"{context} contains invalid type {type.FullName}. Allowed types are:\n    String, Boolean, Int32, Double,\n"
                + "    Nullable<...>, ImmutableArray<...> and ImmutableDictionary<string, ...> or\n"
                + $"    a class explicitly marked with the [{nameof(OutputTypeAttribute)}].");
        }

        return new ObjectConverter(ConstructorOf(type) ?? throw new InvalidOperationException(
            $"{type.FullName} had [{nameof(OutputTypeAttribute)}], "
            + $"but did not contain constructor marked with [{nameof(OutputConstructorAttribute)}]."));
    }

    private static OutputConverter Generic(Type definition, Type[] arguments, params object[] inner)
        => (OutputConverter)Activator.CreateInstance(definition.MakeGenericType(arguments), inner)!;

    private static OutputConverter EnumType(Type type)
    {
        const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;
        var none = Activator.CreateInstance(type);
        if (type.GetConstructor(Any, [typeof(string)]) is { } fromText)
        {
            return new Mapped<string>(ConstructorInvoker.Create(fromText).Invoke, none);
        }

        if (type.GetConstructor(Any, [typeof(double)]) is { } fromNumber)
        {
            var create = ConstructorInvoker.Create(fromNumber);
            return new Mapped<double>(number => create.Invoke(number), none);
        }

        throw new InvalidOperationException(
            $"{type.FullName} had [{nameof(EnumTypeAttribute)}], "
            + "but did not contain constructor with a single String or Double parameter.");
    }

    private static ConstructorInfo? ConstructorOf(Type type)
    {
        var all = type.GetConstructors(BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.Instance);
        return all.FirstOrDefault(constructor => constructor.IsDefined(typeof(OutputConstructorAttribute)))
            ?? (all.Count(constructor => constructor.IsPublic) == 1 ? all.Single(constructor => constructor.IsPublic) : null);
    }

    private sealed class Same<T> : OutputConverter
    {
        protected override object? Default => default(T);

        protected override bool TryConvertValue(object value, out object? result)
        {
            result = value;
            return value is T;
        }
    }

    private sealed class Mapped<T>(Func<T, object?> map, object? none) : OutputConverter
    {
        protected override object? Default => none;

        protected override bool TryConvertValue(object value, out object? result)
        {
            result = value is T typed ? map(typed) : null;
            return value is T;
        }
    }

    private sealed class AssetConverter(Type type, AssetOrArchive invalid) : OutputConverter
    {
        protected override bool TryConvertValue(object value, out object? result)
        {
            result = type.IsInstanceOfType(value) ? value : invalid;
            return true;
        }
    }

    private sealed class NullableConverter(OutputConverter inner) : OutputConverter
    {
        protected override bool TryConvertValue(object value, out object? result) => inner.TryConvert(value, out result);
    }

    private sealed class NestedConverter<T>(OutputConverter inner) : OutputConverter
    {
        protected override bool TryConvertValue(object value, out object? result)
        {
            var fits = inner.TryConvert(value, out var element);
            result = fits ? Output.Create((T)element!) : null;
            return fits;
        }
    }

    private sealed class ListConverter<T>(OutputConverter element) : OutputConverter
    {
        protected override object? Default => default(ImmutableArray<T>);

        protected override bool TryConvertValue(object value, out object? result)
        {
            result = value is ImmutableArray<object?> list ? ImmutableArray.CreateRange(list, item => (T)element.Convert(item)!) : null;
            return result != null;
        }
    }

    private sealed class MapConverter<T>(OutputConverter element) : OutputConverter
    {
        protected override bool TryConvertValue(object value, out object? result)
        {
            result = (value as ImmutableDictionary<string, object?>)?
                .ToImmutableDictionary(entry => entry.Key, entry => (T)element.Convert(entry.Value)!);
            return result != null;
        }
    }

    private sealed class UnionConverter<T0, T1>(OutputConverter first, OutputConverter second) : OutputConverter
    {
        protected override object? Default => default(Union<T0, T1>);

        protected override bool TryConvertValue(object value, out object? result)
        {
            if (first.TryConvert(value, out var case0))
            {
                result = Union<T0, T1>.FromT0((T0)case0!);
                return true;
            }

            var fits = second.TryConvert(value, out var case1);
            result = fits ? Union<T0, T1>.FromT1((T1)case1!) : null;
            return fits;
        }
    }

    /// <summary>An object whose class is told by one of its own properties.</summary>
    private sealed class CaseConverter(Type type, string discriminator) : OutputConverter
    {
        private readonly Dictionary<string, OutputConverter> _cases = new(StringComparer.Ordinal);

        public void Link(Func<DiscriminatedUnionCaseAttribute, OutputConverter> build)
        {
            foreach (var unionCase in type.GetCustomAttributes<DiscriminatedUnionCaseAttribute>())
            {
                _cases[unionCase.Tag] = type.IsAssignableFrom(unionCase.Type)
                    ? build(unionCase)
                    : throw new InvalidOperationException(
                        $"{type.FullName} had [{nameof(DiscriminatedUnionCaseAttribute)}(\"{unionCase.Tag}\")] "
                        + $"with type {unionCase.Type.FullName} that is not assignable to {type.FullName}.");
            }
        }

        protected override bool TryConvertValue(object value, out object? result)
        {
            result = null;
            return value is ImmutableDictionary<string, object?> map
                && map.GetValueOrDefault(discriminator) is string tag
                && _cases.TryGetValue(tag, out var converter)
                && converter.TryConvert(value, out result);
        }
    }

    private sealed class ObjectConverter(ConstructorInfo constructor) : OutputConverter
    {
        private readonly ConstructorInvoker _create = ConstructorInvoker.Create(constructor);
        private (string Name, OutputConverter Converter)[] _parameters = [];

        public void Link(Func<ParameterInfo, OutputConverter> build)
            => _parameters = [.. constructor.GetParameters().Select(parameter =>
                (parameter.GetCustomAttribute<OutputConstructorParameterAttribute>()?.Name ?? parameter.Name!, build(parameter)))];

        protected override bool TryConvertValue(object value, out object? result)
        {
            result = null;
            if (value is not ImmutableDictionary<string, object?> map)
            {
                return false;
            }

            var arguments = new object?[_parameters.Length];
            for (var i = 0; i < arguments.Length; i++)
            {
                arguments[i] = _parameters[i].Converter.Convert(map.GetValueOrDefault(_parameters[i].Name));
            }

            result = _create.Invoke(arguments.AsSpan());
            return true;
        }
    }
}
