using Infra.Benchmarks;
using Infra.Components.Checks;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Rehearsals;
using Infra.Settings;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Benchmarks;

public sealed class FleetTests : IDisposable
{
    // The larger ones differ in their number of services only, and take longer than the rest of the tests.
    private const int Most = 10;

    private readonly FleetProject _project = new();

    public static TheoryData<int, Cloud> Fleets
    {
        get
        {
            var fleets = new TheoryData<int, Cloud>();
            foreach (var fleet in Infra.Benchmarks.Program.Fleets.Where(fleet => fleet.Services.Count() <= Most))
            {
                foreach (var cloud in Fixtures.Clouds) fleets.Add(fleet.Services.Count(), cloud);
            }

            return fleets;
        }
    }

    public void Dispose() => _project.Dispose();

    [Theory]
    [MemberData(nameof(Fleets))]
    public void Every_fleet_has_a_plan_without_errors_on_every_cloud(int services, Cloud cloud)
    {
        var fleet = new Fleet(services);
        var stack = _project.Add(fleet, cloud);
        var findings = new Findings();

        var settings = StackFolder.Around(_project.Folder)!.Settings(stack, [fleet.Name], findings);

        Assert.DoesNotContain(findings.All, finding => finding.Severity == Severity.Error);
        var plan = Rehearsal.Run(fleet, settings!);
        Assert.Equal("", plan.Errors());
        Assert.Equal(services, plan.Components.Count(component => component.Kind == ContainerServiceKind.Instance));
    }

    [Fact]
    public void A_stack_that_cannot_be_read_ends_the_benchmark_with_one_line_that_names_it()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        // The program that is started knows its own fleets only, and no fleet of two services is among them.
        var exitCode = Infra.Benchmarks.Program.Measure([Cloud.Aws], [new Fleet(2)], runs: 5, output, error);

        Assert.Equal(1, exitCode);
        Assert.StartsWith(
            "error: fleet-2-aws has no plan to measure (exit code 2): infra:system is 'fleet-2'",
            Assert.Single(Lines(error)));
    }

    [Fact]
    public void A_plan_with_errors_is_not_measured_and_the_first_of_them_is_told()
    {
        var stack = _project.Add(new Fleet(1), Cloud.Aws);
        File.AppendAllText(
            Path.Combine(_project.Folder, "stacks", $"Pulumi.{stack}.yaml"),
            "  infra:components: { database: { storageGiB: 1 } }\n");

        var exception = Assert.Throws<NoPlanException>(() => Measurement.Of(_project.Folder, stack, runs: 5));

        Assert.StartsWith("fleet-1-aws has no plan to measure (exit code 1): StorageGiB is 1", exception.Message);
        Assert.DoesNotContain('\n', exception.Message);
    }

    private static string[] Lines(StringWriter text) => text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
