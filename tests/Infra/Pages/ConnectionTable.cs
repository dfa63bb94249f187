using Infra.Components.Systems;

namespace Infra.Tests.Pages;

/// <summary>What a consumer finds in its environment for a target, as the target's kind says.</summary>
internal static class ConnectionTable
{
    private static readonly string[] Headings = ["Variable", "Secret", "Value"];

    /// <summary>The table of a kind; null for a kind that no link may lead to.</summary>
    public static string? Markdown(ComponentKind kind) => kind.ConnectionKeys.Count == 0
        ? null
        : MarkedText.Table(
            Headings,
            kind.ConnectionKeys.Select(key => (IReadOnlyList<string>)[NameOf(kind, key), key.IsSecret ? "yes" : "no", key.Meaning]));

    // The only key of a kind is called as the prefix.
    private static string NameOf(ComponentKind kind, ConnectionKey key) =>
        kind.ConnectionKeys.Count == 1 ? "`<PREFIX>`" : $"`<PREFIX>_{key.Name}`";
}
