using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Infra.Plans;
using Pulumi;

namespace Infra.Rehearsals;

/// <summary>
/// Turns resolved inputs into what a plan shows: placeholders become readable references, secrets disappear, and the references are noted.
/// </summary>
internal sealed partial class InputRendering : IDisposable
{
    private const string Secret = "[secret]";

    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly Placeholders _placeholders;
    private readonly Dictionary<RecordedResource, string> _names;
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);
    private readonly Utf8JsonWriter _writer;
    private readonly StringBuilder _path = new();
    private readonly List<Reference> _references = [];
    private readonly List<RecordedResource> _found = [];
    private readonly List<SecretInput> _secrets = [];

    /// <summary>Renders the inputs of a finished rehearsal.</summary>
    public InputRendering(IReadOnlyList<RecordedResource> resources, Placeholders placeholders)
    {
        _placeholders = placeholders;
        _names = NamesOf(resources);
        _writer = new Utf8JsonWriter(_buffer, Options);
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    /// <summary>The inputs of a resource as an object, the references in them, and the secrets among them.</summary>
    public (JsonElement Inputs, IReadOnlyList<Reference> References, IReadOnlyList<SecretInput> Secrets) Render(RecordedResource resource)
    {
        _references.Clear();
        _secrets.Clear();
        _found.Clear();
        var element = Written(() =>
        {
            _writer.WriteStartObject();
            foreach (var name in Sorted(resource.Inputs ?? []))
            {
                _writer.WritePropertyName(name);
                var kept = resource.SecretProperties.Contains(name) || resource.Resource is ProviderResource;
                var around = Enter(name);
                Write(resource.Inputs![name], resource.Provenance?.At(name), new([], IsSecret: false, IsOwn: false, kept));
                _path.Length = around;
            }

            _writer.WriteEndObject();
        });
        return (element, [.. _references], [.. _secrets]);
    }

    /// <summary>An object of values that outputs hold, each with the resources that it was computed from.</summary>
    public JsonElement Render(IEnumerable<(string Name, Reading Reading, IReadOnlyList<RecordedResource> Sources)> outputs) => Written(() =>
    {
        _writer.WriteStartObject();
        foreach (var (name, reading, sources) in outputs)
        {
            _writer.WritePropertyName(name);
            Write(reading.Value, null, new(sources, reading.IsSecret, IsOwn: false, IsKept: true));
        }

        _writer.WriteEndObject();
    });

    /// <summary>A document that holds no output.</summary>
    public JsonElement Render(JsonNode document) => Written(() => document.WriteTo(_writer));

    /// <summary>A text with every placeholder in it made readable.</summary>
    public string Readable(string text) => Placeholders.MayBeIn(text) ? Replace(text, _placeholders.In(text)) : text;

    /// <summary>
    /// What the plan calls a resource: its name, with the shortest form of its type that tells it from others, and with its component where
    /// none does.
    /// </summary>
    public string NameOf(RecordedResource resource) => _names[resource];

    private static Dictionary<RecordedResource, string> NamesOf(IReadOnlyList<RecordedResource> resources)
    {
        var names = new Dictionary<RecordedResource, string>(resources.Count);
        foreach (var named in resources.GroupBy(resource => resource.Name))
        {
            var holders = named.Where(resource => resource.Resource is CustomResource).ToList();
            foreach (var resource in named) names[resource] = NameAmong(holders, resource);
        }

        return names;
    }

    private static string NameAmong(List<RecordedResource> holders, RecordedResource resource)
    {
        if (holders.Count <= 1) return resource.Name;
        if (holders.Count(other => TypeName(other) == TypeName(resource)) <= 1) return $"{resource.Name}:{TypeName(resource)}";
        if (holders.Count(other => other.Type == resource.Type) <= 1) return $"{resource.Name}:{resource.Type}";
        return resource.Component is { } component
            ? $"{component.Name}/{resource.Name}:{TypeName(resource)}"
            : $"{resource.Name}:{resource.Type}";
    }

    private static string TypeName(RecordedResource resource) => resource.Type[(resource.Type.LastIndexOf(':') + 1)..];

    private string Show(Placeholders.Found found) => $"{{{NameOf(found.Resource)}.{found.Output.Path}}}";

    private string Replace(string text, IEnumerable<Placeholders.Found> found)
    {
        StringBuilder? replaced = null;
        var from = 0;
        foreach (var placeholder in found.OrderBy(placeholder => placeholder.Start))
        {
            if (placeholder.Start < from) continue;
            (replaced ??= new()).Append(text, from, placeholder.Start - from).Append(Show(placeholder));
            from = placeholder.End;
        }

        return replaced?.Append(text, from, text.Length - from).ToString() ?? text;
    }

    private JsonElement Written(Action write)
    {
        _buffer.ResetWrittenCount();
        _writer.Reset();
        write();
        _writer.Flush();
        return JsonElement.Parse(_buffer.WrittenSpan);
    }

    // Goes a step down and returns how long the path was, to go back up.
    private int Enter(string step)
    {
        var length = _path.Length;
        if (length > 0) _path.Append('.');
        _path.Append(step);
        return length;
    }

    private static string[] Sorted(IDictionary map)
    {
        var keys = new string[map.Count];
        map.Keys.CopyTo(keys, 0);
        Array.Sort(keys, StringComparer.Ordinal);
        return keys;
    }

    private void Write(object? value, Provenance? provenance, Context around)
    {
        var context = provenance is null
            ? around with { IsOwn = false }
            : new Context(
                provenance.Sources.Count > 0 ? provenance.Sources : around.Sources,
                around.IsSecret || provenance.IsSecret,
                provenance.IsSecret,
                around.IsKept);
        var foundBefore = _found.Count;
        switch (value)
        {
            case null:
                _writer.WriteNullValue();
                break;
            case string text:
                _writer.WriteStringValue(Text(text, context));
                break;
            case bool flag when !context.IsSecret:
                _writer.WriteBooleanValue(flag);
                break;
            case int integer:
                Number(integer, context);
                break;
            case double number:
                Number(number, context);
                break;
            case Resource resource:
                _writer.WriteStringValue($"{{{resource.GetResourceName()}}}");
                break;
            case Archive:
                _writer.WriteStringValue("[archive]");
                break;
            case Asset:
                _writer.WriteStringValue("[asset]");
                break;
            case IDictionary map:
                Map(map, provenance, context);
                break;
            case IList list:
                List(list, provenance, context);
                break;
            default:
                Conceal(context, readable: context.IsOwn && context.Sources.Count == 0);
                _writer.WriteStringValue(Secret);
                break;
        }

        NoteUnseen(provenance, foundBefore);
    }

    private void Map(IDictionary map, Provenance? provenance, Context context)
    {
        if (context is { IsOwn: true, Sources.Count: 0 }) Conceal(context, readable: true);
        _writer.WriteStartObject();
        foreach (var key in Sorted(map))
        {
            _writer.WritePropertyName(Readable(key));
            var around = Enter(key);
            Write(map[key], provenance?.At(key), context);
            _path.Length = around;
        }

        _writer.WriteEndObject();
    }

    private void List(IList list, Provenance? provenance, Context context)
    {
        if (context is { IsOwn: true, Sources.Count: 0 }) Conceal(context, readable: true);
        _writer.WriteStartArray();
        for (var index = 0; index < list.Count; index++)
        {
            var around = _path.Length;
            _path.Append('[').Append(index).Append(']');
            Write(list[index], provenance?.At(Provenance.Key(index)), context);
            _path.Length = around;
        }

        _writer.WriteEndArray();
    }

    private void Number(double number, Context context)
    {
        var found = _placeholders.OfNumber(number) is { } candidate && context.Sources.Contains(candidate.Resource) ? candidate : null;
        if (found is not null) Note(found.Resource, "");
        if (context.IsSecret)
        {
            Conceal(context, found?.Output.Secret ?? (context.IsOwn && context.Sources.Count == 0));
            _writer.WriteStringValue(found is null ? Secret : $"[secret {Show(found)}]");
        }
        else if (found is not null)
        {
            _writer.WriteStringValue(Show(found));
        }
        else
        {
            // Whole numbers are written as such: the framework takes some hundredths of a second to get ready for writing others.
            if (number == (long)number) _writer.WriteNumberValue((long)number);
            else _writer.WriteNumberValue(number);
        }
    }

    private string Text(string text, Context context)
    {
        var found = Placeholders.MayBeIn(text) ? _placeholders.In(text).ToList() : [];
        if (found.Count > 0 && LooksLikeJson(text)) NoteInJson(text);
        foreach (var placeholder in found) Note(placeholder.Resource, "");
        if (context.Sources.Count > 0) found.AddRange(_placeholders.NumbersIn(text, context.Sources));
        if (!context.IsSecret) return found.Count == 0 ? ChecksumOf(text, context.Sources) ?? text : Replace(text, found);

        var isReference = found.Count > 0 && !Remainder(text, found).Any(char.IsLetterOrDigit);
        // A map is a secret when any of its elements is: one that is nothing but outputs that are none shows which.
        if (isReference && !context.IsOwn && !found.Exists(placeholder => placeholder.Output.Secret)) return Replace(text, found);
        Conceal(
            context,
            found.Exists(placeholder => placeholder.Output.Secret)
            || (context.IsOwn && (isReference || (found.Count == 0 && context.Sources.Count == 0))));
        return isReference ? $"[secret {Replace(text, found)}]" : Secret;
    }

    // What was computed from placeholders reads like a value and is none: another plan, or the real run, has another.
    private string? ChecksumOf(string text, IReadOnlyList<RecordedResource> sources) =>
        sources.Count > 0
        && Checksum().IsMatch(text)
        && !sources.Any(source => source.Inputs?.ContainsValue(text) == true)
            ? $"[checksum of {string.Join(", ", sources.Select(NameOf).Distinct().Order(StringComparer.Ordinal))}]"
            : null;

    private static string Remainder(string text, List<Placeholders.Found> found) =>
        found
            .OrderByDescending(placeholder => placeholder.Start)
            .Aggregate(text, (rest, placeholder) => rest.Remove(placeholder.Start, placeholder.End - placeholder.Start));

    private void Conceal(Context context, bool readable) => _secrets.Add(new(_path.ToString(), context.IsKept, readable));

    private static bool LooksLikeJson(string text) => text[0] is '{' or '[' && text.Contains('"', StringComparison.Ordinal);

    private void NoteInJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            Walk(document.RootElement, "#");
        }
        catch (JsonException)
        {
            // Text that only looks like JSON: its references are noted for the text as a whole.
        }

        void Walk(JsonElement element, string at)
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.String when element.GetString() is { } inner && Placeholders.MayBeIn(inner):
                    foreach (var placeholder in _placeholders.In(inner)) Note(placeholder.Resource, at);
                    break;
                case JsonValueKind.Array:
                    var index = 0;
                    foreach (var item in element.EnumerateArray())
                        Walk(item, string.Create(CultureInfo.InvariantCulture, $"{at}[{index++}]"));
                    break;
                case JsonValueKind.Object:
                    foreach (var property in element.EnumerateObject())
                    {
                        if (Placeholders.MayBeIn(property.Name))
                        {
                            foreach (var placeholder in _placeholders.In(property.Name)) Note(placeholder.Resource, at);
                        }

                        Walk(property.Value, $"{at}.{Readable(property.Name)}");
                    }

                    break;
            }
        }
    }

    private void Note(RecordedResource target, string inside)
    {
        _found.Add(target);
        var path = _path.ToString() + inside;
        if (inside.Length == 0
            && _references.Exists(known => known.To == target.Urn && known.Path.StartsWith(path + "#", StringComparison.Ordinal)))
        {
            return;
        }

        var reference = new Reference(path, target.Urn);
        if (!_references.Contains(reference)) _references.Add(reference);
    }

    // A source whose placeholder is nowhere in the value still shaped it: a switch, a number, a checksum, a part of a text.
    private void NoteUnseen(Provenance? provenance, int foundBefore)
    {
        foreach (var source in provenance?.Sources ?? [])
        {
            if (_found.IndexOf(source, foundBefore) < 0) Note(source, "");
        }
    }

    [GeneratedRegex(@"^[0-9a-f]{8,64}\z")]
    private static partial Regex Checksum();

    /// <summary>What is known of a value from itself and from what it stands in.</summary>
    /// <param name="Sources">The resources that it was computed from.</param>
    /// <param name="IsSecret">
    /// Whether it is a secret: an element of a list or map is when any of them is, because they are known together only.
    /// </param>
    /// <param name="IsOwn">Whether the secret is certainly in this value.</param>
    /// <param name="IsKept">Whether the cloud keeps the value as a secret.</param>
    private readonly record struct Context(IReadOnlyList<RecordedResource> Sources, bool IsSecret, bool IsOwn, bool IsKept);
}
