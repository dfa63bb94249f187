using System.Collections.Immutable;
using Pulumi.Serialization;
using Pulumi.Testing;

namespace Pulumi;

/// <content>Registration of resources and of their outputs.</content>
public sealed partial class Deployment
{
    internal void Register(Resource resource, bool remote, ResourceArgs args, ResourceOptions options, OutputSources outputs)
        => _work.Track(RegisterAsync(resource, remote, args, options, outputs));

    internal void RegisterOutputs(ComponentResource resource, Output<IDictionary<string, object?>> outputs)
        => _work.Track(RegisterOutputsAsync(resource, outputs));

    /// <summary>The resource behind a reference: an object of the same class that reads the state registered under the URN.</summary>
    internal Resource Refer(string urn)
    {
        if (_monitor.ClassOf(urn) is not { } type)
        {
            return new DependencyResource(urn);
        }

        ResourceOptions options = type.IsSubclassOf(typeof(CustomResource))
            ? new CustomResourceOptions { Urn = urn }
            : new ComponentResourceOptions { Urn = urn };
        var constructor = type.GetConstructors().Single(constructor => constructor.GetParameters().Length == 3);
        return (Resource)constructor.Invoke([urn.Split("::")[3], null, options]);
    }

    private async Task RegisterAsync(Resource resource, bool remote, ResourceArgs args, ResourceOptions options, OutputSources outputs)
    {
        try
        {
            var (_, urn, id, state) = await ReadOrRegisterAsync(resource, args, options).ConfigureAwait(false);
            outputs.Resolve(urn, id, state, IsDryRun);
        }
        catch (Exception error)
        {
            // Nothing that waits for this resource may wait for ever.
            outputs.Fail(error);
            throw;
        }
    }

    private async Task<Registered> ReadOrRegisterAsync(Resource resource, ResourceArgs args, ResourceOptions options)
    {
        if (options.Urn != null)
        {
            return _monitor.Find(options.Urn);
        }

        var id = options.Id == null ? null : await options.Id.ToOutput().GetValueAsync(whenUnknown: "").ConfigureAwait(false);
        if (!string.IsNullOrEmpty(id) && resource is not CustomResource)
        {
            throw new ArgumentException(
                $"{nameof(ResourceOptions)}.{nameof(ResourceOptions.Id)} is only valid for a {nameof(CustomResource)}");
        }

        await AwaitOptionsAsync(options).ConfigureAwait(false);
        var serializer = new Serializer(keepResources: true);
        var inputs = await serializer.SerializeMembersAsync(
            $"resource:{resource.GetResourceName()}[{resource.GetResourceType()}]",
            args.Members(),
            name => name is not (Wire.Id or Wire.Urn)).ConfigureAwait(false);
        await AwaitUrnsAsync(serializer.Dependencies).ConfigureAwait(false);

        var isStack = resource.GetResourceType() == Stack.TypeToken;
        var parentUrn = isStack ? "" : await (options.Parent ?? Stack).Urn.GetValueAsync(whenUnknown: "").ConfigureAwait(false);
        var provider = resource is CustomResource { Provider: { } given } ? await given.GetReferenceAsync().ConfigureAwait(false) : "";
        var registration = new Registration(resource, parentUrn, provider, inputs);
        if (isStack)
        {
            return _monitor.RegisterStack(registration);
        }

        return string.IsNullOrEmpty(id)
            ? await _monitor.RegisterAsync(registration, (options as CustomResourceOptions)?.ImportId ?? "").ConfigureAwait(false)
            : await _monitor.ReadAsync(registration, id).ConfigureAwait(false);
    }

    private async Task RegisterOutputsAsync(ComponentResource resource, Output<IDictionary<string, object?>> outputs)
    {
        var urn = await resource.Urn.GetValueAsync(whenUnknown: "").ConfigureAwait(false);
        var values = await outputs.GetValueAsync(whenUnknown: ImmutableDictionary<string, object?>.Empty).ConfigureAwait(false);
        var serialized = await new Serializer(keepResources: true).SerializeMembersAsync("outputs", values).ConfigureAwait(false);
        await _monitor.RegisterOutputsAsync(urn, serialized).ConfigureAwait(false);
    }

    /// <summary>Waits for what the options name, so that a resource is never registered before those it builds on.</summary>
    private static async Task AwaitOptionsAsync(ResourceOptions options)
    {
        foreach (var list in new[] { options.DependsOnIfAny, options.ReplaceWithIfAny })
        {
            if (list != null)
            {
                await AwaitUrnsAsync(await list.ToOutput().GetValueAsync(whenUnknown: []).ConfigureAwait(false)).ConfigureAwait(false);
            }
        }

        if (options.DeletedWith != null)
        {
            await options.DeletedWith.Urn.DataTask.ConfigureAwait(false);
        }

        foreach (var alias in options.AliasesIfAny)
        {
            await alias.ToOutput().DataTask.ConfigureAwait(false);
        }
    }

    /// <summary>Waits for the registration of resources; a component stands for everything inside it.</summary>
    private static async Task AwaitUrnsAsync(IEnumerable<Resource> resources)
    {
        foreach (var resource in Reachable(resources))
        {
            await resource.Urn.DataTask.ConfigureAwait(false);
        }
    }

    /// <summary>The managed resources among the given ones and, for local components, inside them.</summary>
    private static IEnumerable<Resource> Reachable(IEnumerable<Resource> resources)
    {
        var seen = new HashSet<Resource>();
        var open = new Stack<Resource>(resources.Reverse());
        while (open.TryPop(out var resource))
        {
            if (!seen.Add(resource))
            {
                continue;
            }

            if (resource is not ComponentResource component || component.IsRemote)
            {
                yield return resource;
            }
            else
            {
                foreach (var child in component.Children())
                {
                    open.Push(child);
                }
            }
        }
    }
}
