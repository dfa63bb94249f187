namespace Infra.Settings;

/// <summary>A key that a stack's configuration may hold, in the project's namespace.</summary>
/// <param name="Name">The key without its namespace.</param>
/// <param name="IsMap">Whether its value is a map; otherwise a text, or a list where it is one.</param>
/// <param name="IsRequired">Whether a stack must set it.</param>
internal sealed record SettingKey(string Name, bool IsMap, bool IsRequired)
{
    /// <summary>Whether its value is a list.</summary>
    public bool IsList { get; init; }

    /// <summary>What its value is, in words.</summary>
    public string Shape => IsMap ? "map" : IsList ? "list" : "text";

    /// <summary>The key as a stack file spells it.</summary>
    public string FullName => $"{SettingKeys.Namespace}:{Name}";
}

/// <summary>Every key that is read. <c>Pulumi.yaml</c> declares the same ones, for <c>pulumi config</c>.</summary>
internal static class SettingKeys
{
    /// <summary>The project's name, which is the namespace of its keys.</summary>
    public const string Namespace = "infra";

    public const string System = "system";
    public const string Environment = "environment";
    public const string Cloud = "cloud";
    public const string Placement = "placement";
    public const string Location = "location";
    public const string Regions = "regions";
    public const string Owner = "owner";
    public const string Domain = "domain";
    public const string Domains = "domains";
    public const string Protected = "protected";
    public const string Accounts = "accounts";
    public const string Images = "images";
    public const string Registries = "registries";
    public const string Components = "components";
    public const string Secrets = "secrets";
    public const string Addons = "addons";
    public const string RelayPorts = "relayPorts";
    public const string Figures = "figures";
    public const string Migration = "migration";
    public const string Waivers = "waivers";

    /// <summary>The key of a full name; null where nothing reads it.</summary>
    public static SettingKey? Find(string fullName) => All.FirstOrDefault(key => key.FullName == fullName);

    /// <summary>The keys, in the order in which messages list them.</summary>
    public static IReadOnlyList<SettingKey> All { get; } =
    [
        new(System, IsMap: false, IsRequired: true),
        new(Environment, IsMap: false, IsRequired: true),
        new(Cloud, IsMap: false, IsRequired: true),
        new(Placement, IsMap: true, IsRequired: false),
        new(Location, IsMap: false, IsRequired: true),
        new(Regions, IsMap: true, IsRequired: false),
        new(Owner, IsMap: false, IsRequired: true),
        new(Domain, IsMap: false, IsRequired: false),
        new(Domains, IsMap: true, IsRequired: false),
        new(Protected, IsMap: false, IsRequired: false),
        new(Accounts, IsMap: true, IsRequired: false),
        new(Images, IsMap: true, IsRequired: false),
        new(Registries, IsMap: true, IsRequired: false),
        new(Components, IsMap: true, IsRequired: false),
        new(Secrets, IsMap: true, IsRequired: false),
        new(Addons, IsMap: true, IsRequired: false),
        new(RelayPorts, IsMap: true, IsRequired: false),
        new(Figures, IsMap: true, IsRequired: false),
        new(Migration, IsMap: true, IsRequired: false),
        new(Waivers, IsMap: false, IsRequired: false) { IsList = true },
    ];
}
