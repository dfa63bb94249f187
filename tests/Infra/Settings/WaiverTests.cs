using System.Text;
using System.Text.Json;
using Infra.CommandLine;
using Infra.Components.Checks;
using Infra.Components.Databases;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Settings;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Settings;

/// <summary>A stack file accepts breaches of rules, for a reason and until a day.</summary>
public sealed class WaiverTests : IDisposable
{
    private const string Reason = "dumps are taken by the old data centre";

    private static readonly DateOnly Today = new(2027, 3, 1);
    private static readonly DateOnly LastDay = new(2027, 3, 31);
    private static readonly Waiver BackupsOfOrders = new("database-backup", "orders", Reason, LastDay);

    private readonly DirectoryInfo _project = Directory.CreateTempSubdirectory("infra-");

    public void Dispose() => _project.Delete(recursive: true);

    [Fact]
    public void What_no_waiver_accepts_fails() => Assert.Equal("database-backup", Plan(Today).OnlyError().Rule.Id);

    [Fact]
    public void A_waived_finding_is_shown_as_accepted_with_its_reason_and_fails_no_longer()
    {
        var breach = Plan(Today).OnlyError();

        var plan = Plan(Today, BackupsOfOrders);

        var accepted = Assert.Single(plan.Findings, finding => finding.Rule.Id == "database-backup");
        Assert.Equal("", plan.Errors());
        Assert.NotEmpty(plan.Resources);
        Assert.Equal((Severity.Info, "orders"), (accepted.Severity, accepted.Component));
        Assert.Equal($"{breach.Message} Accepted until 2027-03-31: {Reason}", accepted.Message);
    }

    [Fact]
    public void What_is_accepted_is_shown_once_however_often_it_is_checked() => Assert.Single(
        Plan(Today, BackupsOfOrders).Findings,
        finding => finding.Message.Contains(Reason, StringComparison.Ordinal));

    [Fact]
    public void A_waiver_accepts_what_another_component_does_as_little_as_another_rule()
    {
        var plan = Plan(Today, BackupsOfOrders with { Component = null });

        Assert.Equal(["database-backup"], Errors(plan));
    }

    [Fact]
    public void A_waiver_of_one_component_leaves_another_one_as_it_was()
    {
        var plan = TestSystems.Plan(
            Cloud.Kubernetes,
            model =>
            {
                model.Add(new ManagedDatabase("orders"));
                model.Add(new ManagedDatabase("invoices"));
            },
            EnvironmentKind.Production,
            settings => WithoutBackups(settings, Today, BackupsOfOrders));

        Assert.Equal(("database-backup", "invoices"), (plan.OnlyError().Rule.Id, plan.OnlyError().Component));
    }

    [Theory]
    [InlineData("2027-03-30", "")]
    [InlineData("2027-03-31", "")]
    [InlineData("2027-04-01", "database-backup, waiver-expired")]
    public void A_waiver_holds_until_the_end_of_its_last_day_and_is_an_error_from_the_next(string day, string errors)
    {
        var plan = Plan(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), BackupsOfOrders);

        Assert.Equal(errors, string.Join(", ", Errors(plan)));
    }

    [Fact]
    public void An_expired_waiver_is_told_with_its_last_day_and_the_day_of_the_plan()
    {
        var plan = Plan(LastDay.AddDays(1), BackupsOfOrders);

        var expired = Assert.Single(plan.Findings, finding => finding.Rule.Id == "waiver-expired");
        Assert.Equal("orders", expired.Component);
        Assert.StartsWith(
            "infra:waivers accepts 'database-backup' of 'orders' until 2027-03-31, and today is 2027-04-01; allowed: a day to come.",
            expired.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("database-backup", "stock")]
    [InlineData("database-backup-dumps", "orders")]
    [InlineData("image-digest", null)]
    public void A_waiver_of_what_is_not_found_is_an_error(string rule, string? component)
    {
        var plan = Plan(Today, BackupsOfOrders, new(rule, component, Reason, LastDay));

        Assert.Equal(("waiver-unused", component), (plan.OnlyError().Rule.Id, plan.OnlyError().Component));
        Assert.Contains("nothing of the kind is found", plan.OnlyError().Message, StringComparison.Ordinal);
        Assert.EndsWith("Remove the waiver.", plan.OnlyError().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_other_errors_keep_the_plan_from_being_made_no_waiver_is_called_unused()
    {
        var plan = Plan(Today, new Waiver("load-balancer-idle-timeout", "edge", Reason, LastDay));

        Assert.Equal(["database-backup"], Errors(plan));
    }

    [Theory]
    [InlineData("databse-backup", "such as database-backup")]
    [InlineData("backup", "such as volume-backup, database-backup, gcp-backup-days")]
    [InlineData("storage-encrypted", "such as storage-encryption")]
    public void A_waiver_of_an_unknown_rule_is_an_error_that_lists_near_names(string rule, string near)
    {
        var plan = Plan(Today, BackupsOfOrders, BackupsOfOrders with { Rule = rule });

        var unknown = plan.OnlyError();
        Assert.Equal("waiver-unknown", unknown.Rule.Id);
        Assert.Contains($"names the rule '{rule}', which does not exist; allowed: ", unknown.Message, StringComparison.Ordinal);
        Assert.Contains(near, unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_waiver_of_an_unknown_rule_that_is_like_no_other_lists_none()
    {
        var unknown = Plan(Today, BackupsOfOrders, BackupsOfOrders with { Rule = "xyzzy" }).OnlyError();

        Assert.DoesNotContain("such as", unknown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("image-missing")]
    [InlineData("managed-database-arguments")]
    [InlineData("settings-value")]
    [InlineData("urn-unique")]
    public void A_rule_that_cannot_be_waived_is_refused(string rule)
    {
        var refused = Plan(Today, BackupsOfOrders, BackupsOfOrders with { Rule = rule }).OnlyError();

        Assert.Equal("waiver-unknown", refused.Rule.Id);
        Assert.Contains($"accepts '{rule}' of 'orders', whose breach cannot be built", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_waived_stays_an_error_beside_the_refusal()
    {
        var plan = TestSystems.Plan(
            Cloud.Aws,
            model => model.Add(new ManagedDatabase("orders", new() { StorageGiB = 0 })),
            EnvironmentKind.Production,
            settings => settings with { Today = Today, Waivers = [new("managed-database-arguments", "orders", Reason, LastDay)] });

        Assert.Equal(["managed-database-arguments", "waiver-unknown"], Errors(plan).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_stack_file_spells_waivers_as_the_page_of_rules_does()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "rules.md"));
        var (from, to) = (page.IndexOf("  infra:waivers:", StringComparison.Ordinal), page.IndexOf("\n```\n", StringComparison.Ordinal));

        var waiver = Assert.Single(Configurations.Accepted($"{Configurations.Complete}\n{page[from..to]}").Waivers);

        Assert.Equal(("database-backup", "orders", LastDay), (waiver.Rule, waiver.Component, waiver.Until));
        Assert.NotEmpty(waiver.Reason);
    }

    [Fact]
    public void A_waiver_without_a_component_is_about_the_stack_as_a_whole() =>
        Assert.Equal([new Waiver("network-policies", null, "soon", LastDay)], Configurations.Accepted(
            Configurations.With("waivers", "[{ rule: network-policies, reason: soon, until: '2027-03-31' }]")).Waivers);

    [Theory]
    [InlineData("[{ rule: a-b, until: '2027-03-31' }]", "infra:waivers[0].reason is missing; allowed: why the breach is accepted.")]
    [InlineData("[{ rule: a-b, reason: '', until: '2027-03-31' }]", "infra:waivers[0].reason is empty; allowed: why the breach is")]
    [InlineData("[{ rule: a-b, reason: soon }]", "infra:waivers[0].until is missing; allowed: a day, such as 2027-06-30.")]
    [InlineData("[{ rule: a-b, reason: soon, until: never }]", "infra:waivers[0].until is 'never'; allowed: a day, such as 2027-06-30.")]
    [InlineData("[{ rule: a-b, reason: soon, until: '2027-02-30' }]", "infra:waivers[0].until is '2027-02-30'; allowed: a day")]
    [InlineData("[{ reason: soon, until: '2027-03-31' }]", "infra:waivers[0].rule is missing; allowed: the id of a rule")]
    [InlineData("[{ id: a-b, rule: a-b, reason: soon, until: '2027-03-31' }]", "infra:waivers[0].id is not a key of it; allowed: rule, ")]
    [InlineData("[database-backup]", "infra:waivers[0] is 'database-backup'; allowed: a map with rule, component, reason and until.")]
    [InlineData("{ database-backup: soon }", "infra:waivers is a map; allowed: a list of maps with rule, component, reason and until.")]
    public void Rule_reason_and_last_day_are_demanded(string waivers, string message) =>
        Assert.StartsWith(message, Configurations.Refusal(Configurations.With("waivers", waivers)), StringComparison.Ordinal);

    [Fact]
    public void The_day_stands_in_the_document_of_a_plan()
    {
        using var stream = new MemoryStream();
        PlanJson.Write(Plan(Today, BackupsOfOrders), stream);

        var document = JsonElement.Parse(stream.ToArray());
        Assert.Equal("2027-03-01", document.At("date"));
        Assert.Contains(
            document.GetProperty("findings").EnumerateArray(),
            finding => finding.At("rule") == "database-backup" && finding.At("severity") == "info");
    }

    [Theory]
    [InlineData("--date", "2027-03-31", "2027-03-31", ExitCode.Success)]
    [InlineData("--date", "2027-04-01", "2027-04-01", ExitCode.Failed)]
    [InlineData(null, null, "2027-03-01", ExitCode.Success)]
    public void The_same_stack_is_judged_by_the_day_that_the_command_line_names_or_by_the_clock(
        string? option, string? day, string date, int exitCode)
    {
        string[] named = option is null ? [] : [option, day!];

        var run = Run(["plan", "shop-production", "--json", .. named]);

        Assert.Equal((exitCode, ""), (run.ExitCode, run.Error));
        Assert.Equal(date, JsonElement.Parse(run.Output).At("date"));
    }

    private static IEnumerable<string> Errors(Plan plan) =>
        plan.Findings.Where(finding => finding.Severity == Severity.Error).Select(finding => finding.Rule.Id);

    // Where the stack file names no place for them, a production database on Kubernetes has no backups: a breach that can be waived.
    private static Plan Plan(DateOnly today, params IReadOnlyList<Waiver> waivers) => TestSystems.Plan(
        Cloud.Kubernetes,
        model => model.Add(new ManagedDatabase("orders")),
        EnvironmentKind.Production,
        settings => WithoutBackups(settings, today, waivers));

    private static StackSettings WithoutBackups(StackSettings settings, DateOnly today, params IReadOnlyList<Waiver> waivers) =>
        settings with
        {
            Accounts = settings.Accounts with { Kubernetes = settings.Accounts.Kubernetes! with { Backups = null } },
            Today = today,
            Waivers = waivers,
        };

    private (int ExitCode, string Output, string Error) Run(params IReadOnlyList<string> arguments)
    {
        var stacks = Directory.CreateDirectory(Path.Combine(_project.FullName, "stacks"));
        File.WriteAllText(Path.Combine(_project.FullName, "Pulumi.yaml"), "name: infra\n");
        var file = Configurations.With("cloud", "kubernetes").Replace(
            "    aws:\n      accountId: \"111122223333\"",
            "    kubernetes: { context: shop, encryptedStorage: true }",
            StringComparison.Ordinal);
        File.WriteAllText(
            Path.Combine(stacks.FullName, "Pulumi.shop-production.yaml"),
            $$"""
            {{file}}
              infra:waivers:
                - { rule: database-backup, component: orders, reason: {{Reason}}, until: '2027-03-31' }

            """);
        using var output = new MemoryStream();
        using var error = new StringWriter { NewLine = "\n" };
        var shop = TestSystems.Declare(model => model.Add(new ManagedDatabase("orders")), "shop");
        var command = new InfraCommand(StackFolder.Around(_project.FullName), [shop], output, error, new FixedDay(Today));
        var exitCode = command.Run([.. arguments]);
        return (exitCode, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    private sealed class FixedDay(DateOnly day) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(day, TimeOnly.MinValue, TimeSpan.Zero);
    }
}
