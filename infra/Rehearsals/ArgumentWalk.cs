using System.Collections;
using System.Globalization;
using System.Text;
using Pulumi;

namespace Infra.Rehearsals;

/// <summary>
/// Walks over a resource's arguments and finds what is secret in them, which resources they come from, and what is wrong with them.
/// </summary>
/// <param name="recorded">Finds the record of a resource; null for the stack.</param>
/// <param name="report">Receives the path of an argument and what is wrong with it.</param>
/// <param name="patience">How long to wait for values.</param>
internal sealed class ArgumentWalk(Func<Resource, RecordedResource?> recorded, Action<string, ArgumentProblem> report, Patience patience)
{
    private readonly List<string> _path = [];

    /// <summary>The provenance of arguments; null when there is nothing to tell.</summary>
    public Provenance? Of(ResourceArgs arguments) => Members(arguments);

    private Provenance? Members(InputArgs arguments)
    {
        Provenance? provenance = null;
        foreach (var member in ArgumentSurface.Of(arguments.GetType()))
        {
            var value = member.Read(arguments);
            _path.Add(member.Name);
            if (value is null)
            {
                if (member.IsRequired) report(Path(), new RequiredMissing());
            }
            else
            {
                var inside = Value(value);
                if (inside is not null) (provenance ??= new()).Inside[member.Name] = member.IsJson ? Flattened(inside) : inside;
            }

            _path.RemoveAt(_path.Count - 1);
        }

        return provenance;
    }

    private Provenance? Value(object? value)
    {
        switch (value)
        {
            case null or string or bool or int or double or Enum or AssetOrArchive:
                return null;
            case InputArgs nested:
                return Members(nested);
            case Resource resource:
                return recorded(resource) is { } target ? new Provenance { Sources = [target] } : null;
            case IDictionary map:
                return Entries(map);
        }

        var type = value.GetType();
        if (OutputReader.For(type) is { } reader) return Read(reader.Read(value, patience));
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Union<,>))
            return Value(type.GetProperty(nameof(Union<,>.Value))!.GetValue(value));
        return value is IList list ? Items(list) : null;
    }

    private Provenance? Read(Reading reading)
    {
        var sources = reading.Sources.IsEmpty ? [] : reading.Sources.Select(recorded).OfType<RecordedResource>().ToArray();
        if (sources.Length > 1) Array.Sort(sources, (first, second) => first.Index.CompareTo(second.Index));
        if (reading.Failure is not null)
        {
            report(Path(), new Failed(reading.Failure));
            return null;
        }

        if (reading.IsMissing && sources.Length > 0) report(Path(), new SourceMissing(sources));
        var provenance = Value(reading.Value);
        if (!reading.IsSecret && sources.Length == 0) return provenance;

        provenance ??= new();
        provenance.IsSecret |= reading.IsSecret;
        provenance.Sources = provenance.Sources.Count == 0 ? sources : [.. provenance.Sources.Union(sources)];
        return provenance;
    }

    private Provenance? Entries(IDictionary map)
    {
        Provenance? provenance = null;
        foreach (DictionaryEntry entry in map)
        {
            if (entry.Value is null or string) continue;
            var key = (string)entry.Key;
            _path.Add(key);
            if (Value(entry.Value) is { } inside) (provenance ??= new()).Inside[key] = inside;
            _path.RemoveAt(_path.Count - 1);
        }

        return provenance;
    }

    private Provenance? Items(IList list)
    {
        Provenance? provenance = null;
        for (var index = 0; index < list.Count; index++)
        {
            if (list[index] is not { } item || item is string) continue;
            _path.Add(Provenance.Key(index));
            if (Value(item) is { } inside) (provenance ??= new()).Inside[_path[^1]] = inside;
            _path.RemoveAt(_path.Count - 1);
        }

        return provenance;
    }

    // What travels as JSON text is one value: what is true of a part is true of all of it.
    private static Provenance Flattened(Provenance provenance) =>
        new() { IsSecret = provenance.HoldsSecret, Sources = [.. AllSources(provenance).Distinct().OrderBy(source => source.Index)] };

    private static IEnumerable<RecordedResource> AllSources(Provenance provenance) =>
        provenance.Sources.Concat(provenance.Inside.Values.SelectMany(AllSources));

    private string Path()
    {
        var text = new StringBuilder();
        foreach (var part in _path)
        {
            if (int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _)) text.Append('[').Append(part).Append(']');
            else text.Append(text.Length == 0 ? "" : ".").Append(part);
        }

        return text.ToString();
    }
}

/// <summary>What can be wrong with an argument.</summary>
internal abstract record ArgumentProblem;

/// <summary>A required argument has no value.</summary>
internal sealed record RequiredMissing : ArgumentProblem;

/// <summary>An argument has no value although it was computed from outputs: none of them has a placeholder.</summary>
/// <param name="Sources">The resources whose outputs they are.</param>
internal sealed record SourceMissing(IReadOnlyList<RecordedResource> Sources) : ArgumentProblem;

/// <summary>The value could not be computed.</summary>
/// <param name="Exception">Why.</param>
internal sealed record Failed(Exception Exception) : ArgumentProblem;
