using Infra.Components.Checks;
using Infra.Components.Dns;
using Infra.Components.Mail;
using Infra.Components.Placements;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Mail;

public sealed class AwsMailSenderTests
{
    [Fact]
    public void Mails_leave_encrypted_and_not_to_those_who_bounced_or_complained()
    {
        var plan = Plan();

        var set = plan.Only("aws:sesv2/configurationSet:ConfigurationSet");
        Assert.Equal("REQUIRE", set.Input("deliveryOptions.tlsPolicy"));
        Assert.Equal(["BOUNCE", "COMPLAINT"], new[] { 0, 1 }.Select(at => set.Input($"suppressionOptions.suppressedReasons[{at}]")));
        Assert.Equal("sample-production-mail", set.Input("configurationSetName"));
        Assert.True(plan.Only("aws:sesv2/emailIdentity:EmailIdentity").RefersTo(set, "configurationSetName"));
    }

    [Fact]
    public void The_domain_signs_by_three_keys_and_stands_in_the_envelopes()
    {
        var plan = Plan();
        var identity = plan.Only("aws:sesv2/emailIdentity:EmailIdentity");
        var records = plan.Of("zone").Where(resource => resource.TypeName == "Record").ToDictionary(
            resource => resource.Name["zone-".Length..]);

        Assert.Equal("mail.shop.example", identity.Input("emailIdentity"));
        var keys = new[] { 1, 2, 3 }.Select(at => records[$"dkim-{at}-mail.shop.example"]).ToList();
        Assert.All(keys, key =>
        {
            Assert.True(key.RefersTo(identity, "name"));
            Assert.Equal("CNAME", key.Input("type"));
            Assert.EndsWith("._domainkey.mail.shop.example", key.Input("name"), StringComparison.Ordinal);
            Assert.EndsWith(".dkim.amazonses.com", key.Input("records[0]"), StringComparison.Ordinal);
        });
        Assert.Equal(3, keys.Select(key => key.Input("name")).Distinct().Count());
        Assert.Equal("bounces.mail.shop.example", plan.Only("aws:sesv2/emailIdentityMailFromAttributes:EmailIdentityMailFromAttributes")
            .Input("mailFromDomain"));
        Assert.Equal(
            ("bounces.mail.shop.example", "MX", "10 feedback-smtp.eu-west-3.amazonses.com"),
            Of(records["bounces-mx-mail.shop.example"]));
        Assert.Equal(
            ("bounces.mail.shop.example", "TXT", "v=spf1 include:amazonses.com -all"),
            Of(records["bounces-spf-mail.shop.example"]));

        static (string?, string?, string?) Of(PlannedResource record) =>
            (record.Input("name"), record.Input("type"), record.Input("records[0]"));
    }

    [Fact]
    public void A_consumers_key_sends_for_the_domain_and_does_nothing_else()
    {
        var plan = Plan();

        var policy = plan.Only("aws:iam/userPolicy:UserPolicy", "shop-mail").JsonInput("policy")!.Value;
        Assert.Equal("[\"ses:SendRawEmail\"]", policy.At("Statement[0].Action"));
        Assert.Equal("[\"ses:SendRawEmail\"]", policy.At("Statement[1].Action"));
        Assert.Equal("[\"{mail.arn}\",\"{mail-set.arn}\"]", policy.At("Statement[0].Resource"));
        Assert.Equal("[\"arn:aws:ses:eu-west-3:111122223333:identity/*\"]", policy.At("Statement[1].Resource"));
        Assert.Equal("*@mail.shop.example", policy.At("Statement[1].Condition.StringLike.ses:FromAddress"));
        Assert.Null(policy.At("Statement[2].Action"));
    }

    [Fact]
    public void The_password_is_the_keys_and_no_container_starts_before_it_may_send()
    {
        var plan = Plan();
        var key = plan.Only("aws:iam/accessKey:AccessKey", "shop-mail");
        var service = plan.Only("aws:ecs/service:Service", "shop");

        Assert.True(plan.Only("aws:secretsmanager/secretVersion:SecretVersion", "shop").RefersTo(key));
        Assert.True(plan.ComesAfter(service, plan.Only("aws:iam/userPolicy:UserPolicy", "shop-mail")));
    }

    [Fact]
    public void A_region_in_which_nothing_takes_mails_by_smtp_is_refused()
    {
        var plan = TestSystems.Plan(
            Cloud.Aws,
            Declare,
            EnvironmentKind.Production,
            settings => settings with { Location = Location.All.Single(location => location.Name == "madrid") });

        Assert.Contains(plan.Findings, finding => finding is { Rule.Id: "aws-mail-sender-region", Component: "mail" });
    }

    [Fact]
    public void Consumers_on_scaleway_use_a_port_that_its_gateway_leaves_open()
    {
        var plan = TestSystems.Plan(
            Cloud.Aws,
            Declare,
            EnvironmentKind.Production,
            settings => settings with { Placement = new Dictionary<string, Cloud> { ["shop"] = Cloud.Scaleway } }).WithoutErrors();

        Assert.Equal("2465", Fixtures.Of(Cloud.Scaleway).VariablesOf(plan, "shop")["MAIL_PORT"].Value);
        Assert.Equal("email-smtp.eu-west-3.amazonaws.com", Fixtures.Of(Cloud.Scaleway).VariablesOf(plan, "shop")["MAIL_HOST"].Value);
        Assert.NotNull(plan.Only("aws:iam/accessKey:AccessKey", "shop-scw-mail"));
    }

    private static Plan Plan() => AwsPlans.Try(Declare).WithoutErrors();

    private static void Declare(Model model) => model.Add(new ContainerService("shop", new() { Port = 8080 }))
        .Calls(model.Add(new MailSender("mail", new() { Zone = model.Add(new DnsZone("zone")) })));
}
