using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Dns;
using Infra.Components.Secrets;
using Infra.Components.Systems;

namespace Infra.Components.Mail;

/// <summary>A record that a sender has written into its zone.</summary>
/// <param name="Host">Its full name.</param>
/// <param name="Type">Its type.</param>
internal sealed record MailRecord(string Host, string Type);

/// <summary>What holds of senders of mail on several clouds alike.</summary>
internal static class MailSenderChecks
{
    private static readonly Rule Password = Rule.Error("mail-sender-password", "A relay's login has its password, and nobody else has one");

    private static readonly Rule Records = Rule.Error(
        "mail-sender-records",
        "Nothing but a sender of mail has records of the names and types that it needs");

    private static readonly Rule Unmanaged = Rule.Info("mail-sender-zone", "The records of a sender of mail are written by the stack");

    private static readonly Rule Service = Rule.Error("mail-sender-service", "Mails have a service or a relay by which they leave");

    /// <summary>What a cloud lacks that has no service for it.</summary>
    public static Gap OwnService { get; } = new(
        "a mail service of its own",
        "Mails leave by a relay that the stack file names, with one login for all consumers, or by another cloud's service.")
    {
        Rule = Service,
    };

    /// <summary>Reports a password that nothing takes, or that is missing.</summary>
    public static void CheckPassword(MailSender component, CloudChecks checks)
    {
        var (args, key) = (component.Args, SecretChecks.KeyOf(component.Name));
        var wantsOne = args.Relay is { Username.Length: > 0 };
        if (wantsOne && args.Password is null)
        {
            checks.Report(
                Password,
                component,
                $"{key} is missing, and Relay.Username is '{args.Relay!.Username}'; allowed: the password of that login. Set it with "
                + $"\"{SecretChecks.CommandFor(component.Name, checks.Settings.Stack)}\".");
        }
        else if (!wantsOne && args.Password is not null)
        {
            checks.Report(
                Password,
                component,
                $"{key} is given, and {(args.Relay is null ? "Relay is nothing" : "Relay.Username is empty")}; allowed: a password for the "
                + "login of a relay. Remove it, or name the relay and its login.");
        }
        else if (args.Password is ExistingSecret existing)
        {
            checks.Report(
                Password,
                component,
                $"{key} refers to '{existing.Name}'; allowed: the password itself, because consumers on every cloud are given it. Set it "
                + $"with \"{SecretChecks.CommandFor(component.Name, checks.Settings.Stack)}\".");
        }
    }

    /// <summary>Reports declared records that are in the way of a sender's own.</summary>
    /// <param name="component">The sender.</param>
    /// <param name="checks">Where findings go.</param>
    /// <param name="needed">Its own records, but for that of DMARC.</param>
    public static void CheckRecords(MailSender component, CloudChecks checks, IEnumerable<MailRecord> needed)
    {
        var args = component.Args;
        var records = needed.ToList();
        if (args.DmarcRecord is not null) records.Add(new($"_dmarc.{args.Domain}", "TXT"));
        foreach (var record in records)
        {
            foreach (var declared in checks.Model.Components.OfType<DnsRecord>().Where(other => other.Args.FullName == record.Host))
            {
                var types = declared.Args.Targets.Select(target => RecordTargets.TypeOf(target, checks)).ToList();
                if (!types.Contains(record.Type) && !types.Contains("CNAME") && record.Type != "CNAME") continue;
                checks.Report(
                    Records,
                    component,
                    $"It needs a record {record.Type} of {record.Host}, and '{declared.Name}' is a record {types[0]} of that name; "
                    + "allowed: one record of a name and type, and nothing beside a CNAME (RFC 1034); receivers refuse a name with two SPF "
                    + "records (RFC 7208). Give the sender a Host of its own, such as mail, or remove the record.");
            }
        }

        if (!args.Zone.Args.External) return;
        checks.Report(
            Unmanaged,
            component,
            $"Nothing here writes to the zone of {args.Zone.Args.Apex}: until its records below {args.Domain} are written by hand, "
            + "receivers take its mails for forgeries, or no mail leaves. The stack's output dnsRecords has them with their values.");
    }

    /// <summary>The records of a sender that hands mails to a relay, besides that of DMARC.</summary>
    public static IEnumerable<MailRecord> RecordsOf(MailSenderArgs args, MailRelay relay)
    {
        if (relay.Spf.Length > 0) yield return new(args.Domain, "TXT");
        foreach (var (selector, key) in relay.Dkim)
            yield return new($"{selector}._domainkey.{args.Domain}", MailSenderArgs.IsKey(key) ? "TXT" : "CNAME");
    }
}
