using Infra.Changes;
using Infra.Components.Checks;
using Infra.Components.Jobs;
using Infra.Components.Placements;
using Infra.Components.Relays;
using Infra.Components.Secrets;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Secrets;

/// <summary>What a secret promises on every cloud, wherever its value comes from.</summary>
public abstract class SecretContract(CloudFixture cloud, ExistingSecret existing, string reference)
{
    private const string Random = "random:index/randomPassword:RandomPassword";

    private static readonly string[] Consumers = ["web", "worker", "migrate"];

    [Fact]
    public void A_text_that_holds_it_is_link_enough_for_services_workers_and_jobs()
    {
        var plan = cloud.PlanWithoutErrors(Used);

        Assert.All(Consumers, consumer =>
        {
            var variables = cloud.VariablesOf(plan, consumer);
            Assert.Equal(["SMTP_PASSWORD", "SMTP_URL"], variables.Keys.Where(name => name != "PORT").Order());
            Assert.True(variables["SMTP_PASSWORD"].IsSecret);
            Assert.True(variables["SMTP_URL"].IsSecret);
        });
    }

    [Fact]
    public void A_link_sets_the_variable_that_is_called_as_its_prefix()
    {
        var plan = cloud.PlanWithoutErrors(model =>
        {
            var password = model.Add(new Secret("smtp-password"));
            model.Add(new ContainerService("usual")).Reads(password);
            model.Add(new ContainerService("called")).Reads(password, "MAIL_KEY");
            model.Add(new ContainerService("named")).Reads(password, variables: new() { ["A"] = "{VALUE}", ["B"] = "b:{VALUE:url}" });
        });

        Assert.Equal(["SMTP_PASSWORD"], Secrets(plan, "usual"));
        Assert.Equal(["MAIL_KEY"], Secrets(plan, "called"));
        Assert.Equal(["A", "B"], Secrets(plan, "named"));
    }

    [Fact]
    public void Exactly_those_may_read_it_who_use_it_as_it_is()
    {
        var plan = cloud.PlanWithoutErrors(model =>
        {
            var password = model.Add(new Secret("smtp-password"));
            model.Add(new ContainerService("reader", new() { Environment = new() { ["PASSWORD"] = password } }));
            model.Add(new ContainerService("again", new() { Environment = new() { ["A"] = password, ["B"] = password } }));
            model.Add(new ContainerService("composer", new() { Environment = new() { ["URL"] = $"smtp://shop:{password:url}@mail" } }));
            model.Add(new ContainerService("stranger"));
        });

        Assert.Equal(["again", "reader"], plan.Placement.Keys.Where(MayRead).Order());
        Assert.Single(cloud.GrantsOf(plan, "again"), IsOfSecret);

        bool MayRead(string consumer) => consumer != "smtp-password" && cloud.GrantsOf(plan, consumer).Any(IsOfSecret);
        static bool IsOfSecret(string grant) => grant.Contains("smtp-password", StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_day_makes_a_new_value_and_starts_its_readers_anew()
    {
        var before = Rotated(null);
        var after = Rotated(new(2026, 11, 20));

        Assert.Equal(["smtp-password"], Values(before));
        Assert.Equal(["smtp-password", "smtp-password-2026-11-20"], Values(after));
        Assert.Equal(["smtp-password", "smtp-password-2026-11-25"], Values(Rotated(new(2026, 11, 25))));
        Assert.All(["web", "worker"], service =>
            Assert.True(after.ComesAfter(cloud.StartOf(after, service), after.Only(Random, "smtp-password-2026-11-20"))));
        Assert.All(["migrate"], job =>
            Assert.True(after.ComesAfter(cloud.RunOf(after, job), after.Only(Random, "smtp-password-2026-11-20"))));

        Plan Rotated(DateOnly? day) => cloud.PlanWithoutErrors(
            model => Use(model, model.Add(new Secret("smtp-password", new() { RotatedOn = day }))));
    }

    [Fact]
    public void A_rotation_loses_nothing_and_reaches_everyone_who_reads_it()
    {
        var changes = Comparison.Of(Planned(null), Planned(new(2026, 11, 20)));

        Assert.True(changes.Safe);
        Assert.Equal(
            Consumers.Append("smtp-password").Order(),
            changes.Components.Where(change => change.Effect != Effect.Nothing).Select(change => change.Name).Distinct().Order());

        PlanDocument Planned(DateOnly? day) => PlanDocument.Of(cloud.PlanWithoutErrors(
            model => Use(model, model.Add(new Secret("smtp-password", new() { RotatedOn = day })))));
    }

    [Fact]
    public void A_generated_value_goes_along_when_the_secret_moves_to_another_cloud()
    {
        var here = cloud.PlanWithoutErrors(model => model.Add(new Secret("smtp-password"))).Only(Random);
        var there = Fixtures.Of(Other).PlanWithoutErrors(model => model.Add(new Secret("smtp-password"))).Only(Random);

        Assert.Contains(there.Urn, here.Aliases);
        Assert.Contains(here.Urn, there.Aliases);
    }

    [Fact]
    public void Copies_on_two_clouds_have_one_value()
    {
        var plan = TestSystems.Plan(
            cloud.Cloud,
            model => model.Add(new Secret("smtp-password")),
            EnvironmentKind.Production,
            settings => settings.SetOut(Other, "smtp-password"));

        Assert.Equal("", plan.Errors());
        Assert.Equal(2, plan.Components.Count(component => component.Name == "smtp-password"));
        var value = plan.Only(Random);
        Assert.Equal(2, plan.Resources.Count(resource => resource.RefersTo(value)));
    }

    [Fact]
    public void Another_length_or_alphabet_changes_no_value_that_is_there()
    {
        var values = cloud
            .PlanWithoutErrors(model => model.Add(new Secret("smtp-password", new() { RotatedOn = new(2026, 11, 20) })))
            .OfType(Random);

        Assert.Equal(2, values.Count);
        Assert.Empty(Replacements.Of(
            cloud.Cloud,
            model => Use(model, model.Add(new Secret("smtp-password"))),
            model => Use(model, model.Add(new Secret("smtp-password", new() { Length = 64, Alphabet = SecretAlphabet.Symbols })))));
        Assert.Empty(Replacements.Of(
            cloud.Cloud,
            model => model.Add(new Secret("smtp-password", new() { RotatedOn = new(2026, 11, 20) })),
            model => model.Add(new Secret(
                "smtp-password", new() { RotatedOn = new(2026, 11, 20), Alphabet = SecretAlphabet.Hexadecimal }))));
    }

    [Fact]
    public void Only_the_first_value_is_protected_so_that_a_secret_can_be_rotated_and_not_deleted()
    {
        var plan = cloud.PlanWithoutErrors(model => model.Add(new Secret("smtp-password", new() { RotatedOn = new(2026, 11, 20) })));

        Assert.True(plan.Only(Random, "smtp-password").Protect);
        Assert.False(plan.Only(Random, "smtp-password-2026-11-20").Protect);
    }

    [Fact]
    public void A_day_that_has_not_come_is_refused()
    {
        var plan = Plan(
            model => model.Add(new Secret("smtp-password", new() { RotatedOn = new(2026, 11, 27) })),
            settings => settings with { Today = new(2026, 11, 26) });

        Assert.Equal("secret-rotated-on", plan.OnlyError().Rule.Id);
        Assert.Contains("RotatedOn is 2026-11-27; allowed: days until 2026-11-26", plan.OnlyError().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SecretAlphabet.Alphanumeric, null, null, null, "False")]
    [InlineData(SecretAlphabet.Hexadecimal, "False", "False", "abcdef", null)]
    [InlineData(SecretAlphabet.Base64Url, null, null, "-_", null)]
    [InlineData(SecretAlphabet.Symbols, null, null, "!#%*+-.:=?@^_~", null)]
    public void Every_alphabet_is_what_it_says(SecretAlphabet alphabet, string? lower, string? upper, string? special, string? isSpecial)
    {
        var value = cloud
            .PlanWithoutErrors(model => model.Add(new Secret("smtp-password", new() { Alphabet = alphabet, Length = 128 })))
            .Only(Random);

        Assert.Equal("128", value.Input("length"));
        Assert.Equal((lower, upper), (Flag("lower"), Flag("upper")));
        Assert.Equal((special, isSpecial), (value.Input("overrideSpecial"), Flag("special")));
        Assert.Equal(alphabet == SecretAlphabet.Symbols ? "1" : null, value.Input("minSpecial"));

        string? Flag(string input) => value.Input(input) switch { "false" => "False", "true" => "True", var other => other };
    }

    [Theory]
    [InlineData(15)]
    [InlineData(1025)]
    public void A_length_that_is_too_short_or_too_long_is_refused(int length) => Assert.Equal(
        "secret-arguments",
        cloud.Plan(model => model.Add(new Secret("smtp-password", new() { Length = length }))).OnlyError().Rule.Id);

    [Fact]
    public void A_given_value_is_kept_by_the_store_and_generated_by_nobody()
    {
        var plan = Plan(Used, settings => With(settings, new GivenSecret())).WithoutErrors();

        Assert.DoesNotContain(plan.OfType(Random), resource => resource.Component == "smtp-password");
        Assert.NotEmpty(plan.Of("smtp-password"));
        Assert.Equal("given", plan.Component("smtp-password").Outputs.At("source"));
        Assert.All(Consumers, consumer => Assert.True(cloud.VariablesOf(plan, consumer)["SMTP_PASSWORD"].IsSecret));
    }

    [Fact]
    public void A_secret_that_must_be_given_and_is_not_is_one_finding_with_the_command_that_gives_it()
    {
        var plan = cloud.Plan(model =>
        {
            var key = model.Add(new Secret("api-key", new() { MustBeGiven = true }));
            model.Add(new ContainerService("shop", new() { Environment = new() { ["API_KEY"] = key } }));
        });

        Assert.Equal(("secret-missing", "api-key"), (plan.OnlyError().Rule.Id, plan.OnlyError().Component));
        Assert.Contains(
            "pulumi config set --secret --path 'infra:secrets.api-key' --stack sample-production",
            plan.OnlyError().Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_exists_is_referred_to_and_nothing_is_made_for_it()
    {
        var plan = Plan(
            model => model.Add(new ContainerService("shop", new()
            {
                Environment = new() { ["SMTP_PASSWORD"] = model.Add(new Secret("smtp-password", new() { MustBeGiven = true })) },
            })),
            settings => With(settings, existing)).WithoutErrors();

        Assert.Empty(plan.Of("smtp-password"));
        Assert.Equal("existing", plan.Component("smtp-password").Outputs.At("source"));
        Assert.Equal(reference, ReferenceOf(plan, "shop", "SMTP_PASSWORD"));
        Assert.Contains(cloud.GrantsOf(plan, "shop"), grant => grant.Contains("mail", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("smtp://{VALUE}@mail")]
    [InlineData("{VALUE:url}")]
    public void One_that_exists_is_composed_with_nothing(string template)
    {
        var plan = Plan(
            model => model.Add(new ContainerService("shop"))
                .Reads(model.Add(new Secret("smtp-password")), variables: new() { ["SMTP_URL"] = template }),
            settings => With(settings, existing));

        Assert.Equal("secret-composed", plan.OnlyError().Rule.Id);
        Assert.Contains("allowed: the value as it is", plan.OnlyError().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reference_that_the_store_cannot_know_is_refused()
    {
        var plan = Plan(
            model => model.Add(new Secret("smtp-password")),
            settings => With(settings, new ExistingSecret("not a name!", "not a key!", "not a version!")));

        var errors = plan.Findings.Where(finding => finding.Severity == Severity.Error).ToList();
        Assert.Equal(3, errors.Count);
        Assert.All(errors, error => Assert.Equal("secret-reference", error.Rule.Id));
        Assert.Contains(
            errors,
            error => error.Message.StartsWith("infra:secrets.smtp-password.existing is 'not a name!'", StringComparison.Ordinal));
    }

    [Fact]
    public void A_day_of_rotation_of_what_is_not_generated_is_told()
    {
        var plan = Plan(
            model => model.Add(new Secret("smtp-password", new() { RotatedOn = new(2026, 11, 20) })),
            settings => With(settings, new GivenSecret())).WithoutErrors();

        Assert.Contains(plan.Findings, finding => finding is { Rule.Id: "secret-rotation-unused", Severity: Severity.Info });
    }

    [Fact]
    public void Its_value_travels_to_the_store_of_a_consumer_elsewhere_and_opens_nothing()
    {
        foreach (var source in new SecretSource?[] { null, new GivenSecret() })
        {
            var plan = Elsewhere(source).WithoutErrors();

            Assert.All(Consumers, consumer =>
            {
                Assert.True(Fixtures.Of(Other).VariablesOf(plan, consumer)["SMTP_PASSWORD"].IsSecret);
                Assert.True(Fixtures.Of(Other).VariablesOf(plan, consumer)["SMTP_URL"].IsSecret);
            });
            Assert.DoesNotContain(plan.Components, component => component.Kind == RelayKind.Instance);
            Assert.DoesNotContain(
                plan.Resources,
                resource => resource.Cloud == cloud.Cloud && resource.Component is { } component && Consumers.Contains(component));
        }
    }

    [Fact]
    public void One_that_exists_cannot_be_read_elsewhere()
    {
        var plan = TestSystems.Plan(
            cloud.Cloud,
            model => model.Add(new ContainerService("shop")).Reads(model.Add(new Secret("smtp-password"))),
            EnvironmentKind.Production,
            settings => With(settings, existing) with { Placement = new Dictionary<string, Cloud> { ["shop"] = Other } });

        Assert.Equal("secret-elsewhere", plan.OnlyError().Rule.Id);
    }

    /// <summary>How a container refers to a secret of a store.</summary>
    protected abstract string ReferenceOf(Plan plan, string consumer, string variable);

    private Cloud Other => cloud.Cloud == Cloud.Aws ? Cloud.Kubernetes : Cloud.Aws;

    private Plan Elsewhere(SecretSource? source) => TestSystems.Plan(
        cloud.Cloud,
        Used,
        EnvironmentKind.Production,
        settings => (source is null ? settings : With(settings, source)) with
        {
            Placement = Consumers.ToDictionary(consumer => consumer, _ => Other),
        });

    private Plan Plan(Action<Model> declare, Func<StackSettings, StackSettings> change)
    {
        var system = TestSystems.Declare(declare);
        return Rehearsal.Run(system, change(cloud.SettingsFor(system, EnvironmentKind.Production)));
    }

    private static StackSettings With(StackSettings settings, SecretSource source) =>
        settings with { Secrets = new Dictionary<string, SecretSource> { ["smtp-password"] = source } };

    private IEnumerable<string> Secrets(Plan plan, string consumer) =>
        cloud.VariablesOf(plan, consumer).Where(variable => variable.Value.IsSecret).Select(variable => variable.Key).Order();

    private static IEnumerable<string> Values(Plan plan) =>
        plan.OfType(Random).Where(value => value.Component == "smtp-password").Select(value => value.Name).Order();

    private static void Used(Model model) => Use(model, model.Add(new Secret("smtp-password")));

    private static void Use(Model model, Secret password)
    {
        Variables variables = new()
        {
            ["SMTP_PASSWORD"] = password,
            ["SMTP_URL"] = $"smtp://shop:{password:url}@mail.example.org",
        };
        model.Add(new ContainerService("web", new() { Port = 8080, Environment = variables }));
        model.Add(new ContainerService("worker", new() { Environment = variables }));
        model.Add(new Job("migrate", new() { Environment = variables }));
    }
}
