using Infra.Components.Checks;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Services;

/// <summary>What a container service promises on every cloud.</summary>
public abstract class ContainerServiceContract(CloudFixture cloud)
{
    protected CloudFixture Cloud => cloud;

    [Fact]
    public void It_may_write_where_its_image_lets_it_and_where_it_asks_for_less_it_gets_less_or_a_finding_says_that_it_does_not()
    {
        const string kept = "\"readOnlyRootFilesystem\":true";
        var (usual, confined) = (Written(false), Written(true));

        Assert.DoesNotContain(kept, cloud.WorkloadOf(usual, "shop").Inputs.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(usual.Findings, IsAboutWriting);
        Assert.NotEqual(
            cloud.WorkloadOf(confined, "shop").Inputs.ToString().Contains(kept, StringComparison.OrdinalIgnoreCase),
            confined.Findings.Any(IsAboutWriting));

        Plan Written(bool confined) => cloud.PlanWithoutErrors(model =>
            model.Add(new ContainerService("shop", new() { Port = 8080, ReadOnlyRoot = confined })));

        static bool IsAboutWriting(Finding finding) => finding is { Rule.Id: "read-only-root", Component: "shop" };
    }

    /// <summary>Checks, and what they ask on port 7433.</summary>
    public static TheoryData<string, HealthCheck> Checks => new()
    {
        { "http 7433 /alive", new() { Port = 7433, Path = "/alive" } },
        { "tcp 7433", new() { Port = 7433, Protocol = HealthProtocol.Tcp } },
        { "grpc 7433", new() { Port = 7433, Protocol = HealthProtocol.Grpc } },
        { "command /bin/check --deep", new() { Command = ["/bin/check", "--deep"] } },
    };

    [Theory]
    [MemberData(nameof(Checks))]
    public void Services_and_workers_are_asked_whether_they_are_well_as_they_say_or_a_finding_says_how_they_are(
        string asked,
        HealthCheck check)
    {
        var plan = cloud.PlanWithoutErrors(model =>
        {
            model.Add(new ContainerService("shop", new() { Port = 7433, HealthCheck = check }));
            model.Add(new ContainerService("worker", new() { HealthCheck = check }));
        });

        Assert.All(["shop", "worker"], service => Assert.True(
            cloud.CheckOf(plan, service) == asked
            || plan.Findings.Any(finding => IsAboutChecks(finding, service)),
            $"{service}: {cloud.CheckOf(plan, service)}"));

        static bool IsAboutChecks(Finding finding, string service) =>
            finding.Component == service && finding.Rule.Id.EndsWith("-health-check", StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_asked_where_its_image_has_its_management_interface_and_called_where_it_is_called()
    {
        var plan = cloud.PlanWithoutErrors(model =>
        {
            var shop = model.Add(new ContainerService("shop", new() { Port = 8080, HealthCheck = new() { Port = 9000, Path = "/ready" } }));
            model.Add(new ContainerService("worker")).Calls(shop);
        });

        Assert.Equal("http 9000 /ready", cloud.CheckOf(plan, "shop"));
        Assert.Contains("8080", cloud.WorkloadOf(plan, "shop").Inputs.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_worker_that_does_not_say_how_is_asked_by_nobody() =>
        Assert.Null(cloud.CheckOf(cloud.PlanWithoutErrors(model => model.Add(new ContainerService("worker"))), "worker"));

    [Fact]
    public void A_service_that_is_called_has_a_private_address_and_a_worker_has_none()
    {
        var plan = cloud.PlanWithoutErrors(model =>
        {
            var shop = model.Add(new ContainerService("shop", new() { Port = 8080 }));
            model.Add(new ContainerService("worker")).Calls(shop);
        });

        var shop = plan.Component("shop", ContainerServiceKind.Instance).Outputs;
        Assert.NotEmpty(shop.At("host")!);
        Assert.StartsWith("http", shop.At("url")!, StringComparison.Ordinal);
        Assert.Empty(plan.Component("worker", ContainerServiceKind.Instance).Outputs.At("host")!);
    }

    [Fact]
    public void It_runs_the_image_of_the_stack_file() =>
        Assert.Contains(
            $"shop@{TestSettings.Digest}",
            cloud.WorkloadOf(cloud.PlanWithoutErrors(model => model.Add(new ContainerService("shop", new() { Port = 8080 }))), "shop")
                .Inputs.ToString(),
            StringComparison.Ordinal);

    [Fact]
    public void It_sees_its_own_variables()
    {
        var plan = cloud.PlanWithoutErrors(model =>
            model.Add(new ContainerService(
                "shop",
                new() { Port = 8080, Environment = new() { ["LOG_LEVEL"] = "info" } })));

        Assert.Equal("info", cloud.VariablesOf(plan, "shop")["LOG_LEVEL"].Value);
    }

    [Fact]
    public void It_scales_between_its_bounds()
    {
        var plan = cloud.PlanWithoutErrors(model =>
            model.Add(new ContainerService("shop", new() { Port = 8080, Scaling = new() { Minimum = 3, Maximum = 30, CpuPercent = 60 } })));

        Assert.Equal((3, 30, 60), cloud.ScalingOf(plan, "shop"));
    }

    [Fact]
    public void It_does_not_scale_when_its_bounds_are_equal()
    {
        var plan = cloud.PlanWithoutErrors(model =>
            model.Add(new ContainerService("shop", new() { Port = 8080, Scaling = new() { Minimum = 2, Maximum = 2 } })));

        Assert.Null(cloud.ScalingOf(plan, "shop"));
    }

    [Theory]
    [InlineData(8080)]
    [InlineData(null)]
    public void What_must_not_be_done_twice_has_one_replica_that_stops_before_the_next_one_starts_or_a_finding_says_that_it_does_not(
        int? port)
    {
        var (usual, single) = (Of(new()), Of(new() { AtMostOne = true }));

        Assert.False(cloud.StopsFirst(usual, "shop"));
        Assert.DoesNotContain(usual.Findings, IsAboutOverlap);
        Assert.Null(cloud.ScalingOf(single, "shop"));
        Assert.True(cloud.StopsFirst(single, "shop") || single.Findings.Any(IsAboutOverlap));
        Assert.DoesNotContain(single.Findings, finding => finding.Rule.Id == "weaker-than-usual");

        Plan Of(Scaling scaling) =>
            cloud.PlanWithoutErrors(model => model.Add(new ContainerService("shop", new() { Port = port, Scaling = scaling })));

        static bool IsAboutOverlap(Finding finding) =>
            finding.Component == "shop" && finding.Rule.Id.EndsWith("-at-most-one", StringComparison.Ordinal);
    }

    [Fact]
    public void Every_size_keeps_its_promise()
    {
        foreach (var size in Enum.GetValues<Size>())
        {
            var plan = cloud.PlanWithoutErrors(model => model.Add(new ContainerService("shop", new() { Port = 8080, Size = size })));
            var capacity = cloud.CapacityOf(plan, "shop");
            Assert.True(capacity.Keeps(ContainerArgs.Promise(size)), $"{size}: {capacity}");
        }
    }

    [Fact]
    public void Services_that_call_each_other_find_each_other()
    {
        var plan = cloud.PlanWithoutErrors(model =>
        {
            var shop = model.Add(new ContainerService("shop", new() { Port = 8080 }));
            var stock = model.Add(new ContainerService("stock", new() { Port = 9090 }));
            shop.Calls(stock);
            stock.Calls(shop);
        });

        Assert.Equal(
            plan.Component("stock", ContainerServiceKind.Instance).Outputs.At("url")!,
            cloud.VariablesOf(plan, "shop")["STOCK_URL"].Value);
        Assert.Equal(
            plan.Component("shop", ContainerServiceKind.Instance).Outputs.At("url")!,
            cloud.VariablesOf(plan, "stock")["SHOP_URL"].Value);
        Assert.DoesNotContain(cloud.VariablesOf(plan, "shop").Keys, key => key.EndsWith("MEMBERS", StringComparison.Ordinal));
        Assert.Contains(cloud.GrantsOf(plan, "shop"), grant => grant.Contains("stock", StringComparison.Ordinal));
    }

    [Fact]
    public void A_service_that_nobody_is_linked_to_is_open_to_nobody()
    {
        var plan = cloud.PlanWithoutErrors(model =>
        {
            model.Add(new ContainerService("shop", new() { Port = 8080 }));
            model.Add(new ContainerService("stranger", new() { Port = 9090 }));
        });

        Assert.DoesNotContain(cloud.GrantsOf(plan, "stranger"), grant => grant.Contains("shop", StringComparison.Ordinal));
    }
}
