using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using System.Text.Json;
using Infra.Components.Checks;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Services;

/// <summary>Snapshots of volumes in clusters.</summary>
public sealed class VolumeSnapshotTests
{
    private const string CronJob = "kubernetes:batch/v1:CronJob";

    // Answers as an API server would, and writes down what it was asked.
    private const string Client = """
        #!/bin/sh
        cat > "$CALLS/token"
        method=""; data=""; url=""
        while [ $# -gt 0 ]; do
          case $1 in
            --request) method=$2; shift ;;
            --data) data=$2; shift ;;
            --header|--config|--max-time|--cacert|--write-out) shift ;;
          esac
          url=$1; shift
        done
        printf '%s %s %s\n' "$method" "$url" "$data" >> "$CALLS/calls"
        case $method in
          POST) printf '{}\n%s' "$POSTED" ;;
          GET) printf '{"status":{"readyToUse":true}}\n200' ;;
          DELETE) printf '{}\n404' ;;
        esac
        """;

    [Theory]
    [InlineData(Cloud.Scaleway, "scw-snapshot")]
    [InlineData(Cloud.Ovh, "csi-cinder-snapclass-in-use-v1")]
    public void In_the_clusters_that_a_cloud_makes_its_own_class_makes_them_every_night(Cloud cloud, string snapshotClass)
    {
        var plan = Planned(cloud, Args);

        var job = plan.Only(CronJob, "shop-snapshots");
        var environment = Kubelet.EnvironmentOf(job);
        Assert.Equal(snapshotClass, environment["SNAPSHOT_CLASS"]);
        Assert.Equal("{shop-data.metadata.name}:14", environment["CLAIMS"]);
        Assert.Equal(("17 2 * * *", "Forbid"), (job.Input("spec.schedule"), job.Input("spec.concurrencyPolicy")));
        Assert.DoesNotContain(plan.Findings, finding => finding.Rule.Id == "volume-backup");
    }

    [Fact]
    public void A_given_cluster_says_by_which_class_it_makes_them_or_the_plan_says_that_nobody_does()
    {
        var system = TestSystems.Declare(model => model.Add(new ContainerService("shop", Args)));
        var settings = Fixtures.Of(Cloud.Kubernetes).SettingsFor(system, EnvironmentKind.Production);
        var cluster = settings.Accounts.Kubernetes! with { SnapshotClass = "nightly" };

        var without = Rehearsal.Run(system, settings).WithoutErrors();
        var with = Rehearsal.Run(system, settings with { Accounts = settings.Accounts with { Kubernetes = cluster } }).WithoutErrors();

        Assert.Empty(without.OfType(CronJob));
        Assert.Contains("infra:accounts.kubernetes.snapshotClass", Backup(without).Single().Message, StringComparison.Ordinal);
        Assert.Equal("nightly", Kubelet.EnvironmentOf(with.Only(CronJob, "shop-snapshots"))["SNAPSHOT_CLASS"]);
        Assert.Empty(Backup(with));

        static IEnumerable<Finding> Backup(Plan plan) => plan.Findings.Where(finding => finding.Rule.Id == "volume-backup");
    }

    [Fact]
    public void What_makes_them_may_do_nothing_else_and_reaches_the_API_server_alone()
    {
        var plan = Planned(Cloud.Ovh, Args);

        var role = plan.Only("kubernetes:rbac.authorization.k8s.io/v1:Role", "shop-snapshots");
        Assert.Equal("[\"volumesnapshots\"]", role.Input("rules[0].resources"));
        Assert.Equal("[\"create\",\"get\",\"delete\"]", role.Input("rules[0].verbs"));
        Assert.Null(role.Input("rules[1]"));
        Assert.Equal(
            "443",
            plan.Only("kubernetes:networking.k8s.io/v1:NetworkPolicy", "shop-snapshots").Input("spec.egress[0].ports[0].port"));
    }

    [Fact]
    public void Of_a_set_every_members_volumes_have_them()
    {
        var plan = Planned(Cloud.Scaleway, Args with { Scaling = new() { Members = 2 } });

        Assert.Equal(
            "volume-data-shop-0:14 volume-data-shop-1:14",
            Kubelet.EnvironmentOf(plan.Only(CronJob, "shop-snapshots"))["CLAIMS"]);
    }

    [Fact]
    public void What_is_not_backed_up_has_none() => Assert.Empty(
        Planned(Cloud.Scaleway, Args with { Volumes = [Args.Volumes[0] with { BackupDays = 0 }] }).OfType(CronJob));

    [Theory]
    [InlineData("201")]
    [InlineData("409")]
    public void A_run_makes_one_of_each_claim_and_takes_those_away_that_are_older_than_what_is_kept(string posted)
    {
        if (OperatingSystem.IsWindows()) return;
        var (exit, calls, _) = Run("a:2 b:14", posted);

        Assert.Equal(0, exit);
        var made = calls.Where(call => call.StartsWith("POST ", StringComparison.Ordinal)).Select(call =>
            JsonElement.Parse(call[(call.IndexOf('{', StringComparison.Ordinal))..])).ToList();
        Assert.Equal(["a", "b"], made.Select(body => body.At("spec.source.persistentVolumeClaimName")));
        Assert.Equal([Named("a", 0), Named("b", 0)], made.Select(body => body.At("metadata.name")));
        Assert.All(made, body => Assert.Equal("nightly", body.At("spec.volumeSnapshotClassName")));
        var gone = calls.Where(call => call.StartsWith("DELETE ", StringComparison.Ordinal)).ToList();
        Assert.DoesNotContain(gone, call => call.Contains(Named("a", 2), StringComparison.Ordinal));
        Assert.Contains(gone, call => call.Contains(Named("a", 3), StringComparison.Ordinal));
        Assert.DoesNotContain(gone, call => call.Contains(Named("b", 14), StringComparison.Ordinal));
        Assert.Contains(gone, call => call.Contains(Named("b", 15), StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_that_is_refused_fails_and_takes_nothing_away()
    {
        if (OperatingSystem.IsWindows()) return;
        var (exit, calls, errors) = Run("a:2", "403");

        Assert.NotEqual(0, exit);
        Assert.Contains("403", errors, StringComparison.Ordinal);
        Assert.DoesNotContain(calls, call => call.StartsWith("DELETE ", StringComparison.Ordinal));
    }

    private static string Named(string claim, int daysAgo) => string.Create(
        CultureInfo.InvariantCulture, $"{claim}-{DateTime.UtcNow.AddDays(-daysAgo):yyyyMMdd}");

    [UnsupportedOSPlatform("windows")]
    private static (int Exit, IReadOnlyList<string> Calls, string Errors) Run(string claims, string posted)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "token"), "a-token");
            var curl = Path.Combine(folder.FullName, "curl");
            File.WriteAllText(curl, Client);
            File.SetUnixFileMode(curl, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            var command = Kubelet.CommandOf(Planned(Cloud.Scaleway, Args).Only(CronJob, "shop-snapshots"));
            var calls = folder.CreateSubdirectory("calls").FullName;
            var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardError = true };
            foreach (var (name, value) in new Dictionary<string, string>
            {
                ["PATH"] = $"{folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}",
                ["ACCOUNT"] = folder.FullName,
                ["SNAPSHOTS_URL"] = "https://api/snapshots",
                ["SNAPSHOT_CLASS"] = "nightly",
                ["SERVICE"] = "shop",
                ["CLAIMS"] = claims,
                ["CALLS"] = calls,
                ["POSTED"] = posted,
            })
            {
                start.Environment[name] = value;
            }

            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEnd();
            process.WaitForExit();
            Assert.Equal("oauth2-bearer = \"a-token\"", File.ReadAllText(Path.Combine(calls, "token")).Trim());
            return (process.ExitCode, File.ReadAllLines(Path.Combine(calls, "calls")), errors);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static ContainerServiceArgs Args { get; } = new()
    {
        Port = 8080,
        User = 1000,
        Scaling = new() { AtMostOne = true },
        Volumes = [new() { Path = "/data" }],
    };

    private static Plan Planned(Cloud cloud, ContainerServiceArgs args) =>
        Fixtures.Of(cloud).PlanWithoutErrors(model => model.Add(new ContainerService("shop", args)));
}
