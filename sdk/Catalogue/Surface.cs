using Infra.Sdk.Generator.Model;

namespace Infra.Sdk.Cataloguing;

/// <summary>The public surface of a provider's official package: its classes by full name, and their properties.</summary>
/// <remarks>Where the source of facts names no provider, it says nothing of secrets, defaults and nullability either.</remarks>
internal sealed record Surface(
    Provider? Provider,
    IReadOnlyDictionary<string, SurfaceResource> Resources,
    IReadOnlyDictionary<string, SurfaceFunction> Functions,
    IReadOnlyDictionary<string, IReadOnlyList<SurfaceProperty>> Args,
    IReadOnlyDictionary<string, IReadOnlyList<SurfaceProperty>> OutputTypes,
    IReadOnlyDictionary<string, IReadOnlyList<EnumMember>> Enums);

/// <summary>A resource class.</summary>
internal sealed record SurfaceResource(
    string Token, string Class, bool ArgsOptional, bool Obsolete, IReadOnlyList<string> Aliases, IReadOnlyList<SurfaceProperty> Outputs);

/// <summary>The class of a function.</summary>
internal sealed record SurfaceFunction(string Token, string Class, bool ArgsOptional, bool Obsolete);

/// <summary>A property as C# declares it.</summary>
/// <remarks>
/// The wire name is the one in its attribute, or the constructor parameter of an output type. The C# name is null where the usual one is
/// meant. The type is written without spaces and with full names of the provider's own types.
/// </remarks>
internal sealed record SurfaceProperty(
    string Wire,
    string? Name,
    string Type,
    bool Required = false,
    bool Secret = false,
    bool Json = false,
    bool Obsolete = false,
    string? Constant = null,
    string? Default = null,
    IReadOnlyList<string>? Environment = null);
