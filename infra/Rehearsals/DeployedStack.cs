using Pulumi;

namespace Infra.Rehearsals;

/// <summary>What the last update of the running stack left behind, as the engine knows it.</summary>
internal static class DeployedStack
{
    /// <summary>
    /// Where it stands. The engine reads the stack's own outputs from the last checkpoint, which keeps them until the running update ends:
    /// before the first update there are none. Waited for, because nothing may be registered before it is known; where the engine cannot
    /// read them, it ends the update itself.
    /// </summary>
    public static Whereabouts Read()
    {
        var deployment = Deployment.Instance;
        var own = new StackReference(
            "deployed",
            new() { Name = $"{deployment.OrganizationName}/{deployment.ProjectName}/{deployment.StackName}" });
        var outputs = Whereabouts.Outputs.ToDictionary(
            name => name,
            name => own.GetOutputDetailsAsync(name).GetAwaiter().GetResult().Value);
        return Whereabouts.Of(outputs.GetValueOrDefault);
    }
}
