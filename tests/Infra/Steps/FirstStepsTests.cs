using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Infra.Components.Buckets;
using Infra.Components.Databases;
using Infra.Components.Dns;
using Infra.Components.Mail;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Settings;
using Infra.Stacks;
using Infra.Steps;
using Infra.Tests.Facts;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Steps;

public sealed class FirstStepsTests
{
    public static TheoryData<string> Stacks => [.. StackFolder.Around(Repository.Root)!.Stacks];

    /// <summary>Every stack of the repository, and the production one on every cloud.</summary>
    public static TheoryData<string, Cloud> StacksOnClouds
    {
        get
        {
            var stacks = new TheoryData<string, Cloud>();
            foreach (var cloud in Fixtures.Clouds) stacks.Add("familink-production", cloud);
            return stacks;
        }
    }

    [Theory]
    [MemberData(nameof(StacksOnClouds))]
    public void The_engine_finds_everything_named_that_a_target_needs(string stack, Cloud cloud)
    {
        var plan = Rehearsal.Run(new Familink(), RepositoryStacks.Settings(stack, cloud)).WithoutErrors();
        var resources = plan.Resources.ToDictionary(resource => resource.Urn);
        var wanted = plan.Resources.Where(resource => resource.Component is "registry" or "zone").ToList();

        var named = Targets.Of(plan, wanted).ToHashSet();

        // Providers and the stack are created unasked, so that what these need must be named, too.
        var created = plan.Resources.Where(resource => named.Contains(resource.Urn) || (wanted.Count > 0 && resource.IsProvider));
        Assert.All(created, resource =>
        {
            var needs = resource.DependsOn
                .Concat(resource.References.Select(reference => reference.To))
                .Append(resource.Parent)
                .Append(resource.Provider)
                .OfType<string>();
            Assert.All(needs, urn => Assert.True(named.Contains(urn) || resources[urn].IsProvider, $"{resource.Urn} needs {urn}"));
        });
        Assert.All(wanted, resource => Assert.Contains(resource.Urn, named));
        Assert.True(named.Count < plan.Resources.Count);
    }

    [Fact]
    public void Registry_and_zone_come_first_then_what_people_do_then_the_rest()
    {
        var (plan, settings) = Planned("familink-production");

        var steps = FirstSteps.Of(plan, settings);

        Assert.Equal(
            [
                "Check what must be there", "Create the stack", "Create what the rest waits for", "Delegate familink.example",
                "Push the images", "Deploy the rest", "Have the mails let out",
            ],
            steps.Select(step => step.Title));
        var first = steps[2].Commands.Single();
        Assert.Contains("aws:ecr/repository:Repository::registry-api'", first, StringComparison.Ordinal);
        Assert.Contains("aws:route53/zone:Zone::zone'", first, StringComparison.Ordinal);
        Assert.DoesNotContain("aws:acm", first, StringComparison.Ordinal);
        Assert.DoesNotContain("aws:rds", first, StringComparison.Ordinal);
        Assert.Equal(5, steps[4].Commands.Count(command => command.StartsWith("skopeo copy", StringComparison.Ordinal)));
        Assert.Contains("CertificateValidation certificate: at most 30m.", steps[5].Notes);
    }

    [Theory]
    [InlineData(Cloud.Aws, "aws sesv2 get-account --region eu-west-3 --query ProductionAccessEnabled", "sandbox")]
    [InlineData(Cloud.Scaleway, "scw tem domain list name=mail.shop.example region=fr-par", "10,000 mails a month")]
    public void What_lets_mails_out_comes_last(Cloud cloud, string command, string note)
    {
        var system = TestSystems.Declare(model =>
            model.Add(new MailSender("mail", new() { Zone = model.Add(new DnsZone("zone", new() { External = true })) })));
        var settings = TestSettings.For(cloud, system: system);

        var steps = FirstSteps.Of(Rehearsal.Run(system, settings).WithoutErrors(), settings);

        var (write, last) = (steps[^2], steps[^1]);
        Assert.Equal(("Write the records of shop.example", "Have the mails let out"), (write.Title, last.Title));
        Assert.Contains("TXT _dmarc.mail.shop.example.", write.Notes);
        Assert.Contains(command, last.Commands);
        Assert.Contains(last.Notes, text => text.Contains(note, StringComparison.Ordinal));
    }

    [Fact]
    public void A_dump_is_put_into_its_bucket_before_the_database_that_begins_from_it_is_made()
    {
        var system = TestSystems.Declare(model =>
        {
            model.Add(new Bucket("dumps"));
            model.Add(new ManagedDatabase("orders", new() { BeginsFrom = new() { Bucket = "dumps", Dump = "2026/orders.dump" } }));
        });
        var settings = TestSettings.For(Cloud.Aws, system: system);

        var steps = FirstSteps.Of(Rehearsal.Run(system, settings).WithoutErrors(), settings).ToList();

        Assert.Equal(
            ["Create what the rest waits for", "Put the dumps into their buckets", "Deploy the rest"],
            steps.Skip(2).Select(step => step.Title));
        Assert.Contains("Bucket::dumps", steps[2].Commands.Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("Instance::orders", steps[2].Commands.Single(), StringComparison.Ordinal);
        Assert.Contains(
            steps[3].Commands,
            command => command.StartsWith("aws s3 cp $DUMP s3://$NAME/2026/orders.dump", StringComparison.Ordinal));
        Assert.Contains("'orders' begins from 2026/orders.dump", steps[3].Notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_given_cluster_has_its_namespace_before_the_secrets_that_lie_in_it()
    {
        var settings = RepositoryStacks.Settings("familink-production", Cloud.Kubernetes) with { Hypothetical = false };
        var plan = Rehearsal.Run(new Familink(), settings).WithoutErrors();

        var steps = FirstSteps.Of(plan, settings).ToList();

        var made = steps.FindIndex(step => step.Commands.Any(command => command.Contains("Namespace::", StringComparison.Ordinal)));
        var filled = steps.FindIndex(step => step.Title == "Create the secrets that the cluster is given");
        Assert.InRange(made, 0, filled - 1);
        Assert.Equal(
            ["docker-registry registry", "generic backups", "namespace external-dns", "generic dns"],
            steps[filled].Commands.Select(command => Regex.Match(command, "create (?:secret )?([a-z-]+ [a-z-]+)").Groups[1].Value));
        Assert.All(
            steps[filled].Commands,
            command => Assert.StartsWith("kubectl --context familink-production ", command, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Cloud.Aws, true)]
    [InlineData(Cloud.Gcp, true)]
    [InlineData(Cloud.Scaleway, false)]
    [InlineData(Cloud.Ovh, false)]
    [InlineData(Cloud.Kubernetes, false)]
    public void What_others_must_write_into_their_zone_stands_where_it_is_waited_for_and_at_the_end(Cloud cloud, bool isProvedByRecords)
    {
        var settings = RepositoryStacks.Settings("familink-production", cloud);
        settings = settings with
        {
            Components = new Dictionary<string, JsonObject>(settings.Components) { ["zone"] = new() { ["external"] = true } },
        };
        var steps = FirstSteps.Of(Rehearsal.Run(new Familink(), settings).WithoutErrors(), settings).ToList();

        var (prove, rest) = (
            steps.FindIndex(step => step.Title == "Prove the names in familink.example"),
            steps.FindIndex(step => step.Title == "Deploy the rest"));
        Assert.Equal(isProvedByRecords, prove >= 0 && prove < rest);
        Assert.Equal(
            isProvedByRecords,
            steps[..rest].Any(step => step.Commands.Any(command =>
                command.Contains("aws:acm/certificate:Certificate::", StringComparison.Ordinal)
                || command.Contains("dnsAuthorization:DnsAuthorization::", StringComparison.Ordinal))));
        var write = Assert.Single(steps[(rest + 1)..], step => step.Title == "Write the records of familink.example");
        Assert.Contains(
            $"{(cloud == Cloud.Aws ? "CNAME" : "A")} www.familink.example.",
            write.Notes);
        Assert.Equal(
            !isProvedByRecords,
            write.Notes.Any(note => note.StartsWith("The cluster's certificates", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Stacks))]
    public void Every_stack_ends_with_a_plain_update_and_what_lets_its_mails_out(string stack)
    {
        var (plan, settings) = Planned(stack);

        var steps = FirstSteps.Of(plan, settings).ToList();

        var update = steps.FindIndex(step => step.Title == "Deploy the rest");
        Assert.Equal([$"pulumi up --stack {stack}"], steps[update].Commands);
        Assert.All(steps[(update + 1)..], step => Assert.Equal("Have the mails let out", step.Title));
    }

    [Fact]
    public void The_page_says_what_rights_each_part_of_any_plan_needs()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "first-update.md"));

        Assert.All(
            PlannedTypes.All
                .Select(type => type.Split('/')[0])
                .Where(part => part.Split(':')[0] is "aws" or "gcp" or "scaleway" or "ovh")
                .Distinct(),
            part => Assert.Contains($"`{part}`", page, StringComparison.Ordinal));
    }

    internal static (Plan Plan, StackSettings Settings) Planned(string stack)
    {
        var settings = RepositoryStacks.Settings(stack);
        return (Rehearsal.Run(Systems.All.Single(system => system.Name == settings.System), settings).WithoutErrors(), settings);
    }
}
