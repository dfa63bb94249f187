namespace Infra.Sdk.Generator.Model;

/// <summary>The facts about one provider's resource types, from which its classes are generated.</summary>
/// <remarks>
/// What is omitted are nested types whose names begin so, and the properties of these types: some providers describe recursive structures
/// as thousands of types, of which nobody uses the deep ones.
/// </remarks>
internal sealed record Catalogue(
    Provider Provider,
    IReadOnlyList<string> Omitted,
    IReadOnlyList<Resource> Resources,
    IReadOnlyList<Function> Functions,
    IReadOnlyList<EnumType> Enums,
    IReadOnlyList<NestedType> Types);

/// <summary>
/// The provider, its package version, its root namespace, and where its plugin is downloaded from when not from the default place.
/// </summary>
internal sealed record Provider(string Name, string Version, string Namespace, string? Plugin)
{
    /// <summary>
    /// Kubernetes lays its types out differently: <c>Types.Inputs.Core.V1</c> instead of <c>Core.V1.Inputs</c>, a base class of its own, no
    /// state.
    /// </summary>
    public bool IsKubernetes => Name == "kubernetes";

    public string ResourceToken => $"pulumi:providers:{Name}";
}

/// <summary>A resource type, or the provider itself.</summary>
internal sealed record Resource(
    string Token,
    string Name,
    bool ArgsOptional,
    bool Obsolete,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<Property> Properties,
    int Line = 0)
{
    public bool IsProvider => Token.StartsWith("pulumi:providers:", StringComparison.Ordinal);
}

/// <summary>A function that a provider answers (an invoke).</summary>
internal sealed record Function(
    string Token,
    string Name,
    bool ArgsOptional,
    bool Obsolete,
    IReadOnlyList<Property> Properties,
    int Line = 0);

/// <summary>An enum: a name in C# and a value on the wire for each member.</summary>
internal sealed record EnumType(string Name, IReadOnlyList<EnumMember> Members, int Line = 0);

/// <summary>A member of an enum.</summary>
internal sealed record EnumMember(string Name, string Value);

/// <summary>A type nested in resources: <c>Inputs.…Args</c> on the way in, <c>Outputs.…</c> on the way out.</summary>
internal sealed record NestedType(string Name, IReadOnlyList<Property> Properties, int Line = 0);

/// <summary>A property of a resource, function or nested type.</summary>
/// <param name="Wire">Its name in requests to the engine.</param>
/// <param name="Name">Its name in C#.</param>
/// <param name="Type">Its type, the same in both directions.</param>
/// <param name="In">It is an argument.</param>
/// <param name="Out">It is an output.</param>
/// <param name="Required">As an argument, it must be given.</param>
/// <param name="Nullable">As an output, it may be null.</param>
/// <param name="Secret">As an argument, its value is made secret; as an output, it is one.</param>
/// <param name="Json">As an argument, it travels as JSON text.</param>
/// <param name="Obsolete">The provider advises against it.</param>
/// <param name="Constant">The value that the resource sets itself, whatever the argument says.</param>
/// <param name="Default">The argument's value when none is given: a C# literal.</param>
/// <param name="Environment">The environment variables of which the first that is set gives the argument's default.</param>
/// <param name="Line">The line of the catalogue that says so, for errors.</param>
internal sealed record Property(
    string Wire,
    string Name,
    TypeRef Type,
    bool In,
    bool Out,
    bool Required = false,
    bool Nullable = false,
    bool Secret = false,
    bool Json = false,
    bool Obsolete = false,
    string? Constant = null,
    string? Default = null,
    IReadOnlyList<string>? Environment = null,
    int Line = 0)
{
    /// <summary>The C# name that a wire name has unless the catalogue says otherwise.</summary>
    public static string NameOf(string wire) => char.ToUpperInvariant(wire[0]) + wire.Substring(1);
}
