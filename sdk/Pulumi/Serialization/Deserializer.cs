using System.Collections.Immutable;

namespace Pulumi.Serialization;

/// <summary>Turns the wire form back into values. A list or map is unknown, or secret, as soon as anything inside is.</summary>
internal static class Deserializer
{
    /// <summary>A value without its marks. The value of something unknown is null.</summary>
    public readonly record struct Decoded(object? Value, bool IsKnown = true, bool IsSecret = false);

    public static Decoded Decode(object? wire) => wire switch
    {
        string text => text == Wire.Unknown ? new Decoded(null, IsKnown: false) : new Decoded(text),
        ImmutableArray<object?> list => DecodeList(list),
        ImmutableDictionary<string, object?> map => DecodeMap(map),
        _ => new Decoded(wire),
    };

    private static Decoded DecodeList(ImmutableArray<object?> list)
    {
        var (isKnown, isSecret, changed) = (true, false, default(ImmutableArray<object?>.Builder));
        for (var i = 0; i < list.Length; i++)
        {
            var element = Decode(list[i]);
            isKnown &= element.IsKnown;
            isSecret |= element.IsSecret;
            if (!ReferenceEquals(element.Value, list[i]))
            {
                // Most lists hold nothing special, and are their own decoded form.
                changed ??= list.ToBuilder();
                changed[i] = element.Value;
            }
        }

        return new Decoded(changed == null ? list : changed.ToImmutable(), isKnown, isSecret);
    }

    private static Decoded DecodeMap(ImmutableDictionary<string, object?> map)
    {
        if (map.TryGetValue(Wire.Signature, out var signature))
        {
            switch (signature)
            {
                case Wire.SecretSignature:
                    return map.TryGetValue(Wire.Value, out var secret)
                        ? Decode(secret) with { IsSecret = true }
                        : throw new InvalidOperationException("Secrets must have a field called 'value'");
                case Wire.AssetSignature:
                    return new Decoded(DecodeAsset(map));
                case Wire.ArchiveSignature:
                    return new Decoded(DecodeArchive(map));
                case Wire.ResourceSignature:
                    return new Decoded(DecodeResource(map));
            }
        }

        var (isKnown, isSecret, changed) = (true, false, default(ImmutableDictionary<string, object?>.Builder));
        foreach (var (key, value) in map)
        {
            // Members that begin with two underscores belong to the engine.
            if (key.StartsWith("__", StringComparison.Ordinal))
            {
                (changed ??= map.ToBuilder()).Remove(key);
                continue;
            }

            var element = Decode(value);
            isKnown &= element.IsKnown;
            isSecret |= element.IsSecret;
            if (!ReferenceEquals(element.Value, value))
            {
                (changed ??= map.ToBuilder())[key] = element.Value;
            }
        }

        return new Decoded(changed == null ? map : changed.ToImmutable(), isKnown, isSecret);
    }

    private static Asset DecodeAsset(ImmutableDictionary<string, object?> map)
        => Text(map, Wire.Path) is { } path ? new FileAsset(path)
            : Text(map, Wire.Uri) is { } uri ? new RemoteAsset(uri)
            : Text(map, Wire.Text) is { } text ? new StringAsset(text)
            : throw new InvalidOperationException("Value was marked as Asset, but did not conform to required shape.");

    private static Archive DecodeArchive(ImmutableDictionary<string, object?> map)
    {
        if (Text(map, Wire.Path) is { } path)
        {
            return new FileArchive(path);
        }

        if (Text(map, Wire.Uri) is { } uri)
        {
            return new RemoteArchive(uri);
        }

        if (map.GetValueOrDefault(Wire.Assets) is not ImmutableDictionary<string, object?> assets)
        {
            throw new InvalidOperationException("Value was marked as Archive, but did not conform to required shape.");
        }

        return new AssetArchive(assets.ToDictionary(
            entry => entry.Key,
            entry => Decode(entry.Value).Value as AssetOrArchive
                ?? throw new InvalidOperationException("AssetArchive contained an element that wasn't itself an Asset or Archive.")));
    }

    private static Resource DecodeResource(ImmutableDictionary<string, object?> map)
        => Text(map, Wire.Urn) is { } urn
            ? Deployment.Current.Refer(urn)
            : throw new InvalidOperationException("Value was marked as a Resource, but did not conform to required shape.");

    private static string? Text(ImmutableDictionary<string, object?> map, string key) => map.GetValueOrDefault(key) as string;
}
