using System.Collections.Immutable;
using Pulumi.Serialization;

namespace Pulumi;

/// <summary>A file, or a collection of files, that is part of a deployment.</summary>
public abstract class AssetOrArchive
{
    private protected AssetOrArchive(string signature, string property, object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Signature = signature;
        Property = property;
        Value = value;
    }

    /// <summary>Marks the wire form.</summary>
    internal string Signature { get; }

    /// <summary>The wire form's property that holds <see cref="Value"/>.</summary>
    internal string Property { get; }

    internal object Value { get; }
}

/// <summary>A single file.</summary>
public abstract class Asset : AssetOrArchive
{
    private protected Asset(string property, object value)
        : base(Wire.AssetSignature, property, value)
    {
    }
}

/// <summary>A file from disk.</summary>
public sealed class FileAsset(string path) : Asset(Wire.Path, path);

/// <summary>A file with the given text.</summary>
public sealed class StringAsset(string text) : Asset(Wire.Text, text);

/// <summary>A file fetched from an address.</summary>
public sealed class RemoteAsset(string uri) : Asset(Wire.Uri, uri);

/// <summary>A collection of files.</summary>
public abstract class Archive : AssetOrArchive
{
    private protected Archive(string property, object value)
        : base(Wire.ArchiveSignature, property, value)
    {
    }
}

/// <summary>Files and archives by name.</summary>
public sealed class AssetArchive(IDictionary<string, AssetOrArchive> assets) : Archive(Wire.Assets, assets.ToImmutableDictionary());

/// <summary>A directory or archive file from disk.</summary>
public sealed class FileArchive(string path) : Archive(Wire.Path, path);

/// <summary>An archive fetched from an address.</summary>
public sealed class RemoteArchive(string uri) : Archive(Wire.Uri, uri);

/// <summary>Stands for an asset that came back in a form that is none; it cannot be passed on.</summary>
internal sealed class InvalidAsset() : Asset(Wire.Text, "");

/// <summary>Stands for an archive that came back in a form that is none; it cannot be passed on.</summary>
internal sealed class InvalidArchive() : Archive(Wire.Assets, ImmutableDictionary<string, AssetOrArchive>.Empty);
