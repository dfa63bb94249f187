namespace Infra.Components.Dns;

/// <summary>
/// Values of records as zone files spell them (RFC 1035): absolute names end with a dot, texts are quoted in pieces of at most 255
/// characters.
/// </summary>
internal static class ZoneFile
{
    private const int TextPiece = 255;

    /// <summary>A value.</summary>
    public static string Of(string type, string value) => type switch
    {
        "CNAME" or "MX" or "SRV" => value.EndsWith('.') ? value : value + ".",
        "TXT" => string.Join(' ', value.Chunk(TextPiece).Select(piece => Quoted(new string(piece)))),
        "CAA" => Authority(value),
        _ => value,
    };

    // Three fields: flags, tag and a quoted value.
    private static string Authority(string value) =>
        value.Split(' ', 3) is [var flags, var tag, var issuer] ? $"{flags} {tag} {Quoted(issuer.Trim('"'))}" : value;

    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
