using Infra.Components.Systems;

namespace Infra.Components.Mail;

/// <summary>Which clouds send mails by a service of their own.</summary>
internal static class MailServices
{
    /// <summary>Whether a cloud does: Amazon SES, Scaleway Transactional Email. Others hand mails to a relay.</summary>
    public static bool On(Cloud cloud) => cloud is Cloud.Aws or Cloud.Scaleway;
}
