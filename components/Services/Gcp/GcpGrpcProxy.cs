using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Services.Gcp;

/// <summary>
/// The proxy beside a container that calls services by gRPC: HAProxy, which takes HTTP/2 without TLS and passes it on with TLS, once it has
/// verified who is there.
/// </summary>
internal static class GcpGrpcProxy
{
    // No sidecar that is declared has two hyphens in a row.
    private const string Name = "grpc--proxy";

    private const string Configuration = "CONFIGURATION";
    private const string Authorities = "AUTHORITIES";
    private const string ConfigurationFile = "/tmp/haproxy.cfg";
    private const string AuthoritiesFile = "/tmp/authorities.pem";

    // Told to stop, it takes no new connections and serves those that there are: what a replica still answers may need them. The second
    // wait is for that, as the signal ends the first.
    private const string Start = $"""
        printf '%s' "${Configuration}" >{ConfigurationFile}
        printf '%s' "${Authorities}" >{AuthoritiesFile}
        haproxy -db -f {ConfigurationFile} &
        proxy=$!
        trap 'kill -USR1 "$proxy"' TERM
        wait "$proxy" || wait "$proxy"
        """;

    private static readonly string[] Settings =
    [
        "global",
        "  log stdout format raw local0 notice",
        "  maxconn 4000",
        "defaults",
        "  log global",
        "  mode http",
        "  timeout connect 10s",
        // As long as Cloud Run lets a request take.
        "  timeout client 3600s",
        "  timeout server 3600s",
        "resolvers network",
        "  parse-resolv-conf",
        "  accepted_payload_size 8192",
        "frontend health",
        string.Create(CultureInfo.InvariantCulture, $"  bind :{RelayPorts.Health}"),
        "  http-request return status 200",
    ];

    /// <summary>The services that a consumer calls so.</summary>
    public static IEnumerable<ContainerService> CalledBy(IEnumerable<StandingLink> links) => links
        .Where(link => !link.CrossesClouds && link.Consumer.Component is ContainerService)
        .Select(link => link.Target.Component)
        .OfType<ContainerService>()
        .Where(service => service.Args is { IsHttp: true, Spoken: ServiceProtocol.Grpc });

    /// <summary>What of Cloud Run's own it takes.</summary>
    public static Sidecar Declared { get; } = new()
    {
        Name = Name,
        EntryPoint = ["sh", "-e", "-c"],
        Command = [Start],
        HealthCheck = new() { Port = RelayPorts.Health, Path = "/", IntervalSeconds = 2, TimeoutSeconds = 1 },
    };

    /// <summary>The proxy of a consumer.</summary>
    /// <param name="forwards">What it leads to.</param>
    public static GcpSidecar Of(IReadOnlyList<GcpForward> forwards)
    {
        var equipment = new GcpEquipment();
        equipment.Variables.Add(new(Configuration, Output.Create(string.Join('\n', [.. Settings, .. forwards.SelectMany(Lines), ""]))));
        equipment.Variables.Add(new(
            Authorities,
            Output.All(forwards.Select(forward => forward.Authority)).Apply(certificates => string.Concat(certificates))));
        return new(Declared, Output.Create(PinnedImage.HaProxy.OnDockerHub), equipment);
    }

    // A target may be called as a section of ours is: hence the words before its name.
    private static IEnumerable<string> Lines(GcpForward forward)
    {
        yield return $"listen to-{forward.Target}";
        yield return string.Create(CultureInfo.InvariantCulture, $"  bind {GcpForward.LocalHost}:{forward.LocalPort} proto h2");

        // The caller says http, and servers end requests that come by TLS and say so.
        yield return $"  http-request set-uri https://{forward.Host}%[pathq]";

        // The name that is asked for is the one that is verified (HAProxy's configuration manual: sni, verify).
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"  server {forward.Target} {forward.Host}:{forward.Port} ssl verify required ca-file {AuthoritiesFile} "
            + $"sni str({forward.Host}) alpn h2 resolvers network init-addr none");
    }
}
