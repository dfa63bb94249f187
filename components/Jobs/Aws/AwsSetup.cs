using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Identities.Aws;
using Infra.Components.Registries.Aws;
using Infra.Components.Runtimes.Aws;
using Infra.Components.Services.Aws;
using Pulumi;
using Ec2 = Pulumi.Aws.Ec2;
using Iam = Pulumi.Aws.Iam;
using Lambda = Pulumi.Aws.Lambda;

namespace Infra.Components.Jobs.Aws;

/// <summary>
/// A task inside the network that sets up what no API of AWS does for a store: the logins of its consumers. It has no role of its own, and
/// the role that starts it reads the secrets that it is given.
/// </summary>
internal sealed record AwsSetup
{
    // They wait for a new role's rights to spread, and for others of the same store.
    private const int Attempts = 5;
    private const int Minutes = 10;

    /// <summary>The name of its resources.</summary>
    public required string Name { get; init; }

    /// <summary>The name of the store.</summary>
    public required string Store { get; init; }

    /// <summary>The image with the store's client.</summary>
    public required string Image { get; init; }

    /// <summary>The size of the task. Default: the smallest.</summary>
    public FargateSize Size { get; init; } = FargateSize.Smallest;

    /// <summary>What runs: a shell, its arguments, and the script.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The variables that hold no secret.</summary>
    public required SortedDictionary<string, Output<string>> Environment { get; init; }

    /// <summary>The variables that do, by reference.</summary>
    public required SortedDictionary<string, Output<string>> Secrets { get; init; }

    /// <summary>The ARNs of the secrets that these refer to.</summary>
    public required IReadOnlyList<Output<string>> Reads { get; init; }

    /// <summary>The ARNs of the keys that encrypt them, where these are not Secrets Manager's own. Default: none.</summary>
    public IReadOnlyList<Output<string>> Keys { get; init; } = [];

    /// <summary>What makes it run again, besides another definition.</summary>
    public required SortedDictionary<string, Output<string>> Triggers { get; init; }

    /// <summary>The security group from which it reaches the store.</summary>
    public required Ec2.SecurityGroup Group { get; init; }

    /// <summary>The store's server.</summary>
    public required Resource Server { get; init; }

    /// <summary>What must exist before it runs, besides the server.</summary>
    public required IReadOnlyList<Resource> After { get; init; }

    private IEnumerable<Statement> Decrypting =>
        Keys.Count == 0 ? [] : [new() { Actions = ["kms:Decrypt"], Resources = [.. Keys] }];

    /// <summary>Runs it.</summary>
    /// <param name="runtime">Where it runs.</param>
    /// <param name="context">The stack.</param>
    /// <param name="tags">The tags of its resources.</param>
    /// <param name="child">Makes the options of its resources.</param>
    public Lambda.Invocation Run(
        AwsRuntime runtime,
        AwsContext context,
        IReadOnlyDictionary<string, string> tags,
        ChildOptions child)
    {
        var image = AwsImage.Of(Image, registry: null);
        var role = AwsServiceIdentity.TaskRole(Name, $"Sets up logins of {Store}", isJob: true, tags, context, child());
        var policy = new Iam.RolePolicy(
            Name,
            new()
            {
                Role = role.Name,
                Policy = Statement.Document([.. AwsContainer.Starting(runtime.JobLogs, Reads), .. Decrypting, .. AwsImage.Pull(image)]),
            },
            child());
        var task = AwsTask.Create(
            Name,
            new()
            {
                Container = Name,
                Family = AwsJobRunner.Family(context.Stack, Name),
                Image = image.Reference,
                Size = Size,
                ExecutionRole = role,
                Logs = runtime.JobLogs,
                EntryPoint = [.. Command.SkipLast(1)],
                Command = [Command[^1]],
                Environment = Environment,
                Secrets = Secrets,
            },
            context,
            tags,
            child());
        return runtime.Run(Name, task, Group, Attempts, Minutes, beside: [], Triggers, child(dependsOn: [Server, policy, .. After]));
    }
}
