using Infra.Components.Systems;

namespace Infra.Components.Clouds;

/// <summary>
/// The Pulumi types of components: capability and the cloud on which it stands, whatever class implements it, so that copies on two clouds
/// never collide. They are part of every deployed URN: frozen, listed in a test, changed only with an alias.
/// </summary>
public static class TypeTokens
{
    /// <summary>The type of a kind on a cloud, such as <c>infra:aws:ManagedDatabase</c>.</summary>
    public static string Of(ComponentKind kind, Cloud cloud) => $"infra:{cloud.Name()}:{kind.Name}";
}
