using Infra.Components.Dns;
using Infra.Components.Mail;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Mail;

/// <summary>The records of a sender as each cloud's zone wants them.</summary>
public sealed class KeptRecordTests
{
    // As long as the record of a key with 2048 bits.
    private static readonly string Key = $"v=DKIM1; k=rsa; p={new string('A', 392)}";

    [Fact]
    public void A_long_text_is_several_strings_where_route_53_keeps_it() => Assert.Equal(
        $"{Key[..255]}\"\"{Key[255..]}",
        RecordOn(Cloud.Aws).Input("records[0]"));

    [Theory]
    [InlineData(Cloud.Gcp, "rrdatas[0]")]
    [InlineData(Cloud.Ovh, "target")]
    public void It_is_several_quoted_strings_on(Cloud cloud, string input) => Assert.Equal(
        $"\"{Key[..255]}\" \"{Key[255..]}\"",
        RecordOn(cloud).Input(input));

    [Theory]
    [InlineData(Cloud.Scaleway, "data")]
    [InlineData(Cloud.Kubernetes, "spec.endpoints[0].targets[0]")]
    public void It_is_one_text_on(Cloud cloud, string input) => Assert.Equal(Key, RecordOn(cloud).Input(input));

    [Fact]
    public void A_cluster_that_writes_a_senders_records_has_what_writes_them()
    {
        var plan = Plan(Cloud.Kubernetes);

        Assert.Contains(plan.Components, component => component.Name == "external-dns");
    }

    private static PlannedResource RecordOn(Cloud cloud) =>
        Plan(cloud).Of("zone").Single(resource => resource.Name == "zone-dkim-one-mail.shop.example");

    private static Plan Plan(Cloud cloud) => Fixtures.Of(cloud).PlanWithoutErrors(model => model.Add(new MailSender("mail", new()
    {
        Zone = model.Add(new DnsZone("zone")),
        Relay = new() { Host = "smtp.relay.example", Dkim = new Dictionary<string, string> { ["one"] = Key } },
    })));
}
