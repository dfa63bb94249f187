using Infra.Components.Buckets;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Pulumi;
using Aws = Pulumi.Aws;

namespace Infra.Tests.Testing;

/// <summary>Rehearses resources that a test constructs itself, without a cloud's builder.</summary>
internal static class TestBuild
{
    private static readonly StackSettings Settings = TestSettings.For(Cloud.Aws);

    /// <summary>The plan of resources that stand in one component, named <c>part</c>.</summary>
    public static Plan Plan(Action<Part> build) => PlanOf(("part", build));

    /// <summary>The plan of several components.</summary>
    public static Plan PlanOf(params (string Name, Action<Part> Build)[] parts) =>
        Rehearsal.Run(Blueprint, Construct(parts), new Findings());

    /// <summary>What is registered when outputs stay unknown.</summary>
    public static UnknownRun Unknown(Action<Part> build) => Rehearsal.RunUnknown(Blueprint, Construct([("part", build)]), new Findings());

    private static Blueprint Blueprint => new(new Model(), Settings, []);

    private static Construction Construct((string Name, Action<Part> Build)[] parts) => failed =>
    {
        var provider = new Aws.Provider("aws", new() { Region = "eu-west-3" });
        var built = new List<PlacedComponent>();
        foreach (var (name, build) in parts)
        {
            try
            {
                built.Add(new Part(name, provider, build));
            }
            catch (Exception exception) when (failed(name, exception))
            {
                // The rehearsal reports it.
            }
        }

        return built;
    };
}

/// <summary>A component whose resources a test constructs.</summary>
internal sealed class Part : PlacedComponent, Components.Networks.IPrivateNetwork
{
    private readonly ValueProviders _values = new();

    public Part(string name, ProviderResource provider, Action<Part> build)
        : base(new PlacedComponentArgs(
            BucketKind.Instance,
            Cloud.Aws,
            name,
            Backing.Native,
            "Amazon S3",
            provider,
            new Dictionary<string, string>(),
            IsProtected: true)) => build(this);

    /// <summary>An output of the component's neutral interface.</summary>
    public Output<string> NetworkId { get; set; } = Output.Create("none");

    /// <summary>Another one.</summary>
    public Output<string> EgressAddresses { get; set; } = Output.Create("");

    /// <summary>The options of a random value in it.</summary>
    public CustomResourceOptions Random() => _values.Random(Inside());

    /// <summary>The options of a resource in it.</summary>
    public CustomResourceOptions Inside(bool protect = false, params Resource[] dependsOn) => Child(protect: protect, dependsOn: dependsOn);
}
