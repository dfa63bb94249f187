using System.Text.Json;
using Infra.Components.Systems;
using Infra.Plans;

namespace Infra.Tests.Testing;

/// <summary>
/// Who may do what on AWS and on Google Cloud, by what the resources of a plan refer to and never by their names: a sentence for each
/// grant, whoever has it. What holds on a cluster, <see cref="Selections"/> says.
/// </summary>
internal static class Grants
{
    /// <summary>The grants on a cloud, as sentences without order, each once; none for a cloud whose containers run on a cluster.</summary>
    public static IReadOnlyList<string> On(Cloud cloud, Plan plan) => cloud switch
    {
        Cloud.Aws => [.. new OfAws(plan).Sentences.Distinct()],
        Cloud.Gcp => [.. new OfGcp(plan).Sentences.Distinct()],
        _ => [],
    };

    /// <summary>The network lets a component open connections to another.</summary>
    public static string Reaches(string who, string whom) => $"{who} reaches {whom}";

    /// <summary>A component may use another through the cloud's API.</summary>
    public static string Uses(string who, string whom) => $"{who} may use {whom}";

    /// <summary>A component has a login of its own at another.</summary>
    public static string LogsIn(string who, string whom) => $"{who} logs in to {whom}";

    /// <summary>A component may read a secret of another, or of its own.</summary>
    public static string Reads(string who, string whose) => $"{who} reads a secret of {whose}";

    /// <summary>What sets up the logins of a database or broker.</summary>
    public static string GranterOf(string store) => $"the granter of {store}";

    private abstract class Reading(Plan plan)
    {
        private readonly Dictionary<string, PlannedResource> _resources = plan.Resources.ToDictionary(resource => resource.Urn);

        public IEnumerable<PlannedResource> OfType(string ending) =>
            plan.Resources.Where(resource => resource.Type.EndsWith(ending, StringComparison.Ordinal));

        public IEnumerable<PlannedResource> At(PlannedResource resource, string path) =>
            from reference in resource.References
            where reference.Path.StartsWith(path, StringComparison.Ordinal)
            where _resources.ContainsKey(reference.To)
            select _resources[reference.To];

        public static string Owner(PlannedResource resource) => resource.Component ?? resource.Name;
    }

    private sealed class OfAws(Plan plan) : Reading(plan)
    {
        private static readonly string[] Guarded = ["s3:", "sqs:", "secretsmanager:", "*"];

        private static readonly string[] Servers =
            ["aws:mq/broker:Broker", "aws:msk/cluster:Cluster", "aws:opensearch/domain:Domain", "aws:rds/instance:Instance"];

        public IEnumerable<string> Sentences => [.. Network(), .. Policies(), .. CacheLogins(), .. StreamLogins(), .. Logins()];

        // Security groups admit others by name; an address admits whoever has it.
        private IEnumerable<string> Network() =>
            from rule in OfType(":SecurityGroupIngressRule")
            from target in At(rule, "securityGroupId")
            where rule.Cloud == Cloud.Aws
            from who in At(rule, "referencedSecurityGroupId") is var groups && groups.Any()
                ? groups.SelectMany(Runs)
                : [$"whoever has {rule.Input("cidrIpv4")}"]
            where Owner(target) != who
            select Reaches(who, Owner(target));

        // The components whose containers are in a security group, and those that have it for something else.
        private IEnumerable<string> Runs(PlannedResource group)
        {
            var services = OfType("aws:ecs/service:Service").Where(service => At(service, "networkConfiguration").Contains(group));
            var jobs = OfType("aws:lambda/invocation:Invocation")
                .Where(run => run.Component == run.Name && At(run, "input#.securityGroups").Contains(group));
            var owners = services.Concat(jobs).Select(Owner).ToList();
            return owners.Count > 0 ? owners : [Owner(group)];
        }

        private IEnumerable<string> Policies() =>
            from policy in OfType(":RolePolicy").Concat(OfType(":UserPolicy"))
            from who in policy.TypeName == "UserPolicy" ? [Owner(policy)] : At(policy, "role").SelectMany(Bearers)
            let statements = policy.JsonInput("policy")!.Value.GetProperty("Statement").EnumerateArray()
            from statement in statements.Index()
            from sentence in Statement(policy, who, statement.Item, $"policy#.Statement[{statement.Index}].")
            select sentence;

        // Whoever runs with a role.
        private IEnumerable<string> Bearers(PlannedResource role) =>
            from task in OfType("aws:ecs/taskDefinition:TaskDefinition")
            where At(task, "taskRoleArn").Concat(At(task, "executionRoleArn")).Contains(role)
            select StoreOf(task) is { } store ? GranterOf(store) : Owner(task);

        // The store whose administrator's password a task is given.
        private string? StoreOf(PlannedResource task) => At(task, "containerDefinitions#[0].secrets")
            .FirstOrDefault(resource =>
                resource.TypeName == "Instance"
                || Servers.SelectMany(OfType).Any(server => server.Component == resource.Component))
            ?.Component;

        private IEnumerable<string> Statement(PlannedResource policy, string who, JsonElement statement, string path)
        {
            foreach (var target in At(policy, $"{path}Resource"))
            {
                if (target.TypeName == "Secret" || target.Type == "aws:rds/instance:Instance") yield return Reads(who, Owner(target));
                else if (target.Type is "aws:s3/bucket:Bucket" or "aws:sqs/queue:Queue" or "aws:sesv2/emailIdentity:EmailIdentity")
                    yield return Uses(who, Owner(target));
            }

            // What stands there as text leads to no resource of the plan.
            var actions = statement.GetProperty("Action").EnumerateArray().Select(action => action.GetString()!);
            if (!actions.Any(action => Guarded.Any(guarded => action.StartsWith(guarded, StringComparison.Ordinal)))) yield break;
            foreach (var resource in statement.GetProperty("Resource").EnumerateArray().Select(resource => resource.GetString()!))
            {
                if (!resource.StartsWith('{')) yield return Uses(who, resource);
            }
        }

        private IEnumerable<string> CacheLogins() =>
            from association in OfType(":UserGroupAssociation")
            from user in At(association, "userId")
            from cache in At(association, "userGroupId")
            select LogsIn(Owner(user), Owner(cache));

        // The administrator's is the stream's own.
        private IEnumerable<string> StreamLogins() =>
            from association in OfType(":SingleScramSecretAssociation")
            from secret in At(association, "secretArn")
            from stream in At(association, "clusterArn")
            where Owner(secret) != Owner(stream)
            select LogsIn(Owner(secret), Owner(stream));

        private IEnumerable<string> Logins() =>
            from task in OfType("aws:ecs/taskDefinition:TaskDefinition")
            let store = StoreOf(task)
            where store is not null
            from secret in At(task, "containerDefinitions#[0].secrets")
            where secret.TypeName == "Secret" && Owner(secret) != store
            select LogsIn(Owner(secret), store);
    }

    private sealed class OfGcp(Plan plan) : Reading(plan)
    {
        private static readonly string[] Workloads =
            ["gcp:cloudrunv2/service:Service", "gcp:cloudrunv2/workerPool:WorkerPool", "gcp:cloudrunv2/job:Job"];

        public IEnumerable<string> Sentences => [.. Network(), .. Members(), .. StreamLogins(), .. Logins()];

        private IEnumerable<PlannedResource> Running => Workloads.SelectMany(OfType);

        // What leaves the network's own addresses is denied to everyone, and allowed by tag.
        private IEnumerable<string> Network() =>
            from rule in OfType("gcp:compute/firewall:Firewall")
            where rule.Input("direction") == "EGRESS" && rule.Input("allows") is not null
            from target in At(rule, "destinationRanges")
            from who in rule.Input("targetTags[0]") is { } tag ? Tagged(tag).DefaultIfEmpty(Owner(rule)) : ["everyone"]
            where who != Owner(target)
            select Reaches(who, Owner(target));

        private IEnumerable<string> Tagged(string tag) =>
            from workload in Running
            where workload.Inputs.GetProperty("template").ToString().Contains($"\"tags\":[\"{tag}\"]", StringComparison.Ordinal)
            select Name(workload);

        private IEnumerable<string> Members() =>
            from member in OfType("IAMMember").Concat(OfType("IamMember"))
            from who in At(member, "member") is var accounts && accounts.Any() ? accounts.SelectMany(Bearers) : [member.Input("member")!]
            from target in member.References
                .Where(reference => reference.Path is "bucket" or "topic" or "subscription" or "secretId")
                .SelectMany(reference => At(member, reference.Path))
            where Owner(target) != who || (target.TypeName == "Secret" && Running.Any(workload => Name(workload) == who))
            select target.TypeName == "Secret" ? Reads(who, Owner(target)) : Uses(who, Owner(target));

        private IEnumerable<string> Bearers(PlannedResource account)
        {
            var names = Running
                .Where(workload => At(workload, "template").Contains(account) && ServiceAccounts(workload).Contains(account))
                .Select(Name)
                .ToList();
            return names.Count > 0 ? names : [Owner(account)];
        }

        private IEnumerable<PlannedResource> ServiceAccounts(PlannedResource workload) =>
            At(workload, "template.serviceAccount").Concat(At(workload, "template.template.serviceAccount"));

        private string Name(PlannedResource workload) => StoreOf(workload) is { } store ? GranterOf(store) : Owner(workload);

        // Google's own agent is in some lists, too.
        private IEnumerable<string> StreamLogins() =>
            from list in OfType("gcp:managedkafka/acl:Acl")
            from account in At(list, "aclEntries")
            where account.TypeName == "Account"
            from who in Bearers(account)
            from stream in At(list, "cluster")
            select LogsIn(who, Owner(stream));

        // The database or broker whose administrator's password a job is given.
        private string? StoreOf(PlannedResource job) => At(job, "template.template.containers[0].envs")
            .FirstOrDefault(resource =>
                resource.Type == "gcp:sql/user:User"
                || (resource.TypeName == "Secret"
                    && OfType("gcp:compute/disk:Disk").Any(disk => disk.Component == resource.Component)))
            ?.Component;

        private IEnumerable<string> Logins() =>
            from job in OfType("gcp:cloudrunv2/job:Job")
            let store = StoreOf(job)
            where store is not null
            from secret in At(job, "template.template.containers[0].envs")
            where secret.TypeName == "Secret" && Owner(secret) != store
            select LogsIn(Owner(secret), store);
    }
}
