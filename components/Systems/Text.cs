using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Infra.Components.Systems;

/// <summary>How a value is written where it is put into a text.</summary>
public enum TextFormat
{
    /// <summary>As it is.</summary>
    Plain,

    /// <summary>Percent-encoded, for a part of a url (RFC 3986): <c>p@ss</c> becomes <c>p%40ss</c>.</summary>
    Url,

    /// <summary>Escaped for the inside of a JSON string, without its quotes.</summary>
    Json,

    /// <summary>In base64, of its bytes in UTF-8.</summary>
    Base64,

    /// <summary>Of a private key, its public half, as PEM.</summary>
    Public,

    /// <summary>Of a private key on P-256, the key as Web Push wants it (RFC 8292): its 32 bytes in url-safe base64.</summary>
    VapidPrivate,

    /// <summary>Of a private key on P-256, the public half as Web Push wants it: its 65 bytes in url-safe base64.</summary>
    VapidPublic,
}

/// <summary>A part of a text.</summary>
internal abstract record TextPart
{
    /// <summary>Characters that stand for themselves.</summary>
    /// <param name="Characters">The characters.</param>
    public sealed record Literal(string Characters) : TextPart;

    /// <summary>What a consumer knows of a component that it is linked to.</summary>
    /// <param name="Key">The component and its key.</param>
    /// <param name="Format">How the value is written.</param>
    /// <param name="Unread">A format that does not exist, as its author spelled it; null where there is none.</param>
    public sealed record Value(TargetKey Key, TextFormat Format = TextFormat.Plain, string? Unread = null) : TextPart;

    /// <summary>A text in a text, which is written in a format as a whole.</summary>
    /// <param name="Text">The text.</param>
    /// <param name="Format">How it is written.</param>
    /// <param name="Unread">A format that does not exist, as its author spelled it; null where there is none.</param>
    public sealed record Inner(Text Text, TextFormat Format, string? Unread = null) : TextPart;

    /// <summary>One of two texts, depending on what a consumer knows of a component.</summary>
    /// <param name="Key">The component and its key.</param>
    /// <param name="Word">The word that the key must say for the first; null where anything will do.</param>
    /// <param name="Then">The first.</param>
    /// <param name="Otherwise">The second.</param>
    public sealed record Choice(TargetKey Key, string? Word, Text Then, Text Otherwise) : TextPart;

    /// <summary>What only the member of a set knows that reads the text.</summary>
    /// <param name="Fact">What.</param>
    public sealed record Own(MemberFact Fact) : TextPart;

    /// <summary>A text for every member of a set.</summary>
    /// <param name="Key">The key that lists the members' hosts; null for the set that the reader belongs to.</param>
    /// <param name="Text">The text, in which <see cref="Own"/> is of each of them.</param>
    /// <param name="Separator">What stands between two of them.</param>
    public sealed record Each(TargetKey? Key, Text Text, string Separator) : TextPart;

    /// <summary>A file of the repository, which is read when the system is resolved.</summary>
    /// <param name="Path">Where it is, from the repository's root.</param>
    /// <param name="Insertions">What takes the place of marks in it, by the mark.</param>
    /// <param name="Problem">Why it cannot be read; null where nobody has tried.</param>
    public sealed record RepositoryFile(string Path, Variables Insertions, string? Problem = null) : TextPart;
}

/// <summary>
/// A text that a container is given: literal, or composed of what it knows of its links' targets, in an interpolated string:
/// <c>$"jdbc:postgresql://{database["HOST"]}:{database["PORT"]}/{database["DATABASE"]}"</c>. What holds a secret is one, and is composed
/// in the secret store of the consumer's cloud. A value is written <c>{key:url}</c> inside a url, <c>{key:json}</c> inside a JSON string,
/// and <c>{key:base64}</c> where base64 is wanted; so is a text in a text, as a whole: <c>$"ioredis://{document:base64}"</c>. What clouds
/// call differently is chosen by a key (<see cref="TargetKey.When"/>, <see cref="TargetKey.WhenAny"/>). Long texts stand in files of the
/// repository: <see cref="FromRepository"/>. The public half of a private key is <c>{key:public}</c>, and its halves for Web Push are
/// <c>{key:vapid-private}</c> and <c>{key:vapid-public}</c>.
/// </summary>
[InterpolatedStringHandler]
public sealed class Text : IEquatable<Text>
{
    private static readonly Dictionary<string, TextFormat> Formats = new(StringComparer.Ordinal)
    {
        ["url"] = TextFormat.Url,
        ["json"] = TextFormat.Json,
        ["base64"] = TextFormat.Base64,
        ["public"] = TextFormat.Public,
        ["vapid-private"] = TextFormat.VapidPrivate,
        ["vapid-public"] = TextFormat.VapidPublic,
    };

    private readonly List<TextPart> _parts = [];

    /// <summary>An empty text, which an interpolated string fills.</summary>
    /// <param name="literalLength">How many literal characters it has.</param>
    /// <param name="formattedCount">How many values it has.</param>
    public Text(int literalLength, int formattedCount) => _parts.Capacity = formattedCount + (literalLength > 0 ? 1 : 0);

    private Text(TextPart part) => _parts.Add(part);

    /// <summary>The formats of any value, for messages.</summary>
    internal static string AllowedFormats { get; } =
        string.Join(", ", Formats.Where(format => !IsOfKeys(format.Value)).Select(format => format.Key));

    /// <summary>Its parts, in their order.</summary>
    internal IReadOnlyList<TextPart> Parts => _parts;

    /// <summary>Its parts, and those of the texts in it, in their order.</summary>
    internal IEnumerable<TextPart> AllParts => _parts.SelectMany(part => part switch
    {
        TextPart.Inner inner => [part, .. inner.Text.AllParts],
        TextPart.Choice choice => [part, new TextPart.Value(choice.Key), .. choice.Then.AllParts, .. choice.Otherwise.AllParts],
        TextPart.RepositoryFile file => [part, .. file.Insertions.Values.SelectMany(text => text.AllParts)],
        TextPart.Each { Key: { } key } each => [part, new TextPart.Value(key), .. each.Text.AllParts],
        TextPart.Each each => [part, .. each.Text.AllParts],
        _ => new[] { part },
    });

    /// <summary>Whether it says which member of a set reads it, and so is another text for each of them.</summary>
    internal bool IsOfMember => _parts.Exists(part => part switch
    {
        TextPart.Own => true,
        TextPart.Inner inner => inner.Text.IsOfMember,
        TextPart.Choice choice => choice.Then.IsOfMember || choice.Otherwise.IsOfMember,
        TextPart.RepositoryFile file => file.Insertions.Values.Any(text => text.IsOfMember),
        _ => false,
    });

    /// <summary>The keys that it is composed of, in their order.</summary>
    internal IEnumerable<TextPart.Value> Values => AllParts.OfType<TextPart.Value>();

    /// <summary>The characters; null where it is composed of keys.</summary>
    public string? Literal => _parts.TrueForAll(part => part is TextPart.Literal)
        ? string.Concat(_parts.Cast<TextPart.Literal>().Select(part => part.Characters))
        : null;

    /// <summary>Its literal parts; what its keys will say is not known yet.</summary>
    internal IEnumerable<string> Literals => AllParts.OfType<TextPart.Literal>().Select(part => part.Characters);

    /// <summary>The number of its literal bytes in UTF-8; what its keys will say is not known yet.</summary>
    internal int LiteralBytes => Literals.Sum(Encoding.UTF8.GetByteCount);

    /// <summary>A literal text.</summary>
    public static implicit operator Text(string characters) => Of(characters);

    /// <summary>What a consumer knows of a component.</summary>
    public static implicit operator Text(TargetKey key) => new(new TextPart.Value(key));

    /// <summary>A text of one part.</summary>
    internal static Text Of(TextPart part) => new(part);

    /// <summary>A literal text.</summary>
    public static Text Of(string characters)
    {
        ArgumentNullException.ThrowIfNull(characters);
        return new(new TextPart.Literal(characters));
    }

    /// <summary>
    /// A text of one target's keys in braces, such as <c>jdbc:postgresql://{HOST}:{PORT}/{DATABASE}</c> or <c>{PASSWORD:url}</c>. Braces
    /// that stand for themselves are doubled; one without its other stands for itself.
    /// </summary>
    /// <param name="target">The target.</param>
    /// <param name="template">The text.</param>
    public static Text Of(Component target, string template)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(template);
        var text = new Text(template.Length, 1);
        var literal = new StringBuilder();
        for (var at = 0; at < template.Length; at++)
        {
            var letter = template[at];
            if (letter is '{' or '}' && at + 1 < template.Length && template[at + 1] == letter)
            {
                literal.Append(letter);
                at++;
                continue;
            }

            var end = letter == '{' ? template.IndexOf('}', at) : -1;
            if (end < 0)
            {
                literal.Append(letter);
                continue;
            }

            text.AppendLiteral(literal.ToString());
            literal.Clear();
            var (key, format) = template[(at + 1)..end].Split(':', 2) is [var name, var spelled]
                ? (name, spelled)
                : (template[(at + 1)..end], null);
            text.AppendFormatted(target[key], format);
            at = end;
        }

        text.AppendLiteral(literal.ToString());
        return text;
    }

    /// <summary>
    /// What a file of the repository says, such as <c>stacks/files/nginx.conf</c>: text in UTF-8, 1 MiB at most, as it is. Braces in it are
    /// no keys; what shall not stand there comes from the insertions: <c>new() { ["${PASSWORD}"] = database["PASSWORD"] }</c>.
    /// </summary>
    /// <param name="path">Where it is, from the repository's root, which holds <c>Pulumi.yaml</c>.</param>
    /// <param name="insertions">What takes the place of marks in it, by the mark, wherever it stands; null for nothing.</param>
    public static Text FromRepository(string path, Variables? insertions = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new(new TextPart.RepositoryFile(path, insertions ?? []));
    }

    /// <summary>Appends characters.</summary>
    public void AppendLiteral(string characters)
    {
        if (characters.Length > 0) _parts.Add(new TextPart.Literal(characters));
    }

    /// <summary>Appends what is known now, such as the stack's domain.</summary>
    public void AppendFormatted(string characters) => AppendLiteral(characters ?? "");

    /// <summary>Appends a number.</summary>
    public void AppendFormatted(int number) => AppendLiteral(number.ToString(CultureInfo.InvariantCulture));

    /// <summary>Appends what the consumer knows of a component, as it is.</summary>
    /// <param name="key">The component and its key.</param>
    public void AppendFormatted(TargetKey key) => AppendFormatted(key, null);

    /// <summary>Appends what the consumer knows of a component.</summary>
    /// <param name="key">The component and its key.</param>
    /// <param name="format">How it is written: <c>url</c>, <c>json</c>, <c>base64</c>, or a half of a key; null for as it is.</param>
    public void AppendFormatted(TargetKey key, string? format)
    {
        var (known, unread) = Read(format);
        _parts.Add(new TextPart.Value(key, known, unread));
    }

    /// <summary>Appends another text.</summary>
    public void AppendFormatted(Text text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _parts.AddRange(text._parts);
    }

    /// <summary>Appends another text, written as a whole.</summary>
    /// <param name="text">The text.</param>
    /// <param name="format">How it is written: <c>url</c>, <c>json</c> or <c>base64</c>; null for as it is.</param>
    public void AppendFormatted(Text text, string? format)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (known, unread) = Read(format);
        if (IsOfKeys(known)) (known, unread) = (TextFormat.Plain, format);
        if (format is null) AppendFormatted(text);
        else if (unread is null && text.Literal is { } literal) AppendLiteral(Write(literal, known));
        else _parts.Add(new TextPart.Inner(text, known, unread));
    }

    /// <summary>Whether a format is one of private keys alone.</summary>
    internal static bool IsOfKeys(TextFormat format) => format >= TextFormat.Public;

    /// <summary>How a format is spelled.</summary>
    internal static string SpellingOf(TextFormat format) => Formats.Single(known => known.Value == format).Key;

    /// <summary>A value as it is written in a format.</summary>
    internal static string Write(string value, TextFormat format) => format switch
    {
        TextFormat.Url => Uri.EscapeDataString(value),
        TextFormat.Json => JsonSerializer.Serialize(value)[1..^1],
        TextFormat.Base64 => Convert.ToBase64String(Encoding.UTF8.GetBytes(value)),
        TextFormat.Public => KeyText.Public(value),
        TextFormat.VapidPrivate => KeyText.VapidPrivate(value),
        TextFormat.VapidPublic => KeyText.VapidPublic(value),
        _ => value,
    };

    /// <summary>The same text of the components that take the place of others, with what its files of the repository say.</summary>
    internal Text Referring(References references)
    {
        var text = new Text(0, _parts.Count);
        foreach (var part in _parts)
        {
            text._parts.AddRange(part switch
            {
                TextPart.Value value => [value with { Key = value.Key with { Target = references.Of(value.Key.Target) } }],
                TextPart.Inner inner => [inner with { Text = inner.Text.Referring(references) }],
                TextPart.Choice choice =>
                [
                    new TextPart.Choice(
                        choice.Key with { Target = references.Of(choice.Key.Target) },
                        choice.Word,
                        choice.Then.Referring(references),
                        choice.Otherwise.Referring(references)),
                ],
                TextPart.Each each =>
                [
                    each with
                    {
                        Key = each.Key is { } key ? key with { Target = references.Of(key.Target) } : null,
                        Text = each.Text.Referring(references),
                    },
                ],
                TextPart.RepositoryFile { Problem: null } file =>
                    RepositoryFiles.Read(file with { Insertions = file.Insertions.Referring(references) }),
                _ => [part],
            });
        }

        return text;
    }

    /// <inheritdoc/>
    public bool Equals(Text? other) => other is not null && _parts.SequenceEqual(other._parts);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Text);

    /// <inheritdoc/>
    public override int GetHashCode() => _parts.Aggregate(0, HashCode.Combine);

    /// <summary>The text with its keys in braces, such as <c>postgresql://{database.HOST}</c>; no value of a key is in it.</summary>
    public override string ToString() => string.Concat(_parts.Select(part => part switch
    {
        TextPart.Literal literal => literal.Characters,
        TextPart.Value value => $"{{{value.Key.Target.Name}.{value.Key.Name}}}",
        TextPart.Inner inner => $"{{{inner.Text}:{inner.Format.ToString().ToLowerInvariant()}}}",
        TextPart.Choice choice => $"{{{choice.Key.Target.Name}.{choice.Key.Name} {choice.Word} ? {choice.Then} : {choice.Otherwise}}}",
        TextPart.RepositoryFile file => $"{{{file.Path}}}",
        TextPart.Own own => $"{{member.{own.Fact}}}",
        TextPart.Each each => $"{{each member{(each.Key is { } key ? $" of {key.Target.Name}" : "")}: {each.Text}}}",
        _ => "",
    }));

    private static (TextFormat Known, string? Unread) Read(string? format) => format is null
        ? (TextFormat.Plain, null)
        : Formats.TryGetValue(format, out var known) ? (known, null) : (TextFormat.Plain, format);
}
