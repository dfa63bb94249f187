using Infra.Components.Clouds;
using Infra.Components.Clouds.Scaleway;
using Infra.Components.Runtimes;
using Pulumi;
using Edge = Pulumiverse.Scaleway.Edgeservices;

namespace Infra.Components.ContentDelivery.Scaleway;

/// <summary>
/// The subscription of the stack's project to Scaleway Edge Services, without which no pipeline is made. A project has one, and its end
/// would be that of the pipelines of every stack: so a stack that goes leaves it, and one that finds it takes it as it is.
/// </summary>
internal sealed class ScalewayEdgePlan : PlacedComponent
{
    /// <summary>What the component is called.</summary>
    public const string ComponentName = "edge-services";

    /// <summary>What provides it.</summary>
    public const string Product = "Scaleway Edge Services";

    // The plan with the lowest fee, of which one pipeline is a part, and every further one has a price (Scaleway documentation:
    // understanding Edge Services pricing).
    private const string Plan = "starter";

    /// <summary>Subscribes the project.</summary>
    /// <param name="context">The stack's part on Scaleway.</param>
    private ScalewayEdgePlan(ScalewayContext context)
        : base(context.Place(RuntimeKind.Instance, ComponentName) with { RunsOn = Product, IsProtected = context.Protects<Cdn>() })
    {
        // Another plan is chosen by hand: nothing here takes it back.
        var options = Child(protect: context.Protect, ignoreChanges: ["name"]);
        options.RetainOnDelete = true;
        Active = new Edge.Plan(Name, new() { Name = Plan, ProjectId = context.ProjectId }, options);
        RegisterOutputs();
    }

    /// <summary>The subscription, for which pipelines wait.</summary>
    public Resource Active { get; }

    /// <summary>The one of the stack, which its first network makes; null where another stack of the project has it.</summary>
    public static ScalewayEdgePlan? Of(ScalewayContext context)
    {
        if (context.Blueprint.Settings.Accounts.Scaleway is { EdgeServicesActive: true }) return null;
        if (context.Find<ScalewayEdgePlan>() is { } built) return built;
        var plan = new ScalewayEdgePlan(context);
        context.Keep(plan);
        return plan;
    }
}
