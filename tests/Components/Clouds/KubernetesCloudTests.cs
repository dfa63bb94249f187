using System.Text.Json;
using System.Text.RegularExpressions;
using Infra.Components.Buckets;
using Infra.Components.Buckets.Kubernetes;
using Infra.Components.Caches;
using Infra.Components.Checks;
using Infra.Components.Databases;
using Infra.Components.Databases.Kubernetes;
using Infra.Components.Networks;
using Infra.Components.Placements;
using Infra.Components.Registries;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Clouds;

public sealed partial class KubernetesCloudTests
{
    [Fact]
    public void No_environment_variable_shapes_the_provider()
    {
        Environment.SetEnvironmentVariable("KUBECONFIG", "/somewhere/else");
        Environment.SetEnvironmentVariable("PULUMI_K8S_ENABLE_SECRET_MUTABLE", "true");
        try
        {
            var provider = KubernetesPlans.Good(model => model.Add(new ContainerService("shop"))).Only("pulumi:providers:kubernetes");

            Assert.Equal("kubernetes", provider.Name);
            Assert.Equal("test", provider.Input("context"));
            Assert.Equal("test", provider.Input("clusterIdentifier"));
            Assert.Equal("true", provider.Input("enableServerSideApply"));
            Assert.Equal("false", provider.Input("enableSecretMutable"));
            Assert.Null(provider.Input("kubeconfig"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("KUBECONFIG", null);
            Environment.SetEnvironmentVariable("PULUMI_K8S_ENABLE_SECRET_MUTABLE", null);
        }
    }

    [Fact]
    public void Every_resource_has_the_explicit_provider()
    {
        var plan = KubernetesPlans.Good(Everything);

        Assert.All(
            plan.Resources.Where(resource => resource.Package == "kubernetes" && !resource.IsProvider),
            resource => Assert.NotNull(resource.Provider));
    }

    [Fact]
    public void Unknown_outputs_change_no_resource()
    {
        var system = TestSystems.Declare(Everything);
        var settings = KubernetesPlans.Settings(system);

        var unknown = Rehearsal.RunUnknown(system, settings);

        Assert.Equal("", unknown.Findings.Errors());
        var plan = Rehearsal.Run(system, settings);
        Assert.Equal(
            plan.Resources
                .Select(resource => resource.Urn)
                .Concat(plan.Components.Select(component => component.Urn))
                .Order(StringComparer.Ordinal),
            unknown.Urns.Order(StringComparer.Ordinal));
    }

    // The kubelet makes one dollar sign of two, and puts variables in the place of $(NAME): what is meant for a shell has pairs only.
    [Theory]
    [InlineData(Cloud.Kubernetes)]
    [InlineData(Cloud.Scaleway)]
    [InlineData(Cloud.Ovh)]
    public void Nothing_in_a_pod_is_left_to_the_kubelet(Cloud cloud)
    {
        static void Declare(Model model)
        {
            Everything(model);
            var orders = model.Add(new Components.Queues.Queue("events"));
            model.Add(new ContainerService("sender", new() { Command = ["sh", "-c", "echo $(date) $$"] })).Publishes(orders);
        }

        var plan = Fixtures.Of(cloud).PlanWithoutErrors(Declare);

        var texts = plan.Resources
            .Where(resource => resource.TypeName is "Deployment" or "Job" or "CronJob")
            .SelectMany(workload => Texts(workload.Inputs))
            .Where(text => text.Contains('$'))
            .ToList();
        Assert.NotEmpty(texts);
        Assert.All(texts, text => Assert.All(
            Dollars().Matches(text), run => Assert.True(run.Length % 2 == 0, $"the kubelet expands something of: {text}")));

        static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().SelectMany(property => Texts(property.Value)),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
            JsonValueKind.String => [element.GetString()!],
            _ => [],
        };
    }

    [Fact]
    public void Labels_hold_what_labels_may_hold()
    {
        var labels = KubernetesPlans.Good(model => model.Add(new ContainerService("shop")))
            .Only("kubernetes:apps/v1:Deployment")
            .Inputs.GetProperty("metadata")
            .GetProperty("labels");

        Assert.Equal("platform-example.org", labels.GetProperty("infra/owner").GetString());
        Assert.Equal("sample", labels.GetProperty("app.kubernetes.io/part-of").GetString());
        Assert.Equal("shop", labels.GetProperty("app.kubernetes.io/name").GetString());
    }

    [Fact]
    public void Production_refuses_sensitive_data_on_volumes_that_nothing_says_are_encrypted()
    {
        static void Personal(Model model) => model.Add(new ManagedDatabase("orders", new() { DataClass = DataClass.Personal }));
        static void Internal(Model model) => model.Add(new ManagedDatabase("orders"));
        static KubernetesAccount Unencrypted(KubernetesAccount account) => account with { EncryptedStorage = false };

        Assert.Equal(Severity.Error, SeverityOf("storage-encryption", Personal, Unencrypted));
        Assert.Equal(Severity.Warning, SeverityOf("storage-encryption", Internal, Unencrypted));
        Assert.Equal(Severity.Info, SeverityOf("storage-encryption", Personal, Unencrypted, EnvironmentKind.Preview));
        Assert.Null(SeverityOf("storage-encryption", Personal, account => account));
    }

    [Fact]
    public void Production_refuses_a_database_without_a_place_for_backups()
    {
        static void Database(Model model) => model.Add(new ManagedDatabase("orders"));
        static KubernetesAccount Without(KubernetesAccount account) => account with { Backups = null };

        Assert.Equal(Severity.Error, SeverityOf("database-backup", Database, Without));
        Assert.Equal(Severity.Warning, SeverityOf("database-backup", Database, Without, EnvironmentKind.Staging));
        Assert.Null(SeverityOf("database-backup", Database, account => account));
    }

    [Fact]
    public void A_hypothetical_plan_needs_no_cluster()
    {
        var plan = KubernetesPlans.Plan(Everything, settings: settings => settings with { Accounts = new(), Hypothetical = true });

        Assert.Equal("", plan.Errors());
        Assert.NotEmpty(plan.Resources);
    }

    [Fact]
    public void Every_system_plans_on_a_hypothetical_cluster()
    {
        foreach (var system in Infra.Stacks.Systems.All)
        {
            var plan = Rehearsal.Run(
                system,
                KubernetesPlans.Settings(system, change: settings => settings with { Accounts = new(), Hypothetical = true }));

            Assert.Equal("", plan.Errors());
            Assert.NotEmpty(plan.Resources);
        }
    }

    [Fact]
    public void No_label_of_ours_changes_how_an_operator_selects_its_pods()
    {
        var plan = KubernetesPlans.Good(Everything);

        var labels = plan.Only("kubernetes:mysql.oracle.com/v2:InnoDBCluster")
            .Inputs.GetProperty("spec")
            .GetProperty("podLabels")
            .EnumerateObject();
        Assert.All(labels, label => Assert.StartsWith("infra/", label.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void A_cluster_that_does_not_enforce_policies_is_reported() =>
        Assert.Equal(
            Severity.Warning,
            SeverityOf(
                "network-policies",
                model => model.Add(new ContainerService("shop")),
                account => account with { EnforcesNetworkPolicies = false }));

    [Fact]
    public void A_registry_is_needed_for_images_without_one()
    {
        static void Declare(Model model)
        {
            model.Add(new ContainerRegistry("registry"));
            model.Add(new ContainerService("shop"));
        }

        static StackSettings Short(StackSettings settings) =>
            settings with { Images = new Dictionary<string, string> { ["shop"] = $"shop@{TestSettings.Digest}" } };

        var missing = KubernetesPlans.Plan(Declare, cluster: account => account with { Registry = null }, settings: Short);
        Assert.Contains(missing.Findings, finding => finding is { Rule.Id: "registry-missing", Severity: Severity.Error });
        var named = KubernetesPlans.Plan(Declare, settings: Short);
        Assert.Equal("", named.Errors());
        Assert.Equal(
            $"registry.example.org/test/shop@{TestSettings.Digest}",
            named.Only("kubernetes:apps/v1:Deployment").Input("spec.template.spec.containers[0].image"));
    }

    [Fact]
    public void Network_arguments_without_meaning_here_are_mentioned_when_they_are_set()
    {
        Assert.Null(SeverityOf("network-ignored", model => model.Add(new ContainerService("shop")), account => account));
        Assert.Equal(
            Severity.Info,
            SeverityOf(
                "network-ignored",
                model => model.Add(new PrivateNetwork("network", new() { Cidr = "10.9.0.0/16" })),
                account => account,
                also: new ContainerService("shop")));
    }

    [Theory]
    [InlineData(0, 3, "KubernetesBucketTweak.VolumeGiB")]
    [InlineData(10, 1, "KubernetesBucketTweak.VolumeServers")]
    public void Tweaks_are_validated(int gibibytes, int servers, string argument)
    {
        var plan = KubernetesPlans.Plan(model =>
            model.Add(
                new Bucket("photos", new() { Tweaks = [new KubernetesBucketTweak { VolumeGiB = gibibytes, VolumeServers = servers }] })));

        Assert.Contains(argument, plan.Errors(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_even_number_of_database_servers_is_refused()
    {
        var plan = KubernetesPlans.Plan(model =>
            model.Add(new ManagedDatabase("orders", new() { Tweaks = [new KubernetesDatabaseTweak { Instances = 2 }] })));

        Assert.Contains("1, 3, 5, 7 or 9", plan.Errors(), StringComparison.Ordinal);
    }

    /// <summary>A system with one of everything that stands in a cluster.</summary>
    internal static void Everything(Model model)
    {
        model.Add(new ContainerRegistry("registry"));
        var orders = model.Add(new ManagedDatabase("orders"));
        var ledger = model.Add(new ManagedDatabase("ledger", new() { Engine = DatabaseEngine.MySql }));
        var sessions = model.Add(new Cache("sessions"));
        var photos = model.Add(new Bucket("photos"));
        model.Add(new Components.Jobs.Job("schema")).Writes(orders).Writes(ledger);
        var stock = model.Add(new ContainerService("stock", new() { Port = 9090 })).Reads(orders);
        var shop = model.Add(new ContainerService("shop", new() { Port = 8080 }))
            .Writes(orders)
            .Writes(sessions)
            .Writes(photos)
            .Calls(stock);
        model.Add(new ContainerService("worker")).Reads(ledger).Reads(sessions).Reads(photos);
        var zone = model.Add(new Components.Dns.DnsZone("zone", new() { Domain = "shop.example" }));
        var certificate = model.Add(
            new Components.Certificates.Certificate("certificate", new() { Hosts = ["www"], Zone = zone }));
        var edge = model.Add(new Components.LoadBalancers.LoadBalancer(
            "edge",
            new() { Certificate = certificate, Routes = [new(shop, "www")] }));
        model.Add(new Components.Dns.DnsRecord("www", new() { Zone = zone, Host = "www", Targets = [new(edge)] }));
    }

    [GeneratedRegex(@"\$+")]
    private static partial Regex Dollars();

    private static Severity? SeverityOf(
        string rule,
        Action<Model> declare,
        Func<KubernetesAccount, KubernetesAccount> cluster,
        EnvironmentKind environment = EnvironmentKind.Production,
        Component? also = null)
    {
        var plan = KubernetesPlans.Plan(
            model =>
            {
                declare(model);
                if (also is not null) model.Add(also);
            },
            environment,
            cluster);
        return plan.Findings.FirstOrDefault(finding => finding.Rule.Id == rule)?.Severity;
    }
}
