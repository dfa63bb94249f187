using System.Diagnostics;
using Infra.Components.Brokers;
using Infra.Components.Certificates;
using Infra.Components.Checks;
using Infra.Components.Dns;
using Infra.Components.LoadBalancers;
using Infra.Components.Placements;
using Infra.Components.Secrets;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Brokers;

/// <summary>What a broker of devices is on every cloud.</summary>
public sealed class DeviceBrokerTests
{
    private const string Image = $"docker.io/library/eclipse-mosquitto@{TestSettings.Digest}";
    private const string Script = "metadataStartupScript";

    public static TheoryData<Cloud> Clouds => Fixtures.EachCloud;

    [Theory]
    [MemberData(nameof(Clouds))]
    public void Devices_reach_it_where_a_record_leads_and_their_certificates_pass_as_they_come(Cloud cloud)
    {
        var plan = Plan(cloud).WithoutErrors();

        if (cloud == Cloud.Gcp)
        {
            var machine = plan.Only("gcp:compute/instance:Instance");
            Assert.Equal("{devices.address}", machine.Input("networkInterfaces[0].accessConfigs[0].natIp"));
            var rule = plan.Only("gcp:compute/firewall:Firewall", "devices-8883-ingress");
            Assert.Equal(("8883", "0.0.0.0/0"), (rule.Input("allows[0].ports[0]"), rule.Input("sourceRanges[0]")));
            Assert.Equal(machine.Input("tags[0]"), rule.Input("targetTags[0]"));
            Assert.Equal("{devices.address}", plan.Only("gcp:dns/recordSet:RecordSet", "mqtt").Input("rrdatas[0]"));
            return;
        }

        Assert.Equal([(8883, "tcp", "frames", 8883)], Fixtures.Of(cloud).ListenersOf(plan, "devices"));
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void Its_keys_and_passwords_come_from_secrets_and_nothing_else_does(Cloud cloud)
    {
        var plan = Plan(cloud).WithoutErrors();
        if (cloud == Cloud.Gcp)
        {
            Assert.DoesNotContain("[secret]", plan.Only("gcp:compute/instance:Instance").Input(Script)!, StringComparison.Ordinal);
            return;
        }

        var files = Fixtures.Of(cloud).FilesOf(plan, "frames");
        Assert.Equal(
            ["/etc/broker/devices.pem", "/etc/broker/logins", "/etc/broker/server.key", "/etc/broker/server.pem"],
            files.Where(file => file.Value.IsSecret).Select(file => file.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void What_it_keeps_outlasts_it_and_one_replica_stops_before_the_next_starts(Cloud cloud)
    {
        var plan = Plan(cloud).WithoutErrors();
        if (cloud == Cloud.Gcp)
        {
            var (machine, disk) = (plan.Only("gcp:compute/instance:Instance"), plan.Only("gcp:compute/disk:Disk"));
            Assert.Equal("{frames:Disk.selfLink}", machine.Input("attachedDisks[0].source"));
            Assert.True(disk.Protect);
            Assert.True(machine.DeleteBeforeReplace);
            return;
        }

        Assert.True(Fixtures.Of(cloud).StopsFirst(plan, "frames"));
        Assert.Equal("1883:1883", Fixtures.Of(cloud).UserOf(plan, "frames"));
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void A_service_finds_its_login_beside_the_link(Cloud cloud)
    {
        var variables = Fixtures.Of(cloud).VariablesOf(Plan(cloud).WithoutErrors(), "api");

        Assert.StartsWith("frames.", variables["FRAMES_HOST"].Value, StringComparison.Ordinal);
        Assert.Equal("api", variables["FRAMES_USERNAME"].Value);
        Assert.True(variables["FRAMES_PASSWORD"].IsSecret);
        Assert.True(variables["FRAMES_MQTT_URL"].IsSecret);
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void A_service_on_another_cloud_comes_by_the_relay(Cloud cloud)
    {
        var elsewhere = cloud == Cloud.Kubernetes ? Cloud.Aws : Cloud.Kubernetes;

        var plan = Plan(cloud, change: settings => settings with { Placement = new Dictionary<string, Cloud> { ["api"] = elsewhere } });

        Assert.Equal("", plan.Errors());
        Assert.Contains("FRAMES_CA", Fixtures.Of(elsewhere).VariablesOf(plan, "api").Keys);
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void It_registers_the_same_resources_whether_outputs_are_known_or_not(Cloud cloud)
    {
        var (system, settings) = Settings(cloud, Declare);

        var unknown = Rehearsal.RunUnknown(system, settings);

        var plan = Rehearsal.Run(system, settings);
        Assert.Equal(
            plan.Components
                .Select(component => component.Urn)
                .Concat(plan.Resources.Select(resource => resource.Urn))
                .Order(StringComparer.Ordinal),
            unknown.Urns.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("frames/#", "Devices.Topic")]
    [InlineData("", "Devices.Topic")]
    [InlineData("+", "Devices.Topic")]
    public void A_topic_of_more_than_levels_is_refused(string topic, string argument) =>
        Refuses(broker => broker with { Topic = topic }, argument);

    [Fact]
    public void Numbers_out_of_range_are_refused_all_at_once()
    {
        static DeviceBroker Off(DeviceBroker broker) => broker with { Connections = 60_001, KeptDays = 0, LargestKiB = 0 };

        Refuses(Off, "Devices.Connections");
        Refuses(Off, "Devices.KeptDays");
        Refuses(Off, "Devices.LargestKiB");
    }

    [Fact]
    public void A_key_or_a_password_in_the_code_is_refused()
    {
        Refuses(broker => broker with { Key = "-----BEGIN PRIVATE KEY-----" }, "Devices.Key");
        Refuses(broker => broker with { Logins = new Dictionary<string, Text> { ["api"] = "Sesame42" } }, "Devices.Logins['api']");
    }

    [Fact]
    public void A_broker_without_logins_and_names_that_would_be_none_are_refused()
    {
        Refuses(broker => broker with { Logins = new Dictionary<string, Text>() }, "Devices.Logins");
        Refuses(broker => broker with { Logins = new Dictionary<string, Text> { ["a:b"] = broker.Key } }, "Devices.Logins");
    }

    [Fact]
    public void A_gateway_lets_as_many_connections_through_as_devices_have()
    {
        var policy = Plan(Cloud.Kubernetes).WithoutErrors().Only(
            "kubernetes:gateway.envoyproxy.io/v1alpha1:BackendTrafficPolicy", "devices-tcp-8883-room");

        Assert.Equal("40000", policy.Input("spec.circuitBreaker.maxConnections"));
        Assert.Equal("40000", policy.Input("spec.circuitBreaker.maxPendingRequests"));
        Assert.Equal("TCPRoute", policy.Input("spec.targetRefs[0].kind"));
    }

    [Fact]
    public void More_connections_than_the_proxies_of_a_gateway_have_ports_for_are_told()
    {
        Assert.DoesNotContain(Plan(Cloud.Kubernetes).Findings, IsOfRoom);
        Assert.Contains(Plan(Cloud.Kubernetes, Broker(broker => broker with { Connections = 60_000 })).Findings, IsOfRoom);

        static bool IsOfRoom(Finding finding) => finding is { Severity: Severity.Warning, Rule.Id: "load-balancer-connections" };
    }

    [Fact]
    public void Its_machine_on_Google_Cloud_starts_by_a_script_that_a_shell_reads()
    {
        var script = Plan(Cloud.Gcp).WithoutErrors().Only("gcp:compute/instance:Instance").Input(Script)!;

        var start = new ProcessStartInfo("bash", ["-n"]) { RedirectStandardInput = true, RedirectStandardError = true };
        using var shell = Process.Start(start)!;
        shell.StandardInput.Write(script);
        shell.StandardInput.Close();
        var errors = shell.StandardError.ReadToEnd();
        shell.WaitForExit();
        Assert.Equal((0, ""), (shell.ExitCode, errors));
        Assert.StartsWith("#!/bin/bash\n", script, StringComparison.Ordinal);
        Assert.Contains("--dports 1883,8883 ", script, StringComparison.Ordinal);
        Assert.Contains($"'{Image}'", script, StringComparison.Ordinal);
    }

    [Fact]
    public void Devices_beside_http_are_refused_on_Google_Cloud_where_each_has_an_address_of_its_own() => Assert.Equal(
        "gcp-listeners-apart",
        Plan(Cloud.Gcp, model =>
        {
            var (api, frames, entrance) = DeclareServices(model, broker => broker);
            var zone = model.Add(new DnsZone("zone"));
            var certificate = model.Add(new Certificate("certificate", new() { Hosts = ["api"], Zone = zone }));
            model.Add(new LoadBalancer("edge", new() { Certificate = certificate, Routes = [new(api, "api")], Listeners = [entrance] }));
        }).OnlyError().Rule.Id);

    [Fact]
    public void An_image_that_its_machine_cannot_pull_is_refused_on_Google_Cloud()
    {
        var plan = Plan(
            Cloud.Gcp,
            change: settings => settings with
            {
                Images = new Dictionary<string, string>(settings.Images)
                {
                    ["frames"] = $"registry.example.org/test/frames@{TestSettings.Digest}",
                },
            });

        Assert.Contains("infra:images.frames", plan.OnlyError().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_broker_that_is_left_stops_when_devices_are_led_to_the_other_and_not_before()
    {
        Assert.Equal("1", Left((MigrationState.Migrated, MigrationState.Migrated)));
        Assert.Equal("1", Left((MigrationState.Activated, MigrationState.Migrated)));
        Assert.Equal("0", Left((MigrationState.Activated, MigrationState.Activated)));

        static string? Left((MigrationState Broker, MigrationState Entrance) states) => Moving(Cloud.Aws, states)
            .Only("aws:ecs/service:Service", "frames")
            .Input("desiredCount");
    }

    [Fact]
    public void Its_machine_on_Google_Cloud_is_stopped_then()
    {
        Assert.Equal("RUNNING", Left(MigrationState.Migrated));
        Assert.Equal("TERMINATED", Left(MigrationState.Activated));

        static string? Left(MigrationState state) =>
            Moving(Cloud.Gcp, (state, state)).Only("gcp:compute/instance:Instance").Input("desiredStatus");
    }

    private static Plan Moving(Cloud from, (MigrationState Broker, MigrationState Entrance) states) => Plan(
        from,
        change: settings => settings with
        {
            Migration = new()
            {
                To = Cloud.Scaleway,
                Components = new Dictionary<string, ComponentMigration>
                {
                    ["frames"] = TestSettings.Until(states.Broker, pauses: false),
                    ["devices"] = TestSettings.Until(states.Entrance, pauses: false),
                },
            },
        });

    private static void Refuses(Func<DeviceBroker, DeviceBroker> change, string argument) => Assert.Contains(
        Plan(Cloud.Aws, Broker(change)).Findings,
        finding => finding is { Severity: Severity.Error, Component: "frames" }
            && finding.Message.Contains(argument, StringComparison.Ordinal));

    private static Plan Plan(
        Cloud cloud,
        Action<Model>? declare = null,
        Func<StackSettings, StackSettings>? change = null)
    {
        var (system, settings) = Settings(cloud, declare ?? Declare);
        return Rehearsal.Run(system, change is null ? settings : change(settings));
    }

    private static (SystemDeclaration System, StackSettings Settings) Settings(Cloud cloud, Action<Model> declare)
    {
        var system = TestSystems.Declare(declare);
        var settings = Fixtures.Of(cloud).SettingsFor(system, EnvironmentKind.Production);
        return (system, settings with
        {
            Images = new Dictionary<string, string>(settings.Images) { ["frames"] = Image },
            Secrets = new Dictionary<string, SecretSource>
            {
                ["authority"] = new GivenSecret(),
                ["server"] = new GivenSecret(),
                ["server-key"] = new GivenSecret(),
            },
        });
    }

    private static void Declare(Model model) => Broker(broker => broker)(model);

    private static Action<Model> Broker(Func<DeviceBroker, DeviceBroker> change) => model =>
    {
        var (_, _, entrance) = DeclareServices(model, change);
        var zone = model.Add(new DnsZone("zone"));
        var certificate = model.Add(new Certificate("certificate", new() { Hosts = ["www"], Zone = zone }));
        var devices = model.Add(new LoadBalancer("devices", new()
        {
            Certificate = certificate,
            Routes = [],
            Listeners = [entrance],
            IdleTimeoutSeconds = 300,
        }));
        model.Add(new DnsRecord("mqtt", new() { Zone = zone, Host = "mqtt", Targets = [new(devices)], TtlSeconds = 60 }));
    };

    private static (ContainerService Api, ContainerService Frames, Listener Entrance) DeclareServices(
        Model model,
        Func<DeviceBroker, DeviceBroker> change)
    {
        var broker = change(new()
        {
            Authority = model.Add(new Secret("authority", new() { MustBeGiven = true })),
            Certificate = model.Add(new Secret("server", new() { MustBeGiven = true })),
            Key = model.Add(new Secret("server-key", new() { MustBeGiven = true })),
            Topic = "frames",
            Connections = 40_000,
            Logins = new Dictionary<string, Text> { ["api"] = model.Add(new Secret("frames-api")) },
        });
        var frames = model.Add(new ContainerService("frames", broker.Service with { Size = Size.Large }));
        var api = model.Add(new ContainerService("api", new() { Port = 8080, Environment = broker.LoginOf(frames, "api", "FRAMES") }))
            .Calls(frames, "FRAMES");
        return (api, frames, broker.Entrance(frames));
    }
}
