using System.Collections.Immutable;
using System.Text.Json;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Pulumi.Testing;
using Deployment = Pulumi.Deployment;

namespace Infra.Tests.Engine;

/// <summary>A real run against an engine that knows what the last update left behind.</summary>
/// <param name="Error">What the engine is told went wrong; null where nothing did.</param>
/// <param name="Registered">The types that were registered.</param>
/// <param name="Read">The stacks whose outputs were read.</param>
internal sealed record DeployedRun(string? Error, IReadOnlyList<string> Registered, IReadOnlyList<string> Read)
{
    /// <summary>Runs it.</summary>
    /// <param name="system">The system.</param>
    /// <param name="settings">The stack's settings.</param>
    /// <param name="outputs">What the checkpoint holds; null where it cannot be read.</param>
    public static async Task<DeployedRun> Of(
        SystemDeclaration system,
        StackSettings settings,
        ImmutableDictionary<string, object>? outputs)
    {
        var engine = new Checkpoint(outputs);
        try
        {
            await Deployment.TestWithServiceProviderAsync<SystemStack>(
                engine,
                SystemStack.Deployed(system, settings, Rehearsal.Run(system, settings)),
                new TestOptions { ProjectName = Rehearsal.Project, StackName = settings.Stack, IsPreview = true });
            return new(null, engine.Registered, engine.Read);
        }
#pragma warning disable CA1031 // What the program or the runtime throws is what the engine would be told.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return new(exception.ToString(), engine.Registered, engine.Read);
        }
    }

    /// <summary>What a checkpoint holds once a plan is deployed.</summary>
    public static ImmutableDictionary<string, object> Outputs(Plan plan) => plan.Outputs.EnumerateObject()
        .Where(output => output.Name != "components")
        .ToImmutableDictionary(output => output.Name, output => Value(output.Value));

    private static object Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().ToImmutableDictionary(member => member.Name, member => Value(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().Select(Value).ToImmutableArray(),
        _ => value.ToString(),
    };

    /// <summary>An engine that has a checkpoint of the stack, or fails to read it.</summary>
    private sealed class Checkpoint(ImmutableDictionary<string, object>? outputs) : IMocks
    {
        private readonly List<string> _registered = [];
        private readonly List<string> _read = [];

        public IReadOnlyList<string> Registered => _registered;

        public IReadOnlyList<string> Read => _read;

        public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
        {
            lock (_registered)
            {
                if (args.Type != "pulumi:pulumi:StackReference")
                {
                    if (args.Type != "pulumi:pulumi:Stack") _registered.Add(args.Type!);
                    return Task.FromResult<(string?, object)>((null, args.Inputs));
                }

                _read.Add((string)args.Inputs["name"]);
                return outputs is null
                    ? Task.FromException<(string?, object)>(new InvalidOperationException("access to the backend is denied"))
                    : Task.FromResult<(string?, object)>((args.Id, ImmutableDictionary<string, object>.Empty
                        .Add("name", args.Inputs["name"])
                        .Add("outputs", outputs)
                        .Add("secretOutputNames", ImmutableArray.Create<object>("components"))));
            }
        }

        public Task<object> CallAsync(MockCallArgs args) => Task.FromResult<object>(args.Args);
    }
}
