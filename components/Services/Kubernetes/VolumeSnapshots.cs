using System.Globalization;
using Infra.Components.Clouds.Kubernetes;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Rbac.V1;

namespace Infra.Components.Services.Kubernetes;

/// <summary>
/// A cron job that makes a snapshot of each volume of a service every night, and takes old ones away once the new one can be used. A
/// snapshot is called after the claim and the day, so that it need not ask which there are: it may make, look at and delete snapshots of
/// the namespace, and nothing else.
/// </summary>
internal static class VolumeSnapshots
{
    /// <summary>The variable that holds the url of the namespace's snapshots.</summary>
    public const string Url = "SNAPSHOTS_URL";

    /// <summary>The variable that holds their class.</summary>
    public const string Class = "SNAPSHOT_CLASS";

    /// <summary>The variable that says whose they are.</summary>
    public const string Service = "SERVICE";

    /// <summary>The variable that holds the claims, each with the days for which its snapshots are kept behind a colon.</summary>
    public const string Claims = "CLAIMS";

    // The minutes of a night in which nobody else's jobs begin.
    private const string Nightly = "17 2 * * *";

    private const int MostSeconds = 2 * 3600;

    // The token goes by standard input: a command line is read by whoever may list processes. What is older than what is kept goes as far
    // back as nights without a run, or more days than are kept now, may have left some.
    private static readonly IReadOnlyList<string> Command = ["sh", "-euc", """
        token=$(cat "$ACCOUNT/token")
        api() {
          method=$1 url=$2; shift 2
          printf 'oauth2-bearer = "%s"\n' "$token" | curl --config - --silent --show-error --max-time 30 \
            --cacert "$ACCOUNT/ca.crt" --request "$method" --write-out '\n%{http_code}' "$@" "$url"
        }
        day() { date -u -d "@$(($(date +%s) - $1 * 86400))" +%Y%m%d; }
        expect() {
          code=$(printf '%s' "$1" | tail -n 1)
          case " $2 " in *" $code "*) ;; *) printf '%s\n' "$1" >&2; exit 1 ;; esac
        }
        today=$(day 0)
        for claim in $CLAIMS; do
          answer=$(api POST "$SNAPSHOTS_URL" --header 'Content-Type: application/json' --data "$(printf \
            '{"apiVersion":"snapshot.storage.k8s.io/v1","kind":"VolumeSnapshot","metadata":{"name":"%s","labels":{"infra/service":"%s"}},"spec":{"volumeSnapshotClassName":"%s","source":{"persistentVolumeClaimName":"%s"}}}' \
            "${claim%:*}-$today" "$SERVICE" "$SNAPSHOT_CLASS" "${claim%:*}")")
          expect "$answer" "200 201 202 409"
        done
        for claim in $CLAIMS; do
          tries=0
          until api GET "$SNAPSHOTS_URL/${claim%:*}-$today" | grep -q '"readyToUse": *true'; do
            tries=$((tries + 1))
            [ "$tries" -lt 120 ] || { echo "The snapshot ${claim%:*}-$today is not ready after 20 minutes." >&2; exit 1; }
            sleep 10
          done
          for back in $(seq $((${claim#*:} + 1)) $((${claim#*:} + 45))); do
            expect "$(api DELETE "$SNAPSHOTS_URL/${claim%:*}-$(day "$back")")" "200 202 404"
          done
        done
        """];

    /// <summary>Creates it; nothing where no volume is backed up, or the cluster makes no snapshots, which is reported.</summary>
    /// <param name="name">The service's name.</param>
    /// <param name="claims">The claims of its volumes, with these.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="tags">The tags of the service.</param>
    /// <param name="child">Makes the options of the service's children.</param>
    public static void Create(
        string name,
        IReadOnlyList<(Volume Volume, PersistentVolumeClaim Claim)> claims,
        ClusterContext cluster,
        IReadOnlyDictionary<string, string> tags,
        Func<IEnumerable<Resource>?, CustomResourceOptions> child)
    {
        var kept = claims.Where(claim => claim.Volume.BackupDays > 0).ToList();
        if (kept.Count == 0 || cluster.Traits.SnapshotClass is not { } snapshotClass) return;
        var rule = new PolicyRuleArgs
        {
            ApiGroups = { "snapshot.storage.k8s.io" },
            Resources = { "volumesnapshots" },
            Verbs = { "create", "get", "delete" },
        };
        var listed = Output
            .All(kept.Select(claim => claim.Claim.Metadata.Apply(metadata =>
                string.Create(CultureInfo.InvariantCulture, $"{metadata.Name}:{claim.Volume.BackupDays}"))))
            .Apply(each => string.Join(' ', each));
        new ApiCronJobs(name, $"{name}-snapshots", rule, cluster, tags, child).Add(new()
        {
            Ending = "snapshots",
            Schedule = Nightly,
            TimeZone = "Etc/UTC",
            Concurrency = "Forbid",
            LatestSeconds = 4 * 3600,
            MostSeconds = MostSeconds,
            Command = Command,
            Environment =
            [
                new()
                {
                    Name = Url,
                    Value = Output.Format(
                        $"{ApiCronJobs.Api}/snapshot.storage.k8s.io/v1/namespaces/{cluster.Namespace}/volumesnapshots"),
                },
                new() { Name = Class, Value = snapshotClass },
                new() { Name = Service, Value = name },
                new() { Name = Claims, Value = listed },
            ],
        });
    }
}
