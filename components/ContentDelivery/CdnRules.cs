using Infra.Components.Checks;

namespace Infra.Components.ContentDelivery;

/// <summary>What several clouds say of content delivery networks in the same words.</summary>
internal static class CdnRules
{
    /// <summary>The promise that a document is shown, with status 200, at paths that have none.</summary>
    public const string FallbackPromise = "a document at paths that have none";

    /// <summary>The promise that an object's own Cache-Control decides.</summary>
    public const string OwnTimesPromise = "times of objects";

    /// <summary>The promise that cookies tell answers apart.</summary>
    public const string CookiesPromise = "answers that differ by cookies";

    /// <summary>The promise that a folder shows its own page.</summary>
    public const string FolderPromise = "pages of folders";

    /// <summary>That there is a network.</summary>
    public static Rule Network { get; } = Rule.Error("cdn-network", "Content delivery networks are provided by their cloud or a supplier");

    /// <summary>That paths without an object show a document.</summary>
    public static Rule Fallback { get; } = Rule.Policy("cdn-fallback", "Paths without an object show the document that is asked for");
}
