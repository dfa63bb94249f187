using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Services;

public sealed class ContainerServiceArgsTests
{
    public static TheoryData<string, ContainerServiceArgs> Refused => new()
    {
        { "Port", new() { Port = 0 } },
        { "Port", new() { Port = 65536 } },
        { "MorePorts", new() { Port = 80, MorePorts = [0] } },
        { "MorePorts", new() { Port = 80, MorePorts = [80] } },
        { "MorePorts", new() { Port = 80, MorePorts = [81, 81] } },
        { "MorePorts", new() { Port = 80, MorePorts = [.. Enumerable.Range(81, 6)] } },
        { "MorePorts", new() { MorePorts = [81] } },
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
        { "HealthCheck.Port", new() { Port = 80, HealthCheck = new() { Port = 81, Protocol = HealthProtocol.Grpc } } },
        { "HealthCheck.Path", new() { HealthCheck = new() { Port = 81, Path = "alive" } } },
        { "HealthCheck.Command", new() { HealthCheck = new() { Command = [""] } } },
        { "HealthCheck.IntervalSeconds", new() { HealthCheck = new() { Command = ["check"], IntervalSeconds = 301 } } },
        { "StickySessions", new() { StickySessions = true } },
        { "EntryPoint", new() { EntryPoint = ["", "serve"] } },
        { "The name of one of Steps or Sidecars", new() { Steps = [new() { Name = "" }] } },
        { "The name of one of Steps or Sidecars", new() { Sidecars = [new() { Name = "proxy-files" }] } },
        { "The name of one of Steps or Sidecars", new() { Sidecars = [new() { Name = "a-name-of-more-than-twenty" }] } },
        { "The name of 2 of Steps and Sidecars", new() { Steps = [new() { Name = "same" }], Sidecars = [new() { Name = "same" }] } },
        { "Steps", new() { Steps = [.. Enumerable.Range(1, 6).Select(step => new InitStep { Name = $"step-{step}" })] } },
        { "Sidecars", new() { Sidecars = [.. Enumerable.Range(1, 6).Select(number => new Sidecar { Name = $"beside-{number}" })] } },
        { "Steps 'wait'.EntryPoint", new() { Steps = [new() { Name = "wait", EntryPoint = [""] }] } },
        { "Steps 'wait'.User", new() { Steps = [new() { Name = "wait", User = -1 }] } },
        { "Sidecars 'proxy'.MilliCpu", new() { Sidecars = [new() { Name = "proxy", MilliCpu = 9 }] } },
        { "Sidecars 'proxy'.MemoryMiB", new() { Sidecars = [new() { Name = "proxy", MemoryMiB = 8193 }] } },
        { "Sidecars 'proxy'.Environment", new() { Sidecars = [new() { Name = "proxy", Environment = new() { ["1ST"] = "x" } }] } },
        { "Sidecars 'proxy'.Files", new() { Sidecars = [new() { Name = "proxy", Files = new() { ["etc/x"] = "x" } }] } },
        { "Sidecars 'proxy'.HealthCheck.Port", new() { Sidecars = [new() { Name = "proxy", HealthCheck = new() }] } },
        {
            "Sidecars 'proxy'.HealthCheck.Port",
            new() { Port = 80, Sidecars = [new() { Name = "proxy", HealthCheck = new() { Port = 80, Path = "/" } }] }
        },
        {
            "Sidecars 'proxy'.HealthCheck.Port",
            new()
            {
                Port = 80,
                HealthCheck = new() { Port = 81 },
                Sidecars = [new() { Name = "proxy", HealthCheck = new() { Port = 80, Path = "/" } }],
            }
        },
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
        new()
        {
            Steps = [.. Enumerable.Range(1, 5).Select(step => new InitStep { Name = $"step-{step}", User = 0 })],
            Sidecars =
            [
                new() { Name = "abc", MilliCpu = 10, MemoryMiB = 16, HealthCheck = new() { Command = ["check"] } },
                new() { Name = "a-name-of-20-letters", MilliCpu = 1000, MemoryMiB = 8192, Environment = new() { ["PORT"] = "80" } },
            ],
        },
        new() { Port = 80, MorePorts = [1, 2, 3, 4, 65535] },
        new() { MemoryMiB = 512 },
        new() { MemoryMiB = 32768 },
        new() { User = 0, Group = 0, EntryPoint = ["/app/run", ""] },
        new() { User = int.MaxValue, Group = int.MaxValue },
        new() { HealthCheck = new() { Path = "ignored for a worker" } },
        new() { HealthCheck = new() { Port = 1, Protocol = HealthProtocol.Grpc, Path = "ignored" } },
        new() { Port = 80, HealthCheck = new() { Port = 65535, Path = "/" } },
        new() { Port = 80, HealthCheck = new() { Port = 80, Protocol = HealthProtocol.Grpc } },
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
