using Infra.Components.Systems;

namespace Infra.Components.Services;

/// <summary>Containers that run all the time.</summary>
public sealed class ContainerServiceKind : ComponentKind
{
    private ContainerServiceKind()
        : base("ContainerService", BuildStage.Service)
    {
    }

    /// <summary>The kind.</summary>
    public static ContainerServiceKind Instance { get; } = new();

    /// <inheritdoc/>
    public override IReadOnlyList<ConnectionKey> ConnectionKeys { get; } =
    [
        new("HOST", "The private DNS name; from another cloud, the relay's address."),
        new("PORT", "The port; from another cloud, the relay's."),
        new("CA", "From another cloud, the certificates that sign the relay's, as PEM; empty otherwise."),
        new("URL", "Both in one url, of the scheme `http`, or `https` from another cloud."),
        new(
            "MEMBERS",
            "Of a set only: the private DNS names of its members, in their order and separated by commas; empty from another cloud.")
        {
            ListsMembers = true,
        },
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Intent> IntentsOn(Component component) => Listens(component) ? [Intent.Connect] : [];

    /// <inheritdoc/>
    public override Reach ReachOf(Component component) => Listens(component) ? Reach.Relay : Reach.None;

    /// <inheritdoc/>
    internal override IReadOnlyList<string> LeavesBehind(Component component) =>
        component is ContainerService service ? [.. service.Args.Volumes.Select(volume => $"the volume {volume.Told}")] : [];

    private static bool Listens(Component component) => component is ContainerService { Args.IsHttp: true };
}
