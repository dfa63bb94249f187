using Infra.Components.Clouds;
using Infra.Components.Clouds.Scaleway;
using Infra.Components.Runtimes;
using Pulumi;
using Mnq = Pulumiverse.Scaleway.Mnq;
using MnqInputs = Pulumiverse.Scaleway.Mnq.Inputs;

namespace Infra.Components.Queues.Scaleway;

/// <summary>
/// Scaleway Queues in the stack's project, and the key with which its queues are made. Queues must be activated once per project and
/// region; a second activation is refused. Deactivating them deletes every queue of the project, other stacks' included, so a stack that
/// goes leaves them active.
/// </summary>
internal sealed class ScalewayMessaging : PlacedComponent
{
    /// <summary>What the component is called.</summary>
    public const string ComponentName = "messaging";

    /// <summary>What provides it.</summary>
    public const string Product = "Scaleway Queues";

    /// <summary>Activates the service.</summary>
    /// <param name="context">The stack's part on Scaleway.</param>
    private ScalewayMessaging(ScalewayContext context)
        : base(context.Place(RuntimeKind.Instance, ComponentName) with { RunsOn = Product, IsProtected = context.Protects<Queue>() })
    {
        List<Resource> active = [];
        Endpoint = Output.Create($"https://{HostOf(context.Region)}");
        if (context.Blueprint.Settings.Accounts.Scaleway is not { QueuesActive: true })
        {
            var options = Child(protect: context.Protect);
            options.RetainOnDelete = true;
            var activation = new Mnq.Sqs(Name, new() { ProjectId = context.ProjectId, Region = context.Region }, options);
            Endpoint = activation.Endpoint;
            active.Add(activation);
        }

        var manager = new Mnq.SqsCredentials(
            $"{Name}-manager",
            new()
            {
                ProjectId = context.ProjectId,
                Region = context.Region,
                Permissions = new MnqInputs.SqsCredentialsPermissionsArgs { CanManage = true, CanPublish = false, CanReceive = false },
            },
            Child(dependsOn: active));
        (AccessKey, SecretKey) = (manager.AccessKey, manager.SecretKey);
        RegisterOutputs();
    }

    /// <summary>The url of the API.</summary>
    [Output]
    public Output<string> Endpoint { get; private set; }

    /// <summary>The public part of the key that makes queues.</summary>
    public Output<string> AccessKey { get; }

    /// <summary>Its secret part.</summary>
    public Output<string> SecretKey { get; }

    /// <summary>The regions that have queues. Dated 2026-11; source: Scaleway documentation, "Queues".</summary>
    public static IReadOnlyList<string> Regions { get; } = ["fr-par", "nl-ams"];

    /// <summary>The one of the stack, which its first queue makes.</summary>
    public static ScalewayMessaging Of(ScalewayContext context)
    {
        if (context.Find<ScalewayMessaging>() is { } built) return built;
        var messaging = new ScalewayMessaging(context);
        context.Keep(messaging);
        return messaging;
    }

    /// <summary>The host name of the API in a region (Scaleway's Terraform provider: <c>sqs_endpoint</c>).</summary>
    public static string HostOf(string region) => $"sqs.mnq.{region}.scaleway.com";
}
