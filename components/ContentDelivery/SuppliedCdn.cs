using Infra.Components.Clouds;
using Infra.Components.LoadBalancers;
using Pulumi;

namespace Infra.Components.ContentDelivery;

/// <summary>
/// A content delivery network of someone else, which is set up by hand. Nothing of it is built: records lead to the supplier's name, and
/// consumers learn the host.
/// </summary>
/// <typeparam name="TGrantee">Who receives grants on the cloud.</typeparam>
internal sealed class SuppliedCdn<TGrantee> : PlacedCdn<TGrantee>
    where TGrantee : IGrantee
{
    /// <summary>What provides it.</summary>
    public const string Product = "a content delivery network of someone else";

    /// <summary>Describes it.</summary>
    public SuppliedCdn(Cdn cdn, CloudContext context)
        : base(context.Place(cdn) with { Backing = Backing.External, RunsOn = Product }, cdn.Args) =>
        Complete(Output.Create(cdn.Args.Supplier), AddressKind.HostName);
}
