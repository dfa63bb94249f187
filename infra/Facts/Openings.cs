using System.Globalization;
using System.Text.Json;

namespace Infra.Facts;

/// <summary>Reads off a resource's inputs what it opens to the outside, and to whom; null is nothing.</summary>
internal static class Openings
{
    /// <summary>Open whatever its inputs say.</summary>
    public static Func<JsonElement, string?> Always(string what) => _ => what;

    /// <summary>Open while a switch is on.</summary>
    /// <param name="path">The switch, with dots between objects.</param>
    /// <param name="what">What is open then.</param>
    public static Func<JsonElement, string?> While(string path, string what) => inputs => IsOn(At(inputs, path)) ? what : null;

    /// <summary>Open unless a switch is on, and so without it.</summary>
    public static Func<JsonElement, string?> Unless(string path, string what) => inputs => IsOn(At(inputs, path)) ? null : what;

    /// <summary>Open unless a switch is off, and so without it.</summary>
    public static Func<JsonElement, string?> UnlessOff(string path, string what) =>
        inputs => At(inputs, path).ValueKind == JsonValueKind.False ? null : what;

    /// <summary>Open unless all of several switches are on.</summary>
    public static Func<JsonElement, string?> UnlessAll(string what, params string[] paths) =>
        inputs => paths.All(path => IsOn(At(inputs, path))) ? null : what;

    /// <summary>A rule of a firewall that admits everyone.</summary>
    /// <param name="protocol">The input that names the protocol.</param>
    /// <param name="ranges">The inputs with the addresses that it admits.</param>
    public static Func<JsonElement, string?> Rule(string protocol, params string[] ranges) =>
        inputs => AdmittedBy(inputs, protocol, ranges);

    /// <summary>A group with rules of a firewall in a list.</summary>
    public static Func<JsonElement, string?> Rules(string list, string protocol, params string[] ranges) =>
        inputs => Each(inputs, list, rule => AdmittedBy(rule, protocol, ranges));

    /// <summary>A policy as JSON text that allows something to anyone.</summary>
    public static Func<JsonElement, string?> Policy(string property, string what) =>
        inputs => Text(inputs, property) is { } policy && AllowsAnyone(policy) ? what : null;

    /// <summary>A rule of a firewall of Google Cloud that admits everyone.</summary>
    public static string? GoogleFirewall(JsonElement inputs) =>
        Text(inputs, "direction") != "EGRESS" && World(inputs, "sourceRanges") is { } world
            ? $"{Each(inputs, "allows", Allowed) ?? "nothing"} from {world}"
            : null;

    /// <summary>A forwarding rule of Google Cloud, which faces the internet unless its scheme is an internal one.</summary>
    public static string? GoogleForwardingRule(JsonElement inputs) =>
        Text(inputs, "loadBalancingScheme")?.StartsWith("INTERNAL", StringComparison.Ordinal) == true
            ? null
            : $"load balancer that faces the internet on {Text(inputs, "portRange") ?? Joined(At(inputs, "ports"))}";

    /// <summary>A service of Kubernetes that has a load balancer or a port of every node.</summary>
    public static string? Service(JsonElement inputs)
    {
        var specification = At(inputs, "spec");
        var type = Text(specification, "type");
        if (type is not ("LoadBalancer" or "NodePort")) return null;
        var ports = Each(specification, "ports", port => Text(port, "port")) ?? "its ports";
        var ranges = At(specification, "loadBalancerSourceRanges");
        return $"{type} service on {ports}{(ranges.ValueKind == JsonValueKind.Undefined ? "" : $" from {Joined(ranges)}")}";
    }

    /// <summary>A gateway of Kubernetes.</summary>
    public static string? Gateway(JsonElement inputs) =>
        Each(At(inputs, "spec"), "listeners", listener => $"{Text(listener, "protocol")} {Text(listener, "port")}") is { } listeners
            ? $"gateway on {listeners}"
            : "gateway on its listeners";

    /// <summary>A network policy of Kubernetes that admits everyone.</summary>
    public static string? NetworkPolicy(JsonElement inputs) => Each(At(inputs, "spec"), "ingress", rule => Each(
        rule,
        "from",
        peer => World(At(peer, "ipBlock"), "cidr") is { } world ? $"pods open to {world}" : null));

    /// <summary>A list of sources without which everyone is let in.</summary>
    public static Func<JsonElement, string?> Without(string list) => inputs => IsEmpty(At(inputs, list)) ? list : null;

    /// <summary>A rule of a firewall of Google Cloud that lets in, and names nobody.</summary>
    public static string? GoogleFirewallWithoutSources(JsonElement inputs)
    {
        string[] sources = ["sourceRanges", "sourceTags", "sourceServiceAccounts"];
        return Text(inputs, "direction") != "EGRESS" && sources.All(list => IsEmpty(At(inputs, list))) ? sources[0] : null;
    }

    /// <summary>A service of Kubernetes with a load balancer and a list of nobody; without a list it is meant for everyone.</summary>
    public static string? ServiceWithoutSources(JsonElement inputs)
    {
        const string list = "spec.loadBalancerSourceRanges";
        return At(inputs, list) is { ValueKind: JsonValueKind.Array } ranges && ranges.GetArrayLength() == 0 ? list : null;
    }

    /// <summary>A network policy of Kubernetes with a rule that lets in, and names nobody.</summary>
    public static string? NetworkPolicyWithoutSources(JsonElement inputs) =>
        At(inputs, "spec.ingress") is { ValueKind: JsonValueKind.Array } rules
        && rules.EnumerateArray().Any(rule => IsEmpty(At(rule, "from")))
            ? "spec.ingress[].from"
            : null;

    private static bool IsEmpty(JsonElement list) => list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0;

    private static string? AdmittedBy(JsonElement rule, string protocol, string[] ranges) =>
        World(rule, ranges) is { } world ? $"{Ports(rule, protocol)} from {world}" : null;

    private static JsonElement At(JsonElement element, string path)
    {
        foreach (var step in path.Split('.'))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(step, out element)) return default;
        }

        return element;
    }

    private static string? Text(JsonElement element, string name) =>
        At(element, name) is { ValueKind: not JsonValueKind.Undefined } value ? value.ToString() : null;

    private static string Allowed(JsonElement allowed) => $"{Text(allowed, "protocol")} {Joined(At(allowed, "ports"))}".TrimEnd();

    private static string Joined(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array ? string.Join(", ", list.EnumerateArray()) : list.ToString();

    private static bool IsOn(JsonElement element) => element.ValueKind == JsonValueKind.True;

    private static string? World(JsonElement rule, params string[] names) => names
        .Select(name => At(rule, name))
        .SelectMany(value => value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : new[] { value })
        .Where(value => value.ValueKind == JsonValueKind.String)
        .Select(value => value.GetString())
        .FirstOrDefault(cidr => cidr is "0.0.0.0/0" or "::/0");

    private static string Ports(JsonElement rule, string protocolName)
    {
        var protocol = Text(rule, protocolName) ?? "-1";
        var (from, to) = (Text(rule, "fromPort"), Text(rule, "toPort"));
        if (protocol == "-1" || from is null) return "all traffic";
        return string.Create(CultureInfo.InvariantCulture, $"{protocol} {(from == to ? from : $"{from}-{to}")}");
    }

    private static string? Each(JsonElement element, string name, Func<JsonElement, string?> describe)
    {
        var list = At(element, name);
        if (list.ValueKind != JsonValueKind.Array) return null;
        var described = list.EnumerateArray().Select(describe).OfType<string>().Distinct().ToList();
        return described.Count == 0 ? null : string.Join(", ", described);
    }

    private static bool AllowsAnyone(string policy)
    {
        try
        {
            using var document = JsonDocument.Parse(policy);
            return document.RootElement.TryGetProperty("Statement", out var statements)
                && statements.ValueKind == JsonValueKind.Array
                && statements.EnumerateArray().Any(statement => Text(statement, "Effect") == "Allow"
                    && !statement.TryGetProperty("Condition", out _)
                    && statement.TryGetProperty("Principal", out var principal)
                    && (principal.ToString() == "*" || Text(principal, "AWS") == "*"));
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
