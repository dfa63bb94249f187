using Infra.Components.Clouds;
using Pulumi;

namespace Infra.Components.Secrets;

/// <summary>What a consumer must know to use a secret.</summary>
internal static class SecretConnection
{
    /// <summary>To a secret.</summary>
    /// <param name="value">Its value; null where a store alone knows it.</param>
    /// <param name="stored">Where the consumer's cloud keeps it; null where another cloud does.</param>
    public static Connection To(Output<string>? value, StoredValue? stored) =>
        new(Connection.Stored(SecretKind.Value, value, stored));
}
