using Infra.Components.Composition;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Placements;

/// <summary>What a changed argument does to a store that is deployed: what it holds stays, or it is known that it does not.</summary>
public sealed class StoreUpdateTests
{
    /// <summary>Changes that make a new store in the old one's place, and where their authors read of it.</summary>
    private static readonly IReadOnlyDictionary<(Cloud Cloud, string Argument), string> Replacing = new Dictionary<(Cloud, string), string>
    {
        [(Cloud.Aws, "ManagedDatabase.Database")] = "Its comment says that it replaces the database.",
        [(Cloud.Aws, "ManagedDatabase.Engine")] = "Its comment says that it never changes.",
        [(Cloud.Ovh, "ManagedDatabase.Engine")] = "Its comment says that it never changes.",
        [(Cloud.Gcp, "Cache.HighAvailability")] = "A gap says that a standby is not added in place.",
        [(Cloud.Scaleway, "Cache.HighAvailability")] = "A gap says that a standby is not added in place.",
        [(Cloud.Kubernetes, "Cache.HighAvailability")] = "A gap says which changes take a new cache.",
        [(Cloud.Aws, "MessageBroker.HighAvailability")] = "A gap says so: Amazon MQ moves no broker to another deployment mode.",
        [(Cloud.Aws, "EventStream.HighAvailability")] = "A gap says so: the subnets of a cluster of Amazon MSK never change.",
        [(Cloud.Kubernetes, "Cache.Size")] = "A gap says which changes take a new cache.",
    };

    /// <summary>Every kind of store on every cloud that provides it.</summary>
    public static TheoryData<string, Cloud> Stores
    {
        get
        {
            var stores = new TheoryData<string, Cloud>();
            foreach (var probe in StoreProbe.Stores)
            {
                foreach (var cloud in Fixtures.Clouds.Where(cloud => CloudIndex.Of(cloud).Find(probe.Kind) is not null))
                    stores.Add(probe.Kind.Name, cloud);
            }

            return stores;
        }
    }

    [Theory]
    [MemberData(nameof(Stores))]
    public void Another_value_of_an_argument_keeps_what_a_store_holds_or_the_list_says_that_it_does_not(string kind, Cloud cloud)
    {
        var probe = StoreProbe.OfStore(kind);
        var replacing =
            from other in OtherArguments.Of(probe)
            from value in other.Values
            where Replaces(probe, cloud, other.Path, value)
            select $"{kind}.{other.Path}";

        Assert.Equal(
            Replacing.Keys.Where(change => change.Cloud == cloud).Select(change => change.Argument)
                .Where(argument => argument.StartsWith($"{kind}.", StringComparison.Ordinal))
                .Order(StringComparer.Ordinal),
            replacing.Distinct().Order(StringComparer.Ordinal));
    }

    private static bool Replaces(StoreProbe probe, Cloud cloud, string path, object value)
    {
        var (before, after) = (Declare(probe, _ => { }), Declare(probe, arguments => OtherArguments.Set(arguments, path, value)));

        // What a cloud refuses changes nothing.
        if (Fixtures.Of(cloud).Plan(after).HasErrors) return false;
        return Replacements.Of(cloud, before, after).Any(replacement =>
            probe.Evidence[cloud].Types.Contains(replacement.Resource.Type) && replacement.Resource.Component == "target");
    }

    private static Action<Model> Declare(StoreProbe probe, Action<Arguments> change) => model =>
    {
        var component = probe.Create(model, "target");
        change(component.Arguments);
        model.Add(component);
    };
}
