using Infra.Components.Clouds;

namespace Infra.Components.Brokers;

/// <summary>
/// What jobs tell a RabbitMQ broker through its management API, which no other API does for it: queues, policies and logins.
/// </summary>
internal static class BrokerScript
{
    /// <summary>The name of the administrator, where the broker leaves it open.</summary>
    public const string Administrator = "administrator";

    /// <summary>The pattern that no name fits.</summary>
    public const string Nothing = "^$";

    /// <summary>Its logins, by the management API.</summary>
    public static RestLogins Logins { get; } = new(
        new("BROKER"),
        "/api",
        Administrator,
        (login, password, intent) => Grant(login, password, BrokerRights.Of(login, intent)));

    /// <summary>The pattern that one name fits.</summary>
    public static string Only(string name) => $"^{name}$";

    /// <summary>The calls that give a login its password and its rights in the broker's only virtual host, and nothing else.</summary>
    /// <param name="login">The login.</param>
    /// <param name="password">The variable that holds its password.</param>
    /// <param name="rights">What it may do.</param>
    public static IEnumerable<RestCall> Grant(string login, string password, BrokerRights rights) =>
    [
        new("PUT", $"users/{login}", new() { ["password"] = $"${{{password}}}", ["tags"] = "" }),
        new("PUT", $"permissions/%2F/{login}", new()
        {
            ["configure"] = rights.Configure,
            ["write"] = rights.Write,
            ["read"] = rights.Read,
        }),
    ];
}
