using Infra.Components.Secrets;
using Infra.Components.Systems;
using Infra.Tests.Testing;

namespace Infra.Tests.Secrets;

internal sealed class SecretProbe : StoreProbe
{
    // What lasts is the value, which the stack's state keeps, encrypted: the clouds' stores get it from there. None of them is reached but
    // by an API over TLS.
    private static readonly StoreEvidence State = new("random:index/randomPassword:RandomPassword")
    {
        IsEncryptedAtRest = _ => true,
        RefusesPlainText = _ => true,
    };

    public override ComponentKind Kind => SecretKind.Instance;

    public override IReadOnlyDictionary<string, object> OtherValues { get; } = new Dictionary<string, object>
    {
        [nameof(SecretArgs.RotatedOn)] = new DateOnly(2026, 11, 1),
    };

    public override IReadOnlyDictionary<Cloud, StoreEvidence> Evidence { get; } = CloudNames.All.ToDictionary(cloud => cloud, _ => State);

    public override Component Create(Model model, string name) => new Secret(name);
}
