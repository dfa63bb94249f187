using Infra.Components.Buckets;
using Infra.Components.Caches;
using Infra.Components.Caches.Aws;
using Infra.Components.Checks;
using Infra.Components.Composition;
using Infra.Components.Networks;
using Infra.Components.Networks.Ovh;
using Infra.Components.Registries;
using Infra.Components.Services;
using Infra.Components.Services.Kubernetes;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Placements;

public sealed class TweakTests
{
    /// <summary>Every cloud with every class of tweaks that something on it reads.</summary>
    public static TheoryData<Cloud, Type> Read
    {
        get
        {
            var read = new TheoryData<Cloud, Type>();
            foreach (var cloud in CloudIndex.All)
            {
                foreach (var tweak in cloud.Provisions.SelectMany(provision => provision.Tweaks).Distinct()) read.Add(cloud.Cloud, tweak);
            }

            return read;
        }
    }

    [Theory]
    [MemberData(nameof(Read))]
    public void A_tweak_on_a_component_that_does_not_read_it_is_refused(Cloud cloud, Type tweak)
    {
        var error = OnlyError(cloud, model =>
        {
            model.Add(new Bucket("photos"));
            model.Add(new ContainerRegistry("registry", new() { Tweaks = [(Tweak)Activator.CreateInstance(tweak)!] }));
        });

        Assert.Equal(("tweak-unread", "registry"), (error.Rule.Id, error.Component));
        Assert.Contains($"{tweak.Name} is read by ", error.Message, StringComparison.Ordinal);
        Assert.Contains("; this is a ContainerRegistry.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_tweaks_of_one_class_are_refused_on_stores_containers_and_the_network()
    {
        AssertTwice(Cloud.Aws, model => model.Add(new Cache("twice", new() { Tweaks = [new AwsCacheTweak(), new AwsCacheTweak()] })));
        AssertTwice(Cloud.Scaleway, model =>
            model.Add(new ContainerService("twice", new() { Tweaks = [new KubernetesServiceTweak(), new KubernetesServiceTweak()] })));
        AssertTwice(Cloud.Ovh, model =>
        {
            model.Add(new PrivateNetwork("twice", new() { Tweaks = [new OvhNetworkTweak(), new OvhNetworkTweak()] }));
            model.Add(new Bucket("photos"));
        });
    }

    private static void AssertTwice(Cloud cloud, Action<Model> declare)
    {
        var error = OnlyError(cloud, declare);

        Assert.Equal(("tweak-twice", "twice"), (error.Rule.Id, error.Component));
        Assert.Contains("2 tweaks of class", error.Message, StringComparison.Ordinal);
    }

    private static Finding OnlyError(Cloud cloud, Action<Model> declare) =>
        Fixtures.Of(cloud).Plan(declare).OnlyError();
}
