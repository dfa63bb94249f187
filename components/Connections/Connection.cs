using Pulumi;

namespace Infra.Components.Connections;

/// <summary>One thing that a consumer must know to use a target.</summary>
/// <param name="Key">The key, such as <c>HOST</c>; the same on every cloud.</param>
/// <param name="Value">Its value.</param>
/// <param name="Secret">Whether the value is kept in the secret store of the consumer's cloud and travels by reference.</param>
public sealed record ConnectionEntry(string Key, Output<string> Value, bool Secret);

/// <summary>
/// Everything that a consumer must know to use a target. One factory per kind demands every key, so the keys are identical on all clouds; the
/// consumer's environment variables are the keys behind the link's prefix, such as <c>DATABASE_HOST</c>.
/// </summary>
public sealed class Connection
{
    private Connection(params ConnectionEntry[] entries) => Entries = entries;

    /// <summary>The entries, in the order of the kind's table.</summary>
    public IReadOnlyList<ConnectionEntry> Entries { get; }

    /// <summary>To a relational database.</summary>
    /// <param name="scheme">The scheme of the url: <c>postgresql</c> or <c>mysql</c>.</param>
    /// <param name="host">The host name.</param>
    /// <param name="port">The port.</param>
    /// <param name="database">The database's name.</param>
    /// <param name="username">The consumer's own login.</param>
    /// <param name="password">Its password: letters and digits only, so that the url needs no escaping.</param>
    /// <param name="certificateAuthority">The certificates that sign the server's, as PEM; empty where a public authority does.</param>
    /// <param name="tlsMode">How the client must treat TLS, in libpq's words: <c>verify-full</c> or <c>require</c>.</param>
    public static Connection ToDatabase(
        string scheme,
        Output<string> host,
        Output<string> port,
        Output<string> database,
        Output<string> username,
        Output<string> password,
        Output<string> certificateAuthority,
        string tlsMode) => new(
            Plain("HOST", host),
            Plain("PORT", port),
            Plain("DATABASE", database),
            Plain("USERNAME", username),
            Secret("PASSWORD", password),
            Plain("CA", certificateAuthority),
            Plain("TLS_MODE", Output.Create(tlsMode)),
            Secret("URL", Output.Format($"{scheme}://{username}:{password}@{host}:{port}/{database}?{(scheme == "mysql" ? "ssl-mode=REQUIRED" : $"sslmode={tlsMode}")}")));

    /// <summary>To a cache that speaks the Redis protocol over TLS.</summary>
    /// <param name="host">The host name.</param>
    /// <param name="port">The port.</param>
    /// <param name="username">The login; <c>default</c> where the cache has only one.</param>
    /// <param name="password">Its password: letters and digits only.</param>
    /// <param name="certificateAuthority">The certificates that sign the server's, as PEM; empty where a public authority does.</param>
    public static Connection ToCache(
        Output<string> host,
        Output<string> port,
        Output<string> username,
        Output<string> password,
        Output<string> certificateAuthority) => new(
            Plain("HOST", host),
            Plain("PORT", port),
            Plain("USERNAME", username),
            Secret("PASSWORD", password),
            Plain("CA", certificateAuthority),
            Plain("TLS_MODE", Output.Create("require")),
            Secret("URL", Output.Format($"rediss://{username}:{password}@{host}:{port}")));

    /// <summary>To a bucket.</summary>
    /// <param name="endpoint">The url of the store's API.</param>
    /// <param name="region">The region to sign for.</param>
    /// <param name="name">The bucket's name.</param>
    /// <param name="pathStyle">Whether the bucket's name goes into the path instead of the host.</param>
    /// <param name="accessKeyId">The consumer's access key; null, which the consumer sees as empty, where its identity gives access without one.</param>
    /// <param name="secretAccessKey">The secret of that key; null, which the consumer sees as empty, where its identity gives access without one.</param>
    /// <param name="certificateAuthority">The certificates that sign the server's, as PEM; null, which the consumer sees as empty, where a public authority does.</param>
    public static Connection ToBucket(
        Output<string> endpoint,
        Output<string> region,
        Output<string> name,
        bool pathStyle,
        Output<string>? accessKeyId = null,
        Output<string>? secretAccessKey = null,
        Output<string>? certificateAuthority = null) => new(
            Plain("ENDPOINT", endpoint),
            Plain("CA", certificateAuthority ?? Output.Create("")),
            Plain("REGION", region),
            Plain("NAME", name),
            Plain("PROTOCOL", Output.Create("s3")),
            Plain("PATH_STYLE", Output.Create(pathStyle ? "true" : "false")),
            Plain("CREDENTIALS", Output.Create(accessKeyId is null ? "identity" : "keys")),
            Plain("ACCESS_KEY_ID", accessKeyId ?? Output.Create("")),
            secretAccessKey is null ? Plain("SECRET_ACCESS_KEY", Output.Create("")) : Secret("SECRET_ACCESS_KEY", secretAccessKey));

    /// <summary>To a service.</summary>
    /// <param name="host">The private DNS name.</param>
    /// <param name="port">The port.</param>
    public static Connection ToService(string host, int port) =>
        ToService("http", Output.Create(host), Output.Create(port.ToString(System.Globalization.CultureInfo.InvariantCulture)), Output.Create(""));

    /// <summary>To a service on another cloud, over TLS.</summary>
    /// <param name="address">The relay's address.</param>
    /// <param name="port">The relay's port.</param>
    /// <param name="certificateAuthority">The certificates that sign the relay's, as PEM.</param>
    public static Connection ToForeignService(Output<string> address, Output<string> port, Output<string> certificateAuthority) =>
        ToService("https", address, port, certificateAuthority);

    private static Connection ToService(string scheme, Output<string> host, Output<string> port, Output<string> certificateAuthority) => new(
        Plain("HOST", host),
        Plain("PORT", port),
        Plain("CA", certificateAuthority),
        Plain("URL", Output.Format($"{scheme}://{host}:{port}")));

    /// <summary>The entries as environment variables behind a prefix.</summary>
    public IEnumerable<(string Name, ConnectionEntry Entry)> Variables(string prefix) => Entries.Select(entry => ($"{prefix}_{entry.Key}", entry));

    private static ConnectionEntry Plain(string key, Output<string> value) => new(key, value, Secret: false);

    private static ConnectionEntry Secret(string key, Output<string> value) => new(key, Output.CreateSecret(value), Secret: true);
}
