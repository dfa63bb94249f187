using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Externals;
using Pulumi;

namespace Infra.Components.Mail;

/// <summary>What a consumer must know to send mail. The keys are the same on every cloud.</summary>
internal static class MailSenderConnection
{
    /// <summary>To a server that takes mails by SMTP.</summary>
    /// <param name="args">The sender's arguments.</param>
    /// <param name="host">The server's host name.</param>
    /// <param name="port">Its port.</param>
    /// <param name="username">The login; null where none is wanted.</param>
    /// <param name="password">Its password; null where none is wanted.</param>
    public static Connection To(
        MailSenderArgs args,
        Output<string> host,
        int port,
        Output<string>? username,
        Output<string>? password) => new(
            Connection.Plain("HOST", host),
            Connection.Plain("PORT", Output.Create(port.ToString(CultureInfo.InvariantCulture))),
            Connection.OneWord("TLS", args.Tls == ConnectionTls.StartTls ? "starttls" : "tls"),
            Connection.PlainIfAny("USERNAME", username),
            Connection.SecretIfAny("PASSWORD", password),
            Connection.Plain("FROM", Output.Create(args.Address)),
            Connection.Plain("DOMAIN", Output.Create(args.Domain)));
}
