using System.Text.Json;
using System.Text.RegularExpressions;
using Infra.Components.Checks;

namespace Infra.Plans.Rules;

/// <summary>
/// The cloud accepts the name of every resource. Where the code gives none, Pulumi appends a hyphen and random characters to the logical name; names that
/// hold an output are known too late to be checked. Sources, dated 2026-11: the providers' schemas; the documentation of AWS; Google Cloud's API references; Scaleway's
/// IAM and Object Storage documentation; the documentation of OVHcloud's Terraform provider; Kubernetes documentation "Object Names and IDs".
/// </summary>
internal static partial class PhysicalNames
{
    private const string Suffix = "-0123456";
    private const string KubernetesSuffix = "-01234567";

    // Everything in Compute Engine is called after the same rule (RFC 1035).
    private static readonly Limit ComputeEngine = new("name", 63, Rfc1035(), "lower-case letters, digits and hyphens that start with a letter and do not end with a hyphen");

    private static readonly Dictionary<string, Limit> Clouds = new(StringComparer.Ordinal)
    {
        ["aws:cloudwatch/eventRule:EventRule"] = new("name", 64, WordsWithDots(), "letters, digits and ._-"),
        ["aws:cloudwatch/logGroup:LogGroup"] = new("name", 512, LogGroup(), "letters, digits and ._/#-"),
        ["aws:ec2/securityGroup:SecurityGroup"] = new("name", 255, SecurityGroup(), "texts that do not start with sg-"),
        ["aws:ecr/repository:Repository"] = new("name", 256, Repository(), "2 or more lower-case letters and digits, with ._/- between them"),
        ["aws:ecs/cluster:Cluster"] = new("name", 255, Words(), "letters, digits and _-"),
        ["aws:ecs/service:Service"] = new("name", 255, Words(), "letters, digits and _-"),
        ["aws:ecs/taskDefinition:TaskDefinition"] = new("family", 255, Words(), "letters, digits and _-"),
        ["aws:elasticache/replicationGroup:ReplicationGroup"] = new("replicationGroupId", 40, Identifier(), "lower-case letters, digits and single hyphens that start with a letter and do not end with a hyphen"),
        ["aws:iam/policy:Policy"] = new("name", 128, Iam(), "letters, digits and _+=,.@-"),
        ["aws:iam/role:Role"] = new("name", 64, Iam(), "letters, digits and _+=,.@-"),
        ["aws:iam/rolePolicy:RolePolicy"] = new("name", 128, Iam(), "letters, digits and _+=,.@-"),
        ["aws:iam/user:User"] = new("name", 64, Iam(), "letters, digits and _+=,.@-"),
        ["aws:lambda/function:Function"] = new("name", 64, Words(), "letters, digits and _-"),
        ["aws:lb/loadBalancer:LoadBalancer"] = new("name", 32, LoadBalancer(), "letters, digits and hyphens that neither start nor end with a hyphen, nor start with internal-"),
        ["aws:lb/targetGroup:TargetGroup"] = new("name", 32, TargetGroup(), "letters, digits and hyphens that neither start nor end with a hyphen"),
        ["aws:mq/broker:Broker"] = new("brokerName", 50, Words(), "letters, digits and _-"),
        ["aws:rds/cluster:Cluster"] = new("clusterIdentifier", 63, Identifier(), "lower-case letters, digits and single hyphens that start with a letter and do not end with a hyphen"),
        ["aws:rds/clusterInstance:ClusterInstance"] = new("identifier", 63, Identifier(), "lower-case letters, digits and single hyphens that start with a letter and do not end with a hyphen"),
        ["aws:rds/instance:Instance"] = new("identifier", 63, Identifier(), "lower-case letters, digits and single hyphens that start with a letter and do not end with a hyphen"),
        ["aws:rds/parameterGroup:ParameterGroup"] = new("name", 255, Identifier(), "lower-case letters, digits and single hyphens that start with a letter and do not end with a hyphen"),
        ["aws:rds/subnetGroup:SubnetGroup"] = new("name", 255, SubnetGroup(), "lower-case letters, digits, spaces and ._-, and not default"),
        ["aws:s3/bucket:Bucket"] = new("bucket", 63, Bucket(), "3 or more lower-case letters, digits, hyphens and dots that start and end with a letter or digit, are no IP address, and have no reserved beginning (xn--, sthree-) or end (-s3alias)"),
        ["aws:scheduler/schedule:Schedule"] = new("name", 64, WordsWithDots(), "letters, digits and ._-"),
        ["aws:secretsmanager/secret:Secret"] = new("name", 512, SecretName(), "letters, digits and /_+=.@-"),
        ["aws:sns/topic:Topic"] = new("name", 256, Queue(), "letters, digits and _-, with .fifo at the end of ordered ones"),
        ["aws:sqs/queue:Queue"] = new("name", 80, Queue(), "letters, digits and _-, with .fifo at the end of ordered ones"),

        ["gcp:certificatemanager/certificate:Certificate"] = new("name", 64, LetterThenWords(), "letters, digits and _- that start with a letter"),
        ["gcp:certificatemanager/dnsAuthorization:DnsAuthorization"] = new("name", 64, LetterThenWords(), "letters, digits and _- that start with a letter"),
        ["gcp:cloudrunv2/service:Service"] = ComputeEngine with { Length = 49 },
        ["gcp:cloudrunv2/workerPool:WorkerPool"] = ComputeEngine with { Length = 49 },
        ["gcp:dns/managedZone:ManagedZone"] = ComputeEngine,
        ["gcp:redis/instance:Instance"] = ComputeEngine with { Length = 40 },
        ["gcp:secretmanager/secret:Secret"] = new("secretId", 255, Words(), "letters, digits and _-"),
        ["gcp:serviceaccount/account:Account"] = new("accountId", 30, ServiceAccount(), "6 or more lower-case letters, digits and hyphens that start with a letter and do not end with a hyphen"),
        ["gcp:storage/bucket:Bucket"] = new("name", 63, GoogleBucket(), "3 or more lower-case letters, digits and ._- that start and end with a letter or digit, are no IP address, do not start with goog and do not hold google"),

        ["ovh:CloudProject/kubeNodePool:KubeNodePool"] = new("name", 253, NodePool(), "2 or more lower-case letters, digits and hyphens that start with a letter and do not end with a hyphen"),
        ["ovh:CloudProject/storage:Storage"] = new("name", 63, PlainBucket(), "3 or more lower-case letters, digits, hyphens and dots that start and end with a letter or digit and are no IP address"),

        ["scaleway:databases/database:Database"] = new("name", 63, ScalewayDatabase(), "letters, digits and _$-, and none of the server's own databases"),
        ["scaleway:iam/application:Application"] = new("name", 64, Anything(), "of any kind"),
        ["scaleway:iam/policy:Policy"] = new("name", 64, Anything(), "of any kind"),
        ["scaleway:object/bucket:Bucket"] = new("name", 63, PlainBucket(), "3 or more lower-case letters, digits, hyphens and dots that start and end with a letter or digit and are no IP address"),
    };

    // Names that become DNS labels, or parts of labels of pods: a StatefulSet appends a revision of 11 characters, a CronJob a time of 11.
    private static readonly Dictionary<string, int> KubernetesLabels = new(StringComparer.Ordinal)
    {
        ["kubernetes:apps/v1:DaemonSet"] = 63,
        ["kubernetes:apps/v1:Deployment"] = 63,
        ["kubernetes:apps/v1:StatefulSet"] = 52,
        ["kubernetes:batch/v1:CronJob"] = 52,
        ["kubernetes:batch/v1:Job"] = 63,
        ["kubernetes:core/v1:Namespace"] = 63,
        ["kubernetes:core/v1:Pod"] = 63,
        ["kubernetes:core/v1:Service"] = 63,
    };

    public static IEnumerable<Finding> Check(Plan plan) =>
        from resource in plan.Resources
        where resource is { IsProvider: false, IsCustom: true, IsRegistered: true } && LimitOf(resource.Type) is not null
        let finding = Check(resource, LimitOf(resource.Type)!)
        where finding is not null
        select finding;

    private static Limit? LimitOf(string type)
    {
        if (Clouds.TryGetValue(type, out var limit)) return limit;
        if (type.StartsWith("gcp:compute/", StringComparison.Ordinal)) return ComputeEngine;
        if (!type.StartsWith("kubernetes:", StringComparison.Ordinal) || type.Contains("helm.sh", StringComparison.Ordinal) || type.Contains(":yaml", StringComparison.Ordinal)) return null;
        if (KubernetesLabels.TryGetValue(type, out var length)) return new("metadata.name", length, Label(), "lower-case letters, digits and hyphens that start and end with a letter or digit");
        // Roles and bindings may be called anything that fits into a URL.
        return type.Contains("rbac.authorization.k8s.io", StringComparison.Ordinal)
            ? null
            : new("metadata.name", 253, Subdomain(), "lower-case letters, digits, hyphens and dots that start and end with a letter or digit");
    }

    private static Finding? Check(PlannedResource resource, Limit limit)
    {
        var given = Given(resource.Inputs, limit.Property);
        if (given is null && resource.Inputs.TryGetProperty(limit.Property + "Prefix", out _)) return null;
        if (given?.Contains('{', StringComparison.Ordinal) == true || given?.StartsWith("[secret", StringComparison.Ordinal) == true) return null;

        var name = given ?? resource.Name + (resource.Package == "kubernetes" ? KubernetesSuffix : Suffix);
        if (name.Length <= limit.Length && limit.Pattern.IsMatch(name)) return null;
        var received = given is null ? $"none, so it becomes '{name}' or the like, of {name.Length} characters" : $"'{name}', of {name.Length} characters";
        return new(
            Severity.Error,
            "physical-name",
            resource.Component,
            $"{limit.Property} of {resource.Urn} is {received}; allowed: at most {limit.Length} characters, {limit.Words}. Give it a shorter or simpler name.");
    }

    private static string? Given(JsonElement inputs, string path)
    {
        foreach (var step in path.Split('.'))
        {
            if (inputs.ValueKind != JsonValueKind.Object || !inputs.TryGetProperty(step, out inputs)) return null;
        }

        return inputs.ValueKind == JsonValueKind.String ? inputs.GetString() : null;
    }

    [GeneratedRegex("^[A-Za-z0-9_-]+$")]
    private static partial Regex Words();

    [GeneratedRegex("^[A-Za-z0-9._-]+$")]
    private static partial Regex WordsWithDots();

    [GeneratedRegex("^[A-Za-z0-9._/#-]+$")]
    private static partial Regex LogGroup();

    [GeneratedRegex("^(?!sg-).+$")]
    private static partial Regex SecurityGroup();

    [GeneratedRegex("^(?=.{2})[a-z0-9]+([._/-]+[a-z0-9]+)*$")]
    private static partial Regex Repository();

    [GeneratedRegex("^[a-z](-?[a-z0-9])*$")]
    private static partial Regex Identifier();

    [GeneratedRegex("^[A-Za-z0-9_+=,.@-]+$")]
    private static partial Regex Iam();

    [GeneratedRegex("^(?!internal-)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$")]
    private static partial Regex LoadBalancer();

    [GeneratedRegex("^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$")]
    private static partial Regex TargetGroup();

    [GeneratedRegex("^(?!default$)[a-z0-9 ._-]+$")]
    private static partial Regex SubnetGroup();

    [GeneratedRegex(@"^(?!xn--|sthree-|(\d+\.){3}\d+$)(?!.*-s3alias$)(?!.*\.\.)[a-z0-9][a-z0-9.-]+[a-z0-9]$")]
    private static partial Regex Bucket();

    [GeneratedRegex("^[A-Za-z0-9/_+=.@-]+$")]
    private static partial Regex SecretName();

    [GeneratedRegex(@"^[A-Za-z0-9_-]+(\.fifo)?$")]
    private static partial Regex Queue();

    [GeneratedRegex("^[a-z]([a-z0-9-]*[a-z0-9])?$")]
    private static partial Regex Rfc1035();

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]*$")]
    private static partial Regex LetterThenWords();

    [GeneratedRegex("^[a-z][a-z0-9-]{4,}[a-z0-9]$")]
    private static partial Regex ServiceAccount();

    [GeneratedRegex(@"^(?!goog|(\d+\.){3}\d+$)(?!.*google)[a-z0-9][a-z0-9._-]+[a-z0-9]$")]
    private static partial Regex GoogleBucket();

    [GeneratedRegex("^[a-z][a-z0-9-]*[a-z0-9]$")]
    private static partial Regex NodePool();

    [GeneratedRegex(@"^(?!(\d+\.){3}\d+$)[a-z0-9][a-z0-9.-]+[a-z0-9]$")]
    private static partial Regex PlainBucket();

    [GeneratedRegex("^(?!(information_schema|mysql|performance_schema|postgres|rdb|sys|template0|template1)$)[A-Za-z0-9_$-]+$")]
    private static partial Regex ScalewayDatabase();

    [GeneratedRegex(".")]
    private static partial Regex Anything();

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$")]
    private static partial Regex Label();

    [GeneratedRegex("^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$")]
    private static partial Regex Subdomain();

    /// <summary>What a cloud accepts as a name.</summary>
    private sealed record Limit(string Property, int Length, Regex Pattern, string Words);
}
