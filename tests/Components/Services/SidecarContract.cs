using Infra.Components.Checks;
using Infra.Components.Databases;
using Infra.Components.Jobs;
using Infra.Components.Secrets;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Services;

/// <summary>What runs before the container of a service, a worker and a job, and beside it, is promised alike on every cloud.</summary>
public abstract class SidecarContract(CloudFixture cloud)
{
    /// <summary>What runs a container.</summary>
    public static TheoryData<string> Consumers => ["service", "worker", "job", "scheduled job"];

    [Theory]
    [MemberData(nameof(Consumers))]
    public void Steps_run_one_after_another_before_the_container_with_all_that_it_has_or_are_refused(string consumer)
    {
        Action<Model> declare = model =>
        {
            var orders = model.Add(new ManagedDatabase("orders"));
            Add(model, consumer, new()
            {
                User = 1000,
                Environment = new() { ["MODE"] = "full" },
                Files = new() { ["/etc/app/app.conf"] = "mode = full" },
                Steps =
                [
                    new() { Name = "wait", EntryPoint = ["/bin/wait"], Command = ["orders"] },
                    new() { Name = "warm-up", Command = ["warm", "up"], User = 2000 },
                ],
            }).Writes(orders);
        };
        if (Refuses(declare, "gcp-steps", "shop")) return;

        var containers = cloud.ContainersOf(cloud.PlanWithoutErrors(declare), "shop");

        var (own, wait, warm) = (containers["shop"], containers["wait"], containers["warm-up"]);
        Assert.Equal(3, containers.Count);
        Assert.Equal(["/bin/wait orders", "warm up"], [wait.Words, warm.Words]);
        Assert.Equal(("1000", "2000"), (wait.User, warm.User));
        Assert.Equal(["wait"], warm.After);
        Assert.Equal(["wait", "warm-up"], own.After);
        Assert.All([wait, warm], step =>
        {
            Assert.False(step.GoesOn);
            Assert.Equal(own.Image, step.Image);
            Assert.Equal(own.Files, step.Files);
            Assert.Equal(own.Variables.OrderBy(variable => variable.Key), step.Variables.OrderBy(variable => variable.Key));
            Assert.True(step.Variables["ORDERS_PASSWORD"].IsSecret);
        });
    }

    [Theory]
    [MemberData(nameof(Consumers))]
    public void Steps_have_images_of_their_own_where_the_stack_file_says_so(string consumer)
    {
        JobArgs args = new() { Steps = [new() { Name = "wait" }, new() { Name = "check" }] };
        var system = TestSystems.Declare(model => Add(model, consumer, args));
        var settings = cloud.SettingsFor(system, EnvironmentKind.Production);
        var plan = Rehearsal.Run(
            system,
            settings with { Images = new Dictionary<string, string>(settings.Images) { ["shop/wait"] = Image("busybox") } });
        if (plan.Findings.Any(finding => finding.Rule.Id == "gcp-steps")) return;

        var containers = cloud.ContainersOf(plan.WithoutErrors(), "shop");

        Assert.Equal(Image("busybox"), containers["wait"].Image);
        Assert.Equal(containers["shop"].Image, containers["check"].Image);
    }

    [Theory]
    [MemberData(nameof(Consumers))]
    public void Sidecars_run_beside_the_container_with_what_they_are_given_alone_or_are_refused(string consumer)
    {
        Action<Model> declare = model =>
        {
            var orders = model.Add(new ManagedDatabase("orders"));
            var key = model.Add(new Secret("signing-key"));
            Add(model, consumer, new()
            {
                Environment = new() { ["MODE"] = "full", ["DSN"] = "own" },
                Files = new() { ["/etc/app/app.conf"] = "mode = full" },
                Sidecars =
                [
                    new()
                    {
                        Name = "proxy",
                        EntryPoint = ["/bin/proxy"],
                        Command = ["--listen", "15432"],
                        Environment = new()
                        {
                            ["DSN"] = $"postgres://{orders["USERNAME"]}:{orders["PASSWORD"]:url}@{orders["HOST"]}",
                            ["UPSTREAM"] = orders["HOST"],
                            ["KEY"] = key,
                        },
                        Files = new() { ["/etc/proxy/proxy.conf"] = $"key = {key}", ["/etc/proxy/plain.conf"] = "plain" },
                        User = 3000,
                    },
                    new() { Name = "metrics" },
                ],
            }).Writes(orders);
        };
        if (Refuses(declare, "gcp-job-sidecars", "shop")) return;

        var plan = cloud.PlanWithoutErrors(declare);
        var containers = cloud.ContainersOf(plan, "shop");

        var (own, proxy, metrics) = (containers["shop"], containers["proxy"], containers["metrics"]);
        Assert.Equal(3, containers.Count);
        Assert.All(containers.Values, container => Assert.True(container.GoesOn));
        Assert.EndsWith($"/test/shop-proxy@{TestSettings.Digest}", proxy.Image, StringComparison.Ordinal);
        Assert.EndsWith($"/test/shop-metrics@{TestSettings.Digest}", metrics.Image, StringComparison.Ordinal);
        Assert.Equal("/bin/proxy --listen 15432", proxy.Words);
        Assert.Equal(["DSN", "KEY", "UPSTREAM"], proxy.Variables.Keys.Order());
        Assert.Equal([true, true, false], proxy.Variables.OrderBy(variable => variable.Key).Select(variable => variable.Value.IsSecret));
        Assert.Equal("own", own.Variables["DSN"].Value);
        Assert.DoesNotContain("UPSTREAM", own.Variables.Keys);
        Assert.Empty(metrics.Variables);
        Assert.All(proxy.Files, path => Assert.StartsWith("/etc/proxy", path, StringComparison.Ordinal));
        Assert.NotEmpty(proxy.Files);
        Assert.All(own.Files, path => Assert.StartsWith("/etc/app", path, StringComparison.Ordinal));
        Assert.Null(own.User);
        Assert.Equal(cloud.Cloud == Cloud.Gcp ? null : "3000", proxy.User);
    }

    [Theory]
    [MemberData(nameof(Consumers))]
    public void The_container_waits_for_sidecars_that_say_that_they_are_well(string consumer)
    {
        Action<Model> declare = model => Add(model, consumer, new()
        {
            Sidecars =
            [
                new() { Name = "proxy", HealthCheck = new() { Protocol = HealthProtocol.Tcp, Port = 15432 } },
                new() { Name = "metrics", HealthCheck = new() { Path = "/ready", Port = 9090 } },
            ],
        });
        if (Refuses(declare, "gcp-job-sidecars", "shop")) return;

        var containers = cloud.ContainersOf(cloud.PlanWithoutErrors(declare), "shop");

        Assert.Equal(("tcp 15432", "http 9090 /ready"), (containers["proxy"].Check, containers["metrics"].Check));
        Assert.Empty(containers["proxy"].After);
        Assert.Equal(["proxy"], containers["metrics"].After);
        Assert.Equal(["proxy", "metrics"], containers["shop"].After);
    }

    [Theory]
    [MemberData(nameof(Consumers))]
    public void A_sidecar_is_asked_by_a_command_or_a_finding_says_that_nobody_asks(string consumer)
    {
        Action<Model> declare = model => Add(model, consumer, new()
        {
            Sidecars = [new() { Name = "proxy", HealthCheck = new() { Command = ["/bin/check", "-q"] } }],
        });
        if (Refuses(declare, "gcp-job-sidecars", "shop")) return;

        var plan = cloud.PlanWithoutErrors(declare);
        var asked = cloud.ContainersOf(plan, "shop")["proxy"].Check;

        if (plan.Findings.Any(finding => finding is { Rule.Id: "gcp-health-check", Component: "shop" })) Assert.Null(asked);
        else Assert.Equal("command /bin/check -q", asked);
    }

    [Theory]
    [MemberData(nameof(Consumers))]
    public void Sidecars_are_there_before_steps(string consumer)
    {
        Action<Model> declare = model =>
            Add(model, consumer, new() { Steps = [new() { Name = "wait" }], Sidecars = [new() { Name = "proxy" }] });
        if (Refuses(declare, "gcp-steps", "shop")) return;

        Assert.Equal(["proxy"], cloud.ContainersOf(cloud.PlanWithoutErrors(declare), "shop")["wait"].After);
    }

    [Fact]
    public void What_sidecars_are_promised_comes_on_top_of_the_components_size()
    {
        var plan = cloud.PlanWithoutErrors(model => Add(model, "service", new()
        {
            Size = Size.Medium,
            Sidecars = [new() { Name = "proxy", MilliCpu = 1000, MemoryMiB = 2048 }],
        }));
        var promised = ContainerArgs.Promise(Size.Medium);
        var given = cloud.CapacityOf(plan, "shop");

        // Of a task of Amazon ECS there is one size for all containers.
        Assert.True(given.Keeps(cloud.Cloud == Cloud.Aws ? new(promised.VCpu + 1, promised.MemoryGiB + 2) : promised), $"{given}");
    }

    [Fact]
    public void Another_image_or_word_of_a_sidecar_changes_nothing_but_its_component()
    {
        Plan Plan(string word) => cloud.PlanWithoutErrors(model =>
        {
            Add(model, "service", new() { Sidecars = [new() { Name = "proxy", Command = [word] }] });
            model.Add(new ContainerService("other", new() { Port = 8081 }));
        });

        var (before, after) = (Plan("one"), Plan("two"));

        var inputs = after.Resources.ToDictionary(resource => resource.Urn, resource => resource.Inputs.ToString());
        Assert.Equal(
            ["shop"],
            before.Resources
                .Where(resource => inputs[resource.Urn] != resource.Inputs.ToString())
                .Select(resource => resource.Component)
                .Distinct());
    }

    private static string Image(string name) => $"registry.example.org/test/{name}@{TestSettings.Digest}";

    private bool Refuses(Action<Model> declare, string rule, string component)
    {
        if (!cloud.Plan(declare).Findings.Any(finding => finding.Rule.Id == rule && finding.Component == component)) return false;
        Assert.Equal(Cloud.Gcp, cloud.Cloud);
        return true;
    }

    private static Consumer Add(Model model, string consumer, JobArgs args) => consumer switch
    {
        "job" => model.Add(new Job("shop", args)),
        "scheduled job" => model.Add(new ScheduledJob("shop", new()
        {
            Schedule = "0 3 * * *",
            Size = args.Size,
            User = args.User,
            Environment = args.Environment,
            Files = args.Files,
            Steps = args.Steps,
            Sidecars = args.Sidecars,
        })),
        _ => model.Add(new ContainerService("shop", new()
        {
            Port = consumer == "service" ? 8080 : null,
            Size = args.Size,
            User = args.User,
            Environment = args.Environment,
            Files = args.Files,
            Steps = args.Steps,
            Sidecars = args.Sidecars,
        })),
    };
}

public sealed class SidecarsOnAws() : SidecarContract(new AwsFixture());

public sealed class SidecarsOnGoogleCloud() : SidecarContract(new GcpFixture());

public sealed class SidecarsOnScaleway() : SidecarContract(new ScalewayFixture());

public sealed class SidecarsOnOvh() : SidecarContract(new OvhFixture());

public sealed class SidecarsOnKubernetes() : SidecarContract(new KubernetesFixture());
