using Infra.Components.Externals;
using Infra.Components.Systems;

namespace Infra.Components.Mail;

/// <summary>The ports on which servers take mails of clients.</summary>
internal static class MailPorts
{
    /// <summary>The usual one (RFC 8314, section 3; RFC 6409, section 3.1).</summary>
    public static int Usual(ConnectionTls tls) => tls == ConnectionTls.StartTls ? 587 : 465;

    /// <summary>
    /// The one of Amazon SES and Scaleway for consumers on a cloud. The Public Gateway of Scaleway lets no client out to the usual ones,
    /// and both services listen on others for such networks (AWS documentation: "Connecting to an Amazon SES SMTP endpoint"; Scaleway
    /// documentation: "SMTP configuration").
    /// </summary>
    public static int ForConsumersOn(Cloud cloud, ConnectionTls tls) => Usual(tls) + (cloud == Cloud.Scaleway ? 2000 : 0);
}
