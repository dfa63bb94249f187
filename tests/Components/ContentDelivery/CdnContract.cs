using Infra.Components.Buckets;
using Infra.Components.Checks;
using Infra.Components.ContentDelivery;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;
using Infra.Components.Placements;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.ContentDelivery;

/// <summary>What a content delivery network promises on every cloud that has one of its own.</summary>
public abstract class CdnContract(CloudFixture cloud)
{
    /// <summary>Whether its address is an IPv4 address; otherwise a host name.</summary>
    protected abstract bool HasAddress { get; }

    /// <summary>Where it stands how long an object is kept.</summary>
    protected abstract (string Type, string Path) Kept { get; }

    /// <summary>Where the document at the root stands.</summary>
    protected abstract (string Type, string Path) Document { get; }

    /// <summary>What says that the document at other paths is not shown as asked for; null where it is.</summary>
    protected virtual string? FallbackRule => null;

    /// <summary>Whether it stands in front of load balancers.</summary>
    protected virtual bool TakesLoadBalancers => true;

    /// <summary>Whether its cloud writes its name into a zone there by itself.</summary>
    protected virtual bool WritesItsOwnName => false;

    [Fact]
    public void Its_consumers_find_the_same_variables_everywhere_and_none_is_secret()
    {
        var variables = VariablesOf(Plan(model => Used(model)), "shop");

        Assert.Equal(CdnKind.Instance.ConnectionKeys.Select(key => "ASSETS_" + key.Name).Order(), variables.Keys.Order());
        Assert.All(variables.Values, variable => Assert.False(variable.IsSecret));
        Assert.Equal("assets.shop.example", variables["ASSETS_HOST"].Value);
        Assert.Equal("https", variables["ASSETS_SCHEME"].Value);
        Assert.Equal("https://assets.shop.example", variables["ASSETS_URL"].Value);
    }

    [Fact]
    public void Its_name_in_its_zone_leads_to_it()
    {
        var plan = Plan(model => Used(model));

        Assert.Equal(WritesItsOwnName, plan.Of("name").Count == 0);
        Assert.DoesNotContain(plan.Findings, finding => finding.Rule.Id == "cdn-record");
    }

    [Theory]
    [MemberData(nameof(Fixtures.EachCloud), MemberType = typeof(Fixtures))]
    public void Its_zone_may_stand_on_any_cloud(Cloud zone)
    {
        var plan = Plan(
            model => Used(model),
            settings => Placed(settings, ("zone", zone), ("name", zone)));

        if (zone != cloud.Cloud || !WritesItsOwnName)
            Assert.Contains(plan.Resources, resource => resource.Component == "name" && IsOf(resource, zone));
    }

    [Fact]
    public void A_zone_that_others_serve_lists_its_name()
    {
        var records = Plan(model => Used(model, isExternal: true)).Component("zone", DnsZoneKind.Instance).Outputs.At("records")!;

        Assert.StartsWith($"assets.shop.example. 300 IN {(HasAddress ? "A" : "CNAME")} ", records, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_domain_it_is_found_at_the_name_or_address_of_its_cloud()
    {
        var plan = Rehearse(model => Used(model), settings => settings with { Domain = null }, EnvironmentKind.Preview);

        Assert.DoesNotContain(plan.Findings, finding => finding.Severity == Severity.Error);
        var (url, scheme) = (VariablesOf(plan, "shop")["ASSETS_URL"].Value!, HasAddress ? "http" : "https");
        Assert.Equal($"{scheme}://{plan.Component("assets", CdnKind.Instance).Outputs.At("address")}", url);
        Assert.DoesNotContain(plan.Of("assets"), resource => resource.TypeName is "Certificate" or "TlsStage");
    }

    [Fact]
    public void Nothing_but_the_network_reads_the_bucket_and_it_reads_objects_only()
    {
        var plan = Plan(model => Used(model));

        var text = string.Join('\n', plan.Resources.Select(resource => resource.Inputs.ToString()));
        Assert.DoesNotContain("allUsers", text, StringComparison.Ordinal);
        Assert.DoesNotContain("public-read", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bucket_does_not_change_but_for_who_may_read_it()
    {
        var (with, without) = (Plan(model => Used(model)), Plan(model => model.Add(new Bucket("media"))));

        string[] Own(Plan plan) =>
        [
            .. plan.Of("media")
                .Where(resource => resource.TypeName != "BucketPolicy")
                .Select(resource => $"{resource.Urn} {resource.Inputs}"),
        ];
        Assert.Equal(Own(without), Own(with));
    }

    [Fact]
    public void Objects_are_kept_as_long_as_is_said()
    {
        Assert.Equal("86400", Read(Plan(model => Used(model)), Kept));
        Assert.Equal("60", Read(Plan(model => Used(model, args => args with { TtlSeconds = 60 })), Kept));
        Assert.Equal("0", Read(Plan(model => Used(model, args => args with { TtlSeconds = 0 })), Kept));
    }

    [Fact]
    public void A_document_is_shown_at_the_root() => Assert.EndsWith(
        "start.html",
        Read(Plan(model => Used(model, args => args with { DefaultDocument = "start.html" })), Document),
        StringComparison.Ordinal);

    [Fact]
    public void A_document_at_every_other_path_is_shown_or_the_cloud_says_what_it_does_instead()
    {
        var plan = cloud.Plan(model => Used(model, args => args with { FallbackDocument = "index.html" }), EnvironmentKind.Staging);

        Assert.Equal(
            FallbackRule is null ? [] : new[] { FallbackRule },
            plan.Findings.Select(finding => finding.Rule.Id).Where(id => id is "cdn-fallback" or "scaleway-cdn-fallback"));
    }

    [Fact]
    public void It_stands_in_front_of_load_balancers_or_says_that_it_does_not()
    {
        var plan = Rehearse(model => InFrontOfBalancer(model));

        if (TakesLoadBalancers)
        {
            plan.WithoutErrors();
            Assert.Contains(
                plan.Of("assets"),
                resource => resource.Inputs.ToString().Contains("www.shop.example", StringComparison.Ordinal));
        }
        else
        {
            Assert.Equal("scaleway-cdn-origin", plan.OnlyError().Rule.Id);
        }
    }

    [Fact]
    public void A_load_balancer_on_another_cloud_is_asked_as_clients_ask_it()
    {
        if (!TakesLoadBalancers) return;
        foreach (var other in Fixtures.Clouds.Where(other => other != cloud.Cloud))
        {
            var plan = Plan(
                model => InFrontOfBalancer(model),
                settings => Placed(settings, ("edge", other), ("shop", other), ("certificate", other)));
            Assert.Contains(
                plan.Of("assets"),
                resource => resource.Inputs.ToString().Contains("www.shop.example", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_bucket_on_another_cloud_lets_nobody_in_from_here() => Assert.All(
        Fixtures.Clouds.Where(other => other != cloud.Cloud),
        other => Assert.Contains(
            Rehearse(model => Used(model), settings => Placed(settings, ("media", other))).Findings,
            finding => finding is { Rule.Id: "reference-cloud", Component: "assets" }));

    [Fact]
    public void A_suppliers_network_takes_the_place_of_the_clouds_own()
    {
        var plan = Plan(model => Used(model, args => args with { Supplier = "shop.cdn.example" }));

        Assert.Empty(plan.Of("assets"));
        Assert.Contains(plan.Findings, finding => finding is { Rule.Id: "cdn-supplier", Component: "assets", Severity: Severity.Info });
        Assert.Equal("shop.cdn.example", plan.Component("assets", CdnKind.Instance).Outputs.At("address"));
        Assert.Equal("https://assets.shop.example", VariablesOf(plan, "shop")["ASSETS_URL"].Value);
    }

    [Fact]
    public void A_name_to_which_no_record_leads_is_reported()
    {
        var plan = Plan(model => model.Add(new Cdn("assets", new()
        {
            Origin = new(model.Add(new Bucket("media"))),
            Zone = model.Add(new DnsZone("zone")),
        })));

        Assert.Contains(plan.Findings, finding => finding is { Rule.Id: "cdn-record", Component: "assets", Severity: Severity.Warning });
    }

    [Fact]
    public void Two_networks_have_two_hosts()
    {
        var plan = cloud.Plan(model =>
        {
            var first = Used(model);
            model.Add(new Cdn("more", first.Args with { Origin = new(model.Add(new Bucket("more-media"))) }));
        });

        Assert.Equal(("cdn-host", "more"), plan.OnlyError() is var error ? (error.Rule.Id, error.Component) : default);
    }

    [Fact]
    public void Arguments_that_no_cloud_accepts_are_refused_all_at_once()
    {
        var plan = cloud.Plan(model => Used(model, args => args with
        {
            Host = "*",
            TtlSeconds = -1,
            DefaultDocument = "/index.html",
            FallbackDocument = "a/b.html",
            Supplier = "https://shop.cdn.example",
            Origin = args.Origin with { Host = "www" },
        }));

        var refused = plan.Findings.Where(finding => finding.Rule.Id == "cdn-arguments").Select(finding => finding.Message.Split(' ')[0]);
        Assert.Equal(["DefaultDocument", "FallbackDocument", "Host", "Origin.Host", "Supplier", "TtlSeconds"], refused.Order());
    }

    [Fact]
    public void A_load_balancer_is_asked_for_a_host_of_its_own_that_it_serves()
    {
        Assert.Equal("Host", RefusedOf(args => args with { Host = "www" }));
        Assert.Equal("Origin.Host", RefusedOf(args => args with { Origin = args.Origin with { Host = "shop" } }));
        Assert.Equal("DefaultDocument", RefusedOf(args => args with { DefaultDocument = "index.html" }));

        string RefusedOf(Func<CdnArgs, CdnArgs> change) => Rehearse(model => InFrontOfBalancer(model, change)).Findings
            .Single(finding => finding.Rule.Id == "cdn-arguments")
            .Message.Split(' ')[0];
    }

    [Fact]
    public void A_load_balancer_to_whose_host_no_record_leads_is_reported()
    {
        Assert.DoesNotContain(Rehearse(model => InFrontOfBalancer(model)).Findings, finding => finding.Rule.Id == "cdn-origin-record");
        Assert.Contains(
            Rehearse(model =>
            {
                var zone = model.Add(new DnsZone("zone"));
                model.Add(new Cdn("assets", new() { Origin = new(InFront.Balancer(model, zone)), Zone = zone }));
            }).Findings,
            finding => finding is { Rule.Id: "cdn-origin-record", Component: "assets", Severity: Severity.Warning });
    }

    [Fact]
    public void That_a_load_balancer_turns_the_network_away_is_reported() => Assert.Contains(
        Rehearse(model =>
        {
            var zone = model.Add(new DnsZone("zone"));
            var edge = InFront.Balancer(model, zone);
            var narrow = model.Add(new LoadBalancer("narrow", edge.Args with { AllowedSources = ["203.0.113.0/24"] }));
            model.Add(new Cdn("assets", new() { Origin = new(narrow), Zone = zone }));
        }).Findings,
        finding => finding is { Rule.Id: "cdn-origin-limits", Component: "assets", Severity: Severity.Warning });

    [Fact]
    public void Consumers_of_other_clouds_learn_where_it_is_found_and_no_way_is_opened()
    {
        foreach (var other in Fixtures.Clouds.Where(other => other != cloud.Cloud))
        {
            var plan = Plan(model => Used(model), settings => Placed(settings, ("shop", other)));

            Assert.Equal("assets.shop.example", Fixtures.Of(other).VariablesOf(plan, "shop")["ASSETS_HOST"].Value);
            Assert.DoesNotContain(plan.Resources, resource => resource.Component == "relay");
        }
    }

    [Fact]
    public void Another_time_or_document_changes_in_place() => Assert.All(
        new Func<CdnArgs, CdnArgs>[]
        {
            args => args with { TtlSeconds = 60 },
            args => args with { DefaultDocument = "start.html" },
        },
        change => Assert.Empty(Replacements.Of(cloud.Cloud, model => Used(model), model => Used(model, change))));

    /// <summary>A network in front of a bucket, its name and a consumer of it.</summary>
    internal static Cdn Used(Model model, Func<CdnArgs, CdnArgs>? change = null, bool isExternal = false)
    {
        var zone = model.Add(new DnsZone("zone", new() { External = isExternal }));
        var args = new CdnArgs { Origin = new(model.Add(new Bucket("media"))), Zone = zone };
        var cdn = model.Add(new Cdn("assets", change?.Invoke(args) ?? args));
        model.Add(new DnsRecord("name", new() { Zone = zone, Host = "assets", Targets = [new(cdn)] }));
        model.Add(new ContainerService("shop", new() { Port = 8080 })).Calls(cdn);
        return cdn;
    }

    private static void InFrontOfBalancer(Model model, Func<CdnArgs, CdnArgs>? change = null)
    {
        var zone = model.Add(new DnsZone("zone"));
        var edge = InFront.Balancer(model, zone);
        var args = new CdnArgs { Origin = new(edge), Zone = zone };
        var cdn = model.Add(new Cdn("assets", change?.Invoke(args) ?? args));
        model.Add(new DnsRecord("www", new() { Zone = zone, Host = "www", Targets = [new(edge)] }));
        model.Add(new DnsRecord("name", new() { Zone = zone, Host = "assets", Targets = [new(cdn)] }));
    }

    private Plan Plan(Action<Model> declare, Func<StackSettings, StackSettings>? settings = null) =>
        Rehearse(declare, settings).WithoutErrors();

    private Plan Rehearse(
        Action<Model> declare,
        Func<StackSettings, StackSettings>? settings = null,
        EnvironmentKind environment = EnvironmentKind.Production)
    {
        var system = TestSystems.Declare(declare);
        var defaults = cloud.SettingsFor(system, environment);
        return Rehearsal.Run(system, settings?.Invoke(defaults) ?? defaults);
    }

    private Dictionary<string, (string? Value, bool IsSecret)> VariablesOf(Plan plan, string consumer) => cloud
        .VariablesOf(plan, consumer)
        .Where(variable => variable.Key.StartsWith("ASSETS_", StringComparison.Ordinal))
        .ToDictionary(variable => variable.Key, variable => ((string?)variable.Value.Value, variable.Value.IsSecret));

    private static string? Read(Plan plan, (string Type, string Path) at) => plan.Of("assets")
        .Where(resource => resource.Type == at.Type)
        .Select(resource => resource.Input(at.Path))
        .First(value => value is not null);

    private static bool IsOf(PlannedResource resource, Cloud zone) => zone switch
    {
        Cloud.Aws => resource.Type.StartsWith("aws:", StringComparison.Ordinal),
        Cloud.Gcp => resource.Type.StartsWith("gcp:", StringComparison.Ordinal),
        Cloud.Scaleway => resource.Type.StartsWith("scaleway:", StringComparison.Ordinal),
        Cloud.Ovh => resource.Type.StartsWith("ovh:", StringComparison.Ordinal),
        _ => resource.Type.StartsWith("kubernetes:", StringComparison.Ordinal),
    };

    private static StackSettings Placed(StackSettings settings, params (string Component, Cloud Cloud)[] placements) =>
        settings with
        {
            // Every cloud stands there.
            Location = Location.All.Single(location => location.Name == "paris"),
            Placement = placements.ToDictionary(placed => placed.Component, placed => placed.Cloud),
        };
}
