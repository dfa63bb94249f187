using Infra.Components.Brokers;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Brokers;

/// <summary>What devices and services may do at a broker of devices, by running one.</summary>
public sealed class MosquittoTests : IDisposable
{
    private const string Host = "mqtt.familink.example";
    private const string Password = "Sesame42";

    private readonly TestAuthority _servers = new("Servers");
    private readonly TestAuthority _devices = new("Devices");

    [ProgramFact("mosquitto", "mosquitto")]
    public void A_frame_hears_what_services_send_it_and_they_hear_the_frame()
    {
        using var broker = new MosquittoServer(Broker());
        using var frame = Frame(broker, "frame-1");
        using var api = Api(broker);
        frame.Listen("frames/frame-1/photos");
        api.Listen("frames/+/status");

        api.Send("frames/frame-1/photos", "42.jpg");
        frame.Send("frames/frame-1/status", "shown");

        Assert.Equal(("frames/frame-1/photos", "42.jpg"), frame.Hear());
        Assert.Equal(("frames/frame-1/status", "shown"), api.Hear());
    }

    [ProgramFact("mosquitto", "mosquitto")]
    public void A_frame_reads_and_writes_below_its_own_topic_and_nowhere_else()
    {
        using var broker = new MosquittoServer(Broker());
        using var frame = Frame(broker, "frame-2");
        using var api = Api(broker);
        frame.Listen("#");
        api.Listen("frames/#");

        api.Send("frames/frame-1/photos", "of another");
        api.Send("frames/frame-2/photos", "its own");
        Assert.Equal("its own", frame.Hear().Message);

        Assert.Equal("of another", api.Hear().Message);
        Assert.Equal("its own", api.Hear().Message);
        frame.Send("frames/frame-1/status", "forged");
        frame.Send("frames", "forged");
        frame.Send("frames/frame-2/status", "true");
        Assert.Equal("true", api.Hear().Message);
    }

    [ProgramFact("mosquitto", "mosquitto")]
    public void Nobody_comes_in_without_a_certificate_or_with_one_of_another_authority()
    {
        using var broker = new MosquittoServer(Broker());
        using var others = new TestAuthority("Others");

        Assert.Null(Connect(broker, null));
        Assert.Null(Connect(broker, others.Sign("frame-1")));
        Assert.Null(Connect(broker, _servers.Sign("frame-1")));
        Frame(broker, "frame-1").Dispose();
    }

    [ProgramFact("mosquitto", "mosquitto")]
    public void A_revoked_certificate_does_not_come_in_and_others_do()
    {
        var stolen = _devices.Sign("frame-1");
        using var broker = new MosquittoServer(Broker() with { Revoked = _devices.Revoke(stolen) });

        Assert.Null(Connect(broker, stolen));
        Frame(broker, "frame-1").Dispose();
    }

    [ProgramFact("mosquitto", "mosquitto")]
    public void A_frame_is_called_as_its_certificate_says_and_takes_over_nobodys_connection()
    {
        using var broker = new MosquittoServer(Broker());
        using var first = Connect(broker, _devices.Sign("frame-1"), "frame-1")!;
        first.Listen("frames/frame-1/#");
        using var second = Connect(broker, _devices.Sign("frame-2"), "frame-1")!;
        second.Listen("frames/frame-2/#");
        using var api = Api(broker);

        api.Send("frames/frame-1/photos", "to the first");
        api.Send("frames/frame-2/photos", "to the second");

        Assert.Equal("to the first", first.Hear().Message);
        Assert.Equal("to the second", second.Hear().Message);
    }

    [ProgramFact("mosquitto", "mosquitto")]
    public void A_certificate_with_the_name_of_a_login_has_none_of_its_rights()
    {
        using var broker = new MosquittoServer(Broker());
        using var forger = Frame(broker, "api");
        using var api = Api(broker);
        api.Listen("frames/#");

        forger.Send("frames/frame-1/photos", "forged");
        forger.Send("frames/api/status", "its own");

        Assert.Equal("its own", api.Hear().Message);
    }

    [ProgramFact("mosquitto", "mosquitto")]
    public void A_service_needs_its_password()
    {
        using var broker = new MosquittoServer(Broker());

        Assert.Null(MqttClient.Service(broker.ServicePort, "service", null));
        Assert.Null(MqttClient.Service(broker.ServicePort, "service", ("api", "wrong")));
        Assert.Null(MqttClient.Service(broker.ServicePort, "service", ("stranger", Password)));
        Api(broker).Dispose();
    }

    [ProgramFact("mosquitto", "mosquitto")]
    public void The_same_certificates_lead_to_a_second_broker_under_the_same_name()
    {
        var frame = _devices.Sign("frame-1");
        using var left = new MosquittoServer(Broker());
        Connect(left, frame)!.Dispose();

        using var moved = new MosquittoServer(Broker());
        using var connected = Connect(moved, frame)!;
        using var api = Api(moved);
        connected.Listen("frames/frame-1/#");
        api.Send("frames/frame-1/photos", "from the new cloud");

        Assert.Equal("from the new cloud", connected.Hear().Message);
    }

    [ProgramFact("mosquitto", "mosquitto")]
    public void What_waits_for_a_frame_outlasts_the_brokers_replica()
    {
        using var broker = new MosquittoServer(Broker());
        using (var frame = Connect(broker, _devices.Sign("frame-1"), keepsSession: true)!) frame.Listen("frames/frame-1/#");
        using (var api = Api(broker)) api.Send("frames/frame-1/photos", "while it was away");
        broker.Restart();

        using var back = Connect(broker, _devices.Sign("frame-1"), keepsSession: true)!;
        Assert.Equal("while it was away", back.Hear().Message);
    }

    [ProgramFact("mosquitto", "mosquitto")]
    public void It_does_not_start_where_it_may_not_open_as_many_files_as_devices_need()
    {
        using var broker = new MosquittoServer(Broker());

        Assert.NotEqual(0, broker.ExitCodeWith(int.MaxValue));
    }

    public void Dispose()
    {
        _servers.Dispose();
        _devices.Dispose();
    }

    private DeviceBroker Broker()
    {
        var server = _servers.Sign(Host);
        return new()
        {
            Authority = _devices.Certificate.ExportCertificatePem(),
            Certificate = server.Certificate,
            Key = server.Key,
            Topic = "frames",
            Connections = 10,
            Logins = new Dictionary<string, Infra.Components.Systems.Text> { ["api"] = Password },
        };
    }

    private MqttClient Frame(MosquittoServer broker, string name) => Connect(broker, _devices.Sign(name))!;

    private MqttClient? Connect(MosquittoServer broker, Identity? identity, string clientId = "device", bool keepsSession = false) =>
        MqttClient.Device(broker.DevicePort, Host, _servers.Certificate, identity, clientId, keepsSession);

    private static MqttClient Api(MosquittoServer broker) => MqttClient.Service(broker.ServicePort, "service", ("api", Password))!;
}
