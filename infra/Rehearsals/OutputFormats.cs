using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Facts;

namespace Infra.Rehearsals;

/// <summary>
/// The formats of outputs that code takes apart or that providers check: their placeholders stand inside the format. Addresses, CIDRs and
/// dates have none: code does not parse such outputs.
/// </summary>
/// <param name="settings">The stack's settings: formats hold its region and account.</param>
internal sealed class OutputFormats(StackSettings settings)
{
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
        var isArn = type.StartsWith("aws:", StringComparison.Ordinal) && (path == "arn" || path.EndsWith("Arn", StringComparison.Ordinal));
        var isBase64 = FactTables.Of(type)?.Base64.Contains(path) == true;
        return new(new(path, Secret: false, isArn ? ArnPrefix(type, path) : ""), isBase64);
    }

    private string ArnPrefix(string type, string path)
    {
        var service = AwsFacts.ServiceInArn(type, path);
        var region = AwsFacts.HasRegionInArn(service) ? _awsRegion : "";
        var account = AwsFacts.HasAccountInArn(service) ? _awsAccount : "";
        return $"arn:aws:{service}:{region}:{account}:";
    }
}

/// <summary>The format of an output.</summary>
/// <param name="Output">The output, with what stands before and behind its placeholder.</param>
/// <param name="IsBase64">Whether it is base64 text.</param>
internal sealed record OutputFormat(RecordedOutput Output, bool IsBase64);
