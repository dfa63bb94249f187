using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using Pulumi.Serialization;

namespace Pulumi.Testing;

/// <summary>A resource on its way to the monitor, everything it names being resolved.</summary>
internal readonly record struct Registration(
    Resource Resource, string ParentUrn, string Provider, ImmutableDictionary<string, object?> Inputs);

/// <summary>A resource as the monitor knows it.</summary>
internal sealed record Registered(Type Class, string Urn, string? Id, ImmutableDictionary<string, object?> State);

/// <summary>Stands where the engine would, and puts its questions to the mocks.</summary>
internal sealed class MockMonitor(IMocks mocks, string stackName, string projectName)
{
    private readonly ConcurrentDictionary<string, Registered> _registered = new();
    private readonly List<Resource> _resources = [];

    public ImmutableArray<Resource> Resources()
    {
        lock (_resources)
        {
            return [.. _resources];
        }
    }

    public Registered RegisterStack(Registration registration)
    {
        Add(registration.Resource);
        return new Registered(registration.Resource.GetType(), UrnOf(registration), null, ImmutableDictionary<string, object?>.Empty);
    }

    public async Task<Registered> RegisterAsync(Registration registration, string importId)
    {
        Add(registration.Resource);
        var (id, state) = await AskAsync(registration, importId).ConfigureAwait(false);
        return Remember(registration, id ?? importId, state);
    }

    /// <summary>Looks a resource up. It keeps the id it was asked for, whatever the mock says.</summary>
    public async Task<Registered> ReadAsync(Registration registration, string id)
    {
        var (mockId, state) = await AskAsync(registration, id).ConfigureAwait(false);
        Add(registration.Resource);
        return Remember(registration, mockId, state) with { Id = id };
    }

    public Registered Find(string urn)
        => _registered.TryGetValue(urn, out var found)
            ? found
            : throw new InvalidOperationException($"Unknown resource {urn}");

    /// <summary>The class of a registered resource, where it is tied to the type token in the URN.</summary>
    public Type? ClassOf(string urn)
        => _registered.TryGetValue(urn, out var found)
            && found.Class.GetCustomAttribute<ResourceTypeAttribute>() is { } token
            && token.Type == urn.Split("::")[2].Split('$')[^1]
                ? found.Class
                : null;

    public async Task<object?> CallAsync(string token, ImmutableDictionary<string, object?> args, string provider)
        => await SerializeAsync(await mocks.CallAsync(new MockCallArgs { Token = token, Args = KnownValues(args), Provider = provider })
            .ConfigureAwait(false)).ConfigureAwait(false);

    public Task RegisterOutputsAsync(string urn, ImmutableDictionary<string, object?> outputs)
    {
        return mocks.RegisterResourceOutputs(
            new MockRegisterResourceOutputsRequest(urn, outputs.ToImmutableDictionary(entry => entry.Key, entry => AsOutput(entry.Value))));

        static Output<object?> AsOutput(object? wire)
        {
            var (value, isKnown, isSecret) = Deserializer.Decode(wire);
            return new Output<object?>(new OutputData<object?>(ImmutableHashSet<Resource>.Empty, value, isKnown, isSecret));
        }
    }

    private void Add(Resource resource)
    {
        lock (_resources)
        {
            _resources.Add(resource);
        }
    }

    private async Task<(string? Id, ImmutableDictionary<string, object?> State)> AskAsync(Registration registration, string id)
    {
        var (newId, state) = await mocks.NewResourceAsync(new MockResourceArgs
        {
            Type = registration.Resource.GetResourceType(),
            Name = registration.Resource.GetResourceName(),
            Inputs = KnownValues(registration.Inputs),
            Provider = registration.Provider,
            Id = id,
        }).ConfigureAwait(false);
        return (newId, await SerializeAsync(state).ConfigureAwait(false));
    }

    private Registered Remember(Registration registration, string? id, ImmutableDictionary<string, object?> state)
    {
        var registered = new Registered(registration.Resource.GetType(), UrnOf(registration), id, state);
        _registered[registered.Urn] = registered;
        return registered;
    }

    /// <summary>Pulumi's own test runtime keeps only the first type of the chain of parents, and so does this one.</summary>
    private string UrnOf(Registration registration)
    {
        var type = registration.Resource.GetResourceType();
        var qualified = registration.ParentUrn == "" ? type : $"{registration.ParentUrn.Split("::")[2].Split('$')[0]}${type}";
        return $"urn:pulumi:{stackName}::{projectName}::{qualified}::{registration.Resource.GetResourceName()}";
    }

    private static ImmutableDictionary<string, object> KnownValues(ImmutableDictionary<string, object?> wire)
    {
        var values = ImmutableDictionary.CreateBuilder<string, object>();
        foreach (var (key, value) in wire)
        {
            if (Deserializer.Decode(value) is { IsKnown: true, Value: { } known })
            {
                values.Add(key, known);
            }
        }

        return values.ToImmutable();
    }

    private static async Task<ImmutableDictionary<string, object?>> SerializeAsync(object? answer)
    {
        // Dictionaries that only implement the generic interface are welcome too.
        var serializer = new Serializer(keepResources: true);
        var serialized = answer is IDictionary<string, object?> members
            ? await serializer.SerializeMembersAsync("", members).ConfigureAwait(false)
            : await serializer.SerializeAsync(answer, "").ConfigureAwait(false);
        return serialized as ImmutableDictionary<string, object?>
            ?? throw new InvalidOperationException($"{answer?.GetType().FullName ?? "null"} is not a supported argument type");
    }
}
