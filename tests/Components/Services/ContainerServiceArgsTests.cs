using Infra.Components.Services;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Services;

public sealed class ContainerServiceArgsTests
{
    public static TheoryData<string, ContainerServiceArgs> Refused => new()
    {
        { "Port", new() { Port = 0 } },
        { "Port", new() { Port = 65536 } },
        { "StopSeconds", new() { StopSeconds = 3601 } },
        { "Scaling.Minimum", new() { Scaling = new() { Minimum = 0 } } },
        { "Scaling.Maximum", new() { Scaling = new() { Minimum = 3, Maximum = 2 } } },
        { "Scaling.Maximum", new() { Scaling = new() { Maximum = 1001 } } },
        { "Scaling.AtMostOne", new() { Scaling = new() { AtMostOne = true, Maximum = 2 } } },
        { "Scaling.AtMostOne", new() { Scaling = new() { AtMostOne = true, Minimum = 2 } } },
        { "Scaling.CpuPercent", new() { Scaling = new() { CpuPercent = 96 } } },
        { "HealthCheck.Path", new() { Port = 80, HealthCheck = new() { Path = "healthz" } } },
        { "HealthCheck.Path", new() { Port = 80, HealthCheck = new() { Path = "/healthz?deep=1" } } },
        { "HealthCheck.IntervalSeconds", new() { Port = 80, HealthCheck = new() { IntervalSeconds = 4, TimeoutSeconds = 2 } } },
        { "HealthCheck.IntervalSeconds", new() { Port = 80, HealthCheck = new() { IntervalSeconds = 301 } } },
        { "HealthCheck.TimeoutSeconds", new() { Port = 80, HealthCheck = new() { TimeoutSeconds = 1 } } },
        { "HealthCheck.TimeoutSeconds", new() { Port = 80, HealthCheck = new() { IntervalSeconds = 10, TimeoutSeconds = 10 } } },
        { "HealthCheck.GraceSeconds", new() { Port = 80, HealthCheck = new() { GraceSeconds = 3601 } } },
        { "HealthCheck.Port", new() { HealthCheck = new() { Protocol = HealthProtocol.Tcp } } },
        { "HealthCheck.Port", new() { HealthCheck = new() { Port = 65536 } } },
        { "HealthCheck.Port", new() { Port = 80, HealthCheck = new() { Port = 81 } } },
        { "HealthCheck.Path", new() { HealthCheck = new() { Port = 81, Path = "alive" } } },
        { "HealthCheck.Command", new() { HealthCheck = new() { Command = [""] } } },
        { "HealthCheck.IntervalSeconds", new() { HealthCheck = new() { Command = ["check"], IntervalSeconds = 301 } } },
        { "EntryPoint", new() { EntryPoint = ["", "serve"] } },
        { "MemoryMiB", new() { MemoryMiB = 511 } },
        { "MemoryMiB", new() { MemoryMiB = 32769 } },
        { "User", new() { User = -1 } },
        { "Group", new() { User = 1000, Group = -1 } },
        { "Group", new() { Group = 1000 } },
        { "Environment", new() { Environment = new() { ["1ST"] = "info" } } },
        { "Environment", new() { Environment = new() { ["LOG LEVEL"] = "info" } } },
        { "Environment", new() { Environment = new() { ["LOG_LEVEL\n"] = "info" } } },
        { "Environment", new() { Port = 80, Environment = new() { ["PORT"] = "80" } } },
    };

    public static TheoryData<ContainerServiceArgs> Accepted => new()
    {
        new()
        {
            Port = 65535,
            StopSeconds = 3600,
            Scaling = new() { Minimum = 1, Maximum = 1, CpuPercent = 95 },
            HealthCheck = new() { Path = "/", IntervalSeconds = 300, TimeoutSeconds = 120, GraceSeconds = 3600 },
        },
        new()
        {
            Environment = new[] { "discovery.type", "http_proxy", "Identity__Url", "_JAVA_OPTIONS", "PORT" }.ToDictionary(name => name),
        },
        new() { Scaling = new() { AtMostOne = true } },
        new() { Scaling = new() { AtMostOne = true, Minimum = 1, Maximum = 1 } },
        new() { Scaling = new() { Minimum = 1000, Maximum = 1000 } },
        new() { MemoryMiB = 512 },
        new() { MemoryMiB = 32768 },
        new() { User = 0, Group = 0, EntryPoint = ["/app/run", ""] },
        new() { User = int.MaxValue, Group = int.MaxValue },
        new() { HealthCheck = new() { Path = "ignored for a worker" } },
        new() { HealthCheck = new() { Port = 1, Protocol = HealthProtocol.Grpc, Path = "ignored" } },
        new() { Port = 80, HealthCheck = new() { Port = 80, Command = ["check", ""], Path = "ignored" } },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_a_cloud_would_refuse_minutes_into_an_update_is_refused_before_it(string argument, ContainerServiceArgs args) =>
        Assert.Equal([argument], Refusals.Of(args));

    [Theory]
    [MemberData(nameof(Accepted))]
    public void Bounds_themselves_are_allowed(ContainerServiceArgs args) => Assert.Empty(Refusals.Of(args));
}
