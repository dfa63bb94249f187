using Infra.Components.Buckets;
using Infra.Components.Caches;
using Infra.Components.Checks;
using Infra.Components.Databases;
using Infra.Components.Externals;
using Infra.Components.Placements;
using Infra.Components.Queues;
using Infra.Components.Secrets;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Migrations;

/// <summary>Stores that are filled from something outside of the stack: the database of a hosting service, somebody's bucket.</summary>
public sealed class OutsideSourceTests
{
    private const string Pem = "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----";

    private static readonly MigrationSource Source =
        new() { External = "old", Password = "old-password", Username = "carrier", Name = "app" };

    private static readonly Dictionary<string, Func<Cloud, Component>> Stores = new()
    {
        ["PostgreSQL"] = _ => new ManagedDatabase("store"),
        ["MySQL"] = cloud => new ManagedDatabase(
            "store",
            new() { Engine = DatabaseEngine.MySql, Version = cloud == Cloud.Scaleway ? "8.0" : "8.4" }),
        ["bucket"] = _ => new Bucket("store"),
        ["cache"] = _ => new Cache("store"),
    };

    public static TheoryData<string, Cloud> Everywhere
    {
        get
        {
            var all = new TheoryData<string, Cloud>();
            foreach (var store in Stores.Keys)
            {
                foreach (var cloud in CloudNames.All) all.Add(store, cloud);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public void It_is_filled_while_nobody_uses_it_and_every_step_keeps_its_promises(string store, Cloud cloud)
    {
        var system = System(Stores[store], cloud);
        var start = Settings(system, cloud, null);
        var now = new PlannedStack(start, Rehearsal.Run(system, start));
        var (first, last) = store == "bucket" ? ("store-copy", "store-last-copy") : ("store-rehearse", "store-move");
        foreach (var state in Enum.GetValues<MigrationState>())
        {
            var settings = Settings(system, cloud, state);
            var after = new PlannedStack(settings, Rehearsal.Run(system, settings));
            Assert.Equal("", after.Plan.Errors());
            MigrationPromises.Check(new("store", now, after), system);
            MigrationPromises.CheckUndo(new("store", now, after));

            var blueprint = PreparedStack.Of(system, settings).Blueprint;
            Assert.All(
                blueprint.Standings.Where(standing => standing.Component is Consumer and not IMover),
                standing => Assert.Equal(state < MigrationState.Activated, blueprint.IsIdle(standing)));
            Assert.Equal(
                state switch
                {
                    MigrationState.Migrated => new[] { first },
                    MigrationState.Paused => new[] { last },
                    _ => [],
                },
                blueprint.Model.Components.Where(component => component is IMover).Select(component => component.Name));
            Assert.Equal(cloud, Assert.Single(blueprint.Standings, standing => standing.Name == "store").Cloud);
            now = after;
        }

        var finished = TestSettings.For(cloud, system: system);
        MigrationPromises.CheckFinish(now.Plan, Rehearsal.Run(system, finished));
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public void Whoever_fills_it_knows_of_the_outside_what_it_would_know_of_a_copy(string store, Cloud cloud)
    {
        var system = System(Stores[store], cloud);
        var other = cloud == Cloud.Gcp ? Cloud.Aws : Cloud.Gcp;
        var mover = store == "bucket" ? "store-last-copy" : "store-move";
        var settings = Settings(system, cloud, MigrationState.Paused);
        var between = TestSettings.For(other, system: system) with
        {
            Migration = new()
            {
                To = cloud,
                Components = new Dictionary<string, ComponentMigration>
                {
                    ["store"] = TestSettings.Until(MigrationState.Paused, pauses: true),
                },
                Ways = store == "cache" ? new Dictionary<string, string> { ["store"] = "copy" } : [],
            },
        };

        var outside = Fixtures.Of(cloud).VariablesOf(On(Rehearsal.Run(system, settings), cloud), mover);
        var inside = Fixtures.Of(cloud).VariablesOf(On(Rehearsal.Run(system, between), cloud), mover);

        var command = PreparedStack.Of(system, settings).Blueprint.Model.Components.OfType<Consumer>()
            .Single(consumer => consumer.Name == mover).Container.EntryPoint[^1];
        Assert.Empty(inside.Keys
            .Where(name => command.Contains(name[name.IndexOf('_', StringComparison.Ordinal)..], StringComparison.Ordinal))
            .Except(outside.Keys));
        Assert.Equal("carrier", outside[store == "bucket" ? "SOURCE_ACCESS_KEY_ID" : "SOURCE_USERNAME"].Value);
        Assert.Null(outside[store == "bucket" ? "SOURCE_SECRET_ACCESS_KEY" : "SOURCE_PASSWORD"].Value);
        var found = store == "bucket"
            ? (outside["SOURCE_ENDPOINT"].Value, outside["SOURCE_NAME"].Value)
            : (outside["SOURCE_HOST"].Value, outside["SOURCE_TLS_MODE"].Value);
        Assert.Equal(store == "bucket" ? ("https://old.example.org:5432", "app") : ("old.example.org", "verify-full"), found);
    }

    [Fact]
    public void A_certificate_of_another_name_is_let_pass_where_the_stack_file_says_so()
    {
        var system = System(Stores["PostgreSQL"], Cloud.Aws);
        var settings = Settings(system, Cloud.Aws, MigrationState.Paused, Source with { VerifyHost = false });

        Assert.Equal(
            "verify-ca",
            Fixtures.Of(Cloud.Aws).VariablesOf(Rehearsal.Run(system, settings), "store-move")["SOURCE_TLS_MODE"].Value);
    }

    [Fact]
    public void A_part_of_a_server_is_filled_by_itself_and_its_server_goes_on()
    {
        var system = TestSystems.Declare(
            model =>
            {
                var server = model.Add(new ManagedDatabase("server"));
                var part = model.Add(new LogicalDatabase("store", new() { Server = server }));
                Outside(model);
                model.Add(new ContainerService("web", new() { Port = 8080 })).Writes(server);
                model.Add(new ContainerService("reports", new() { Port = 8080 })).Reads(part);
            },
            "shop");
        var settings = Settings(system, Cloud.Scaleway, MigrationState.Migrated);
        var blueprint = PreparedStack.Of(system, settings).Blueprint;

        Assert.Equal("", Rehearsal.Run(system, settings).Errors());
        Assert.True(blueprint.IsIdle(Assert.Single(blueprint.Standings, standing => standing.Name == "reports")));
        Assert.False(blueprint.IsIdle(Assert.Single(blueprint.Standings, standing => standing.Name == "web")));
    }

    [Fact]
    public void Nobody_uses_it_before_it_has_set_out()
    {
        var system = System(Stores["PostgreSQL"], Cloud.Aws);
        var blueprint = PreparedStack.Of(system, Settings(system, Cloud.Gcp, null)).Blueprint;

        Assert.True(blueprint.IsIdle(Assert.Single(blueprint.Standings, standing => standing.Name == "web")));
        Assert.DoesNotContain(blueprint.Model.Components, component => component is IMover);
    }

    [Fact]
    public void What_a_dump_fills_is_not_filled_from_outside_as_well()
    {
        var system = TestSystems.Declare(
            model =>
            {
                Outside(model);
                model.Add(new Bucket("dumps"));
                var store = model.Add(new ManagedDatabase("store", new() { BeginsFrom = new() { Bucket = "dumps", Dump = "a.dump" } }));
                model.Add(new ContainerService("web", new() { Port = 8080 })).Writes(store);
            },
            "shop");

        Assert.Contains(
            PreparedStack.Of(system, Settings(system, Cloud.Aws, MigrationState.Migrated)).Findings.All,
            finding => finding.Message.Contains("BeginsFrom of 'store' fills it with the dump a.dump", StringComparison.Ordinal));
    }

    [Fact]
    public void What_cannot_be_is_told_all_at_once()
    {
        var system = TestSystems.Declare(
            model =>
            {
                var store = model.Add(new ManagedDatabase("store"));
                var queue = model.Add(new Queue("jobs"));
                model.Add(new External("old", new() { Host = "old.example.org", Port = 5432 }));
                model.Add(new External("open", new() { Host = "open.example.org", Tls = ConnectionTls.None }));
                model.Add(new Secret("old-password"));
                model.Add(new ContainerService("web", new() { Port = 8080 })).Writes(store).Publishes(queue);
            },
            "shop");
        var settings = TestSettings.For(Cloud.Aws, system: system);

        Assert.Equal(
            [
                "infra:migration.sources.store is there, and 'store' is placed on aws; allowed: scaleway, because what comes from outside "
                + "is made where it is to stay. Set infra:placement.store to that cloud, or remove the source.",
                "infra:migration.sources.store.external is 'old', which has no certificateAuthority; allowed: the certificates that sign "
                + "the server's, as PEM, because the client of a database trusts nobody by itself. Set "
                + "infra:components.old.certificateAuthority.",
                "infra:migration.sources.store.password is 'old-pasword'; allowed: a secret of the system: old-password. Did you mean "
                + "'old-password'? Declare it in the system with new Secret(\"old-pasword\"), or correct the name.",
            ],
            Faults(Cloud.Scaleway, "store", Source with { Password = "old-pasword" }));
        Assert.Equal(
            [
                "infra:migration.sources.jobs is there, and nothing carries what a Queue holds from outside of the stack; allowed: "
                + "databases, buckets and caches. Remove it, and bring over by hand what is needed.",
                "infra:migration.sources.jobs.external is 'nobody'; allowed: something external of the system: old, open. Declare it in "
                + "the system with new External(\"nobody\"), or correct the name.",
            ],
            Faults(Cloud.Aws, "jobs", Source with { External = "nobody" }));
        Assert.Equal(
            [
                "infra:migration.sources.store.external is 'open', whose tls is None; allowed: Tls, StartTls, because everything that is "
                + "held goes that way. Set infra:components.open.tls.",
            ],
            Faults(Cloud.Aws, "store", Source with { External = "open" }));

        IEnumerable<string> Faults(Cloud to, string store, MigrationSource source)
        {
            var record = new MigrationRecord { To = to, Sources = new Dictionary<string, MigrationSource> { [store] = source } };
            return PreparedStack.Of(system, settings with { Migration = record }).Findings.All
                .Where(finding => finding.Rule.Id == "migration-source")
                .Select(finding => finding.Message);
        }
    }

    [Fact]
    public void Whoever_activates_without_a_pause_is_told_what_would_be_lost()
    {
        var system = System(Stores["PostgreSQL"], Cloud.Aws);
        var settings = Settings(system, Cloud.Aws, null);
        var findings = PreparedStack.Of(
            system,
            settings with
            {
                Migration = settings.Migration! with
                {
                    Components = new Dictionary<string, ComponentMigration>
                    {
                        ["store"] = TestSettings.Until(MigrationState.Activated, pauses: false),
                    },
                },
            }).Findings;

        Assert.Contains(findings.All, finding => finding.Severity == Severity.Error
            && finding.Message.Contains("without having been paused: what is written in 'old'", StringComparison.Ordinal));
    }

    private static SystemDeclaration System(Func<Cloud, Component> store, Cloud cloud) => TestSystems.Declare(
        model =>
        {
            Outside(model);
            var added = model.Add(store(cloud));
            model.Add(new ContainerService("web", new() { Port = 8080 })).Writes(added);
            model.Add(new ContainerService("reader", new() { Port = 8080 })).Reads(added);
        },
        "shop");

    private static void Outside(Model model)
    {
        model.Add(new External("old", new() { Host = "old.example.org", Port = 5432, CertificateAuthority = Pem }));
        model.Add(new Secret("old-password"));
    }

    private static Plan On(Plan plan, Cloud cloud) => plan with
    {
        Components = [.. plan.Components.Where(component => component.Cloud == cloud)],
        Resources = [.. plan.Resources.Where(resource => resource.Cloud == cloud)],
    };

    private static StackSettings Settings(SystemDeclaration system, Cloud cloud, MigrationState? state, MigrationSource? source = null) =>
        TestSettings.For(cloud, system: system) with
        {
            Migration = new()
            {
                To = cloud,
                Sources = new Dictionary<string, MigrationSource> { ["store"] = source ?? Source },
                Components = state is { } reached
                    ? new Dictionary<string, ComponentMigration> { ["store"] = TestSettings.Until(reached, pauses: true) }
                    : [],
            },
        };
}
