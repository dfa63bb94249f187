using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Infra.Settings;

/// <summary>
/// Hands on what a YAML parser reads as long as a stack file may hold it: what nests without end, or is a key without being a text, would
/// cost its reader everything that the machine has.
/// </summary>
/// <param name="parser">The parser.</param>
internal sealed class BoundedParser(Parser parser) : IParser
{
    /// <summary>How deep values may lie in each other: far deeper than any setting.</summary>
    public const int MaximumDepth = 32;

    private readonly Stack<Next> _open = new();

    private enum Next
    {
        Item,
        Key,
        Value,
    }

    /// <inheritdoc/>
    public ParsingEvent? Current => parser.Current;

    /// <inheritdoc/>
    public bool MoveNext()
    {
        if (!parser.MoveNext()) return false;
        if (Current is MappingEnd or SequenceEnd) _open.Pop();
        else if (Current is NodeEvent or AnchorAlias) Enter(Current);
        return true;
    }

    private void Enter(ParsingEvent read)
    {
        if (_open.TryPop(out var next))
        {
            if (next == Next.Key && read is not Scalar)
                throw new UnusableException(read.Start, "a key is a map, a list or an alias; allowed: texts");
            _open.Push(next == Next.Key ? Next.Value : next == Next.Value ? Next.Key : Next.Item);
        }

        if (read is not (MappingStart or SequenceStart)) return;
        // The file's map and its section 'config' are two levels of their own.
        if (_open.Count > MaximumDepth + 2)
            throw new UnusableException(read.Start, $"values are nested more than {MaximumDepth} levels deep; allowed: less");
        _open.Push(read is MappingStart ? Next.Key : Next.Item);
    }
}

/// <summary>A file is valid YAML and cannot be a stack file.</summary>
internal sealed class UnusableException(in Mark at, string problem) : YamlException(at, at, problem);
