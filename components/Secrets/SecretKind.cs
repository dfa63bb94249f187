using Infra.Components.Systems;

namespace Infra.Components.Secrets;

/// <summary>One secret value.</summary>
public sealed class SecretKind : ComponentKind
{
    /// <summary>Its single key.</summary>
    internal const string Value = "VALUE";

    private SecretKind()
        : base("Secret", BuildStage.Store)
    {
    }

    /// <summary>The kind.</summary>
    public static SecretKind Instance { get; } = new();

    /// <inheritdoc/>
    public override string? Lasts => "the generated value, and what is encrypted with it";

    /// <inheritdoc/>
    public override bool IsSecretValue => true;

    /// <inheritdoc/>
    public override IReadOnlyList<ConnectionKey> ConnectionKeys { get; } = [new(Value, "The value.", IsSecret: true)];

    /// <inheritdoc/>
    public override IReadOnlyList<Intent> IntentsOn(Component component) => [Intent.Read];

    /// <inheritdoc/>
    public override Reach ReachOf(Component component) => Reach.Carried;
}
