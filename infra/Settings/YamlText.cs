using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Infra.Settings;

/// <summary>
/// A YAML text with the places of what it holds, for changing one value and nothing else: comments, order, spaces, quotes and the ends of
/// lines stay. Whoever changes a text compares what the new one means with what it was to mean: layouts without end exist.
/// </summary>
/// <remarks>Adding and removing again gives the same text, byte for byte.</remarks>
internal sealed class YamlText
{
    private readonly string _text;

    /// <summary>Reads a text that is known to be valid.</summary>
    public YamlText(string text)
    {
        _text = text;
        var parser = new Parser(new StringReader(text));
        while (parser.MoveNext() && parser.Current is not NodeEvent)
        {
        }

        Root = Value(parser);
    }

    /// <summary>The value of the text.</summary>
    public Node Root { get; }

    /// <summary>The number of the line on which something begins, from 1.</summary>
    public int LineOf(Node node) => 1 + _text.AsSpan(0, node.Start).Count('\n');

    /// <summary>The text with an entry added to a list or a map, behind all others.</summary>
    /// <param name="collection">The list or map.</param>
    /// <param name="lines">The lines of the entry: one, where the collection is in brackets. Of a map: <c>key: value</c>.</param>
    public string Add(Node collection, params IReadOnlyList<string> lines)
    {
        if (collection.IsFlow) return AddToFlow(collection, lines.Single());
        var last = collection.Entries[^1];
        var start = LineStart(last.Start);
        // Of a list, the hyphen and the spaces behind it; the first key of a map may share its line with something else.
        var prefix = collection.IsMap ? new string(' ', last.Start - start) : _text[start..last.Start];
        var newLine = NewLine(last.End);
        return _text.Insert(LineEnd(last.End), string.Concat(lines.Select(line => newLine + prefix + line)));
    }

    /// <summary>The text without one of several entries of a list or a map, or without the only one where it stands in brackets.</summary>
    public string Remove(Node collection, Node entry) =>
        collection.IsFlow ? RemoveFromFlow(collection, entry) : RemoveLines(entry.Start, entry.End);

    /// <summary>The text in which a map in lines, the value of a key, is an empty one in brackets.</summary>
    public string Empty(Node key, Node map)
    {
        return RemoveLines(map.Start, map.End).Insert(_text.IndexOf(':', key.End) + 1, " {}");
    }

    private string AddToFlow(Node collection, string entry)
    {
        if (collection.Entries.Count == 0) return _text.Insert(collection.Start + 1, entry);
        var last = collection.Entries[^1];
        var comma = Comma(last.End, collection.End - 1);
        if (!IsAlone(last, comma, collection)) return _text.Insert(last.End, ", " + entry);
        var line = NewLine(last.End) + _text[LineStart(last.Start)..last.Start] + entry;
        var end = LineEnd(last.End);
        return comma >= 0
            ? _text.Insert(end, line + ",")
            : _text[..last.End] + "," + _text[last.End..end] + line + _text[end..];
    }

    private string RemoveFromFlow(Node collection, Node entry)
    {
        var index = collection.Entries.ToList().IndexOf(entry);
        var isLast = index == collection.Entries.Count - 1;
        var next = isLast ? collection.End - 1 : collection.Entries[index + 1].Start;
        var comma = Comma(entry.End, next);
        var end = comma < 0 ? entry.End : comma + 1;
        if (index == 0 && isLast) return Cut(entry.Start, end);

        var isAlone = IsAlone(entry, comma, collection);
        if (!isLast)
            return isAlone ? RemoveLines(entry.Start, end) : Cut(entry.Start, IsBlank(end, next) && !HasBreak(end, next) ? next : end);

        var previous = collection.Entries[index - 1].End;
        var before = Comma(previous, entry.Start);
        if (!isAlone && IsBlank(previous, before) && IsBlank(before + 1, entry.Start)) return Cut(previous, entry.End);
        var shortened = isAlone ? RemoveLines(entry.Start, end) : Cut(entry.Start, end);
        return comma >= 0 ? shortened : shortened.Remove(before, 1);
    }

    // Nothing else stands on its lines but its comma and a comment.
    private bool IsAlone(Node entry, int comma, Node collection)
    {
        var lineEnd = LineEnd(entry.End);
        if (comma > lineEnd || lineEnd > collection.End - 1 || !IsBlank(LineStart(entry.Start), entry.Start)) return false;
        var rest = _text.AsSpan((comma < 0 ? entry.End : comma + 1)..lineEnd).TrimStart();
        return rest.IsEmpty || rest[0] == '#';
    }

    // The lines of what stands between two places, with the break in front of them rather than the one behind, which the text's end lacks.
    private string RemoveLines(int start, int end)
    {
        var from = LineStart(start);
        var to = LineEnd(end);
        if (from == 0) return Cut(0, Math.Min(_text.Length, to + BreakAt(to)));
        return Cut(from - (from > 1 && _text[from - 2] == '\r' && _text[from - 1] == '\n' ? 2 : 1), to);
    }

    // The comma between two places that is in no comment; -1 where there is none.
    private int Comma(int start, int end)
    {
        for (var at = start; at < end; at++)
        {
            if (_text[at] == ',') return at;
            if (_text[at] == '#') at = LineEnd(at);
        }

        return -1;
    }

    private bool IsBlank(int start, int end) => _text.AsSpan(start..end).IsWhiteSpace();

    private bool HasBreak(int start, int end) => _text.AsSpan(start..end).ContainsAny('\r', '\n');

    private int LineStart(int at) => _text.AsSpan(0, at).LastIndexOfAny('\r', '\n') + 1;

    private int LineEnd(int at)
    {
        var length = _text.AsSpan(at).IndexOfAny('\r', '\n');
        return length < 0 ? _text.Length : at + length;
    }

    private int BreakAt(int at) => at >= _text.Length ? 0 : _text[at] == '\r' && at + 1 < _text.Length && _text[at + 1] == '\n' ? 2 : 1;

    // As the line ends that a place lies on, or, at the end of the text, as the line before it does.
    private string NewLine(int at)
    {
        var end = LineEnd(at);
        if (BreakAt(end) is var length and > 0) return _text[end..(end + length)];
        var start = LineStart(at);
        return start == 0 ? "\n" : start > 1 && _text[start - 2] == '\r' && _text[start - 1] == '\n' ? "\r\n" : _text[(start - 1)..start];
    }

    private string Cut(int start, int end) => _text.Remove(start, end - start);

    private Node Value(Parser parser)
    {
        var read = parser.Current!;
        parser.MoveNext();
        var start = At(read.Start);
        if (read is not (MappingStart or SequenceStart))
        {
            return new()
            {
                Start = start,
                End = Trimmed(start, At(read.End)),
                Text = (read as Scalar)?.Value,
                IsAlias = read is AnchorAlias,
            };
        }

        var isFlow = read is MappingStart { Style: MappingStyle.Flow } or SequenceStart { Style: SequenceStyle.Flow };
        var entries = new List<Node>();
        while (parser.Current is not (MappingEnd or SequenceEnd))
        {
            var first = Value(parser);
            entries.Add(read is MappingStart ? Entry(first, Value(parser)) : first);
        }

        // Where a collection in lines ends is said by what comes behind it: comments may lie between.
        // The parser takes a map in braces to end in front of the brace, and a list behind the bracket.
        var end = isFlow ? At(parser.Current.Start) + 1 : entries.Count == 0 ? start : entries[^1].End;
        parser.MoveNext();
        // What is in front of a bracket is an anchor or a tag.
        if (isFlow) start += _text.AsSpan(start..end).IndexOfAny('[', '{');
        return new() { Start = start, End = end, Entries = entries, IsMap = read is MappingStart, IsFlow = isFlow };
    }

    // A key without a value ends with its colon, wherever the parser takes the value to be.
    private Node Entry(Node key, Node value) => new()
    {
        Start = key.Start,
        End = value.Text is "" && value.End <= value.Start ? _text.IndexOf(':', key.End) + 1 : value.End,
        Key = key,
        Value = value,
    };

    // A text in lines ends where the next line begins.
    private int Trimmed(int start, int end) => start + _text.AsSpan(start..end).TrimEnd().Length;

    private static int At(in Mark mark) => checked((int)mark.Index);

    /// <summary>A value, or an entry of a map: what stands from one place up to another.</summary>
    internal sealed record Node
    {
        /// <summary>Where it begins: in brackets, with them.</summary>
        public required int Start { get; init; }

        /// <summary>Where it has ended.</summary>
        public required int End { get; init; }

        /// <summary>What a list or map holds.</summary>
        public IReadOnlyList<Node> Entries { get; init; } = [];

        /// <summary>Whether it is a map, whose entries have a <see cref="Key"/> and a <see cref="Value"/>.</summary>
        public bool IsMap { get; init; }

        /// <summary>Whether it is a list or map in brackets.</summary>
        public bool IsFlow { get; init; }

        /// <summary>What a single value says; null for everything else.</summary>
        public string? Text { get; init; }

        /// <summary>Whether it stands for a value that is elsewhere.</summary>
        public bool IsAlias { get; init; }

        /// <summary>The key of an entry.</summary>
        public Node? Key { get; init; }

        /// <summary>The value of an entry.</summary>
        public Node? Value { get; init; }

        /// <summary>The entry of a map with a key; null where it has none.</summary>
        public Node? Find(string key) => Find(text => text == key);

        /// <summary>The entry of a map whose key is one of some; null where it has none.</summary>
        public Node? Find(Predicate<string> key) =>
            IsMap ? Entries.FirstOrDefault(entry => entry.Key!.Text is { } text && key(text)) : null;
    }
}
