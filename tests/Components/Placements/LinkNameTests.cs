using Infra.Components.Buckets;
using Infra.Components.Caches;
using Infra.Components.Checks;
using Infra.Components.Databases;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Placements;

public sealed class LinkNameTests
{
    [Fact]
    public void Two_links_whose_logins_would_have_one_name_are_refused()
    {
        var message = Assert.Single(Refusals(model =>
        {
            var photos = model.Add(new Bucket("photos"));
            var raw = model.Add(new Bucket("raw-photos"));
            model.Add(new ContainerService("shop-raw")).Reads(photos);
            model.Add(new ContainerService("shop")).Reads(raw);
        }));

        Assert.StartsWith(
            "Logins and keys of 2 links would all be called 'shop-raw-photos': shop-raw to photos (PHOTOS), shop to raw-photos "
            + "(RAW_PHOTOS)",
            message);
    }

    [Fact]
    public void A_name_must_not_read_like_another_consumers_on_another_cloud()
    {
        var system = TestSystems.Declare(model =>
        {
            var orders = model.Add(new ManagedDatabase("orders"));
            model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(orders);
            model.Add(new ContainerService("shop-k8s", new() { Port = 8080 })).Writes(orders);
        });
        var settings = TestSettings.For(Cloud.Aws, EnvironmentKind.Production, system);

        Assert.Equal("", Rehearsal.Run(system, settings).Errors());
        var error = Rehearsal.Run(system, settings with { Placement = new Dictionary<string, Cloud> { ["shop"] = Cloud.Kubernetes } })
            .OnlyError();
        Assert.Equal(("link-name", "shop-k8s"), (error.Rule.Id, error.Component));
        Assert.StartsWith("On aws, what shop on kubernetes and shop-k8s on aws use has one login", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Prefixes_must_not_make_two_logins_of_one_store_alike()
    {
        var message = Assert.Single(Refusals(model =>
        {
            var cache = model.Add(new Cache("cache"));
            model.Add(new ContainerService("shop-web")).Reads(cache, "CACHE");
            model.Add(new ContainerService("shop")).Reads(cache, "WEB_CACHE");
        }));

        Assert.StartsWith(
            "Logins and keys of 2 links would all be called 'shop-web-cache': shop-web to cache (CACHE), shop to cache (WEB_CACHE)",
            message);
    }

    [Fact]
    public void Consumers_of_one_store_need_no_names_that_differ_from_the_start() => Assert.Empty(Refusals(model =>
    {
        var cache = model.Add(new Cache("cache"));
        model.Add(new ContainerService("shop")).Reads(cache);
        model.Add(new ContainerService("shop-web")).Reads(cache);
    }));

    private static IEnumerable<string> Refusals(Action<Model> declare)
    {
        var system = TestSystems.Declare(declare);
        return Rehearsal.Run(system, TestSettings.For(Cloud.Aws, system: system))
            .Findings.Where(finding => finding.Rule.Id == "link-name")
            .Select(finding => finding.Message);
    }
}
