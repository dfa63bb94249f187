using Infra.Components.Checks;
using Infra.Components.Dns;
using Infra.Components.Mail;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Mail;

public sealed class ScalewayMailSenderTests
{
    [Fact]
    public void The_domain_is_made_in_paris_and_proved_by_the_records_that_it_asks_for()
    {
        var plan = Plan(Declare);
        var domain = plan.Only("scaleway:tem/domain:Domain");
        var records = plan.Of("zone").ToDictionary(resource => resource.Name);

        Assert.Equal(("mail.shop.example", "fr-par", "True", "False"), (
            domain.Input("name"), domain.Input("region"), domain.Input("acceptTos"), domain.Input("autoconfig")));
        Assert.Equal(("mail", "TXT", "{mail.spfValue}"), Of(records["zone-spf-mail.shop.example"]));
        Assert.Equal(
            ($"{TestSettings.ProjectId}._domainkey.mail", "TXT", "{mail.dkimConfig}"),
            Of(records["zone-dkim-mail.shop.example"]));
        Assert.Equal(("mail", "MX", "{mail.mxBlackhole}."), Of(records["zone-mx-mail.shop.example"]));
        Assert.Equal("10", records["zone-mx-mail.shop.example"].Input("priority"));
        Assert.Equal(("_dmarc.mail", "TXT", "v=DMARC1; p=quarantine"), Of(records["zone-dmarc-mail.shop.example"]));

        static (string?, string?, string?) Of(PlannedResource record) => (record.Input("name"), record.Input("type"), record.Input("data"));
    }

    [Fact]
    public void Who_takes_the_domains_mails_already_goes_on_taking_them()
    {
        var plan = Plan(model =>
        {
            Declare(model);
            model.Add(new DnsRecord("inbox", new()
            {
                Zone = model.Components.OfType<DnsZone>().Single(),
                Host = "mail",
                Targets = [new("MX", ["10 inbox.example.org"])],
            }));
        });

        Assert.DoesNotContain(plan.Of("zone"), resource => resource.Input("type") == "MX");
    }

    [Fact]
    public void Another_text_beside_its_spf_record_is_refused()
    {
        var plan = Fixtures.Of(Cloud.Scaleway).Plan(model =>
        {
            Declare(model);
            model.Add(new DnsRecord("proof", new()
            {
                Zone = model.Components.OfType<DnsZone>().Single(),
                Host = "mail",
                Targets = [new("TXT", ["v=spf1 include:elsewhere.example -all"])],
            }));
        });

        Assert.Contains(plan.Findings, finding => finding is { Rule.Id: "mail-sender-records", Component: "mail" });
    }

    [Fact]
    public void A_consumers_key_sends_by_smtp_and_does_nothing_else()
    {
        var plan = Plan(Declare);

        Assert.Equal(
            "[\"TransactionalEmailEmailSmtpCreate\"]",
            plan.Only("scaleway:iam/policy:Policy", "shop-mail").Input("rules[0].permissionSetNames"));
        var variables = Fixtures.Of(Cloud.Scaleway).VariablesOf(plan, "shop");
        Assert.Equal((TestSettings.ProjectId, "{mail.smtpHost}"), (variables["MAIL_USERNAME"].Value, variables["MAIL_HOST"].Value));
    }

    [Fact]
    public void The_gateway_stays_closed_to_mail_but_for_a_relay_that_needs_it()
    {
        Assert.Equal("False", GatewayOf(null));
        Assert.Equal("False", GatewayOf(new() { Host = "smtp.relay.example", Port = 2465 }));
        Assert.Equal("True", GatewayOf(new() { Host = "smtp.relay.example" }));

        static string? GatewayOf(MailRelay? relay) => Plan(model => Declare(model, relay))
            .Only("scaleway:network/publicGateway:PublicGateway")
            .Input("enableSmtp");
    }

    [Fact]
    public void A_relay_on_a_port_that_is_closed_is_told_before_the_day() => Assert.Contains(
        Plan(model => Declare(model, new() { Host = "smtp.relay.example" })).Findings,
        finding => finding is { Rule.Id: "external-smtp", Component: "mail", Severity: Severity.Warning });

    [Fact]
    public void A_copy_on_aws_shares_the_record_that_both_need_and_no_other()
    {
        var plan = TestSystems.Plan(
            Cloud.Scaleway,
            Declare,
            EnvironmentKind.Production,
            settings => settings.SetOut(Cloud.Aws, "mail")).WithoutErrors();

        var records = plan.Of("zone").Where(resource => resource.TypeName == "Record").ToList();
        Assert.Single(records, record => record.Input("name") == "_dmarc.mail");
        Assert.Equal(records.Count, records.DistinctBy(record => (record.Input("name"), record.Input("type"))).Count());
        Assert.Equal(9, records.Count);
    }

    private static Plan Plan(Action<Model> declare) => Fixtures.Of(Cloud.Scaleway).PlanWithoutErrors(declare);

    private static void Declare(Model model) => Declare(model, null);

    private static void Declare(Model model, MailRelay? relay) => model.Add(new ContainerService("shop", new() { Port = 8080 }))
        .Calls(model.Add(new MailSender("mail", new() { Zone = model.Add(new DnsZone("zone")), Relay = relay })));
}
