using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Infra.Components.Checks;
using Infra.Components.Mail;
using Infra.Components.Placements;
using Infra.Components.Secrets;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Tests.Pages;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Applications;

/// <summary>Published applications, with what their images want, on every cloud.</summary>
public sealed class ApplicationTests
{
    // What clouds keep differently whatever the system is, where the application is none the worse: the pages of the components tell it.
    private static readonly string[] OfEverySystem =
    [
        "bucket-high-availability", "cache-high-availability", "file-empty", "gcp-backup-days", "gcp-image", "gcp-scaling", "gcp-user",
        "ovh-private-network-gateway", "ovh-private-network-zones", "scaleway-cache-zone", "scaleway-database-backup",
        "scaleway-database-zone", "scaleway-network-egress", "weaker-than-usual",
    ];

    // Once for all tests: most of their time goes into planning.
    private static readonly Dictionary<(string, Cloud), Lazy<Plan>> Plans = ApplicationIndex.All
        .SelectMany(application => Fixtures.Clouds.Select(cloud => (application, cloud)))
        .ToDictionary(
            pair => (pair.application.Name, pair.cloud),
            pair => new Lazy<Plan>(() => Rehearsal.Run(pair.application, SettingsOf(pair.application, pair.cloud))));

    public static TheoryData<string, Cloud> Everywhere
    {
        get
        {
            var everywhere = new TheoryData<string, Cloud>();
            foreach (var (name, cloud) in Plans.Keys) everywhere.Add(name, cloud);
            return everywhere;
        }
    }

    public static TheoryData<string> Names => [.. ApplicationIndex.All.Select(application => application.Name)];

    [Theory]
    [MemberData(nameof(Everywhere))]
    public void It_plans_without_an_error(string name, Cloud cloud) => Assert.Equal("", Plans[(name, cloud)].Value.Errors());

    [Theory]
    [MemberData(nameof(Everywhere))]
    public void Its_containers_get_every_variable_that_their_images_want_and_no_other(string name, Cloud cloud)
    {
        foreach (var (needs, consumer, variables) in Containers(name, cloud))
        {
            var wanted = needs.Variables.Where(need => !need.AwayOn.Contains(cloud)).Select(need => need.Name);
            Assert.Equal(
                [.. wanted.Concat(needs.Port is null ? [] : ["PORT"]).Order(StringComparer.Ordinal)],
                variables.Keys.Order(StringComparer.Ordinal));
            Assert.Equal(needs.Component, consumer.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public void They_have_the_shapes_that_the_images_want(string name, Cloud cloud)
    {
        var wrong = new List<string>();
        foreach (var (needs, consumer, variables) in Containers(name, cloud))
        {
            foreach (var need in needs.Variables.Where(need => !need.AwayOn.Contains(cloud)))
            {
                var isEmpty = need.EmptyOn.Contains(cloud);
                var value = variables[need.Name];
                if (value.IsSecret != (need.IsSecret && !isEmpty)) wrong.Add($"{needs.Component} {need.Name}: {value}");
                var text = isEmpty
                    ? value.Value
                    : need.IsSecret
                        ? consumer.Variables.Single(variable => variable.Name == need.Name).Text.ToString()
                        : value.Value;
                if (!Regex.IsMatch(text ?? "", $@"^({(isEmpty ? "" : need.Shape)})\z"))
                    wrong.Add($"{needs.Component} {need.Name}: '{text}' is not {need.Shape}");
            }
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Generated_secrets_have_the_length_and_the_alphabet_that_the_images_demand(string name)
    {
        foreach (var (needs, consumer, _) in Containers(name, Cloud.Kubernetes))
        {
            foreach (var need in needs.Variables.Where(need => need.Generated is not null))
            {
                var text = consumer.Variables.Single(variable => variable.Name == need.Name).Text;
                var secret = Assert.IsType<Secret>(Assert.Single(text.Values).Key.Target);
                Assert.Equal(need.Generated, (secret.Args.Length, secret.Args.Alphabet));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public void Its_containers_get_their_files(string name, Cloud cloud)
    {
        foreach (var (needs, consumer, _) in Containers(name, cloud))
        {
            var files = Fixtures.Of(cloud).FilesOf(Plans[(name, cloud)].Value, needs.Component);
            Assert.Equal(
                needs.Files.Where(file => !file.AwayOn.Contains(cloud)).Select(file => file.Path).Order(StringComparer.Ordinal),
                files.Keys.Order(StringComparer.Ordinal));
            Assert.All(
                needs.Files,
                file => Assert.Matches($@"^({file.Content})\z", consumer.Container.Files[file.Path].ToString()));
        }
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public void They_listen_where_the_images_do_and_are_asked_whether_they_are_well(string name, Cloud cloud)
    {
        var plan = Plans[(name, cloud)].Value;
        foreach (var (needs, consumer, variables) in Containers(name, cloud))
        {
            if (consumer is not ContainerService { Args: var service }) continue;
            Assert.Equal(
                (needs.Port, needs.Protocol, needs.HealthPort, needs.AtMostOne),
                (service.Port, service.HealthCheck.Protocol, service.HealthCheck.Port, service.Scaling.AtMostOne));
            if (needs.Port is { } port) Assert.Equal($"{port}", variables["PORT"].Value);
            if (needs.Health is not { } path) continue;
            Assert.Equal(path, service.HealthCheck.Path);
            Assert.Contains(plan.Resources, resource => resource.Inputs.ToString().Contains(path, StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public void They_run_the_process_that_is_meant_as_the_user_that_the_image_has(string name, Cloud cloud)
    {
        var (fixture, plan) = (Fixtures.Of(cloud), Plans[(name, cloud)].Value);
        foreach (var (needs, _, _) in Containers(name, cloud))
        {
            Assert.Equal(needs.Command, fixture.WordsOf(plan, needs.Component).Command);
            if (cloud != Cloud.Gcp) Assert.Equal($"{needs.User}", fixture.UserOf(plan, needs.Component));
        }
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public void Their_sidecars_get_what_the_images_of_these_want(string name, Cloud cloud)
    {
        var application = Of(name);
        foreach (var needs in application.Needs.Where(needs => needs.Sidecar is not null))
        {
            var declared = Declared(application)[needs.Consumer].Container.Sidecars.Single(sidecar => sidecar.Name == needs.Sidecar);
            var seen = Fixtures.Of(cloud).ContainersOf(Plans[(name, cloud)].Value, needs.Consumer)[needs.Sidecar!];
            Assert.Equal(
                needs.Variables.Select(need => need.Name).Order(StringComparer.Ordinal),
                seen.Variables.Keys.Order(StringComparer.Ordinal));
            Assert.Equal(string.Join(' ', needs.Command), seen.Words);
            if (cloud != Cloud.Gcp) Assert.Equal($"{needs.User}", seen.User);
            Assert.All(needs.Variables, need =>
            {
                Assert.Equal(need.IsSecret, seen.Variables[need.Name].IsSecret);
                Assert.Matches($@"^({need.Shape})\z", declared.Environment[need.Name].ToString());
            });
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_table_of_needs_has_every_container(string name)
    {
        var application = Of(name);
        Assert.Equal(
            Declared(application).Values
                .SelectMany(consumer => consumer.Container.Sidecars
                    .Select(sidecar => $"{consumer.Name}/{sidecar.Name}")
                    .Prepend(consumer.Name))
                .Order(StringComparer.Ordinal),
            application.Needs.Select(needs => needs.Component).Order(StringComparer.Ordinal));
        Assert.NotEmpty(application.Sources);
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public void What_its_plan_warns_of_stands_among_what_it_lacks_there_and_the_other_way_round(string name, Cloud cloud)
    {
        var warnings = Plans[(name, cloud)].Value.Findings
            .Where(finding => finding.Severity == Severity.Warning || finding.Message.Contains("Accepted until", StringComparison.Ordinal))
            .Select(finding => finding.Rule.Id)
            .Except(OfEverySystem);
        var told = Of(name).Shortfalls
            .Where(shortfall => shortfall.Clouds.Contains(cloud))
            .Select(shortfall => shortfall.Rule)
            .OfType<string>();

        Assert.Equal(told.Order(StringComparer.Ordinal), warnings.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_said_to_be_missing_is_missing() => Assert.All(
        ApplicationIndex.All
            .SelectMany(application => application.Shortfalls)
            .Select(shortfall => shortfall.Until)
            .OfType<(Type, string)>(),
        until => Assert.Null(until.Item1.GetProperty(until.Item2)));

    [Fact]
    public void The_page_says_what_the_systems_say() =>
        GeneratedFile.Matches(ApplicationPage.File, ApplicationPage.Markdown());

    private static Application Of(string name) => ApplicationIndex.All.Single(application => application.Name == name);

    private static IEnumerable<(ContainerNeeds Needs, Consumer Consumer, IReadOnlyDictionary<string, Variable> Variables)> Containers(
        string name,
        Cloud cloud)
    {
        var application = Of(name);
        var declared = Declared(application);
        return application.Needs.Where(needs => needs.Sidecar is null).Select(needs => (
            needs,
            declared[needs.Component],
            Fixtures.Of(cloud).VariablesOf(Plans[(name, cloud)].Value, needs.Component)));
    }

    private static Dictionary<string, Consumer> Declared(Application application)
    {
        var model = new Model("shop.example");
        application.Declare(model);
        return model.Components.OfType<Consumer>().ToDictionary(consumer => consumer.Name);
    }

    // As a stack file would be: with the published images, what nobody can generate, and what this cloud alone wants.
    private static StackSettings SettingsOf(Application application, Cloud cloud)
    {
        var model = new Model("shop.example");
        application.Declare(model);
        var overrides = application.Overrides(cloud);
        return Fixtures.Of(cloud).SettingsFor(application, EnvironmentKind.Production) with
        {
            Secrets = model.Components
                .Where(given => given is Secret { Args.MustBeGiven: true }
                    || (given is MailSender && overrides.GetValueOrDefault(given.Name)?["relay"] is not null))
                .ToDictionary(given => given.Name, SecretSource (_) => new GivenSecret()),
            Components = new Dictionary<string, JsonObject>(overrides),
            Waivers =
            [
                .. application.Shortfalls
                    .Where(shortfall => shortfall.AcceptedOf is not null && shortfall.Clouds.Contains(cloud))
                    .Select(shortfall => new Waiver(shortfall.Rule!, shortfall.AcceptedOf, shortfall.Why, DateOnly.MaxValue)),
            ],
            Images = application.Needs.ToDictionary(
                needs => needs.Component,
                needs => $"{needs.Image[..needs.Image.LastIndexOf(':')]}@{TestSettings.Digest}"),
        };
    }
}
