using Infra.Components.Checks;
using Infra.Components.Dns;
using Infra.Components.Externals;
using Infra.Components.Jobs;
using Infra.Components.Mail;
using Infra.Components.Networks;
using Infra.Components.Placements;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Mail;

/// <summary>What a sender of mail promises on every cloud: by the cloud's own service, or by a relay where it has none.</summary>
public abstract class MailSenderContract(CloudFixture cloud)
{
    private static readonly MailRelay Relay = new()
    {
        Host = "smtp.relay.example",
        Username = "shop",
        Spf = "include:spf.relay.example",
        Dkim = new Dictionary<string, string> { ["one"] = "one.relay.example", ["two"] = "v=DKIM1; k=rsa; p=MIIB" },
    };

    [Fact]
    public void Its_consumers_find_the_same_variables_everywhere_and_the_password_alone_is_secret()
    {
        var variables = cloud.VariablesOf(Plan(model => Used(model)), "shop")
            .Where(variable => variable.Key.StartsWith("MAIL_", StringComparison.Ordinal))
            .ToDictionary();

        Assert.Equal(MailSenderKind.Instance.ConnectionKeys.Select(key => "MAIL_" + key.Name).Order(), variables.Keys.Order());
        Assert.Equal(["MAIL_PASSWORD"], variables.Where(variable => variable.Value.IsSecret).Select(variable => variable.Key));
        Assert.Equal("noreply@mail.shop.example", variables["MAIL_FROM"].Value);
        Assert.Equal("mail.shop.example", variables["MAIL_DOMAIN"].Value);
        Assert.Equal("tls", variables["MAIL_TLS"].Value);
        Assert.Equal(UsualPort, variables["MAIL_PORT"].Value);
        Assert.NotEqual("", variables["MAIL_USERNAME"].Value);
    }

    [Fact]
    public void Software_without_tls_from_the_first_byte_has_another_port()
    {
        var variables = cloud.VariablesOf(Plan(model => Used(model, args => args with { Tls = ConnectionTls.StartTls })), "shop");

        Assert.Equal(("starttls", StartTlsPort), (variables["MAIL_TLS"].Value, variables["MAIL_PORT"].Value));
    }

    [Fact]
    public void Jobs_send_as_services_do()
    {
        var plan = Plan(model => Used(model));

        Assert.True(cloud.VariablesOf(plan, "letters")["SMTP_PASSWORD"].IsSecret);
        Assert.Equal("noreply@mail.shop.example", cloud.VariablesOf(plan, "letters")["SMTP_FROM"].Value);
    }

    [Fact]
    public void The_zone_says_who_sends_for_the_domain_and_what_becomes_of_forgeries()
    {
        var records = RecordsOf(Plan(model => Used(model, isExternal: true)));

        Assert.Contains("_dmarc.mail.shop.example. 300 IN TXT \"v=DMARC1; p=quarantine\"", records);
        Assert.Single(records, record => record.Contains(" TXT \"v=spf1 ", StringComparison.Ordinal)
            || record.Contains("spfValue", StringComparison.Ordinal));
        Assert.Contains(records, record => record.Contains("._domainkey.mail.shop.example. 300 IN ", StringComparison.Ordinal));
        Assert.All(records, record => Assert.Contains("mail.shop.example. ", record, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(DmarcPolicy.Reject, "", "\"v=DMARC1; p=reject\"")]
    [InlineData(DmarcPolicy.None, "dmarc@shop.example", "\"v=DMARC1; p=none; rua=mailto:dmarc@shop.example\"")]
    [InlineData(DmarcPolicy.Elsewhere, "", null)]
    public void What_becomes_of_forgeries_is_the_authors_choice(DmarcPolicy policy, string reports, string? value)
    {
        var records = RecordsOf(Plan(model =>
            Used(model, args => args with { Dmarc = policy, DmarcReports = reports }, isExternal: true)));

        var record = records.SingleOrDefault(record => record.StartsWith("_dmarc.", StringComparison.Ordinal));
        Assert.Equal(value, record?.Split(" IN TXT ")[1]);
    }

    [Fact]
    public void That_records_must_be_written_by_hand_is_said_of_the_sender()
    {
        var plan = Plan(model => Used(model, isExternal: true));

        Assert.Contains(plan.Findings, finding => finding is { Rule.Id: "mail-sender-zone", Component: "mail", Severity: Severity.Info });
    }

    [Theory]
    [MemberData(nameof(Fixtures.EachCloud), MemberType = typeof(Fixtures))]
    public void Its_records_are_written_into_a_zone_on_any_cloud(Cloud zone)
    {
        var plan = Plan(model => Used(model), settings => Placed(settings, "zone", zone));

        var written = plan.Of("zone").Where(resource => resource.Name.EndsWith("-mail.shop.example", StringComparison.Ordinal)).ToList();
        Assert.Equal(RecordsOf(Plan(model => Used(model, isExternal: true))).Count, written.Count);
        Assert.Single(written, record => record.Inputs.ToString().Contains("v=DMARC1; p=quarantine", StringComparison.Ordinal));
    }

    [Fact]
    public void Consumers_of_other_clouds_are_given_a_login_and_no_way_through_a_relay()
    {
        foreach (var other in Fixtures.Clouds.Where(other => other != cloud.Cloud))
        {
            var plan = Plan(model => Used(model), settings => Placed(settings, "shop", other));

            var variables = Fixtures.Of(other).VariablesOf(plan, "shop");
            Assert.True(variables["MAIL_PASSWORD"].IsSecret);
            Assert.Equal(cloud.VariablesOf(Plan(model => Used(model)), "shop")["MAIL_HOST"].Value, variables["MAIL_HOST"].Value);
            Assert.DoesNotContain(plan.Resources, resource => resource.Type.Contains("loadBalancer", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Every_consumer_has_a_login_of_its_own_where_the_cloud_has_them()
    {
        var plan = Plan(model =>
        {
            Used(model);
            model.Add(new ContainerService("stranger", new() { Port = 8080 }));
        });

        Assert.Equal(HasLogins, Logins(plan, "shop").Any());
        Assert.Equal(HasLogins, Logins(plan, "letters").Any());
        Assert.Empty(Logins(plan, "stranger"));
    }

    [Fact]
    public void A_consumer_that_comes_changes_nothing_of_it()
    {
        var (before, after) = (Seen(Plan(model => Declare(model))), Seen(Plan(model => Used(model))));

        Assert.Equal(before, after);

        static IEnumerable<string> Seen(Plan plan) => plan.Resources
            .Where(resource => resource.Component is "mail" or "zone")
            .Select(resource => $"{resource.Urn} {resource.Inputs}");
    }

    [Fact]
    public void A_domain_has_one_sender() => Refuses("mail-sender-domain", model =>
    {
        Used(model);
        model.Add(new MailSender("again", model.Components.OfType<MailSender>().Single().Args));
    });

    [Fact]
    public void A_network_without_a_way_out_is_refused() => Refuses("mail-sender-unreachable", model =>
    {
        model.Add(new PrivateNetwork("network", new() { Egress = Egress.None }));
        Used(model);
    });

    [Theory]
    [InlineData("_dmarc.mail", "TXT", "v=DMARC1; p=none")]
    [InlineData("_dmarc.mail", "CNAME", "dmarc.supplier.example")]
    public void A_declared_record_that_would_stand_beside_its_own_is_refused(string host, string type, string value) =>
        Refuses("mail-sender-records", model =>
        {
            Used(model);
            model.Add(new DnsRecord("policy", new()
            {
                Zone = model.Components.OfType<DnsZone>().Single(),
                Host = host,
                Targets = [new(type, [value])],
            }));
        });

    [Theory]
    [InlineData("*", "noreply", ConnectionTls.Tls, "", "Host is")]
    [InlineData("mail.shop.example", "noreply", ConnectionTls.Tls, "", "Host is")]
    [InlineData("mail", "no reply", ConnectionTls.Tls, "", "LocalPart is")]
    [InlineData("mail", "", ConnectionTls.Tls, "", "LocalPart is")]
    [InlineData("mail", "noreply", ConnectionTls.None, "", "Tls is")]
    [InlineData("mail", "noreply", ConnectionTls.Tls, "dmarc", "DmarcReports is")]
    public void What_no_cloud_accepts_is_refused(string host, string localPart, ConnectionTls tls, string reports, string message)
    {
        var plan = Rehearse(model => Used(model, args => args with
        {
            Host = host,
            LocalPart = localPart,
            Tls = tls,
            DmarcReports = reports,
        }));

        Assert.Contains(
            plan.Findings,
            finding => finding.Rule.Id == "mail-sender-arguments" && finding.Message.StartsWith(message, StringComparison.Ordinal));
    }

    [Fact]
    public void By_a_relay_its_consumers_share_the_login_that_the_stack_file_gives()
    {
        var plan = Plan(model => Used(model, args => args with { Relay = Relay }, isExternal: true), Given);

        var variables = cloud.VariablesOf(plan, "shop");
        Assert.Equal(("smtp.relay.example", "shop"), (variables["MAIL_HOST"].Value, variables["MAIL_USERNAME"].Value));
        Assert.True(variables["MAIL_PASSWORD"].IsSecret);
        Assert.Equal(
            [
                "_dmarc.mail.shop.example. 300 IN TXT \"v=DMARC1; p=quarantine\"",
                "mail.shop.example. 300 IN TXT \"v=spf1 include:spf.relay.example -all\"",
                "one._domainkey.mail.shop.example. 300 IN CNAME one.relay.example.",
                "two._domainkey.mail.shop.example. 300 IN TXT \"v=DKIM1; k=rsa; p=MIIB\"",
            ],
            RecordsOf(plan).Order(StringComparer.Ordinal));
        Assert.Empty(plan.Of("mail"));
        Assert.Empty(Logins(plan, "shop"));
    }

    [Fact]
    public void A_relay_for_where_it_is_needed_stands_aside_for_a_service_of_the_clouds_own()
    {
        var plan = Plan(
            model => Used(model, args => args with { Relay = Relay with { WhereNeeded = true } }, isExternal: true),
            Given);

        var variables = cloud.VariablesOf(plan, "shop");
        Assert.Equal(HasLogins, variables["MAIL_HOST"].Value != "smtp.relay.example");
        Assert.Equal(HasLogins, Logins(plan, "shop").Any());
        Assert.Equal(HasLogins, MailServices.On(cloud.Cloud));
        Assert.Equal(!HasLogins, RecordsOf(plan).Any(record => record.Contains("include:spf.relay.example", StringComparison.Ordinal)));
        Assert.DoesNotContain(plan.Findings, finding => finding.Rule.Id == "external-smtp");
    }

    [Fact]
    public void A_port_that_the_cloud_of_a_consumer_closes_is_told_wherever_the_sender_stands()
    {
        var plan = Plan(
            model => Used(model, args => args with { Relay = Relay with { Port = 587 } }),
            settings => Placed(Given(settings), "shop", Cloud.Scaleway) with { Secrets = Given(settings).Secrets });

        Assert.Contains(
            plan.Findings,
            finding => finding is { Rule.Id: "external-smtp", Component: "mail", Severity: Severity.Warning }
                && finding.Message.StartsWith("Port is 587. The Public Gateway", StringComparison.Ordinal));
        Assert.Equal(
            "True",
            plan.Resources.Single(resource => resource.TypeName == "PublicGateway").Input("enableSmtp"));
    }

    [Fact]
    public void A_relay_that_knows_its_clients_needs_no_login()
    {
        var plan = Plan(
            model => Used(model, args => args with { Relay = new() { Host = "smtp.relay.example", Port = 2525 } }),
            settings => settings);

        var variables = cloud.VariablesOf(plan, "shop");
        Assert.Equal(
            ("2525", "", ""),
            (variables["MAIL_PORT"].Value, variables["MAIL_USERNAME"].Value, variables["MAIL_PASSWORD"].Value));
    }

    [Fact]
    public void A_password_and_a_login_come_together()
    {
        var missing = Rehearse(model => Used(model, args => args with { Relay = Relay }), settings => settings);
        var unused = Rehearse(model => Used(model, args => args with { Relay = new() { Host = "smtp.relay.example" } }), Given);
        var existing = Rehearse(
            model => Used(model, args => args with { Relay = Relay }),
            settings => settings with { Secrets = new Dictionary<string, SecretSource> { ["mail"] = new ExistingSecret("smtp") } });

        foreach (var plan in new[] { missing, unused, existing })
            Assert.Contains(plan.Findings, finding => finding is { Rule.Id: "mail-sender-password", Component: "mail" });
        Assert.Contains("pulumi config set --secret --path 'infra:secrets.mail'", missing.Errors(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 465, "", "", "Relay.Host is")]
    [InlineData("smtp", 465, "", "", "Relay.Host is")]
    [InlineData("smtp.relay.example", 0, "", "", "Relay.Port is")]
    [InlineData("smtp.relay.example", 465, "v=spf1 -all", "", "Relay.Spf is")]
    [InlineData("smtp.relay.example", 465, "", "not a host", "Relay.Dkim.one is")]
    public void What_is_no_relay_is_refused(string host, int port, string spf, string key, string message)
    {
        var plan = Rehearse(
            model => Used(model, args => args with
            {
                Relay = new()
                {
                    Host = host,
                    Port = port,
                    Spf = spf,
                    Dkim = key.Length == 0 ? new Dictionary<string, string>() : new Dictionary<string, string> { ["one"] = key },
                },
            }),
            settings => settings);

        Assert.Contains(
            plan.Findings,
            finding => finding.Rule.Id == "mail-sender-arguments" && finding.Message.StartsWith(message, StringComparison.Ordinal));
    }

    /// <summary>Whether the cloud has a service of its own, with a login for each consumer.</summary>
    protected virtual bool HasLogins => true;

    /// <summary>The port of consumers on the cloud.</summary>
    protected virtual string UsualPort => "465";

    /// <summary>The port of those that ask for encryption first.</summary>
    protected virtual string StartTlsPort => "587";

    /// <summary>What the cloud keeps for a consumer's login.</summary>
    protected virtual IEnumerable<string> Logins(Plan plan, string consumer) => [];

    private static StackSettings Given(StackSettings settings) => settings with
    {
        Secrets = new Dictionary<string, SecretSource> { ["mail"] = new GivenSecret() },
    };

    private StackSettings Placed(StackSettings settings, string component, Cloud place) => (HasLogins ? settings : Given(settings)) with
    {
        // Every cloud stands there.
        Location = Location.All.Single(location => location.Name == "paris"),
        Placement = new Dictionary<string, Cloud> { [component] = place },
    };

    private static List<string> RecordsOf(Plan plan) =>
        [.. plan.Component("zone").Outputs.At("records")!.Split('\n', StringSplitOptions.RemoveEmptyEntries)];

    private void Used(Model model, Func<MailSenderArgs, MailSenderArgs>? change = null, bool isExternal = false)
    {
        var mail = Declare(model, change, isExternal);
        model.Add(new ContainerService("shop", new() { Port = 8080 })).Calls(mail);
        model.Add(new Job("letters")).Calls(mail, variables: new() { ["SMTP_PASSWORD"] = "{PASSWORD}", ["SMTP_FROM"] = "{FROM}" });
    }

    // Where the cloud has no service, a relay stands in.
    private MailSender Declare(Model model, Func<MailSenderArgs, MailSenderArgs>? change = null, bool isExternal = false)
    {
        var args = new MailSenderArgs { Zone = model.Add(new DnsZone("zone", new() { External = isExternal })) };
        args = change?.Invoke(args) ?? args;
        return model.Add(new MailSender("mail", HasLogins || args.Relay is not null ? args : args with { Relay = Relay }));
    }

    private Plan Plan(Action<Model> declare, Func<StackSettings, StackSettings>? settings = null) =>
        Rehearse(declare, settings).WithoutErrors();

    private Plan Rehearse(Action<Model> declare, Func<StackSettings, StackSettings>? settings = null)
    {
        var system = TestSystems.Declare(declare);
        var defaults = cloud.SettingsFor(system, EnvironmentKind.Production);
        if (!HasLogins) defaults = settings is null ? Given(defaults) : defaults;
        return Rehearsal.Run(system, settings?.Invoke(defaults) ?? defaults);
    }

    private void Refuses(string rule, Action<Model> declare) => Assert.Contains(
        Rehearse(declare).Findings,
        finding => finding.Severity == Severity.Error && finding.Rule.Id == rule);
}
