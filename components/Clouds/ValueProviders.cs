using Pulumi;

namespace Infra.Components.Clouds;

/// <summary>
/// The explicit providers that belong to no cloud, because they only compute values. A stack has one of each, whatever its clouds, from the
/// moment something needs it.
/// </summary>
internal sealed class ValueProviders
{
    private Pulumi.Random.Provider? _random;
    private Pulumi.Tls.Provider? _tls;

    /// <summary>The options of a child that is a random value.</summary>
    public CustomResourceOptions Random(CustomResourceOptions child) => child.On(_random ??= new("random"));

    /// <summary>The options of a child that is a key, a certificate or a request for one.</summary>
    public CustomResourceOptions Tls(CustomResourceOptions child) => child.On(_tls ??= new("tls"));
}
