using Infra.Components.Clouds;
using Pulumi;

namespace Infra.Components.Streams;

/// <summary>An event stream built on a cloud.</summary>
internal abstract class PlacedEventStream(PlacedComponentArgs placement) : PlacedComponent(placement), IEventStream
{
    /// <inheritdoc/>
    [Output]
    public Output<string> BootstrapServers { get; protected set; } = null!;
}
