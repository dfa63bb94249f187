using System.Globalization;
using System.Text.Json;
using Infra.Components.Addons;
using Infra.Components.Buckets;
using Infra.Components.Databases;
using Infra.Components.Dns;
using Infra.Components.Mail.Aws;
using Infra.Components.Placements;
using Infra.Components.Registries;
using Infra.Components.Secrets;
using Infra.Components.Systems;
using Infra.Plans;

namespace Infra.Steps;

/// <summary>
/// How a stack is deployed for the first time: what nothing else can be made without comes first (registries, zones, namespaces), then what
/// only people can do (images, the delegation of zones, secrets of a given cluster), then the rest.
/// </summary>
internal static class FirstSteps
{
    // Of a cloud that is only asked about.
    private const string Unsaid = "that infra:accounts will name";

    /// <summary>The steps, in their order.</summary>
    /// <param name="plan">The stack's plan, without errors.</param>
    /// <param name="settings">The stack's settings.</param>
    public static IReadOnlyList<Step> Of(Plan plan, StackSettings settings)
    {
        var zones = plan.Components
            .Where(component => component.Kind == DnsZoneKind.Instance && Text(component, "nameServers").Length > 0)
            .ToList();
        var unmanaged = plan.Components
            .Where(component => component.Kind == DnsZoneKind.Instance && component.Outputs.TryGetProperty("proofs", out _))
            .ToList();
        var registries = plan.Components
            .Where(component => component.Kind == ContainerRegistryKind.Instance)
            .Where(component => plan.Resources.Any(resource => resource.ComponentUrn == component.Urn))
            .ToList();
        var images = settings.Images.Values.Where(image => !ImageName.HasRegistry(image)).Distinct().Order(StringComparer.Ordinal).ToList();
        var secrets = SecretsOf(plan, settings).Concat(ExistingIn(plan, settings)).ToList();
        var dumps = DumpsIn(plan);
        var first = Targets.Of(plan, plan.Resources.Where(resource =>
            zones.Exists(zone => resource.ComponentUrn == zone.Urn && resource.Name == zone.Name)
            || (images.Count > 0 && registries.Exists(registry => resource.ComponentUrn == registry.Urn))
            || unmanaged.Exists(zone => Text(zone, "proofs").Length > 0 && IsProved(resource))
            || dumps.Exists(dump => resource.ComponentUrn == dump.Bucket.Urn)
            || secrets.Exists(secret => secret.Namespace == NamespaceOf(resource))));

        var steps = new List<Step>
        {
            Prerequisites(plan, settings),
            new("Create the stack") { Commands = [$"pulumi stack init {plan.Stack}"] },
        };
        if (Give(plan, settings) is { } given) steps.Add(given);
        if (first.Count > 0)
        {
            steps.Add(new("Create what the rest waits for")
            {
                Notes =
                [
                    $"{Words(zones.Count, "zone")}, {Words(registries.Count, "registry", "registries")}"
                    + $"{(unmanaged.Exists(zone => Text(zone, "proofs").Length > 0) ? ", certificates" : "")}"
                    + $"{(dumps.Count > 0 ? ", buckets of dumps" : "")} and what these need; "
                    + "where a cluster is made, it is among them.",
                ],
                Commands = [Up(plan.Stack, first)],
            });
        }

        foreach (var zone in zones) steps.Add(Delegate(plan.Stack, zone, plan.Resources.Any(IsWaitingForDelegation)));
        foreach (var zone in unmanaged.Where(zone => Text(zone, "proofs").Length > 0)) steps.Add(Prove(plan.Stack, zone));
        if (images.Count > 0) steps.Add(Push(plan.Stack, images, registries.Count > 0 ? null : settings.Accounts.Kubernetes?.Registry));
        if (secrets.Count > 0)
        {
            steps.Add(new("Create the secrets that the cluster is given")
            {
                Notes = ["Each file has a line KEY=value for every key; delete it afterwards."],
                Commands = [.. secrets.Select(secret => secret.Command)],
            });
        }

        if (dumps.Count > 0) steps.Add(PutDumps(plan.Stack, dumps));
        if (SnapshotsIn(plan) is { } snapshots) steps.Add(snapshots);
        steps.Add(new("Deploy the rest")
        {
            Notes = [.. Waits(plan), "When it stops half-way, mend what it says and run it again: it goes on from there."],
            Commands = [$"pulumi up --stack {plan.Stack}"],
        });
        var hasCluster = plan.Resources.Any(resource => resource.Type == "kubernetes:cert-manager.io/v1:Certificate");
        foreach (var zone in unmanaged.Where(zone => Text(zone, "records").Length > 0)) steps.Add(Write(plan.Stack, zone, hasCluster));
        if (Send(plan) is { } sent) steps.Add(sent);
        return steps;
    }

    /// <summary>What a cloud must have before anything of a plan can stand there, and what only people can have it let out.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="settings">The stack's settings.</param>
    /// <param name="cloud">The cloud.</param>
    public static IReadOnlyList<Step> Preparing(Plan plan, StackSettings settings, Cloud cloud)
    {
        var there = plan with
        {
            Components = [.. plan.Components.Where(component => component.Cloud == cloud)],
            Resources = [.. plan.Resources.Where(resource => resource.Cloud == cloud)],
        };
        return [Prerequisites(there, settings), .. Send(there) is { } sent ? [sent] : Array.Empty<Step>()];
    }

    private static Step Prerequisites(Plan plan, StackSettings settings)
    {
        var clouds = plan.Components.Select(component => component.Cloud).Distinct().Order().ToList();
        var notes = new List<string> { "What each cloud must have beforehand, and the least rights that deploy: docs/first-update.md." };
        var commands = new List<string> { "pulumi version", "pulumi login" };
        foreach (var cloud in clouds)
        {
            switch (cloud)
            {
                case Cloud.Aws:
                    notes.Add($"AWS: the credentials are of account {settings.Accounts.Aws?.AccountId ?? Unsaid}.");
                    commands.Add("aws sts get-caller-identity");
                    break;
                case Cloud.Gcp:
                    notes.Add("Google Cloud: two APIs must be on before anything can turn on the others.");
                    commands.Add(
                        "gcloud services enable cloudresourcemanager.googleapis.com serviceusage.googleapis.com "
                        + $"--project {settings.Accounts.Gcp?.Project ?? "$PROJECT"}");
                    break;
                case Cloud.Scaleway:
                    notes.Add($"Scaleway: the API key's default project is {settings.Accounts.Scaleway?.ProjectId ?? Unsaid}.");
                    break;
                case Cloud.Ovh:
                    notes.Add($"OVHcloud: project {settings.Accounts.Ovh?.ProjectId ?? Unsaid} is in a vRack, which is ordered once.");
                    break;
                case Cloud.Kubernetes:
                    var context = settings.Accounts.Kubernetes?.Context ?? "$CONTEXT";
                    commands.Add($"kubectl --context {context} auth can-i '*' '*' --all-namespaces");
                    break;
                default:
                    throw new InvalidOperationException($"{cloud} has no prerequisites here.");
            }
        }

        return new("Check what must be there") { Notes = notes, Commands = commands };
    }

    // What the stack file already says needs no command; what exists already is looked for, since nothing else would before the update.
    private static Step? Give(Plan plan, StackSettings settings)
    {
        var secrets = plan.Components.Where(component => component.Kind == SecretKind.Instance).ToList();
        var wanted = secrets
            .Where(secret => Text(secret, "source") == "given" && !settings.Secrets.ContainsKey(secret.Name))
            .Select(secret => secret.Name)
            .Distinct()
            .Select(name => SecretChecks.CommandFor(name, plan.Stack))
            .ToList();
        var existing = secrets.Select(secret => Look(secret, settings)).OfType<string>().ToList();
        if (wanted.Count + existing.Count == 0) return null;
        var notes = new List<string>();
        if (wanted.Count > 0) notes.Add("Each command asks for a value and writes it, encrypted, into the stack's file: commit it.");
        if (existing.Count > 0) notes.Add("What exists must be there before its readers start: these commands show whether it is.");
        return new("Give the secrets") { Notes = notes, Commands = [.. wanted, .. existing] };
    }

    private static string? Look(PlannedComponent secret, StackSettings settings) =>
        (secret.Cloud, settings.Secrets.GetValueOrDefault(secret.Name)) switch
        {
            (Cloud.Aws, ExistingSecret existing) => $"aws secretsmanager describe-secret --secret-id '{existing.Name}'",
            (Cloud.Gcp, ExistingSecret existing) =>
                $"gcloud secrets versions describe '{existing.Version}' --secret '{existing.Name.Split('/')[^1]}' "
                + $"--project '{(existing.Name.Split('/') is [_, var project, ..] ? project : settings.Accounts.Gcp?.Project)}'",
            _ => null,
        };

    private static Step Delegate(string stack, PlannedComponent zone, bool isWaitedFor)
    {
        var domain = Text(zone, "domain");
        return new($"Delegate {domain}")
        {
            Notes =
            [
                $"Set these name servers for {domain} at its registrar, or as NS records in the zone above it.",
                isWaitedFor
                    ? "Certificates are proved through it, and wait 30 minutes at most: go on once dig answers."
                    : "Go on once dig answers.",
            ],
            Commands = [$"pulumi stack output nameServers --stack {stack} --json", $"dig +short NS {domain}"],
        };
    }

    private static Step Prove(string stack, PlannedComponent zone) => new($"Prove the names in {Text(zone, "domain")}")
    {
        Notes =
        [
            "Nothing here writes to the zone: have its records written that the first command lists, once and for all renewals.",
            "Certificates wait for them 30 minutes at most: go on once dig answers for each.",
        ],
        Commands = [$"pulumi stack output dnsProofs --stack {stack} --json", "dig +short CNAME $NAME"],
    };

    private static Step Write(string stack, PlannedComponent zone, bool hasCluster) => new($"Write the records of {Text(zone, "domain")}")
    {
        Notes =
        [
            "Nothing here writes to the zone: have these records written, with the values that the first command shows.",
            .. Text(zone, "records")
                .Split('\n')
                .Select(line => line.Split(' ', 5) is [var name, _, _, var type, ..] ? $"{type} {name}" : line),
            .. hasCluster ? ["The cluster's certificates are issued minutes after they answer; until then, HTTPS does not."] : (string[])[],
        ],
        Commands = [$"pulumi stack output dnsRecords --stack {stack} --json", $"dig +short {Text(zone, "domain")}"],
    };

    // Databases that begin from a dump, each with its key and its bucket.
    private static List<(PlannedComponent Database, string Key, PlannedComponent Bucket)> DumpsIn(Plan plan) =>
    [
        .. from database in plan.Components
           where database.Kind == ManagedDatabaseKind.Instance || database.Kind == LogicalDatabaseKind.Instance
           let key = Origin(database, "dump")
           where key.Length > 0
           from bucket in plan.Components
           where bucket.Kind == BucketKind.Instance && bucket.Name == Origin(database, "bucket")
           select (database, key, bucket),
    ];

    private static string Origin(PlannedComponent database, string argument) =>
        database.Arguments.TryGetProperty("beginsFrom", out var origin)
        && origin.ValueKind == JsonValueKind.Object
        && origin.TryGetProperty(argument, out var value)
            ? value.GetString() ?? ""
            : "";

    private static Step PutDumps(
        string stack,
        IReadOnlyList<(PlannedComponent Database, string Key, PlannedComponent Bucket)> dumps) => new("Put the dumps into their buckets")
    {
        Notes =
        [
            .. dumps.Select(dump =>
                $"'{dump.Database.Name}' begins from {dump.Key} in the bucket '{dump.Bucket.Name}': DUMP is the file that was made, NAME "
                + "the bucket's name among the outputs."),
            "Without it the job that loads it fails, and no consumer starts. It may be deleted once it is loaded.",
            .. dumps.Any(dump => dump.Bucket.Cloud == Cloud.Kubernetes)
                ? ["The store of a cluster answers inside it only: run the copy in a pod there, with a key that writes to the bucket."]
                : (string[])[],
        ],
        Commands =
        [
            $"pulumi stack output components --stack {stack} --json",
            .. dumps.Select(dump => dump.Bucket.Cloud == Cloud.Gcp
                ? $"gcloud storage cp $DUMP gs://$NAME/{dump.Key}"
                : $"aws s3 cp $DUMP s3://$NAME/{dump.Key} --endpoint-url {Text(dump.Bucket, "endpoint")}"),
        ],
    };

    private static Step? SnapshotsIn(Plan plan)
    {
        var restored = plan.Components
            .Where(component => component.Kind == ManagedDatabaseKind.Instance && Origin(component, "snapshot").Length > 0)
            .ToList();
        if (restored.Count == 0) return null;
        return new("Look whether the snapshots are there")
        {
            Notes =
            [
                .. restored.Select(database =>
                    $"'{database.Name}' begins from {Origin(database, "snapshot")}, of the same engine and major version, made of a "
                    + "database of such a stack."),
            ],
            Commands =
            [
                .. restored
                    .Where(database => database.Cloud == Cloud.Aws)
                    .Select(database => $"aws rds describe-db-snapshots --db-snapshot-identifier '{Origin(database, "snapshot")}' --query "
                        + "'DBSnapshots[].[Engine,EngineVersion,Encrypted,MasterUsername,Status]'"),
            ],
        };
    }

    // Both clouds let nobody send to everyone unasked, and neither says so before the first mail.
    private static Step? Send(Plan plan)
    {
        var (notes, commands) = (new List<string>(), new List<string>());
        foreach (var identity in plan.Resources.Where(resource => resource.Type == "aws:sesv2/emailIdentity:EmailIdentity"))
        {
            var sender = plan.Components.Single(component => component.Urn == identity.ComponentUrn);
            var (region, domain) = (AwsMailEndpoints.RegionOf(Text(sender, "smtpHost")), DomainOf(identity, "emailIdentity"));
            notes.Add(
                $"Amazon SES sends for {domain} to verified addresses only until AWS lets the account out of the sandbox "
                + "in the region: WEBSITE is the site whose users get the mails. A person answers, mostly within a day.");
            commands.Add($"aws sesv2 get-account --region {region} --query ProductionAccessEnabled");
            commands.Add(
                $"aws sesv2 put-account-details --region {region} --production-access-enabled --mail-type TRANSACTIONAL "
                + "--contact-language EN --website-url https://$WEBSITE");
            commands.Add($"aws sesv2 get-email-identity --region {region} --email-identity {domain} "
                + "--query VerifiedForSendingStatus");
        }

        foreach (var domain in plan.Resources.Where(resource => resource.Type == "scaleway:tem/domain:Domain"))
        {
            notes.Add(
                $"Scaleway sends for {DomainOf(domain, "name")} once it has found its records, within 48 hours: go on once its status is "
                + "checked. Ask for a higher quota before a peak: a project sends 10,000 mails a month at first.");
            commands.Add($"scw tem domain list name={DomainOf(domain, "name")} region=fr-par");
        }

        return notes.Count == 0 ? null : new("Have the mails let out") { Notes = notes, Commands = [.. commands.Distinct()] };

        static string? DomainOf(PlannedResource resource, string input) => resource.Inputs.GetProperty(input).GetString();
    }

    private static Step Push(string stack, IReadOnlyList<string> images, string? registry)
    {
        var prefix = registry ?? "$PREFIX";
        return new("Push the images")
        {
            Notes =
            [
                registry is null
                    ? "PREFIX is what the first command shows, BUILT is where your images were built; sign in to both registries first."
                    : "BUILT is where your images were built; sign in to both registries first.",
                "With --preserve-digests, digests stay what they are.",
            ],
            Commands =
            [
                .. registry is null ? (string[])[$"pulumi stack output registries --stack {stack} --json"] : [],
                .. images.Select(image =>
                    $"skopeo copy --all --preserve-digests docker://$BUILT/{image} docker://{prefix}/{Tagged(image)}"),
            ],
        };
    }

    // A registry keeps what has a tag: images that are known by their digest alone are cleaned away.
    internal static string Tagged(string image) =>
        image.Split("@sha256:", 2) is [var repository, var digest] ? $"{repository}:{digest[..Math.Min(12, digest.Length)]}" : image;

    private static IEnumerable<(string Namespace, string Command)> SecretsOf(Plan plan, StackSettings settings)
    {
        if (settings.Accounts.Kubernetes is not { } cluster) yield break;
        if (plan.Components.All(component => component.Cloud != Cloud.Kubernetes)) yield break;
        var kubectl = $"kubectl --context {cluster.Context}";
        var own = plan.Resources
            .Where(resource => resource.Cloud == Cloud.Kubernetes)
            .Select(NamespaceOf)
            .OfType<string>()
            .FirstOrDefault();
        if (own is not null && cluster.ImagePullSecret is { } pull)
        {
            yield return (own, $"{kubectl} --namespace {own} create secret docker-registry {pull} "
                + "--from-file=.dockerconfigjson=$HOME/.docker/config.json");
        }

        if (own is not null && cluster.Backups is { } backups)
            yield return (own, $"{kubectl} --namespace {own} create secret generic {backups.Secret} --from-env-file={backups.Secret}.env");

        if (cluster.Dns is { } dns && plan.Components.Any(component => component.Name == Addon.ExternalDns.Name()))
        {
            var place = Addon.ExternalDns.Name();
            yield return (place, $"{kubectl} create namespace {place}");
            yield return (place, $"{kubectl} --namespace {place} create secret generic {dns.Secret} --from-env-file={dns.Secret}.env");
        }
    }

    // A secret of the cluster that is said to exist lies in the stack's namespace, which only an update makes.
    private static IEnumerable<(string Namespace, string Command)> ExistingIn(Plan plan, StackSettings settings)
    {
        foreach (var secret in plan.Components.Where(component => component.Kind == SecretKind.Instance))
        {
            if (secret.Cloud is Cloud.Aws or Cloud.Gcp) continue;
            if (settings.Secrets.GetValueOrDefault(secret.Name) is not ExistingSecret existing) continue;
            var context = secret.Cloud == Cloud.Kubernetes ? $" --context {settings.Accounts.Kubernetes?.Context}" : "";
            yield return (settings.Stack, $"kubectl{context} --namespace {settings.Stack} create secret generic {existing.Name} "
                + $"--from-env-file={existing.Name}.env");
        }
    }

    private static string? NamespaceOf(PlannedResource resource) => resource.Type == "kubernetes:core/v1:Namespace"
        ? resource.Inputs.GetProperty("metadata").GetProperty("name").GetString()
        : null;

    private static bool IsProved(PlannedResource resource) =>
        resource.Type is "aws:acm/certificate:Certificate" or "gcp:certificatemanager/dnsAuthorization:DnsAuthorization";

    private static bool IsWaitingForDelegation(PlannedResource resource) =>
        resource.Type is "aws:acm/certificateValidation:CertificateValidation" or "gcp:certificatemanager/certificateMap:CertificateMap";

    private static List<string> Waits(Plan plan)
    {
        var patience = plan.Resources
            .Where(resource => resource.CustomTimeouts.ContainsKey("create"))
            .GroupBy(resource => (resource.Type, Longest: resource.CustomTimeouts["create"]))
            .Select(group => $"{group.Key.Type.Split(':')[^1]} {string.Join(", ", group.Select(resource => resource.Name).Distinct())}: "
                + $"at most {group.Key.Longest}.")
            .ToList();
        return patience.Count == 0
            ? []
            : ["How long resources usually take says docs/first-update.md. Patience with some ends later than usual:", .. patience];
    }

    internal static string Up(string stack, IEnumerable<string> targets) =>
        string.Join(" \\\n    ", targets.Select(urn => $"--target '{urn}'").Prepend($"pulumi up --stack {stack}"));

    private static string Text(PlannedComponent component, string output) =>
        component.Outputs.TryGetProperty(output, out var value) ? value.GetString() ?? "" : "";

    private static string Words(int count, string one, string? several = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : several ?? one + "s")}");
}
