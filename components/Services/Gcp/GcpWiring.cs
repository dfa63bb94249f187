using Infra.Components.Clouds.Gcp;
using Infra.Components.Identities.Gcp;
using Infra.Components.Networks.Gcp;
using Infra.Components.Registries.Gcp;
using Infra.Components.Relays;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Services.Gcp;

/// <summary>A container with its links wired.</summary>
/// <param name="Consumer">The holder of the grants.</param>
/// <param name="Image">The image's full reference.</param>
/// <param name="Variables">The environment.</param>
internal sealed record GcpContainer(GcpConsumer Consumer, Output<string> Image, IReadOnlyList<GcpVariable> Variables);

/// <summary>Wires the links of services and jobs to targets here and on other clouds.</summary>
/// <param name="network">The network.</param>
/// <param name="runtime">The runtime, which fetches images of foreign registries.</param>
/// <param name="registry">The system's registry; null without one.</param>
/// <param name="identities">The consumers' identities.</param>
/// <param name="targets">The targets on this cloud.</param>
/// <param name="foreign">The targets on other clouds.</param>
/// <param name="context">What every component needs.</param>
internal sealed class GcpWiring(
    GcpPrivateNetwork network,
    GcpRuntime runtime,
    GcpContainerRegistry? registry,
    IReadOnlyDictionary<Consumer, GcpServiceIdentity> identities,
    IReadOnlyDictionary<Component, IGcpTarget> targets,
    IReadOnlyDictionary<Link, ForeignTarget> foreign,
    GcpContext context)
{
    /// <summary>Wires a consumer; the grants become children of its component.</summary>
    public GcpContainer Wire(ComponentResource holder, Consumer consumer)
    {
        var identity = identities[consumer];
        var wired = new GcpConsumer(holder, identity, identity.NetworkTag, network, context);
        var variables = consumer.Container.Environment
            .OrderBy(variable => variable.Key, StringComparer.Ordinal)
            .Select(variable => new GcpVariable(variable.Key, Output.Create(variable.Value)))
            .ToList();
        foreach (var link in consumer.Links)
        {
            var connection = foreign.TryGetValue(link, out var target) ? target.Connection : targets[link.Target].Connect(wired, link);
            variables.AddRange(wired.Variables(link, connection));
        }

        // Every plan has images, also for a cloud that the stack file does not name: the guards demand one per consumer.
        return new(wired, GcpImages.Reference(context.Blueprint.Settings.Images[consumer.Name], registry, runtime.Mirrors), variables);
    }
}
