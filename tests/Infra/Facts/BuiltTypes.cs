using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Tests.Facts;

/// <summary>The resource types that components construct, whether or not some plan holds them: what the compiled code refers to.</summary>
internal static class BuiltTypes
{
    /// <summary>Their tokens; those of providers included.</summary>
    public static IReadOnlySet<string> All { get; } = Find().ToHashSet(StringComparer.Ordinal);

    private static IEnumerable<string> Find()
    {
        using var file = new PEReader(File.OpenRead(typeof(Component).Assembly.Location));
        var metadata = file.GetMetadataReader();
        foreach (var handle in metadata.MemberReferences)
        {
            var member = metadata.GetMemberReference(handle);
            if (metadata.GetString(member.Name) != ".ctor" || member.Parent.Kind != HandleKind.TypeReference) continue;
            if (TokenOf(metadata, metadata.GetTypeReference((TypeReferenceHandle)member.Parent)) is { } token) yield return token;
        }
    }

    private static string? TokenOf(MetadataReader metadata, TypeReference reference)
    {
        if (reference.ResolutionScope.Kind != HandleKind.AssemblyReference) return null;
        var assembly = metadata.GetString(metadata.GetAssemblyReference((AssemblyReferenceHandle)reference.ResolutionScope).Name);
        if (!assembly.StartsWith("Pulumi", StringComparison.Ordinal)) return null;
        var type = Assembly.Load(assembly).GetType($"{metadata.GetString(reference.Namespace)}.{metadata.GetString(reference.Name)}");
        if (type is null || !type.IsSubclassOf(typeof(CustomResource))) return null;
        return type.GetCustomAttributesData()
            .Where(attribute => typeof(ResourceTypeAttribute).IsAssignableFrom(attribute.AttributeType))
            .Select(attribute => (string?)attribute.ConstructorArguments[0].Value)
            .FirstOrDefault();
    }
}
