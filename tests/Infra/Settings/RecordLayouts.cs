using CsCheck;

namespace Infra.Tests.Settings;

/// <summary>
/// Stack files with the record of a migration in random layouts: in lines, in brackets, in both; with comments, quotes, odd spaces, final
/// commas and every end of a line.
/// </summary>
internal static class RecordLayouts
{
    private static readonly string[] Names = ["cache", "database", "photos", "null", "api"];
    private static readonly string[] Entries = ["migrated 2026-11-20", "paused 2026-11-20T05:00Z", "activated 2026-11-21T07:00+01:00"];

    private static readonly Gen<string> Comment = Gen.OneOf<string>("", "", " # why, and {when}", "   # ] [, }", " #");
    private static readonly Gen<string> Spaces = Gen.OneOf<string>("", "", " ", "  ");

    /// <summary>
    /// Files whose record holds one component at least, or which have none, each with the name of a component. Every run takes the same.
    /// </summary>
    public static IEnumerable<(string File, string Name)> Some(int count) => Enumerable.Range(1, count).Select(stream =>
    {
        var pcg = new PCG((uint)stream, 20261127);
        return (File.Generate(pcg, null, out _), Names[pcg.Next((uint)Names.Length)]);
    });

    private static Gen<string> File =>
        from record in Gen.Frequency<string>((1, Gen.Const("")), (9, Record))
        from isFirst in Gen.Bool
        from comment in Comment
        from end in Gen.OneOf<string>("", "\n", "\n\n", "\n# the end", "\nencryptionsalt: v1:abc\n")
        from newLine in Gen.OneOf<string>("\n", "\r\n")
        let other = $"  infra:cloud: aws{comment}\n  infra:domains: {{ brands: brand.example }}"
        let parts = isFirst ? new[] { record, other } : [other, record]
        select $"# a stack\nconfig:{comment}\n{string.Join('\n', parts.Where(part => part.Length > 0))}{end}"
            .Replace("\n", newLine, StringComparison.Ordinal);

    private static Gen<string> Record => Gen.Frequency<string>((3, RecordInLines), (1, RecordInBraces));

    private static Gen<string> RecordInLines =>
        from comment in Comment
        from components in Gen.OneOf<string>(
            ComponentsInLines.Select(lines => $"    components:\n{lines}"),
            ComponentsInBraces(6).Select(braces => $"    components: {braces}"))
        from more in Gen.OneOf<string>("", "\n    ways: { database: dump }", "\n    # none\n    acceptDataLoss: {}")
        select $"  infra:migration:{comment}\n    to: scaleway{comment}\n{components}{more}";

    private static Gen<string> RecordInBraces =>
        from components in ComponentsInBraces(4)
        from space in Spaces
        select $"  infra:migration: {{{space}to: scaleway, components: {components}{space}}}";

    private static Gen<string> ComponentsInLines =>
        from names in SomeNames
        from histories in Gen.OneOf<string>(HistoryInLines, HistoryInBrackets(8)).Array[names.Length]
        from comments in Comment.Array[names.Length]
        select string.Join('\n', names.Zip(histories, comments).Select(part => part.Second.StartsWith('\n')
            ? $"      {Quoted(part.First)}:{part.Third}{part.Second}"
            : $"      {Quoted(part.First)}: {part.Second}{part.Third}"));

    private static Gen<string> ComponentsInBraces(int indent) =>
        from names in SomeNames
        from histories in HistoryInBrackets(indent + 2).Array[names.Length]
        from list in Bracketed([.. names.Zip(histories, (name, history) => $"{Quoted(name)}: {history}")], indent, '{', '}')
        select list;

    private static Gen<string> HistoryInBrackets(int indent) =>
        from entries in History
        from list in Bracketed(entries, indent, '[', ']')
        select list;

    private static Gen<string> HistoryInLines =>
        from entries in History
        from comments in Comment.Array[entries.Length]
        from hyphen in Gen.OneOf<string>("      - ", "        - ", "        -   ")
        from between in Gen.OneOf<string>("", "", "\n", "\n          # between")
        select "\n" + string.Join(between + "\n", entries.Zip(comments, (entry, comment) => $"{hyphen}{entry}{comment}"));

    private static Gen<string> Bracketed(string[] items, int indent, char open, char close) =>
        from inLines in Gen.Bool
        from space in Spaces
        from comments in Comment.Array[items.Length]
        from comma in Gen.Bool
        let margin = new string(' ', indent)
        let lines = items.Select((item, at) => $"{margin}  {item}{(comma || at < items.Length - 1 ? "," : "")}{comments[at]}\n")
        select inLines
            ? $"{open}\n{string.Concat(lines)}{margin}{close}"
            : $"{open}{space}{string.Join("," + (space.Length == 0 ? " " : space), items)}{(comma ? "," : "")}{space}{close}";

    private static Gen<string[]> SomeNames => Gen.Shuffle(Names).SelectMany(names => Gen.Int[1, 3].Select(count => names[..count]));

    private static Gen<string[]> History =>
        from count in Gen.Int[1, Entries.Length]
        from quotes in Gen.OneOf<string>("", "", "'", "\"").Array[count]
        select Entries[..count].Zip(quotes, (entry, quote) => quote + entry + quote).ToArray();

    private static string Quoted(string name) => name == "null" ? "'null'" : name;
}
