using System.Diagnostics;
using Infra.Components.Checks;
using Infra.Components.Networks;
using Infra.Components.Search;
using Infra.Components.Search.Gcp;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Search;

public sealed class GcpSearchEngineTests
{
    private const string Machine = "gcp:compute/instance:Instance";

    [Fact]
    public void Its_indices_lie_on_a_disk_that_outlives_its_machine()
    {
        var plan = GcpPlans.Good(Declare);
        var (machine, disk) = (plan.Only(Machine), plan.Only("gcp:compute/disk:Disk"));

        Assert.Equal("{catalogue.selfLink}", machine.Input("attachedDisks[0].source"));
        Assert.True(disk.Protect);
        Assert.False(machine.Protect);
        Assert.True(machine.DeleteBeforeReplace);
        Assert.Null(machine.Input("networkInterfaces[0].accessConfigs"));
    }

    [Fact]
    public void Only_consumers_and_grants_are_let_out_to_it_and_in_at_one_port()
    {
        var rules = GcpPlans.Good(Declare).OfType("gcp:compute/firewall:Firewall")
            .Where(rule => rule.Input("allows[0].ports[0]") == "9200")
            .Select(rule => $"{rule.Input("direction")} {rule.Input("targetTags[0]")}");

        Assert.Equal(["EGRESS catalogue--grants", "EGRESS shop", "INGRESS catalogue--search"], rules.Order());
    }

    [Theory]
    [InlineData("2")]
    [InlineData("3")]
    public void Its_start_script_is_one_that_a_shell_reads(string version)
    {
        var script = GcpSearchMachine.Script(new(
            "catalogue",
            new() { Version = version },
            "-----BEGIN CERTIFICATE-----\nauthority\n-----END CERTIFICATE-----\n",
            "projects/p/secrets/c/versions/1",
            "projects/p/secrets/h/versions/1"));

        var start = new ProcessStartInfo("bash", ["-n"]) { RedirectStandardInput = true, RedirectStandardError = true };
        using var shell = Process.Start(start)!;
        shell.StandardInput.Write(script);
        shell.StandardInput.Close();
        var errors = shell.StandardError.ReadToEnd();
        shell.WaitForExit();
        Assert.Equal((0, ""), (shell.ExitCode, errors));
        Assert.StartsWith("#!/bin/bash\n", script, StringComparison.Ordinal);
        Assert.Contains("\nCONF\n", script, StringComparison.Ordinal);
        Assert.Contains("\nPEM\n", script, StringComparison.Ordinal);
        Assert.Contains("\n  hash: \"$hash\"\n", script, StringComparison.Ordinal);
    }

    [Fact]
    public void No_secret_is_in_what_the_machine_shows_and_its_account_reads_no_password()
    {
        var plan = GcpPlans.Good(Declare);
        var script = plan.Only(Machine).Input("metadataStartupScript")!;

        Assert.DoesNotContain("[secret]", script, StringComparison.Ordinal);
        Assert.Contains("{catalogue-hash-value.name}", script, StringComparison.Ordinal);
        Assert.DoesNotContain(
            plan.OfType("gcp:secretmanager/secretIamMember:SecretIamMember"),
            member => member.Input("member")!.Contains("catalogue-machine", StringComparison.Ordinal)
                && member.Input("secretId")!.Contains("administrator", StringComparison.Ordinal));
    }

    [Fact]
    public void A_network_without_a_way_out_is_refused_because_the_machine_pulls_its_image()
    {
        var plan = GcpPlans.Plan(model =>
        {
            model.Add(new PrivateNetwork("network", new() { Egress = Egress.None }));
            Declare(model);
        });

        Assert.Contains(plan.Findings, finding => finding is { Severity: Severity.Error, Rule.Id: "gcp-search-engine-egress" });
    }

    private static void Declare(Model model) =>
        model.Add(new ContainerService("shop", new() { Port = 8080 })).Reads(model.Add(new SearchEngine("catalogue")));
}
