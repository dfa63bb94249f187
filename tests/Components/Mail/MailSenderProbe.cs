using Infra.Components.Dns;
using Infra.Components.Mail;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;

namespace Infra.Tests.Mail;

/// <summary>A sender by a relay, the only one that stands on every cloud; the contract tells of the clouds' own services.</summary>
internal sealed class MailSenderProbe : KindProbe
{
    public override ComponentKind Kind => MailSenderKind.Instance;

    public override IReadOnlyDictionary<string, object> OtherValues { get; } = new Dictionary<string, object>
    {
        ["Host"] = "post",
        ["LocalPart"] = "hello",
        ["DmarcReports"] = "dmarc@shop.example",
        ["Relay.Host"] = "smtp.other.example",
        ["Relay.Port"] = 2465,
        ["Relay.Username"] = "shop",
        ["Relay.Spf"] = "include:spf.other.example",
        ["Relay.Dkim"] = new Dictionary<string, string> { ["one"] = "one.other.example" },
    };

    public override Component Create(Model model, string name) => new MailSender(name, new()
    {
        Zone = model.Add(new DnsZone($"{name}-zone")),
        Relay = new() { Host = "smtp.relay.example" },
    });

    public override void Surround(Model model, Component component) => model.Add(new ContainerService("caller")).Calls(component);
}
