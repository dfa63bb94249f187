using Infra.Components.Placements;

namespace Infra.Rehearsals;

/// <summary>
/// The formats of outputs that code takes apart or that providers check: their placeholders stand inside the format. Addresses, CIDRs and dates
/// have none: code does not parse such outputs.
/// </summary>
/// <param name="settings">The stack's settings: formats hold its region and account.</param>
internal sealed class OutputFormats(StackSettings settings)
{
    // A type's module is the service's name in its ARNs, with these exceptions.
    private static readonly Dictionary<string, string> ArnServices = new(StringComparer.Ordinal)
    {
        ["alb"] = "elasticloadbalancing",
        ["appautoscaling"] = "application-autoscaling",
        ["autoscaling"] = "autoscaling",
        ["cfg"] = "config",
        ["lb"] = "elasticloadbalancing",
        ["route53"] = "route53",
        ["secretsmanager"] = "secretsmanager",
        ["vpc"] = "ec2",
    };

    private static readonly HashSet<string> WithoutRegion = new(StringComparer.Ordinal) { "cloudfront", "iam", "route53", "s3" };

    private static readonly HashSet<string> Urls = new(StringComparer.Ordinal) { "aws:eks/cluster:Cluster.endpoint", "aws:eks/cluster:Cluster.identities[].oidcs[].issuer" };

    private static readonly HashSet<string> Base64 = new(StringComparer.Ordinal) { "aws:eks/cluster:Cluster.certificateAuthority.data", "random:index/randomBytes:RandomBytes.base64" };

    private readonly string _awsRegion = settings.Regions.GetValueOrDefault(Cloud.Aws) ?? settings.Location.Aws ?? "us-east-1";
    private readonly string _awsAccount = settings.Accounts.Aws?.AccountId ?? "000000000000";

    private readonly Dictionary<string, Dictionary<string, OutputFormat>> _known = new(StringComparer.Ordinal);

    /// <summary>The format of an output.</summary>
    public OutputFormat Of(string type, string path)
    {
        if (!_known.TryGetValue(type, out var known)) _known.Add(type, known = new(StringComparer.Ordinal));
        if (!known.TryGetValue(path, out var format)) known.Add(path, format = Find(type, path));
        return format;
    }

    private OutputFormat Find(string type, string path)
    {
        var output = $"{type}.{path.Replace("[0]", "[]", StringComparison.Ordinal)}";
        var isArn = type.StartsWith("aws:", StringComparison.Ordinal) && (path == "arn" || path.EndsWith("Arn", StringComparison.Ordinal));
        var prefix = isArn ? ArnPrefix(type, path) : Urls.Contains(output) ? "https://" : "";
        return new(new(path, Secret: false, prefix), Base64.Contains(output));
    }

    private string ArnPrefix(string type, string path)
    {
        var module = type.AsSpan()[4..type.IndexOf('/', StringComparison.Ordinal)].ToString();
        var service = path.EndsWith("secretArn", StringComparison.OrdinalIgnoreCase) ? "secretsmanager" : path.EndsWith("roleArn", StringComparison.OrdinalIgnoreCase) ? "iam" : ArnServices.GetValueOrDefault(module, module);
        var region = WithoutRegion.Contains(service) ? "" : _awsRegion;
        var account = service is "s3" or "route53" ? "" : _awsAccount;
        return $"arn:aws:{service}:{region}:{account}:";
    }
}

/// <summary>The format of an output.</summary>
/// <param name="Output">The output, with what stands before and behind its placeholder.</param>
/// <param name="IsBase64">Whether it is base64 text.</param>
internal sealed record OutputFormat(RecordedOutput Output, bool IsBase64);
