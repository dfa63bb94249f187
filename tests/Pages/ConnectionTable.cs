using Infra.Components.Connections;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Utilities;

namespace Infra.Tests.Pages;

/// <summary>What a consumer finds in its environment for a target, from running the factories of connections.</summary>
internal static class ConnectionTable
{
    private static readonly string[] Headings = ["Variable", "Secret", "Value"];

    /// <summary>The table of a kind; null for a kind that no link may lead to.</summary>
    public static string? Markdown(ComponentKind kind) => kind switch
    {
        ComponentKind.ManagedDatabase => Table(nameof(Connection.ToDatabase), Database("postgresql", "verify-full"), Database("mysql", "require")),
        ComponentKind.Cache => Table(
            nameof(Connection.ToCache),
            Connection.ToCache(Sample("host"), Sample("port"), Sample("username"), Sample("password"), Sample("certificateAuthority"))),
        ComponentKind.Bucket => Table(
            nameof(Connection.ToBucket),
            Connection.ToBucket(Sample("endpoint"), Sample("region"), Sample("name"), pathStyle: false, certificateAuthority: Sample("certificateAuthority")),
            Connection.ToBucket(Sample("endpoint"), Sample("region"), Sample("name"), pathStyle: true, Sample("accessKeyId"), Sample("secretAccessKey"), Sample("certificateAuthority"))),
        ComponentKind.ContainerService => Table(
            ("", nameof(Connection.ToService), Connection.ToService("{host}", 8080)),
            ("From another cloud: ", nameof(Connection.ToForeignService), Connection.ToForeignService(Sample("address"), Sample("port"), Sample("certificateAuthority")))),
        _ => null,
    };

    private static Connection Database(string scheme, string tlsMode) =>
        Connection.ToDatabase(scheme, Sample("host"), Sample("port"), Sample("database"), Sample("username"), Sample("password"), Sample("certificateAuthority"), tlsMode);

    private static Output<string> Sample(string name) => Output.Create($"{{{name}}}");

    private static string Table(string factory, params Connection[] connections) => Table([.. connections.Select(connection => ("", factory, connection))]);

    private static string Table(params (string Label, string Factory, Connection Connection)[] ways) => MarkedText.Table(Headings, ways[0].Connection.Entries.Select((entry, index) =>
    {
        var values = ways.Select(way => Value(way.Connection.Entries[index])).ToList();
        var meaning = string.Join(' ', ways
            .Select((way, number) => (way.Label, Text: CodeComments.OfParameter(typeof(Connection), way.Factory, IsSample(values[number]) ? values[number].Trim('{', '}') : CamelCase(entry.Key))))
            .Where(said => said.Text.Length > 0)
            .Select(said => said.Label + said.Text)
            .Distinct());
        var choices = values.Where(value => value.Length > 0 && !IsSample(value) && !int.TryParse(value, out _)).Distinct().Select(value => $"`{value}`").ToList();
        var isSecret = ways.Any(way => way.Connection.Entries[index].Secret);
        return (IReadOnlyList<string>)[$"`<PREFIX>_{entry.Key}`", isSecret ? "yes" : "no", choices.TrueForAll(meaning.Contains) ? meaning : $"{string.Join(" or ", choices)}{(meaning.Length == 0 ? "" : $": {meaning}")}"];
    }));

    private static bool IsSample(string value) => value.StartsWith('{') && value.IndexOf('}', StringComparison.Ordinal) == value.Length - 1;

    private static string Value(ConnectionEntry entry) => OutputUtilities.GetValueAsync(entry.Value).GetAwaiter().GetResult();

    private static string CamelCase(string key)
    {
        var words = key.Split('_').Select(word => word[..1] + word[1..].ToLowerInvariant()).ToList();
        return words[0].ToLowerInvariant() + string.Concat(words.Skip(1));
    }
}
