using System.Text.Json;
using Infra.Plans;

namespace Infra.Changes;

/// <summary>
/// A plan as its document says it (<c>plan --json</c>), whichever program wrote it. What an older program did not write yet is empty.
/// </summary>
internal sealed record PlanDocument
{
    /// <summary>The stack's name.</summary>
    public required string Stack { get; init; }

    /// <summary>Everything that is built, in the order of construction.</summary>
    public required IReadOnlyList<DocumentedComponent> Components { get; init; }

    /// <summary>Every resource that is no component, in the order of construction.</summary>
    public required IReadOnlyList<DocumentedResource> Resources { get; init; }

    /// <summary>What forbids to deploy it, a message each.</summary>
    public required IReadOnlyList<string> Errors { get; init; }

    /// <summary>The stack's outputs: an object.</summary>
    public required JsonElement Outputs { get; init; }

    /// <summary>The document of a plan.</summary>
    public static PlanDocument Of(Plan plan)
    {
        using var stream = new MemoryStream();
        PlanJson.Write(plan, stream);
        return Read(stream.ToArray())!;
    }

    /// <summary>Reads a document; null where it is none of a plan.</summary>
    public static PlanDocument? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var root = JsonElement.Parse(json);
            return new()
            {
                Stack = Text(root, "stack"),
                Components = [.. root.GetProperty("components").EnumerateArray().Select(Component)],
                Resources = [.. root.GetProperty("resources").EnumerateArray().Select(ReadResource)],
                Errors =
                [
                    .. root.GetProperty("findings").EnumerateArray()
                        .Where(finding => Text(finding, "severity") == "error")
                        .Select(finding => $"{(TextOrNull(finding, "component") is { } component ? component + ": " : "")}"
                            + $"{Text(finding, "message")} [{Text(finding, "rule")}]"),
                ],
                Outputs = root.GetProperty("outputs"),
            };
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private static DocumentedComponent Component(JsonElement element) => new()
    {
        Name = Text(element, "name"),
        Kind = Text(element, "kind"),
        Cloud = Text(element, "cloud"),
        Urn = Text(element, "urn"),
        Serves = TextOrNull(element, "state") is null or "active" or PlannedComponent.Stopped,
        IsStopped = TextOrNull(element, "state") is PlannedComponent.Stopped,
        Arguments = element.TryGetProperty("arguments", out var arguments) ? arguments : JsonElement.Parse("{}"),
    };

    /// <summary>Reads a resource.</summary>
    internal static DocumentedResource ReadResource(JsonElement element) => new()
    {
        Type = Text(element, "type"),
        Name = Text(element, "name"),
        Urn = Text(element, "urn"),
        Parent = TextOrNull(element, "parent"),
        Provider = TextOrNull(element, "provider"),
        Protect = Switch(element, "protect"),
        Inputs = element.GetProperty("inputs"),
        References =
        [
            .. element.GetProperty("references").EnumerateArray()
                .Select(reference => new Reference(Text(reference, "path"), Text(reference, "to"))),
        ],
        Aliases = Texts(element, "aliases"),
        DeleteBeforeReplace = Switch(element, "deleteBeforeReplace"),
        IgnoreChanges = Texts(element, "ignoreChanges"),
        ReplaceOnChanges = Texts(element, "replaceOnChanges"),
        RetainOnDelete = Switch(element, "retainOnDelete"),
    };

    private static string Text(JsonElement element, string name) =>
        element.GetProperty(name).GetString() ?? throw new KeyNotFoundException(name);

    private static string? TextOrNull(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool Switch(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static IReadOnlyList<string> Texts(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(item => item.ToString())]
            : [];
}

/// <summary>A component of a plan's document.</summary>
internal sealed record DocumentedComponent
{
    /// <summary>The declared component's name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is.</summary>
    public required string Kind { get; init; }

    /// <summary>Where it stands.</summary>
    public required string Cloud { get; init; }

    /// <summary>Its URN.</summary>
    public required string Urn { get; init; }

    /// <summary>Whether it serves: in a migration, one of two copies does not.</summary>
    public bool Serves { get; init; } = true;

    /// <summary>Whether it may not work for a while.</summary>
    public bool IsStopped { get; init; }

    /// <summary>What was decided for it: an object.</summary>
    public required JsonElement Arguments { get; init; }
}

/// <summary>A resource of a plan's document.</summary>
internal sealed record DocumentedResource
{
    /// <summary>The Pulumi type.</summary>
    public required string Type { get; init; }

    /// <summary>The logical name.</summary>
    public required string Name { get; init; }

    /// <summary>Its URN.</summary>
    public required string Urn { get; init; }

    /// <summary>The URN of its parent; null when that is the stack.</summary>
    public required string? Parent { get; init; }

    /// <summary>The URN of its explicit provider; null when it has none.</summary>
    public required string? Provider { get; init; }

    /// <summary>Whether Pulumi refuses to delete or replace it.</summary>
    public required bool Protect { get; init; }

    /// <summary>The inputs by their wire names: an object.</summary>
    public required JsonElement Inputs { get; init; }

    /// <summary>The resources whose outputs it uses, and where.</summary>
    public required IReadOnlyList<Reference> References { get; init; }

    /// <summary>The URNs that it had before.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>Whether the old one is deleted before the new one is made, whatever the provider says.</summary>
    public required bool DeleteBeforeReplace { get; init; }

    /// <summary>The inputs whose changes are ignored.</summary>
    public required IReadOnlyList<string> IgnoreChanges { get; init; }

    /// <summary>The inputs whose changes make a new resource, whatever the provider says.</summary>
    public required IReadOnlyList<string> ReplaceOnChanges { get; init; }

    /// <summary>Whether it stays in the cloud when Pulumi forgets it.</summary>
    public required bool RetainOnDelete { get; init; }

    /// <summary>The type's last word.</summary>
    public string TypeName => Type[(Type.LastIndexOf(':') + 1)..];

    /// <summary>The package of the type; for a provider, the package that it configures.</summary>
    public string Package => IsProvider ? TypeName : Type[..Math.Max(0, Type.IndexOf(':', StringComparison.Ordinal))];

    /// <summary>Whether it is a provider.</summary>
    public bool IsProvider => Type.StartsWith("pulumi:providers:", StringComparison.Ordinal);
}
