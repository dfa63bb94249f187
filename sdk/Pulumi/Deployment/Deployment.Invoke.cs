using System.Collections.Immutable;
using Pulumi.Serialization;

namespace Pulumi;

/// <content>Calls of provider functions and of resource methods.</content>
public sealed partial class Deployment
{
    internal Output<T> Invoke<T>(string token, InvokeArgs args, InvokeOptions? options)
    {
        return new Output<T>(RunAsync());

        // Unlike the task-returning form, this one passes dependencies on, and is unknown where something that it builds on is.
        async Task<OutputData<T>> RunAsync()
        {
            var unknown = new OutputData<T>(ImmutableHashSet<Resource>.Empty, default!, IsKnown: false, IsSecret: false);
            var serializer = new Serializer(keepResources: true);
            ImmutableDictionary<string, object?> serialized;
            try
            {
                serialized = await serializer.SerializeMembersAsync($"invoke:{token}", (args ?? InvokeArgs.Empty).Members())
                    .ConfigureAwait(false);
            }
            catch (Exception error)
            {
                Log.Error($"Error serializing arguments for invoke {token}: {error}");
                throw;
            }

            if (Wire.ContainsUnknown(serialized))
            {
                return unknown;
            }

            var dependsOn = (options as InvokeOutputOptions)?.DependsOn ?? new InputList<Resource>();
            var explicitly = await dependsOn.ToOutput().GetValueAsync(whenUnknown: []).ConfigureAwait(false);
            foreach (var resource in Reachable(serializer.Dependencies.Concat(explicitly)))
            {
                if (resource is CustomResource { Id: { } id } && !(await id.DataTask.ConfigureAwait(false)).IsKnown)
                {
                    return unknown;
                }
            }

            var provider = options?.Provider ?? options?.Parent?.GetProvider(token);
            var result = await CallMonitorAsync<T>(token, serialized, provider).ConfigureAwait(false);
            return result with { Resources = [.. serializer.Dependencies, .. explicitly] };
        }
    }

    internal Output<T> InvokeSingle<T>(string token, InvokeArgs args, InvokeOptions? options)
        => Invoke<ImmutableDictionary<string, T>>(token, args, options).Apply(result => result.Values.First());

    internal async Task<T> InvokeAsync<T>(string token, InvokeArgs args, InvokeOptions? options)
    {
        var serialized = await new Serializer(keepResources: true)
            .SerializeMembersAsync($"invoke:{token}", (args ?? InvokeArgs.Empty).Members()).ConfigureAwait(false);
        var provider = options?.Provider ?? options?.Parent?.GetProvider(token);
        return (await CallMonitorAsync<T>(token, serialized, provider).ConfigureAwait(false)).Value;
    }

    internal Task InvokeAsync(string token, InvokeArgs args, InvokeOptions? options) => InvokeAsync<object>(token, args, options);

    internal async Task<T> InvokeSingleAsync<T>(string token, InvokeArgs args, InvokeOptions? options)
        => (await InvokeAsync<ImmutableDictionary<string, T>>(token, args, options).ConfigureAwait(false)).Values.First();

    internal void Call(string token, CallArgs args, Resource? self, CallOptions? options) => Call<object>(token, args, self, options);

    internal Output<T> Call<T>(string token, CallArgs args, Resource? self, CallOptions? options)
    {
        return new Output<T>(RunAsync());

        async Task<OutputData<T>> RunAsync()
        {
            IEnumerable<KeyValuePair<string, object?>> own = self == null ? [] : [KeyValuePair.Create("__self__", (object?)self)];
            ImmutableDictionary<string, object?> serialized;
            try
            {
                serialized = await new Serializer(keepResources: true)
                    .SerializeMembersAsync($"call:{token}", (args ?? CallArgs.Empty).Members().Concat(own)).ConfigureAwait(false);
            }
            catch (Exception error)
            {
                Log.Error($"Error serializing arguments for call {token}: {error}");
                throw;
            }

            var provider = self != null ? self.Provider : options?.Provider ?? options?.Parent?.GetProvider(token);
            return await CallMonitorAsync<T>(token, serialized, provider).ConfigureAwait(false);
        }
    }

    private async Task<OutputData<T>> CallMonitorAsync<T>(
        string token, ImmutableDictionary<string, object?> args, ProviderResource? provider)
    {
        var reference = provider == null ? "" : await provider.GetReferenceAsync().ConfigureAwait(false);
        var result = Deserializer.Decode(await _monitor.CallAsync(token, args, reference).ConfigureAwait(false));
        var converted = OutputConverter.For(typeof(T), $"{token} result").Convert(result.Value);
        return new OutputData<T>(
            ImmutableHashSet<Resource>.Empty, converted == null ? default! : (T)converted, result.IsKnown, result.IsSecret);
    }
}
