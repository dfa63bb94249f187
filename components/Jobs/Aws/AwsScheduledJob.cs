using Infra.Components.Clouds.Aws;
using Infra.Components.Networks.Aws;
using Infra.Components.Runtimes.Aws;
using Infra.Components.Services.Aws;
using Pulumi;
using Ecs = Pulumi.Aws.Ecs;
using Iam = Pulumi.Aws.Iam;
using Scheduler = Pulumi.Aws.Scheduler;
using SchedulerInputs = Pulumi.Aws.Scheduler.Inputs;

namespace Infra.Components.Jobs.Aws;

/// <summary>A task of Amazon ECS that Amazon EventBridge Scheduler starts.</summary>
internal sealed class AwsScheduledJob(ScheduledJob job, AwsContext context) : AwsConsumer<ScheduledJob>(job, context), IScheduledJob
{
    // A start that AWS refuses is tried again for so long: later, the next run is nearer.
    private const int PatienceSeconds = 3600;

    /// <inheritdoc/>
    [Output]
    public Output<string> ScheduleId { get; private set; } = null!;

    /// <summary>Builds what was begun.</summary>
    public void Complete(AwsPrivateNetwork network, AwsRuntime runtime)
    {
        var args = Declared.Args;
        var family = $"{Context.Stack}_{Name}";
        var definition = AwsContainer.Create(
            Grantee,
            Identity,
            Declared,
            family,
            timeout: AwsContainer.BusyBoxImage(args, network.Egress) is { } busyBox
                ? new(busyBox, TimeSpan.FromMinutes(args.TimeoutMinutes))
                : null);
        var role = new Iam.Role(
            $"{Name}-schedule",
            new()
            {
                AssumeRolePolicy = Statement.Trust("scheduler.amazonaws.com", Context.AccountId),
                Description = $"Starts {Name} when it is due",
                Path = $"/{Context.Stack}/",
                Tags = Tags.AsInput(),
            },
            Child());
        var rights = new Iam.RolePolicy(
            $"{Name}-schedule",
            new() { Role = role.Name, Policy = Statement.Document(Starting(family, runtime.Cluster)) },
            Child());
        var schedule = new Scheduler.Schedule(
            Name,
            new()
            {
                Description = $"Starts {Name} of {Context.Stack}",
                ScheduleExpression = AwsCron.Expression(args.Cron!),
                ScheduleExpressionTimezone = args.TimeZone,
                FlexibleTimeWindow = new SchedulerInputs.ScheduleFlexibleTimeWindowArgs { Mode = "OFF" },
                State = args.Suspended || Context.IsIdle(Declared) ? "DISABLED" : "ENABLED",
                Target = new SchedulerInputs.ScheduleTargetArgs
                {
                    Arn = runtime.Cluster.Arn,
                    RoleArn = role.Arn,
                    EcsParameters = new SchedulerInputs.ScheduleTargetEcsParametersArgs
                    {
                        TaskDefinitionArn = definition.Arn,
                        LaunchType = "FARGATE",
                        PropagateTags = "TASK_DEFINITION",
                        NetworkConfiguration = new SchedulerInputs.ScheduleTargetEcsParametersNetworkConfigurationArgs
                        {
                            AssignPublicIp = false,
                            SecurityGroups = { Identity.Group.Id },
                            Subnets = network.PrivateSubnets,
                        },
                    },
                    RetryPolicy = new SchedulerInputs.ScheduleTargetRetryPolicyArgs { MaximumEventAgeInSeconds = PatienceSeconds },
                },
            },
            Child(dependsOn: [rights, .. Grantee.Grants, .. network.Ready, .. Context.RunsBefore(Declared)]));
        ScheduleId = schedule.Arn;
        RegisterOutputs();
    }

    // Any revision of its own family, so that a new one is started as soon as the schedule names it, and with its own roles alone.
    private IEnumerable<Statement> Starting(string family, Ecs.Cluster cluster)
    {
        var place = $"{Context.Region}:{Context.AccountId ?? "*"}";
        yield return new()
        {
            Actions = ["ecs:RunTask"],
            Resources = [Output.Create($"arn:aws:ecs:{place}:task-definition/{family}:*")],
            Conditions = [new("ArnEquals", "ecs:cluster", cluster.Arn)],
        };
        yield return new()
        {
            Actions = ["ecs:TagResource"],
            Resources = [Output.Format($"arn:aws:ecs:{place}:task/{cluster.Name}/*")],
            Conditions = [new("StringEquals", "ecs:CreateAction", "RunTask")],
        };
        yield return new()
        {
            Actions = ["iam:PassRole"],
            Resources = [Identity.ExecutionRole.Arn, .. Identity.RoleWithRights is { } own ? [own.Arn] : Array.Empty<Output<string>>()],
            Conditions = [new("StringEquals", "iam:PassedToService", "ecs-tasks.amazonaws.com")],
        };
    }
}
