using System.Globalization;
using System.Text.Json;

namespace Infra.Plans;

/// <summary>Something that can be reached from outside.</summary>
/// <param name="Resource">The resource that opens it.</param>
/// <param name="What">What is open, and to whom.</param>
public sealed record Exposure(PlannedResource Resource, string What);

/// <summary>Finds what of a plan can be reached from outside, from a table by resource type.</summary>
public static class Exposures
{
    private static readonly Dictionary<string, Func<JsonElement, string?>> Table = new(StringComparer.Ordinal)
    {
        ["aws:lb/loadBalancer:LoadBalancer"] = inputs => Is(inputs, "internal", true) ? null : "load balancer that faces the internet",
        ["aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"] = inputs => World(inputs, "cidrIpv4", "cidrIpv6") is { } world ? $"{Ports(inputs, "ipProtocol")} from {world}" : null,
        ["aws:ec2/securityGroupRule:SecurityGroupRule"] = inputs => Text(inputs, "type") == "ingress" && World(inputs, "cidrBlocks", "ipv6CidrBlocks") is { } world ? $"{Ports(inputs, "protocol")} from {world}" : null,
        ["aws:ec2/securityGroup:SecurityGroup"] = inputs => Each(inputs, "ingress", rule => World(rule, "cidrBlocks", "ipv6CidrBlocks") is { } world ? $"{Ports(rule, "protocol")} from {world}" : null),
        ["aws:ec2/instance:Instance"] = inputs => Is(inputs, "associatePublicIpAddress", true) ? "machine with a public address" : null,
        ["aws:ecs/service:Service"] = inputs => inputs.TryGetProperty("networkConfiguration", out var network) && Is(network, "assignPublicIp", true) ? "tasks with public addresses" : null,
        ["aws:rds/instance:Instance"] = inputs => Is(inputs, "publiclyAccessible", true) ? "database with a public address" : null,
        ["aws:rds/clusterInstance:ClusterInstance"] = inputs => Is(inputs, "publiclyAccessible", true) ? "database with a public address" : null,
        ["aws:lambda/functionUrl:FunctionUrl"] = inputs => Text(inputs, "authorizationType") == "NONE" ? "function that anyone can call" : null,
        ["aws:cloudfront/distribution:Distribution"] = _ => "content delivery",
        ["aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock"] = inputs =>
            new[] { "blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets" }.All(block => Is(inputs, block, true)) ? null : "bucket whose public access is not blocked",
        ["aws:s3/bucketPolicy:BucketPolicy"] = inputs => Text(inputs, "policy") is { } policy && AllowsAnyone(policy) ? "bucket that anyone can read" : null,
        ["kubernetes:core/v1:Service"] = inputs => inputs.TryGetProperty("spec", out var spec) && Text(spec, "type") is "LoadBalancer" or "NodePort"
            ? $"{Text(spec, "type")} service on {Each(spec, "ports", port => Text(port, "port")) ?? "its ports"}{(spec.TryGetProperty("loadBalancerSourceRanges", out var ranges) ? $" from {Joined(ranges)}" : "")}"
            : null,
        ["kubernetes:networking.k8s.io/v1:Ingress"] = _ => "ingress",
        ["kubernetes:gateway.networking.k8s.io/v1:Gateway"] = inputs => inputs.TryGetProperty("spec", out var spec)
            ? $"gateway on {Each(spec, "listeners", listener => $"{Text(listener, "protocol")} {Text(listener, "port")}") ?? "its listeners"}"
            : "gateway",
        ["kubernetes:networking.k8s.io/v1:NetworkPolicy"] = inputs => inputs.TryGetProperty("spec", out var spec)
            ? Each(spec, "ingress", rule => Each(rule, "from", peer => peer.TryGetProperty("ipBlock", out var block) && World(block, "cidr", "cidr") is { } world ? $"pods open to {world}" : null))
            : null,
    };

    /// <summary>What can be reached, in the order of the plan.</summary>
    public static IEnumerable<Exposure> Of(Plan plan) =>
        from resource in plan.Resources
        where Table.ContainsKey(resource.Type)
        let what = Table[resource.Type](resource.Inputs)
        where what is not null
        select new Exposure(resource, what);

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value.ToString() : null;

    private static bool Is(JsonElement element, string name, bool flag) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == (flag ? JsonValueKind.True : JsonValueKind.False);

    private static string? World(JsonElement rule, params string[] names) => names
        .Select(name => rule.ValueKind == JsonValueKind.Object && rule.TryGetProperty(name, out var value) ? value : default)
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
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out var list) || list.ValueKind != JsonValueKind.Array) return null;
        var described = list.EnumerateArray().Select(describe).OfType<string>().Distinct().ToList();
        return described.Count == 0 ? null : string.Join(", ", described);
    }

    private static string Joined(JsonElement list) => list.ValueKind == JsonValueKind.Array ? string.Join(", ", list.EnumerateArray()) : list.ToString();

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
