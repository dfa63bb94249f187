using Infra.Components.Clouds;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Secrets;

/// <summary>A secret built on a cloud.</summary>
internal abstract class PlacedSecret : PlacedComponent, ISecret, ICarriedTarget
{
    /// <summary>Registers the component, and finds its value.</summary>
    protected PlacedSecret(PlacedComponentArgs placement, Secret secret, CloudContext context)
        : base(placement)
    {
        Value = secret.Args.Source switch
        {
            null => Copied(secret, context) ?? GeneratedValue.Create(secret, context, Child),
            GivenSecret given => Output.CreateSecret(given.Reveal()),
            _ => null,
        };
        Source = Output.Create(secret.Args.Source switch { null => "generated", GivenSecret => "given", _ => "existing" });
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> Source { get; private set; }

    /// <inheritdoc/>
    [Output]
    public Output<string> Reference { get; protected set; } = null!;

    /// <summary>The value; null where the store alone knows it.</summary>
    public Output<string>? Value { get; }

    /// <summary>Where the cloud's store keeps it.</summary>
    public StoredValue Stored { get; protected init; } = null!;

    /// <inheritdoc/>
    public Connection Carry(StandingLink link) => SecretConnection.To(Value, stored: null);

    /// <summary>What a consumer on the same cloud must know.</summary>
    protected Connection Connect() => SecretConnection.To(Value, Stored);

    // Copies of a secret on two clouds are one secret: whoever reads the one understands whoever reads the other.
    private static Output<string>? Copied(Secret secret, CloudContext context) => context.Blueprint.CopiesOf(secret)
        .Select(copy => context.Progress.Built.GetValueOrDefault(copy))
        .OfType<PlacedSecret>()
        .Select(copy => copy.Value)
        .FirstOrDefault();
}
