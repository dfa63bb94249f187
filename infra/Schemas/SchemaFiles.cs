using System.Collections.Concurrent;

namespace Infra.Schemas;

/// <summary>
/// The schema files of the program. Which file a type stands in follows from its token, so that a plan reads only those of what it holds.
/// </summary>
internal static class SchemaFiles
{
    private const string Ending = ".schema";

    // What every version of Kubernetes checks beyond the fields of its objects; "*" stands for every kind.
    private const string KubernetesValues = "kubernetes-values";

    private static readonly ConcurrentDictionary<string, SchemaText?> Read = new(StringComparer.Ordinal);
    private static readonly ConcurrentDictionary<string, IReadOnlyList<SchemaOf>> ByType = new(StringComparer.Ordinal);

    /// <summary>The names of all files.</summary>
    public static IEnumerable<string> Names => typeof(SchemaFiles).Assembly.GetManifestResourceNames()
        .Where(name => name.EndsWith(Ending, StringComparison.Ordinal))
        .Select(name => name[..^Ending.Length]);

    /// <summary>A file; null where there is none.</summary>
    public static SchemaText? Of(string name) => Read.GetOrAdd(name, Load);

    /// <summary>What is known of what a chart takes; null where nothing is.</summary>
    /// <param name="chart">The chart's name, without where it lies.</param>
    public static SchemaText? OfChart(string chart) => Of($"chart.{chart}");

    /// <summary>What the inputs of a type must keep; nothing where nothing is known.</summary>
    /// <param name="type">The type's token.</param>
    public static IReadOnlyList<SchemaOf> OfType(string type) => ByType.GetOrAdd(type, Find);

    private static IReadOnlyList<SchemaOf> Find(string type)
    {
        var package = type[..type.IndexOf(':', StringComparison.Ordinal)];
        if (package != "kubernetes") return [.. Schemas(Of(package), type)];
        var group = type["kubernetes:".Length..type.IndexOf('/', StringComparison.Ordinal)];
        return
        [
            .. Schemas(Of($"kubernetes.{group}") ?? Of(package), type),
            .. Schemas(Of(KubernetesValues), type),
            .. group == "helm.sh" ? [] : Schemas(Of(KubernetesValues), "*"),
        ];
    }

    private static IEnumerable<SchemaOf> Schemas(SchemaText? file, string name)
    {
        if (file?.Resource(name) is { } schema) yield return new(schema, $"{file.Source}, read {file.Read}");
    }

    private static SchemaText? Load(string name)
    {
        using var stream = typeof(SchemaFiles).Assembly.GetManifestResourceStream(name + Ending);
        if (stream is null) return null;
        using var reader = new StreamReader(stream);
        return new(reader.ReadToEnd());
    }
}

/// <summary>A schema and what it was read off.</summary>
/// <param name="Schema">The schema.</param>
/// <param name="Source">The product, its version and the month of reading.</param>
internal sealed record SchemaOf(Schema Schema, string Source);
