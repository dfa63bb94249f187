using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Systems;

namespace Infra.Components.Search;

/// <summary>
/// What OpenSearch is told wherever this project runs it. Sources: the security plugin at 2.19 and 3.3 (<c>ConfigurationRepository</c>,
/// <c>SSLConfigConstants</c>) and OpenSearch's documentation, "Configuring TLS certificates".
/// </summary>
internal static class OpenSearchConfiguration
{
    /// <summary>Where its REST API answers, over TLS.</summary>
    public const int RestPort = 9200;

    /// <summary>Where its servers speak with each other, over TLS with certificates on both sides.</summary>
    public const int TransportPort = 9300;

    /// <summary>The user of the official image.</summary>
    public const int ImageUser = 1000;

    /// <summary>Where the image has its configuration.</summary>
    public const string Folder = "/usr/share/opensearch/config";

    /// <summary>Where the image keeps its data.</summary>
    public const string Data = "/usr/share/opensearch/data";

    /// <summary>Where the configuration has certificate, key and authority, in the words of a secret of Kubernetes.</summary>
    public const string Certificates = "tls";

    // The key's certificate is asked for by the other servers, and known by its name.
    private static string[] Certified(string layer) =>
    [
        $"plugins.security.ssl.{layer}.pemcert_filepath: {Certificates}/tls.crt",
        $"plugins.security.ssl.{layer}.pemkey_filepath: {Certificates}/tls.key",
        $"plugins.security.ssl.{layer}.pemtrustedcas_filepath: {Certificates}/ca.crt",
    ];

    /// <summary>The image of a line.</summary>
    public static PinnedImage ImageOf(string version) => version == "3" ? PinnedImage.OpenSearch3 : PinnedImage.OpenSearch2;

    /// <summary>The options of Java: half of the memory is heap, and the rest the operating system's for the indices' files.</summary>
    public static string Heap(Capacity capacity)
    {
        var heap = string.Create(CultureInfo.InvariantCulture, $"{Math.Round(capacity.MemoryGiB * 512)}m");
        return $"-Xms{heap} -Xmx{heap}";
    }

    /// <summary>The variables of the container.</summary>
    /// <param name="capacity">What the server has.</param>
    public static IEnumerable<(string Name, string Value)> Environment(Capacity capacity) =>
    [
        // The image would make certificates and an administrator of its own, which everybody knows.
        ("DISABLE_INSTALL_DEMO_CONFIG", "true"),
        ("DISABLE_PERFORMANCE_ANALYZER_AGENT_CLI", "true"),
        ("OPENSEARCH_JAVA_OPTS", Heap(capacity)),
    ];

    /// <summary>The lines of <c>opensearch.yml</c>, but for how servers find each other.</summary>
    /// <param name="name">The name of the search engine, which its certificate bears.</param>
    /// <param name="more">What only some have.</param>
    public static string Text(string name, IEnumerable<string> more)
    {
        string[] lines =
        [
            $"cluster.name: {name}",
            .. more,
            .. Certified("transport"),

            // Servers are known by addresses that no certificate can name; the authority signs nobody else.
            "transport.ssl.enforce_hostname_verification: false",
            $"plugins.security.nodes_dn: [\"CN={name}\"]",
            "plugins.security.ssl.http.enabled: true",
            .. Certified("http"),
            "plugins.security.ssl.http.enabled_protocols: [\"TLSv1.2\", \"TLSv1.3\"]",
            "plugins.security.allow_default_init_securityindex: true",
            "plugins.security.restapi.roles_enabled: [\"all_access\"]",
            "plugins.security.system_indices.enabled: true",
        ];
        return string.Concat(lines.Select(line => $"{line}\n"));
    }

    /// <summary>The file with the one login that is there from the start, the administrator's; it is read once.</summary>
    /// <param name="hash">The bcrypt hash of its password.</param>
    public static string Users(string hash) => $"""
        _meta:
          type: "internalusers"
          config_version: 2
        {SearchScript.Administrator}:
          hash: "{hash}"
          reserved: true
          backend_roles: ["admin"]

        """;

    /// <summary>The file with who has which role: the administrator, and nobody else. The image's own gives everybody an index.</summary>
    public const string Roles = """
        _meta:
          type: "rolesmapping"
          config_version: 2
        all_access:
          reserved: true
          backend_roles: ["admin"]

        """;
}
