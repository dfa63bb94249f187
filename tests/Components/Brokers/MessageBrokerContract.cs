using System.Text.Json;
using Infra.Components.Brokers;
using Infra.Components.Checks;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Brokers;

/// <summary>What a message broker promises on every cloud.</summary>
public abstract class MessageBrokerContract(CloudFixture cloud)
{
    private const string AnyName = ".*";
    private const string NoName = "^$";

    /// <summary>Whether the cloud's brokers speak MQTT.</summary>
    protected virtual bool SpeaksMqtt => true;

    [Fact]
    public void Where_it_listens_is_known()
    {
        var outputs = Outputs(cloud.PlanWithoutErrors(model => model.Add(new MessageBroker("bus"))));

        Assert.NotEmpty(outputs.At("host")!);
        Assert.Equal("5671", outputs.At("port"));
    }

    [Fact]
    public void Its_consumers_see_the_same_variables_everywhere()
    {
        var variables = Variables(cloud.PlanWithoutErrors(model => Used(model, mqtt: false)), "shop");

        Assert.Equal(MessageBrokerKind.Instance.ConnectionKeys.Select(key => "BUS_" + key.Name).Order(), variables.Keys.Order());
        Assert.Equal(
            ["BUS_PASSWORD", "BUS_URL"],
            variables.Where(variable => variable.Value.IsSecret).Select(variable => variable.Key).Order());
        Assert.Equal(("5671", "/", "verify-full", ""), (Value("PORT"), Value("VHOST"), Value("TLS_MODE"), Value("MQTT_PORT")));

        string? Value(string key) => variables["BUS_" + key].Value;
    }

    [Fact]
    public void It_speaks_mqtt_where_it_is_asked_to_or_says_that_it_does_not()
    {
        var plan = cloud.Plan(model => Used(model, mqtt: true));

        if (!SpeaksMqtt)
        {
            Assert.Contains(plan.Findings, finding => finding is { Component: "bus", Severity: Severity.Error });
            return;
        }

        Assert.Equal("", plan.Errors());
        var variables = Variables(plan, "shop");
        Assert.Equal("8883", variables["BUS_MQTT_PORT"].Value);
        Assert.True(variables["BUS_MQTT_URL"].IsSecret);
    }

    [Fact]
    public void Every_consumer_has_a_login_of_its_own_with_what_its_intent_needs()
    {
        var plan = cloud.PlanWithoutErrors(model => Used(model, mqtt: false));

        var (sender, receiver, both) = (Login(plan, "sender"), Login(plan, "receiver"), Login(plan, "shop"));
        Assert.Equal(3, new[] { sender, receiver, both }.Distinct().Count());
        var own = $"^({receiver}[.]|amq[.]gen|mqtt-subscription-)";
        Assert.Equal((NoName, AnyName, NoName), Rights(plan, sender));
        Assert.Equal((own, own, AnyName), Rights(plan, receiver));
        Assert.Equal((AnyName, AnyName, AnyName), Rights(plan, both));
    }

    [Fact]
    public void A_consumer_elsewhere_comes_through_the_relay_and_does_not_compare_the_name()
    {
        var elsewhere = cloud.Cloud == Cloud.Aws ? Cloud.Gcp : Cloud.Aws;
        var plan = TestSystems.Plan(
            cloud.Cloud,
            model => Used(model, mqtt: SpeaksMqtt),
            EnvironmentKind.Production,
            settings => settings with { Placement = new Dictionary<string, Cloud> { ["shop"] = elsewhere } });

        Assert.Equal("", plan.Errors());
        var variables = Fixtures.Of(elsewhere).VariablesOf(plan, "shop");
        Assert.Equal("require", variables["BUS_TLS_MODE"].Value);
        Assert.True(variables["BUS_PASSWORD"].IsSecret);
        var (amqp, mqtt) = (variables["BUS_PORT"].Value!, variables["BUS_MQTT_PORT"].Value!);
        Assert.Matches("^[23][0-9]{4}$", amqp);
        Assert.Matches(SpeaksMqtt ? "^[23][0-9]{4}$" : "^$", mqtt);
        Assert.NotEqual(amqp, mqtt);
    }

    [Fact]
    public void The_longest_name_leaves_room_for_every_protocol_of_a_relay()
    {
        var elsewhere = cloud.Cloud == Cloud.Aws ? Cloud.Gcp : Cloud.Aws;
        var plan = TestSystems.Plan(
            cloud.Cloud,
            model => model
                .Add(new ContainerService("shop", new() { Port = 8080 }))
                .Calls(model.Add(new MessageBroker("broker-whose-name-has-as-many-characters", new() { Mqtt = SpeaksMqtt }))),
            EnvironmentKind.Production,
            settings => settings with { Placement = new Dictionary<string, Cloud> { ["shop"] = elsewhere } });

        Assert.Equal("", plan.Errors());
    }

    [Theory]
    [InlineData(9)]
    [InlineData(10241)]
    public void What_not_every_cloud_can_keep_is_refused(int storage)
    {
        var plan = cloud.Plan(model => model.Add(new MessageBroker("bus", new() { StorageGiB = storage })));

        Assert.Contains(plan.Findings, finding => finding is { Severity: Severity.Error, Rule.Id: "message-broker-arguments" });
    }

    [Fact]
    public void Production_is_told_where_it_does_not_survive_the_loss_of_a_machine()
    {
        var plan = cloud.PlanWithoutErrors(model => model.Add(new MessageBroker("bus")));

        Assert.NotEqual(
            SurvivesMachines(plan),
            plan.Findings.Any(finding =>
                finding is { Component: "bus", Severity: Severity.Warning }
                && finding.Rule.Id.EndsWith("-high-availability", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(Size.Nano)]
    [InlineData(Size.XXLarge)]
    public void It_has_what_its_size_promises(Size size)
    {
        var plan = cloud.PlanWithoutErrors(model => model.Add(new MessageBroker("bus", new() { Size = size })));

        Assert.True(CapacityOf(plan).Keeps(MessageBrokerArgs.Promise(size)));
    }

    /// <summary>What sets up a login, as the shell sees it.</summary>
    protected abstract string ScriptOf(Plan plan, string login);

    /// <summary>Whether the broker goes on when a machine is lost.</summary>
    protected abstract bool SurvivesMachines(Plan plan);

    /// <summary>What each server has.</summary>
    protected abstract Capacity CapacityOf(Plan plan);

    private static JsonElement Outputs(Plan plan) => plan.Component("bus", MessageBrokerKind.Instance).Outputs;

    private static void Used(Model model, bool mqtt)
    {
        var bus = model.Add(new MessageBroker("bus", new() { Mqtt = mqtt }));
        model.Add(new ContainerService("shop", new() { Port = 8080 })).Calls(bus);
        model.Add(new ContainerService("sender", new() { Port = 8080 })).Publishes(bus);
        model.Add(new ContainerService("receiver")).Consumes(bus);
    }

    private IReadOnlyDictionary<string, Variable> Variables(Plan plan, string consumer) => cloud.VariablesOf(plan, consumer)
        .Where(variable => variable.Key.StartsWith("BUS_", StringComparison.Ordinal))
        .ToDictionary();

    private string Login(Plan plan, string consumer) => Variables(plan, consumer)["BUS_USERNAME"].Value!;

    private (string? Configure, string? Write, string? Read) Rights(Plan plan, string login)
    {
        var script = ScriptOf(plan, login);
        var start = script.IndexOf($"call PUT permissions/%2F/{login} <<JSON\n", StringComparison.Ordinal);
        Assert.True(start >= 0, script);
        var body = script[start..].Split('\n')[1].Replace("\\$", "$", StringComparison.Ordinal);
        var rights = JsonDocument.Parse(body).RootElement;
        return (rights.At("configure"), rights.At("write"), rights.At("read"));
    }
}
