using System.Collections.Immutable;
using System.Globalization;
using Infra.Components.Placements;
using Infra.Facts;
using Pulumi;
using Pulumi.Testing;
using Pulumi.Utilities;

namespace Infra.Rehearsals;

/// <summary>
/// Records what a program registers. As a stack-level transformation it sees objects, parents, options and arguments; as a mock it sees the
/// resolved inputs and hands out placeholders. Both halves meet on the resource's record. It answers with completed tasks only: that keeps
/// the whole run on one thread and in the order of the program.
/// </summary>
/// <param name="settings">The stack's settings.</param>
/// <param name="unknown">Whether outputs stay unknown, as in the first preview of a stack.</param>
/// <param name="watched">The URNs whose places of construction are noted.</param>
internal sealed class Recorder(StackSettings settings, bool unknown, IReadOnlySet<string> watched) : IMocks
{
    private const string Tag = "#";

    private static readonly ImmutableDictionary<string, object> Nothing = ImmutableDictionary<string, object>.Empty;

    private readonly List<RecordedResource> _resources = [];
    private readonly Dictionary<Resource, RecordedResource> _byObject = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<(string Type, string Name), RecordedResource> _byName = [];
    private readonly List<ProblemAt> _problems = [];
    private readonly List<string> _unanswered = [];
    private readonly OutputFormats _formats = new(settings);

    /// <summary>The resources in the order of their construction, components included.</summary>
    public IReadOnlyList<RecordedResource> Resources => _resources;

    /// <summary>What is wrong with arguments.</summary>
    public IReadOnlyList<ProblemAt> Problems => _problems;

    /// <summary>How long reading waits for values.</summary>
    public Patience Patience { get; } = new(TimeSpan.FromSeconds(5));

    /// <summary>The provider functions that were called and have no answer.</summary>
    public IReadOnlyList<string> Unanswered => _unanswered;

    /// <summary>The placeholders that were handed out.</summary>
    public Placeholders Placeholders => field ??= new(index => index < _resources.Count ? _resources[index] : null);

    /// <summary>
    /// The transformation. It waits for the last resource: the official runtime registers the first users of an explicit provider on other
    /// threads, and then neither the order of registration would be that of the program, nor this object used by one thread at a time.
    /// </summary>
    public ResourceTransformationResult? Observe(ResourceTransformationArgs args)
    {
        if (args.Resource is Stack) return null;
        if (_resources.Count > 0) Patience.WaitFor(OutputUtilities.GetValueAsync(_resources[^1].Resource.Urn));
        var parent = args.Options.Parent is { } resource ? Find(resource) : null;
        var recorded = new RecordedResource(_resources.Count, args.Resource, parent, args.Args, args.Options, settings.Stack);
        if (watched.Contains(recorded.Urn))
        {
            recorded = new(recorded.Index, args.Resource, parent, args.Args, args.Options, settings.Stack)
            {
                Place = Failure.PlaceOfConstruction(args.Resource),
            };
        }

        _resources.Add(recorded);
        _byObject.Add(args.Resource, recorded);
        if (_byName.TryAdd((recorded.Type, recorded.Name), recorded) || args.Options is not CustomResourceOptions options) return null;

        // The mock is told type and name only; the second holder of a pair gets a tag that reaches the mock.
        var tag = Tag + recorded.Index.ToString(CultureInfo.InvariantCulture);
        return new(args.Args, CustomResourceOptions.Merge(options, new() { ImportId = tag }));
    }

    /// <inheritdoc/>
    public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
    {
        var recorded = args.Id is { } id && id.StartsWith(Tag, StringComparison.Ordinal)
            ? _resources[int.Parse(id.AsSpan(Tag.Length), CultureInfo.InvariantCulture)]
            : _byName[(args.Type!, args.Name!)];
        if (recorded.Inputs is not null) recorded = _resources.FindLast(other => other.Type == args.Type && other.Name == args.Name)!;

        recorded.Inputs = args.Inputs ?? Nothing;
        if (unknown) return Task.FromResult<(string?, object)>((null, recorded.Inputs));

        recorded.Provenance = Walk(recorded);
        recorded.Provider = ProviderOf(args);
        var newId = Placeholders.Text(recorded, new("id", Secret: false));
        return Task.FromResult<(string?, object)>((IsRead(args.Id) ? args.Id : newId, StateOf(recorded)));
    }

    /// <inheritdoc/>
    public Task<object> CallAsync(MockCallArgs args)
    {
        var answer = InvokeAnswers.Find(args.Token!, args.Args, settings);
        if (answer is null) _unanswered.Add(args.Token!);
        return Task.FromResult<object>(answer ?? Nothing);
    }

    /// <summary>
    /// Looks at resources that were constructed and never registered: what is wrong with their arguments kept them from it.
    /// </summary>
    public void ExamineUnregistered()
    {
        foreach (var recorded in _resources.Where(recorded => recorded.Inputs is null)) recorded.Provenance = Walk(recorded);
    }

    /// <summary>The record of a resource; null for the stack.</summary>
    public RecordedResource? Find(Resource resource) => _byObject.GetValueOrDefault(resource);

    private Provenance? Walk(RecordedResource recorded) =>
        new ArgumentWalk(Find, (path, problem) => _problems.Add(new(recorded, path, problem)), Patience).Of(recorded.Arguments);

    // A reference to a provider reads `<urn>::<id>`, and the id is the provider's placeholder.
    private RecordedResource? ProviderOf(MockResourceArgs args)
    {
        if (string.IsNullOrEmpty(args.Provider)) return null;
        var found = Placeholders.In(args.Provider).LastOrDefault();
        return found?.Resource;
    }

    private static bool IsRead(string? id) => !string.IsNullOrEmpty(id) && !id.StartsWith(Tag, StringComparison.Ordinal);

    // The state: the inputs come back, and every output that they do not hold gets a placeholder. Secret inputs come back as secrets.
    private Dictionary<string, object> StateOf(RecordedResource recorded)
    {
        var state = new Dictionary<string, object>(recorded.Inputs!.Count * 2, StringComparer.Ordinal);
        if (recorded.Resource is ComponentResource) return state;
        var facts = FactTables.Of(recorded.Type);
        foreach (var (name, value) in recorded.Inputs)
        {
            if (name != "spec" || facts?.ReturnsSpecification != false) state.Add(name, value);
        }

        foreach (var output in OutputSurface.Of(recorded.Resource.GetType()))
        {
            if (!state.ContainsKey(output.Name)) state.Add(output.Name, Placeholder(recorded, output));
        }

        foreach (var path in facts?.Nested ?? []) Fill(state, recorded, path);
        if (facts?.PerValue is { } perValue) state[perValue.Output] = Elements(recorded, perValue);
        foreach (var name in state.Keys.ToList())
        {
            if (recorded.SecretProperties.Contains(name) || recorded.Provenance?.At(name)?.HoldsSecret == true)
                state[name] = Output.CreateSecret(state[name]);
        }

        return state;
    }

    private object Placeholder(RecordedResource recorded, OutputMember output) => output.Shape switch
    {
        OutputShape.Text => Text(recorded, output.Name),
        OutputShape.Number => Placeholders.Number(recorded, new(output.Name, IsSecret(recorded, output.Name))),
        OutputShape.Texts => ImmutableArray.Create<object>(
            Text(recorded, output.Name + "[0]"),
            Text(recorded, output.Name + "[1]"),
            Text(recorded, output.Name + "[2]")),
        OutputShape.List => ImmutableArray<object>.Empty,
        OutputShape.Map => Nothing,
        _ => throw new ArgumentOutOfRangeException(nameof(output), output.Shape, "not a shape"),
    };

    private string Text(RecordedResource recorded, string path)
    {
        var format = _formats.Of(recorded.Type, path);
        var output = IsSecret(recorded, path) ? format.Output with { Secret = true } : format.Output;
        return format.IsBase64 ? Placeholders.Encoded(recorded, output) : Placeholders.Text(recorded, output);
    }

    private static bool IsSecret(RecordedResource recorded, string path)
    {
        if (recorded.SecretProperties.Count == 0) return false;
        var end = path.AsSpan().IndexOfAny('.', '[');
        return recorded.SecretProperties.Contains(end < 0 ? path : path[..end]);
    }

    // Puts a placeholder at the end of a path, making the objects and one-element lists on the way that are not there.
    private void Fill(Dictionary<string, object> state, RecordedResource recorded, string path)
    {
        var steps = path.Split('.');
        state[Key(steps[0])] = Filled(state.GetValueOrDefault(Key(steps[0])), steps, 0, "")!;

        object? Filled(object? current, string[] steps, int at, string before)
        {
            var step = steps[at];
            var isList = step.EndsWith("[]", StringComparison.Ordinal);
            var here = before + Key(step) + (isList ? "[0]" : "");
            if (Count(step) is { } count)
                return Enumerable.Range(0, count).Select(index => (object)Text(recorded, $"{here}[{index}]")).ToImmutableArray();
            if (isList)
            {
                var list = current is ImmutableArray<object> { IsDefaultOrEmpty: false } given ? given : [Nothing];
                return list.SetItem(0, at == steps.Length - 1 ? Text(recorded, here) : Member(list[0], steps, at + 1, here));
            }

            return at == steps.Length - 1 ? current ?? Leaf(Key(step), here) : Member(current, steps, at + 1, here);
        }

        object Member(object? current, string[] steps, int at, string before)
        {
            var members = current as ImmutableDictionary<string, object> ?? Nothing;
            return members.SetItem(Key(steps[at]), Filled(members.GetValueOrDefault(Key(steps[at])), steps, at, before + ".")!);
        }

        object Leaf(string name, string here) =>
            name == "port" ? Placeholders.Number(recorded, new(here, IsSecret(recorded, here))) : Text(recorded, here);

        static string Key(string step) => step.EndsWith(']') ? step[..step.IndexOf('[', StringComparison.Ordinal)] : step;

        static int? Count(string step) => step.EndsWith(']') && !step.EndsWith("[]", StringComparison.Ordinal)
            ? int.Parse(step[(step.IndexOf('[', StringComparison.Ordinal) + 1)..^1], CultureInfo.InvariantCulture)
            : null;
    }

    private object Elements(RecordedResource recorded, OutputPerValue output)
    {
        var values = output.Inputs.SelectMany(input => Texts(recorded.Inputs!.GetValueOrDefault(input))).Distinct();
        return output.Key is null
            ? values.ToImmutableDictionary(value => value, value => (object)Text(recorded, $"{output.Output}.{value}"))
            : values.Select((value, index) => Element(recorded, output, value, index)).ToImmutableArray();
    }

    private object Element(RecordedResource recorded, OutputPerValue output, string value, int index)
    {
        var members = new Dictionary<string, object>(StringComparer.Ordinal) { [output.Key!] = value };
        foreach (var text in output.Texts) members.Add(text, Text(recorded, $"{output.Output}[{index}].{text}"));
        foreach (var (name, constant) in output.Constants) members.Add(name, constant);
        return members.ToImmutableDictionary();
    }

    private static IEnumerable<string> Texts(object? input) => input switch
    {
        string text => [text],
        ImmutableArray<object> { IsDefault: false } list => list.OfType<string>(),
        _ => [],
    };
}

/// <summary>Something that is wrong with an argument of a resource.</summary>
internal sealed record ProblemAt(RecordedResource Resource, string Path, ArgumentProblem Problem);
