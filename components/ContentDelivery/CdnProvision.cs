using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;
using Infra.Components.Systems;

namespace Infra.Components.ContentDelivery;

/// <summary>
/// The provision of content delivery networks on a cloud: by its own where it has one, and by someone else's where the stack file names
/// one.
/// </summary>
/// <param name="offer">How it is provided, and by what.</param>
internal abstract class CdnProvision<TContext, TGrantee>(Offer offer) : Provision<Cdn, TContext>(CdnKind.Instance, offer), IGivesAddresses
    where TContext : CloudContext
    where TGrantee : IGrantee
{
    private static readonly Rule ByHand = Rule.Info("cdn-supplier", "Content delivery networks are set up by the stack, and not by hand");

    /// <summary>What the address of the cloud's own network is.</summary>
    protected abstract AddressKind OwnAddressKind { get; }

    /// <summary>
    /// Its zone may stand on any cloud, and so may a load balancer, which is reached as clients reach it. A bucket is private: the network
    /// of its own cloud alone is let in.
    /// </summary>
    protected sealed override bool StandsWith(Cdn component, Component reference) =>
        reference is not (DnsZone or LoadBalancer) && !component.Args.IsSupplied;

    /// <inheritdoc/>
    public AddressKind AddressKindOf(Component entrance) =>
        entrance is Cdn { Args.IsSupplied: false } ? OwnAddressKind : AddressKind.HostName;

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(Cdn component) => component.Args.IsSupplied ? [] : BesideOwn;

    /// <summary>The kinds of foundation that the cloud's own network needs beside it.</summary>
    protected virtual IEnumerable<ComponentKind> BesideOwn => [];

    /// <inheritdoc/>
    protected sealed override void Check(Cdn component, CloudChecks checks)
    {
        if (!component.Args.IsSupplied)
        {
            CheckOwn(component, checks);
            return;
        }

        var args = component.Args;
        var from = args.Origin.Bucket is { } bucket
            ? $"the bucket '{bucket.Name}' with a key that reads it"
            : $"the origin https://{args.Origin.FullHost ?? args.Origin.Component.Name}";
        var documents = new[] { ("/", args.DefaultDocument), ("paths that have none", args.FallbackDocument) }
            .Where(document => document.Item2.Length > 0)
            .Select(document => $", '{document.Item2}' at {document.Item1}");
        var host = args.FullHost ?? $"{args.Supplier} itself";
        var kept = args.Decisions.Single(decision => decision.What == CdnArgs.KeptFor).Value;
        checks.Report(
            ByHand,
            component,
            $"Supplier is '{args.Supplier}', and nothing here reaches it. Set up there by hand: the host {host} with its certificate, "
            + $"{from}{string.Concat(documents)}, and how long things are kept ({kept}).");
    }

    /// <inheritdoc/>
    protected sealed override PlacedComponent Build(Cdn component, TContext context) => component.Args.IsSupplied
        ? new SuppliedCdn<TGrantee>(component, context)
        : BuildOwn(component, context);

    /// <summary>Reports what the cloud's own network refuses, or that it has none.</summary>
    protected abstract void CheckOwn(Cdn component, CloudChecks checks);

    /// <summary>Builds it on the cloud's own network.</summary>
    protected abstract PlacedComponent BuildOwn(Cdn component, TContext context);
}

/// <summary>The provision of content delivery networks on a cloud that has none.</summary>
/// <param name="cloud">How sentences call the cloud.</param>
internal abstract class SuppliedCdns<TContext, TGrantee>(string cloud)
    : CdnProvision<TContext, TGrantee>(new(Backing.External, SuppliedCdn<TGrantee>.Product))
    where TContext : CloudContext
    where TGrantee : IGrantee
{
    private static readonly Gap OwnNetwork = new(
        "a content delivery network of its own",
        "A supplier's network is used that the stack file names, or another cloud's.")
    {
        Rule = CdnRules.Network,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps => [OwnNetwork];

    /// <inheritdoc/>
    protected sealed override AddressKind OwnAddressKind => AddressKind.HostName;

    /// <inheritdoc/>
    protected sealed override void CheckOwn(Cdn component, CloudChecks checks)
    {
        var bucket = component.Args.Origin.Bucket is { } origin ? $" together with its bucket '{origin.Name}'" : "";
        checks.Report(
            CdnRules.Network,
            component,
            $"{cloud} has no content delivery network, and Supplier is nothing; allowed: the name at which someone else's answers. Set "
            + $"infra:components.{component.Name}.supplier in the stack's file, or place '{component.Name}'{bucket} on "
            + $"{checks.Alternatives(component.Kind, OwnNetwork.Promise)}, which have one of their own.");
    }

    /// <inheritdoc/>
    protected sealed override PlacedComponent BuildOwn(Cdn component, TContext context) =>
        throw new InvalidOperationException($"{cloud} has no network for '{component.Name}', which is checked before.");
}
