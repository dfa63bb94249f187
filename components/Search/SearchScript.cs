using System.Text.Json.Nodes;
using Infra.Components.Clouds;
using Infra.Components.Systems;

namespace Infra.Components.Search;

/// <summary>
/// What jobs tell OpenSearch's security plugin through its REST API: a role, a login and their mapping for each consumer. Sources:
/// OpenSearch documentation, "Security: Access control API", and the action groups in the plugin's <c>static_action_groups.yml</c>.
/// </summary>
internal static class SearchScript
{
    /// <summary>The name of the administrator.</summary>
    public const string Administrator = "administrator";

    /// <summary>Its logins, by the security plugin's API.</summary>
    public static RestLogins Logins { get; } = new(new("SEARCH"), "/_plugins/_security/api", Administrator, Grant);

    // What reading asks of the cluster as a whole, and of indices: searches that span several, and what clients ask when they connect.
    private static readonly string[] ReadCluster = ["cluster_composite_ops_ro", "cluster_monitor"];

    private static readonly string[] ReadIndices =
    [
        "read", "indices_monitor", "indices:admin/get", "indices:admin/exists*", "indices:admin/mappings/get*",
        "indices:admin/aliases/get*",
    ];

    // Applications make their indices, and the templates and pipelines of these, themselves.
    private static readonly string[] WriteCluster =
        ["cluster_composite_ops", "cluster_monitor", "cluster_manage_index_templates", "cluster_manage_pipelines"];

    private static readonly string[] WriteIndices = ["indices_all"];

    /// <summary>The calls that give a login its password and its rights, and nothing else.</summary>
    /// <param name="login">The login, which its role is called after.</param>
    /// <param name="password">The variable that holds its password.</param>
    /// <param name="intent">
    /// Read: searches every index. Write: makes, fills and deletes indices besides, and their templates and pipelines. Neither reaches the
    /// security plugin's own index, its API, or snapshots.
    /// </param>
    private static IEnumerable<RestCall> Grant(string login, string password, Intent intent) =>
    [
        new("PUT", $"roles/{login}", new()
        {
            ["cluster_permissions"] = List(intent == Intent.Write ? WriteCluster : ReadCluster),
            ["index_permissions"] = new JsonArray(new JsonObject
            {
                ["index_patterns"] = List("*"),
                ["allowed_actions"] = List(intent == Intent.Write ? WriteIndices : ReadIndices),
            }),
        }),
        new("PUT", $"internalusers/{login}", new() { ["password"] = $"${{{password}}}" }),
        new("PUT", $"rolesmapping/{login}", new() { ["users"] = List(login) }),
    ];

    private static JsonArray List(params string[] texts) => [.. texts.Select(text => (JsonNode)JsonValue.Create(text))];
}
