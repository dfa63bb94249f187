namespace Infra.Components.Addons;

/// <summary>The spelling of add-ons in configuration; it is also the name of their component.</summary>
public static class AddonNames
{
    /// <summary>Every spelling.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<Addon>().Select(Name)];

    /// <summary>The spelling of an add-on.</summary>
    public static string Name(this Addon addon) => addon switch
    {
        Addon.GatewayController => "gateway",
        Addon.CertManager => "cert-manager",
        Addon.DatabaseOperator => "database-op",
        Addon.ObjectStoreOperator => "object-store-op",
        Addon.QueueOperator => "queue-op",
        Addon.StreamOperator => "stream-op",
        Addon.ExternalDns => "external-dns",
        _ => throw new ArgumentOutOfRangeException(nameof(addon), addon, "not an add-on"),
    };
}
