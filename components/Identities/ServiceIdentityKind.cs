using Infra.Components.Systems;

namespace Infra.Components.Identities;

/// <summary>What a service or job is to its cloud: the holder of its grants. Nobody declares it: it follows from the consumer.</summary>
public sealed class ServiceIdentityKind : ComponentKind
{
    private ServiceIdentityKind()
        : base("ServiceIdentity", BuildStage.Foundation)
    {
    }

    /// <summary>The kind.</summary>
    public static ServiceIdentityKind Instance { get; } = new();
}
