using System.Collections.Immutable;
using Pulumi.Testing;

namespace Infra.Tests.Sdk;

/// <summary>Answers every resource with its inputs, unless told otherwise, and writes down what it was asked.</summary>
internal sealed class RecordingMocks : IMocks
{
    public List<MockResourceArgs> Registered { get; } = [];

    public List<MockCallArgs> Called { get; } = [];

    public List<MockRegisterResourceOutputsRequest> Exported { get; } = [];

    public Func<MockResourceArgs, string?> Id { get; set; } = args => $"{args.Name}-id";

    /// <summary>What the state holds beside the inputs.</summary>
    public Func<MockResourceArgs, Dictionary<string, object>> State { get; set; } = _ => [];

    public Func<MockCallArgs, object> Result { get; set; } = _ => ImmutableDictionary<string, object>.Empty;

    public MockResourceArgs this[string name] => Registered.Single(args => args.Name == name);

    public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
    {
        Registered.Add(args);
        return Task.FromResult((Id(args), (object)args.Inputs.SetItems(State(args))));
    }

    public Task<object> CallAsync(MockCallArgs args)
    {
        Called.Add(args);
        return Task.FromResult(Result(args));
    }

    public Task RegisterResourceOutputs(MockRegisterResourceOutputsRequest args)
    {
        Exported.Add(args);
        return Task.CompletedTask;
    }
}
