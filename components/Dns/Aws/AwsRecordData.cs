namespace Infra.Components.Dns.Aws;

/// <summary>
/// Values of records as Route 53 wants them, through a provider that itself puts the outermost quotes around a text: texts in strings of at
/// most 255 characters (RFC 1035), the issuer of a CAA record in quotes (AWS documentation: supported DNS record types).
/// </summary>
internal static class AwsRecordData
{
    private const int LongestText = 255;

    /// <summary>A value.</summary>
    public static string Of(string type, string value) => type switch
    {
        "TXT" => string.Join("\"\"", value.Chunk(LongestText).Select(part => Escaped(new string(part)))),
        "CAA" => Authority(value),
        _ => value,
    };

    // Three fields: flags, tag and a quoted value.
    private static string Authority(string value) =>
        value.Split(' ', 3) is [var flags, var tag, var issuer] ? $"{flags} {tag} \"{Escaped(issuer.Trim('"'))}\"" : value;

    private static string Escaped(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
