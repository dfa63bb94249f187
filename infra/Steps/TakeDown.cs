using Infra.Components.Dns;
using Infra.Components.Secrets;
using Infra.Plans;

namespace Infra.Steps;

/// <summary>How a stack is taken down on purpose, what is lost by it, and what stays.</summary>
internal static class TakeDown
{
    /// <summary>The steps, in their order.</summary>
    /// <param name="plan">The stack's plan, without errors.</param>
    public static IReadOnlyList<Step> Of(Plan plan)
    {
        var steps = new List<Step>();
        var lost = plan.Components
            .Where(component => component.Kind.Lasts is not null && plan.Resources.Any(resource => resource.ComponentUrn == component.Urn))
            .Where(component => component.Kind != SecretKind.Instance || component.Outputs.GetProperty("source").GetString() == "generated")
            .Select(component => $"{component.Name}: {component.Kind.Lasts}.")
            .Concat(plan.Components
                .Where(component => component.Arguments.TryGetProperty("volumes", out var volumes) && volumes.GetArrayLength() > 0)
                .Select(component => $"{component.Name}: the files of its volumes."))
            .Distinct()
            .ToList();
        if (lost.Count > 0)
            steps.Add(new("Copy what must outlive it") { Notes = ["This cannot be brought back, nor can what anybody logged:", .. lost] });

        var guarded = plan.Resources.Count(resource => resource.Protect);
        if (guarded > 0)
        {
            steps.Add(new("Take the protection off")
            {
                Notes =
                [
                    $"{guarded} resources are protected, by Pulumi and, where it can, by their cloud. Both go with this update, and "
                    + "nothing else changes; a stack that stays sets infra:protected to true again.",
                ],
                Commands = [$"pulumi config set infra:protected false --stack {plan.Stack}", $"pulumi up --stack {plan.Stack}"],
            });
        }

        var records = plan.Resources
            .Where(resource => resource.Type.EndsWith(":DNSEndpoint", StringComparison.Ordinal))
            .Select(resource => resource.Urn)
            .ToList();
        if (records.Count > 0)
        {
            steps.Add(new("Take the names out of the zones")
            {
                Notes = ["external-dns deletes them within a minute, as long as it runs: go on when dig no longer answers."],
                Commands =
                [
                    string.Join(
                        " \\\n    ",
                        records.Select(urn => $"--target '{urn}'").Prepend($"pulumi destroy --stack {plan.Stack}")),
                ],
            });
        }

        steps.Add(new("Destroy it")
        {
            Notes = [.. AgainAfter(plan), "When it stops half-way, mend what it says and run it again."],
            Commands = [$"pulumi destroy --stack {plan.Stack}"],
        });
        var remains = Remains(plan).ToList();
        if (remains.Count > 0) steps.Add(new("Look at what stays") { Notes = remains });
        steps.Add(new("Forget the stack")
        {
            Notes = ["Its file stays: without --preserve-config, the command deletes it, too."],
            Commands = [$"pulumi stack rm {plan.Stack} --preserve-config"],
        });
        return steps;
    }

    // Google Cloud documentation, Cloud Run: Direct VPC egress. The addresses of a container are free one to two hours after it is gone.
    private static IEnumerable<string> AgainAfter(Plan plan) =>
        plan.Resources.Any(resource => resource.Type is "gcp:cloudrunv2/service:Service" or "gcp:cloudrunv2/job:Job")
            ? ["Google Cloud frees the addresses of Cloud Run one to two hours after it is gone, and refuses to delete the subnet before: "
                + $"run it again then, or have '.ci/tear-down {plan.Stack}' try until then."]
            : [];

    private static IEnumerable<string> Remains(Plan plan)
    {
        foreach (var (type, what) in Rows)
        {
            var holders = plan.Resources.Where(resource => resource.Type == type).Select(Name).Distinct().ToList();
            if (holders.Count > 0) yield return $"{what} ({string.Join(", ", holders)})";
        }

        // What stands in a namespace of the stack goes with that.
        foreach (var kept in plan.Resources.Where(resource => resource.RetainOnDelete && !IsInNamespace(resource)))
            yield return $"{kept.TypeName} {Name(kept)} stays as it is: others may use it.";
        foreach (var zone in plan.Components.Where(component => component.Kind == DnsZoneKind.Instance))
        {
            if (plan.Resources.All(resource => resource.ComponentUrn != zone.Urn || resource.Name != zone.Name))
                yield return $"The zone {zone.Outputs.GetProperty("domain").GetString()} stays: the stack did not make it.";
            else
                yield return $"The delegation of {zone.Outputs.GetProperty("domain").GetString()} stays at its registrar: remove it.";
        }
    }

    private static bool IsInNamespace(PlannedResource resource) =>
        resource.Inputs.TryGetProperty("metadata", out var metadata) && metadata.TryGetProperty("namespace", out _);

    /// <summary>What stays of a type, and for how long.</summary>
    internal static IReadOnlyList<(string Type, string What)> Rows { get; } =
    [
        ("aws:rds/instance:Instance", "Production's databases leave a final snapshot, which is kept and paid for until it is deleted"),
        ("aws:secretsmanager/secret:Secret", "Production's secrets can be restored for 30 days, in which nothing else has their names"),
        ("gcp:sql/databaseInstance:DatabaseInstance", "Production's databases leave their backups, kept as long as BackupDays says"),
        ("gcp:storage/bucket:Bucket", "Production's buckets can be restored for some days, which are paid for"),
        ("gcp:projects/service:Service", "APIs stay on, because other stacks of the project may use them"),
        ("kubernetes:helm.sh/v3:Release", "Definitions that charts install stay in the cluster: objects of other stacks may be of them"),
    ];

    private static string Name(PlannedResource resource) => resource.Component ?? resource.Name;
}
