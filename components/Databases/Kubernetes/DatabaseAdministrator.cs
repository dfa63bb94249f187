using Pulumi;

namespace Infra.Components.Databases.Kubernetes;

/// <summary>The login with which jobs in the cluster make others; it goes nowhere else.</summary>
internal sealed record DatabaseAdministrator
{
    /// <summary>The secret that holds it; null where it is kept beside every password that it sets up.</summary>
    public Output<string>? Secret { get; private init; }

    /// <summary>The key of its user name.</summary>
    public required string UsernameKey { get; init; }

    /// <summary>The key of its password.</summary>
    public required string PasswordKey { get; init; }

    /// <summary>What is kept beside a password that it sets up.</summary>
    public IReadOnlyDictionary<string, Input<string>> Beside { get; private init; } = new Dictionary<string, Input<string>>();

    /// <summary>One that has a secret of its own.</summary>
    public static DatabaseAdministrator In(Output<string> secret, string usernameKey, string passwordKey) =>
        new() { Secret = secret, UsernameKey = usernameKey, PasswordKey = passwordKey };

    /// <summary>One of a database that stands whether there is a cluster or not, so that only what uses it can keep it there.</summary>
    public static DatabaseAdministrator Kept(string username, Output<string> password) => new()
    {
        UsernameKey = DatabaseGrant.AdminUsername,
        PasswordKey = DatabaseGrant.AdminPassword,
        Beside = new Dictionary<string, Input<string>>
        {
            [DatabaseGrant.AdminUsername] = username,
            [DatabaseGrant.AdminPassword] = password,
        },
    };
}
