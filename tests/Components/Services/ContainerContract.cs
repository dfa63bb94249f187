using Infra.Components.Checks;
using Infra.Components.Jobs;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Services;

/// <summary>What the container of a service, a worker and a job, scheduled or not, is promised alike, on every cloud.</summary>
public abstract class ContainerContract(CloudFixture cloud)
{
    /// <summary>What runs a container.</summary>
    public static TheoryData<string> Consumers => ["service", "worker", "job", "scheduled job"];

    protected CloudFixture Cloud => cloud;

    [Theory]
    [MemberData(nameof(Consumers))]
    public void It_keeps_the_entry_point_and_the_command_of_its_image_unless_they_are_replaced(string consumer)
    {
        Assert.Equal<IReadOnlyList<string>>([[], []], Words(new()));
        Assert.Equal<IReadOnlyList<string>>([[], ["serve", "--all"]], Words(new() { Command = ["serve", "--all"] }));
        Assert.Equal<IReadOnlyList<string>>([["/app/run", "-x"], []], Words(new() { EntryPoint = ["/app/run", "-x"] }));
        Assert.Equal<IReadOnlyList<string>>(
            [["sh", "-c"], ["migrate && serve"]],
            Words(new() { EntryPoint = ["sh", "-c"], Command = ["migrate && serve"] }));

        IReadOnlyList<string>[] Words(JobArgs args)
        {
            var (entryPoint, command) = cloud.WordsOf(cloud.PlanWithoutErrors(model => Add(model, consumer, args)), "shop");
            return [entryPoint, command];
        }
    }

    [Theory]
    [MemberData(nameof(Consumers))]
    public void It_runs_as_the_user_that_is_asked_for_or_a_finding_says_that_it_runs_as_the_one_of_its_image(string consumer)
    {
        Assert.Null(User(new()));
        if (Plan(new() { User = 991 }).Findings.Any(finding => finding is { Rule.Id: "gcp-user", Component: "shop" }))
        {
            Assert.Null(User(new() { User = 991, Group = 990 }));
            return;
        }

        Assert.Equal("991", User(new() { User = 991 }));
        Assert.Equal("991:990", User(new() { User = 991, Group = 990 }));

        Plan Plan(JobArgs args) => cloud.PlanWithoutErrors(model => Add(model, consumer, args));
        string? User(JobArgs args) => cloud.UserOf(Plan(args), "shop");
    }

    [Theory]
    [MemberData(nameof(Consumers))]
    public void Its_memory_is_promised_beside_its_processors_and_shrinks_with_its_size(string consumer)
    {
        foreach (var (size, memory) in new[] { (Size.Small, 2048), (Size.Medium, 512), (Size.Nano, 32768), (Size.XXLarge, 32768) })
        {
            var capacity = Capacity(new() { Size = size, MemoryMiB = memory }, EnvironmentKind.Production);
            Assert.True(capacity.Keeps(ContainerArgs.Promise(size) with { MemoryGiB = memory / 1024.0 }), $"{size}, {memory}: {capacity}");
        }

        Assert.Equal(2, Capacity(new() { Size = Size.Small, MemoryMiB = 2048 }, EnvironmentKind.Production).MemoryGiB);
        Assert.True(Capacity(new() { Size = Size.XLarge, MemoryMiB = 32768 }, EnvironmentKind.Preview).MemoryGiB < 32);

        Capacity Capacity(JobArgs args, EnvironmentKind environment) =>
            cloud.CapacityOf(cloud.PlanWithoutErrors(model => Add(model, consumer, args), environment), "shop");
    }

    /// <summary>Adds a consumer of that kind, called shop, with what all of them take.</summary>
    private static void Add(Model model, string consumer, JobArgs args) => model.Add<Component>(consumer switch
    {
        "job" => new Job("shop", args),
        "scheduled job" => new ScheduledJob("shop", new()
        {
            Schedule = "0 3 * * *",
            Size = args.Size,
            MemoryMiB = args.MemoryMiB,
            EntryPoint = args.EntryPoint,
            Command = args.Command,
            User = args.User,
            Group = args.Group,
        }),
        _ => new ContainerService("shop", new()
        {
            Port = consumer == "service" ? 8080 : null,
            Size = args.Size,
            MemoryMiB = args.MemoryMiB,
            EntryPoint = args.EntryPoint,
            Command = args.Command,
            User = args.User,
            Group = args.Group,
        }),
    });
}

public sealed class ContainerOnAws() : ContainerContract(new AwsFixture());

public sealed class ContainerOnGoogleCloud() : ContainerContract(new GcpFixture());

public sealed class ContainerOnScaleway() : ContainerContract(new ScalewayFixture());

public sealed class ContainerOnOvh() : ContainerContract(new OvhFixture());

public sealed class ContainerOnKubernetes() : ContainerContract(new KubernetesFixture());
