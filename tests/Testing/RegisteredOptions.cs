using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Rehearsals;
using Pulumi;
using Pulumi.Testing;
using Xunit;

namespace Infra.Tests.Testing;

/// <summary>
/// The options with which resources are registered: a plan says what there is, they say how the engine treats its changes.
/// </summary>
internal static class RegisteredOptions
{
    /// <summary>The options of every resource of a type that a declaration needs in production, by the resource's name.</summary>
    public static IReadOnlyDictionary<string, CustomResourceOptions> Of(
        Cloud cloud,
        string type,
        Action<Model> declare,
        Func<StackSettings, StackSettings>? change = null) => Registered(cloud, type, declare, change)
            .ToDictionary(recorded => recorded.Name, recorded => (CustomResourceOptions)recorded.Options);

    /// <summary>
    /// What every resource of a type is registered with, by the resource's name, as it goes over the wire: secrets too, which no plan
    /// shows.
    /// </summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, object>> InputsOf(
        Cloud cloud,
        string type,
        Action<Model> declare) =>
        Registered(cloud, type, declare, change: null)
            .ToDictionary(recorded => recorded.Name, recorded => (IReadOnlyDictionary<string, object>)recorded.Inputs!);

    private static List<RecordedResource> Registered(
        Cloud cloud,
        string type,
        Action<Model> declare,
        Func<StackSettings, StackSettings>? change)
    {
        var system = TestSystems.Declare(declare);
        var given = TestSettings.For(cloud, EnvironmentKind.Production, system);
        var settings = change is null ? given : change(given);
        var prepared = PreparedStack.Of(system, settings);
        Assert.Equal("", prepared.Findings.All.Errors());

        var recorder = new Recorder(settings, unknown: false, new HashSet<string>());
        var factory = new StackFactory(() => new SystemStack(
            prepared.Blueprint,
            prepared.Build,
            (component, exception) => Assert.Fail($"{component}: {exception}"),
            new StackOptions { ResourceTransformations = { recorder.Observe } }));
        var options = new TestOptions { ProjectName = Rehearsal.Project, StackName = settings.Stack, IsPreview = false };
        Exception? failure = null;

        // A thread of its own, as every rehearsal has: the runtime's ambient deployment stays in it.
        var thread = new Thread(() =>
            failure = Record.Exception(() =>
                Deployment.TestWithServiceProviderAsync<SystemStack>(recorder, factory, options).GetAwaiter().GetResult()));
        using (new MachineIsolation())
        {
            thread.Start();
            thread.Join();
        }

        Assert.Null(failure);
        var found = recorder.Resources.Where(recorded => recorded.Type == type).ToList();
        Assert.NotEmpty(found);
        return found;
    }
}
