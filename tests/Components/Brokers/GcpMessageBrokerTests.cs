using System.Diagnostics;
using Infra.Components.Brokers;
using Infra.Components.Brokers.Gcp;
using Infra.Components.Checks;
using Infra.Components.Networks;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Brokers;

public sealed class GcpMessageBrokerTests
{
    private const string Machine = "gcp:compute/instance:Instance";

    [Fact]
    public void Its_messages_lie_on_a_disk_that_outlives_its_machine()
    {
        var plan = GcpPlans.Good(Declare);
        var (machine, disk) = (plan.Only(Machine), plan.Only("gcp:compute/disk:Disk"));

        Assert.Equal("{bus.selfLink}", machine.Input("attachedDisks[0].source"));
        Assert.Equal("20", disk.Input("size"));
        Assert.True(disk.Protect);
        Assert.False(machine.Protect);
        Assert.True(machine.DeleteBeforeReplace);
    }

    [Fact]
    public void It_has_no_address_outside_and_the_same_one_inside_whatever_machine_serves()
    {
        var machine = GcpPlans.Good(Declare).Only(Machine);

        Assert.Null(machine.Input("networkInterfaces[0].accessConfigs"));
        Assert.Equal("{bus-address.address}", machine.Input("networkInterfaces[0].networkIp"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Its_consumers_are_let_out_to_it_by_every_protocol_and_in(bool mqtt)
    {
        var plan = GcpPlans.Good(model => Declare(model, mqtt));
        var rules = plan.OfType("gcp:compute/firewall:Firewall").Select(rule =>
            $"{rule.Input("direction")} {rule.Input("targetTags[0]")} {rule.Input("allows[0].ports[0]")}").ToHashSet();

        Assert.Contains("EGRESS shop 5671", rules);
        Assert.Contains("INGRESS bus--broker 5671", rules);
        Assert.Contains("EGRESS bus--grants 15671", rules);
        Assert.Equal(mqtt, rules.Contains("EGRESS shop 8883"));
        Assert.Equal(mqtt, rules.Contains("INGRESS bus--broker 8883"));
        Assert.DoesNotContain("EGRESS shop 15671", rules);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Its_start_script_is_one_that_a_shell_reads(bool mqtt)
    {
        var script = GcpBrokerMachine.Script(new() { Mqtt = mqtt }, "projects/p/secrets/c/versions/1", "projects/p/secrets/w/versions/1");

        var start = new ProcessStartInfo("bash", ["-n"]) { RedirectStandardInput = true, RedirectStandardError = true };
        using var shell = Process.Start(start)!;
        shell.StandardInput.Write(script);
        shell.StandardInput.Close();
        var errors = shell.StandardError.ReadToEnd();
        shell.WaitForExit();
        Assert.Equal((0, ""), (shell.ExitCode, errors));
        Assert.StartsWith("#!/bin/bash\n", script, StringComparison.Ordinal);
        Assert.Equal(mqtt, script.Contains("mqtt.listeners.ssl.default = 8883", StringComparison.Ordinal));
        Assert.Equal(mqtt, script.Contains("rabbitmq_mqtt", StringComparison.Ordinal));
        Assert.Contains("listeners.tcp = none", script, StringComparison.Ordinal);
    }

    [Fact]
    public void No_secret_is_in_what_the_machine_shows()
    {
        var script = GcpPlans.Good(Declare).Only(Machine).Input("metadataStartupScript")!;

        Assert.DoesNotContain("[secret]", script, StringComparison.Ordinal);
        Assert.Contains("{bus-certificate-value.name}", script, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_without_a_way_out_is_refused_because_the_machine_pulls_its_image()
    {
        var plan = GcpPlans.Plan(model =>
        {
            model.Add(new PrivateNetwork("network", new() { Egress = Egress.None }));
            Declare(model);
        });

        Assert.Contains(plan.Findings, finding => finding is { Severity: Severity.Error, Rule.Id: "gcp-message-broker-egress" });
    }

    private static void Declare(Model model) => Declare(model, mqtt: false);

    private static void Declare(Model model, bool mqtt) => model
        .Add(new ContainerService("shop", new() { Port = 8080 }))
        .Calls(model.Add(new MessageBroker("bus", new() { Mqtt = mqtt })));
}
