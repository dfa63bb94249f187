using Infra.Components.Buckets;
using Infra.Components.Caches;
using Infra.Components.Placements;
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

        Assert.StartsWith("Logins and keys of 2 links would all be called 'shop-raw-photos': shop-raw to photos (PHOTOS), shop to raw-photos (RAW_PHOTOS)", message);
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

        Assert.StartsWith("Logins and keys of 2 links would all be called 'shop-web-cache': shop-web to cache (CACHE), shop to cache (WEB_CACHE)", message);
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
        return Rehearsal.Run(system, TestSettings.For(Cloud.Aws, system: system)).Findings.Where(finding => finding.Rule == "link-name").Select(finding => finding.Message);
    }
}
