using Infra.Components.Clouds;
using Pulumi;
using static Infra.Components.Clouds.Connection;

namespace Infra.Components.Streams;

/// <summary>What a consumer must know to use an event stream.</summary>
public static class EventStreamConnection
{
    /// <summary>A login, over TLS.</summary>
    internal const string SecurityProtocol = "SASL_SSL";

    /// <summary>A login of which the password is never sent.</summary>
    internal const string Scram = "SCRAM-SHA-512";

    /// <summary>What clients in Java call the module for it.</summary>
    internal const string ScramModule = $"{Modules}scram.ScramLoginModule";

    /// <summary>A login of which the password is sent.</summary>
    internal const string PlainLogin = "PLAIN";

    private const string Modules = "org.apache.kafka.common.security.";

    /// <summary>To servers with which clients log in by SCRAM.</summary>
    /// <param name="bootstrapServers">Where clients begin: hosts with ports, separated by commas.</param>
    /// <param name="username">The consumer's own login.</param>
    /// <param name="password">Its password: letters and digits only.</param>
    /// <param name="certificateAuthority">
    /// The certificates that sign the servers', as PEM; null, which the consumer sees as empty, where a public authority does.
    /// </param>
    /// <param name="group">The consumer group of the consumer's own.</param>
    public static Connection ToScram(
        Output<string> bootstrapServers,
        Output<string> username,
        Output<string> password,
        Output<string>? certificateAuthority,
        string group) => To(Scram, ScramModule, bootstrapServers, username, password, certificateAuthority, group);

    /// <summary>To servers that a public authority signs for, and with which clients log in by a password that they send.</summary>
    /// <param name="bootstrapServers">Where clients begin: hosts with ports, separated by commas.</param>
    /// <param name="username">The consumer's own login.</param>
    /// <param name="password">Its password, without quotes and backslashes.</param>
    /// <param name="group">The consumer group of the consumer's own.</param>
    public static Connection ToPlain(
        Output<string> bootstrapServers,
        Output<string> username,
        Output<string> password,
        string group) => To(PlainLogin, $"{Modules}plain.PlainLoginModule", bootstrapServers, username, password, null, group);

    private static Connection To(
        string mechanism,
        string module,
        Output<string> bootstrapServers,
        Output<string> username,
        Output<string> password,
        Output<string>? certificateAuthority,
        string group) => new(
            Plain("BOOTSTRAP_SERVERS", bootstrapServers),
            OneWord("SECURITY_PROTOCOL", SecurityProtocol),
            OneWord("SASL_MECHANISM", mechanism),
            Plain("USERNAME", username),
            Secret("PASSWORD", password),
            Secret("SASL_JAAS_CONFIG", Output.Format(
                $"{module} required username=\"{username}\" password=\"{password}\";")),
            PlainIfAny("CA", certificateAuthority),
            Plain("GROUP", Output.Create(group)));
}
