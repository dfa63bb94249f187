using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;

namespace Pulumi.Serialization;

/// <summary>Turns arguments into their wire form, and collects the resources that they depend on.</summary>
internal sealed class Serializer(bool keepResources)
{
    private static readonly ConcurrentDictionary<Type, Func<object, object?>?> EnumReaders = new();
    private static readonly ConcurrentDictionary<Type, FieldInfo[]?> OutputTypeFields = new();
    private static readonly ConcurrentDictionary<Type, Func<IList, bool>?> DefaultChecks = new();

    public HashSet<Resource> Dependencies { get; } = [];

    /// <summary>The wire form of an object's members; absent ones are left out.</summary>
    public async Task<ImmutableDictionary<string, object?>> SerializeMembersAsync(
        string label, IEnumerable<KeyValuePair<string, object?>> members, Func<string, bool>? accept = null)
    {
        var result = ImmutableDictionary.CreateBuilder<string, object?>();
        var root = new Place(null, label);
        foreach (var (name, value) in members)
        {
            if (value == null || accept?.Invoke(name) == false)
            {
                continue;
            }

            try
            {
                if (await SerializeAsync(value, root, name).ConfigureAwait(false) is { } serialized)
                {
                    result[name] = serialized;
                }
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"error serializing property \"{name}\": {error.Message}", error);
            }
        }

        return result.ToImmutable();
    }

    public ValueTask<object?> SerializeAsync(object? value, string label) => SerializeAsync(value, null, label);

    /// <summary>Most values stand for themselves and need no place.</summary>
    private ValueTask<object?> SerializeAsync(object? value, Place? parent, object name) => value switch
    {
        null or bool or double or string => new ValueTask<object?>(value),
        int number => new ValueTask<object?>((double)number),
        _ => SerializeAsync(value, new Place(parent, name)),
    };

    private ValueTask<object?> SerializeAsync(object? value, Place place) => value switch
    {
        null or bool or double or string => new ValueTask<object?>(value),
        int number => new ValueTask<object?>((double)number),
        IInput input => SerializeOutputAsync(input.ToSerializable(), place),
        IOutput output => SerializeOutputAsync(output, place),
        InputArgs args => SerializeEntriesAsync(args.Members(), place),
        AssetOrArchive asset => SerializeAssetAsync(asset, place),
        Task => throw new InvalidOperationException(
            $"Tasks are not allowed inside ResourceArgs. Please wrap your Task in an Output:\n\t{place}"),
        IUnion union => SerializeAsync(union.Value, place),
        JsonElement json => new ValueTask<object?>(FromJson(json)),
        Resource resource => SerializeResourceAsync(resource, place),
        ImmutableDictionary<string, object?> map => SerializeEntriesAsync(map, place),
        IDictionary map => SerializeEntriesAsync(Entries(map, place), place),
        IList list => SerializeListAsync(list, place),
        Enum constant when constant.GetTypeCode() == TypeCode.Int32 => new ValueTask<object?>((double)(int)value),
        ValueTuple => new ValueTask<object?>((object?)null),
        _ => SerializeObjectAsync(value, place),
    };

    private async ValueTask<object?> SerializeOutputAsync(IOutput output, Place place)
    {
        await output.DataTask.ConfigureAwait(false);
        var data = output.Data;
        if (!data.Resources.IsEmpty)
        {
            Dependencies.UnionWith(data.Resources);
        }

        if (!data.IsKnown)
        {
            return Wire.Unknown;
        }

        var value = await SerializeAsync(data.Untyped, place).ConfigureAwait(false);
        return data.IsSecret ? Signed(Wire.SecretSignature, Wire.Value, value) : value;
    }

    private async ValueTask<object?> SerializeAssetAsync(AssetOrArchive asset, Place place)
    {
        if (asset is InvalidAsset or InvalidArchive)
        {
            throw new InvalidOperationException($"Cannot serialize invalid {(asset is InvalidAsset ? "asset" : "archive")}");
        }

        return Signed(
            asset.Signature, asset.Property, await SerializeAsync(asset.Value, place, asset.Property).ConfigureAwait(false));
    }

    /// <summary>A resource travels as a reference or, where references are not wanted, as its id or URN.</summary>
    private async ValueTask<object?> SerializeResourceAsync(Resource resource, Place place)
    {
        object? id = null;
        if (resource is CustomResource custom)
        {
            Dependencies.Add(custom);
            id = await SerializeAsync(custom.Id, place, Wire.Id).ConfigureAwait(false);
            if (!keepResources)
            {
                return id;
            }
        }

        var urn = await SerializeAsync(resource.Urn, place, Wire.Urn).ConfigureAwait(false);
        if (!keepResources)
        {
            return urn;
        }

        var reference = Signed(Wire.ResourceSignature, Wire.Urn, urn);
        return resource is CustomResource ? reference.Add(Wire.Id, id as string == Wire.Unknown ? "" : id) : reference;
    }

    private async ValueTask<object?> SerializeEntriesAsync(
        IEnumerable<KeyValuePair<string, object?>> entries,
        Place place,
        bool keepNull = false)
    {
        var result = ImmutableDictionary.CreateBuilder<string, object?>();
        foreach (var (key, value) in entries)
        {
            var serialized = await SerializeAsync(value, place, key).ConfigureAwait(false);
            if (keepNull || serialized != null)
            {
                result[key] = serialized;
            }
        }

        return result.ToImmutable();
    }

    private static IEnumerable<KeyValuePair<string, object?>> Entries(IDictionary map, Place place)
    {
        foreach (DictionaryEntry entry in map)
        {
            yield return entry.Key is string key
                ? KeyValuePair.Create(key, entry.Value)
                : throw new InvalidOperationException($"Dictionaries are only supported with string keys:\n\t{place}");
        }
    }

    private async ValueTask<object?> SerializeListAsync(IList list, Place place)
    {
        if (IsDefault(list))
        {
            return ImmutableArray<object?>.Empty;
        }

        var result = ImmutableArray.CreateBuilder<object?>(list.Count);
        for (var i = 0; i < list.Count; i++)
        {
            result.Add(await SerializeAsync(list[i], place, i).ConfigureAwait(false));
        }

        return result.MoveToImmutable();
    }

    /// <summary>Whether this is an immutable array that was never given elements, and hence has no length to ask for.</summary>
    private static bool IsDefault(IList list)
        => DefaultChecks.GetOrAdd(
            list.GetType(),
            type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>)
                ? typeof(Serializer).GetMethod(nameof(IsDefaultArray), BindingFlags.NonPublic | BindingFlags.Static)!
                    .MakeGenericMethod(type.GenericTypeArguments).CreateDelegate<Func<IList, bool>>()
                : null)?.Invoke(list) == true;

    private static bool IsDefaultArray<T>(IList list) => ((ImmutableArray<T>)list).IsDefault;

    private ValueTask<object?> SerializeObjectAsync(object value, Place place)
    {
        var type = value.GetType();
        if (EnumReaders.GetOrAdd(type, EnumReaderOf) is { } readEnum)
        {
            return new ValueTask<object?>(readEnum(value));
        }

        if (OutputTypeFields.GetOrAdd(type, FieldsOf) is { } fields)
        {
            return SerializeEntriesAsync(
                fields.Select(field => KeyValuePair.Create(char.ToLowerInvariant(field.Name[0]) + field.Name[1..], field.GetValue(value))),
                place,
                keepNull: true);
        }

        throw new InvalidOperationException($"{type.FullName} is not a supported argument type.\n\t{place}");
    }

    private static Func<object, object?>? EnumReaderOf(Type type)
    {
        if (!type.IsValueType || !type.IsDefined(typeof(EnumTypeAttribute)))
        {
            return null;
        }

        var conversion = type.GetMethod("op_Explicit", BindingFlags.Public | BindingFlags.Static, [type]);
        return conversion?.ReturnType == typeof(string) || conversion?.ReturnType == typeof(double)
            ? value => conversion.Invoke(null, [value])
            : throw new InvalidOperationException($"Expected {type.FullName} to have an explicit conversion operator to String or Double.");
    }

    private static FieldInfo[]? FieldsOf(Type type)
        => type.IsDefined(typeof(OutputTypeAttribute))
            ? [.. type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance).Where(field => field.IsInitOnly)]
            : null;

    private static object? FromJson(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.Number => json.GetDouble(),
        JsonValueKind.True or JsonValueKind.False => json.GetBoolean(),
        JsonValueKind.Array => json.EnumerateArray().Select(FromJson).ToImmutableArray(),
        // Of two members with one name the last counts.
        JsonValueKind.Object => ImmutableDictionary<string, object?>.Empty.SetItems(
            json.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, FromJson(member.Value)))),
        _ => null,
    };

    private static ImmutableDictionary<string, object?> Signed(string signature, string property, object? value)
        => ImmutableDictionary<string, object?>.Empty.Add(Wire.Signature, signature).Add(property, value);

    /// <summary>Where a value stands, put into words only for an error.</summary>
    private sealed class Place(Place? parent, object name)
    {
        public override string ToString() => name is int index ? $"{parent}[{index}]" : parent == null ? $"{name}" : $"{parent}.{name}";
    }
}
