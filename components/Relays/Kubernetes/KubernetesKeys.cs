using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Placements;
using Pulumi;

namespace Infra.Components.Relays.Kubernetes;

/// <summary>
/// Keys for consumers on other clouds that use nothing but what has a public API: they need no way in. A relay that forwards holds the same
/// resources.
/// </summary>
internal sealed class KubernetesKeys : PlacedComponent, IRelay<KubernetesGrantee>
{
    private readonly KubernetesGrantee _grantee;

    /// <summary>Registers the component.</summary>
    /// <param name="product">What keys are made with.</param>
    /// <param name="context">The stack's part on the cloud, which may have no cluster.</param>
    public KubernetesKeys(string product, KubernetesContext context)
        : base(context.Place(RelayKind.Instance, "relay") with { Backing = Backing.Native, RunsOn = product }) =>
        _grantee = new KubernetesGrantee(Name, context, Tags, dependsOn => Child(dependsOn: dependsOn));

    /// <inheritdoc/>
    public PlacedComponent? Component => this;

    /// <inheritdoc/>
    public IReadOnlyList<Output<string>> Addresses => [];

    /// <inheritdoc/>
    public void Admit(RelayPort<KubernetesGrantee> port) => throw Forwards(port);

    /// <inheritdoc/>
    public KubernetesGrantee GranteeOf(StandingLink link) => _grantee;

    /// <inheritdoc/>
    public RelayEndpoint EntranceOf(RelayPort<KubernetesGrantee> port) => throw Forwards(port);

    /// <inheritdoc/>
    public void Complete() => RegisterOutputs();

    private static InvalidOperationException Forwards(RelayPort port) =>
        new($"'{port.Name}' has no public API: only a relay that forwards leads to it.");
}
