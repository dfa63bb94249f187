using YamlDotNet.RepresentationModel;

namespace Infra.Sdk.Cataloguing.Schemas;

/// <summary>
/// Files with facts that somebody supplies: definitions of custom kinds, the definitions of Kubernetes' OpenAPI document, the values of a
/// chart or their JSON Schema.
/// </summary>
internal sealed class SchemaSources
{
    private const string Package = "kubernetes:";

    private readonly List<YamlMappingNode> _documents = [];
    private readonly SortedDictionary<string, SchemaNode> _resources = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SchemaNode> _types = new(StringComparer.Ordinal);
    private readonly HashSet<string> _leftOut = new(StringComparer.Ordinal);

    /// <summary>Reads the files; each may hold several documents.</summary>
    public SchemaSources(IEnumerable<FileInfo> files)
    {
        foreach (var file in files)
        {
            using var reader = file.OpenText();
            var stream = new YamlStream();
            stream.Load(reader);
            _documents.AddRange(stream.Documents.Select(document => document.RootNode).OfType<YamlMappingNode>());
        }
    }

    /// <summary>What the files say that a schema file has no word for.</summary>
    public IReadOnlyCollection<string> LeftOut => _leftOut;

    /// <summary>The blocks of some kinds, such as <c>kubernetes:postgresql.cnpg.io/v1:Cluster</c>.</summary>
    /// <exception cref="CatalogueException">A kind is not in the files.</exception>
    public string Kinds(IReadOnlyList<string> tokens)
    {
        foreach (var document in _documents)
        {
            if (Mapping(document, "definitions") is { } definitions) AddDefined(definitions, tokens);
            else if (Text(document, "kind") == "CustomResourceDefinition") AddCustom(document, tokens);
        }

        var missing = tokens.Except(_resources.Keys).ToList();
        return missing.Count == 0
            ? SchemaText.Blocks(_resources, _types)
            : throw new CatalogueException($"The files do not define {string.Join(", ", missing)}.");
    }

    /// <summary>The block of the values that a chart takes, from their schema where there is one, and else from their defaults.</summary>
    public string Values()
    {
        var document = _documents.Single();
        _resources["values"] = Mapping(document, "properties") is null && Mapping(document, "$defs") is null
            ? FromDefaults(document)
            : Defined(document, Mapping(document, "$defs") ?? Mapping(document, "definitions") ?? [], reference => reference);
        foreach (var values in new[] { _resources, _types })
        {
            foreach (var (name, node) in values.ToList()) values[name] = WithDefaults(node);
        }

        return SchemaText.Blocks(_resources, _types);
    }

    private static YamlMappingNode? Mapping(YamlMappingNode node, string name) =>
        node.Children.TryGetValue(name, out var value) ? value as YamlMappingNode : null;

    private static string Text(YamlMappingNode node, string name) =>
        node.Children.TryGetValue(name, out var value) ? value.ToString() : "";

    // Of values that have no schema only the names count: a default does not say what else is taken.
    private static SchemaNode FromDefaults(YamlMappingNode values) => new("object", [],
    [
        .. values.Children.OrderBy(value => value.Key.ToString(), StringComparer.Ordinal).Select(value => new SchemaProperty(
            value.Key.ToString(),
            IsRequired: false,
            value.Value is YamlMappingNode { Children.Count: > 0 } inner ? FromDefaults(inner) : SchemaNode.Any)),
    ]);

    // A chart's own defaults give what it requires, but not in the elements of a list.
    private static SchemaNode WithDefaults(SchemaNode node) => node.Type[0] == '['
        ? node
        : node with
        {
            Children =
            [
                .. node.Children.Select(property => property with { IsRequired = false, Node = WithDefaults(property.Node) }),
            ],
        };

    // Nobody sends a status.
    private static SchemaNode Sent(SchemaNode node) => node with
    {
        Children = [.. node.Children.Where(property => property.Name != "status")],
    };

    // Every object has them, whether its definition says so or not; and a definition may narrow single fields of the metadata.
    private static SchemaNode WithEnvelope(SchemaNode node)
    {
        var metadata = node.Children.FirstOrDefault(property => property.Name == "metadata")?.Node ?? new("object", [], []);
        SchemaProperty[] envelope =
        [
            new("apiVersion", IsRequired: false, new("string", [], [])),
            new("kind", IsRequired: false, new("string", [], [])),
            new("metadata", IsRequired: false, metadata with { Facets = [.. metadata.Facets.Append("open").Distinct()] }),
        ];
        return node with
        {
            Children =
            [
                .. envelope
                    .Concat(node.Children.Where(property => envelope.All(known => known.Name != property.Name)))
                    .OrderBy(property => property.Name, StringComparer.Ordinal),
            ],
        };
    }

    private void AddCustom(YamlMappingNode document, IReadOnlyList<string> tokens)
    {
        var spec = Mapping(document, "spec")!;
        foreach (var version in ((YamlSequenceNode)spec["versions"]).OfType<YamlMappingNode>())
        {
            var token = $"{Package}{Text(spec, "group")}/{Text(version, "name")}:{Text(Mapping(spec, "names")!, "kind")}";
            if (!tokens.Contains(token)) continue;
            var openApi = new OpenApi(_ => null);
            var schema = (YamlMappingNode)version["schema"]["openAPIV3Schema"];
            _resources[token] = WithEnvelope(Sent(openApi.Node(schema, token.Split(':')[^1])));
            _leftOut.UnionWith(openApi.LeftOut);
        }
    }

    private void AddDefined(YamlMappingNode definitions, IReadOnlyList<string> tokens)
    {
        foreach (var schema in definitions.Children.Values.OfType<YamlMappingNode>())
        {
            if (!schema.Children.TryGetValue("x-kubernetes-group-version-kind", out var kinds)) continue;
            var kind = (YamlMappingNode)((YamlSequenceNode)kinds)[0];
            var group = Text(kind, "group") is { Length: > 0 } named ? named : "core";
            var token = $"{Package}{group}/{Text(kind, "version")}:{Text(kind, "kind")}";
            if (tokens.Contains(token)) _resources[token] = Sent(Defined(schema, definitions, reference => reference.Split('.')[^1]));
        }
    }

    // With every definition that it reaches.
    private SchemaNode Defined(YamlMappingNode schema, YamlMappingNode definitions, Func<string, string> named)
    {
        var waiting = new Queue<string>();
        var openApi = new OpenApi(reference =>
        {
            var definition = reference.Split('/')[^1];
            if (Mapping(definitions, definition) is null) return null;
            waiting.Enqueue(definition);
            return named(definition);
        });
        var node = openApi.Node(schema, "");
        while (waiting.TryDequeue(out var definition))
        {
            var name = named(definition);
            if (_types.ContainsKey(name)) continue;
            _types[name] = SchemaNode.Any;
            _types[name] = openApi.Node(Mapping(definitions, definition)!, name);
        }

        _leftOut.UnionWith(openApi.LeftOut);
        foreach (var (name, type) in _types.ToList()) _types[name] = WithPlainTypes(type);
        return WithPlainTypes(node);
    }

    // A reference to what is no object is written as what it refers to, where it is not inside a list or map.
    private SchemaNode WithPlainTypes(SchemaNode node)
    {
        if (node.Type[0] == '@' && _types[node.Type[1..]] is { Children.Count: 0 } plain && plain.Type[0] != '@') return plain;
        return node with
        {
            Children = [.. node.Children.Select(property => property with { Node = WithPlainTypes(property.Node) })],
        };
    }
}
