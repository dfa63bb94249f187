using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Identities.Aws;
using Pulumi;
using CloudWatch = Pulumi.Aws.CloudWatch;
using Ecs = Pulumi.Aws.Ecs;
using Iam = Pulumi.Aws.Iam;
using Lambda = Pulumi.Aws.Lambda;
using LambdaInputs = Pulumi.Aws.Lambda.Inputs;

namespace Infra.Components.Runtimes.Aws;

/// <summary>
/// The function that runs one-off tasks. It may run the families of this stack's jobs and pass the roles under their path: nothing else,
/// however many jobs there are.
/// </summary>
internal sealed class AwsJobRunner
{
    /// <summary>How long one invocation may take: a Lambda function ends after 15 minutes (AWS documentation: Lambda quotas).</summary>
    public const int TimeoutSeconds = 900;

    /// <summary>How long one invocation waits for a task, with a minute to say how it ended.</summary>
    public const int Minutes = (TimeoutSeconds / 60) - 1;

    /// <summary>Creates the function.</summary>
    public AwsJobRunner(string name, Ecs.Cluster cluster, AwsContext context, IReadOnlyDictionary<string, string> tags, ChildOptions child)
    {
        Logs = new CloudWatch.LogGroup(
            name,
            new() { NamePrefix = context.LogPrefix(name), RetentionInDays = context.LogDays, Tags = tags.AsInput() },
            child());
        var role = new Iam.Role(
            name,
            new()
            {
                // Lambda takes roles of the function's own account only, and names no source when it does.
                AssumeRolePolicy = Statement.Trust("lambda.amazonaws.com", accountId: null),
                Description = $"Runs the one-off jobs of {context.Stack}",
                Path = $"/{context.Stack}/",
                Tags = tags.AsInput(),
            },
            child());
        var policy = new Iam.RolePolicy(
            name,
            new() { Role = role.Name, Policy = Statement.Document(Statements(cluster, context)) },
            child());
        Function = new Lambda.Function(
            name,
            new()
            {
                Description = $"Runs the one-off jobs of {context.Stack}",
                Role = role.Arn,
                Runtime = "nodejs24.x",
                Architectures = ["arm64"],
                Handler = "index.handler",
                Code = new AssetArchive(new Dictionary<string, AssetOrArchive> { ["index.mjs"] = new StringAsset(Source) }),
                Timeout = TimeoutSeconds,
                MemorySize = 256,
                LoggingConfig = new LambdaInputs.FunctionLoggingConfigArgs { LogFormat = "JSON", LogGroup = Logs.Name },
                Tags = tags.AsInput(),
            },
            child(dependsOn: [policy]));
    }

    /// <summary>The function.</summary>
    public Lambda.Function Function { get; }

    /// <summary>Where it logs, and the tasks that have no log group of their own.</summary>
    public CloudWatch.LogGroup Logs { get; }

    /// <summary>The family of a job's task definitions. Stack names hold no underscore: no stack's families begin with another's.</summary>
    public static string Family(string stack, string job) => $"{stack}_job_{job}";

    private static string Source
    {
        get
        {
            using var stream = typeof(AwsJobRunner).Assembly.GetManifestResourceStream("job-runner.mjs")!;
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
    }

    private IEnumerable<Statement> Statements(Ecs.Cluster cluster, AwsContext context)
    {
        var account = context.AccountId ?? "*";
        var inCluster = new Condition("ArnEquals", "ecs:cluster", cluster.Arn);
        yield return new()
        {
            Actions = ["ecs:RunTask"],
            Resources = [Output.Create($"arn:aws:ecs:{context.Region}:{account}:task-definition/{Family(context.Stack, "*")}:*")],
            Conditions = [inCluster],
        };
        yield return new()
        {
            Actions = ["ecs:DescribeTasks", "ecs:StopTask", "ecs:TagResource"],
            Resources = [Output.Format($"arn:aws:ecs:{context.Region}:{account}:task/{cluster.Name}/*")],
        };
        yield return new()
        {
            Actions = ["iam:PassRole"],
            Resources = [Output.Create($"arn:aws:iam::{account}:role{AwsServiceIdentity.JobPath(context.Stack)}*")],
            Conditions = [new("StringEquals", "iam:PassedToService", "ecs-tasks.amazonaws.com")],
        };
        yield return new() { Actions = ["logs:CreateLogStream", "logs:PutLogEvents"], Resources = [Output.Format($"{Logs.Arn}:*")] };
    }
}
