using System.Globalization;
using System.Text;

namespace Infra.Sdk.Cataloguing.Schemas;

/// <summary>
/// Writes a schema file. Objects that stand in several places are written once, as a block of their own: what a pod is, kinds of operators
/// repeat many times.
/// </summary>
internal static class SchemaText
{
    // Shorter ones read better where they stand.
    private const int Repeated = 4;

    /// <summary>The blocks of a file, behind its head.</summary>
    /// <param name="resources">What is checked whole, by its name in the file.</param>
    /// <param name="types">What others refer to, by name.</param>
    public static string Blocks(IReadOnlyDictionary<string, SchemaNode> resources, IReadOnlyDictionary<string, SchemaNode> types)
    {
        var shared = new SharedBlocks(types.Keys);
        foreach (var node in resources.Values.Concat(types.Values)) shared.Count(node);
        var text = new StringBuilder();
        foreach (var (name, node) in resources.OrderBy(resource => resource.Key, StringComparer.Ordinal))
            Block(text, $"resource {name}", node, shared);
        var named = resources.Values.Concat(types.Values).SelectMany(References).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, node) in types.Where(type => named.Contains(type.Key)).OrderBy(type => type.Key, StringComparer.Ordinal))
            Block(text, $"type {name}", node, shared);

        // Writing one may name others.
        for (var at = 0; at < shared.Named.Count; at++) Block(text, $"type {shared.Named[at].Name}", shared.Named[at].Node, shared);
        return text.ToString();
    }

    private static IEnumerable<string> References(SchemaNode node) =>
        node.Children.SelectMany(child => References(child.Node))
            .Concat(node.Type.Contains('@', StringComparison.Ordinal) ? [node.Type.Trim('[', ']', '{', '}', '@')] : []);

    private static void Block(StringBuilder text, string head, SchemaNode node, SharedBlocks shared)
    {
        text.Append(head);
        if (node.Children.Count == 0) text.Append(' ').Append(node.Type);
        foreach (var facet in node.Facets) text.Append(' ').Append(facet);
        text.Append('\n');
        Children(text, node, 1, shared);
    }

    private static void Children(StringBuilder text, SchemaNode node, int depth, SharedBlocks shared)
    {
        foreach (var property in node.Children)
        {
            var name = shared.NameOf(property);
            var type = name is null ? property.Node.Type : property.Node.Type.Replace("object", $"@{name}", StringComparison.Ordinal);
            text.Append(' ', 2 * depth).Append(property.Name).Append(property.IsRequired ? "! " : " ").Append(type);
            foreach (var facet in property.Node.Facets.Where(facet => name is null || facet != "open")) text.Append(' ').Append(facet);
            text.Append('\n');
            if (name is null) Children(text, property.Node, depth + 1, shared);
        }
    }

    private sealed class SharedBlocks(IEnumerable<string> taken)
    {
        private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);
        private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
        private readonly Dictionary<SchemaNode, string> _texts = new(ReferenceEqualityComparer.Instance);
        private readonly HashSet<string> _taken = new(taken, StringComparer.Ordinal);

        public List<(string Name, SchemaNode Node)> Named { get; } = [];

        public void Count(SchemaNode node)
        {
            foreach (var child in node.Children)
            {
                if (IsLong(child.Node))
                {
                    var text = Text(child.Node);
                    _counts[text] = _counts.GetValueOrDefault(text) + 1;

                    // What is in it stands once, however often it is repeated itself.
                    if (_counts[text] > 1) continue;
                }

                Count(child.Node);
            }
        }

        public string? NameOf(SchemaProperty property)
        {
            if (!IsLong(property.Node)) return null;
            var text = Text(property.Node);
            if (_counts.GetValueOrDefault(text) < 2) return null;
            if (_names.TryGetValue(text, out var known)) return known;

            var name = property.Name;
            for (var number = 2; !_taken.Add(name); number++) name = property.Name + number.ToString(CultureInfo.InvariantCulture);
            _names[text] = name;
            Named.Add((name, property.Node with { Facets = IsOpen(property.Node) ? ["open"] : [], Type = "object" }));
            return name;
        }

        private static bool IsLong(SchemaNode node) => node.Children.Sum(child => 1 + child.Node.Children.Count) >= Repeated;

        private static bool IsOpen(SchemaNode node) => node.Facets.Contains("open");

        private string Text(SchemaNode node)
        {
            if (_texts.TryGetValue(node, out var known)) return known;
            var text = new StringBuilder(IsOpen(node) ? "open\n" : "");
            foreach (var child in node.Children)
            {
                text.Append('(').Append(child.Name).Append(child.IsRequired ? '!' : ' ').Append(child.Node.Type);
                foreach (var facet in child.Node.Facets) text.Append(' ').Append(facet);
                text.Append(Text(child.Node)).Append(')');
            }

            return _texts[node] = text.ToString();
        }
    }
}
