namespace Infra.Tests.Applications;

/// <summary>Shapes of values that several images want. In a plan, what is not known before stands in braces.</summary>
internal static class Shapes
{
    public const string Host = @"(\{[^{}]+\}|[a-z0-9][a-z0-9.-]*)+";
    public const string Number = @"(\{[^{}]+\}|[0-9]+)";
    public const string Name = @"(\{[^{}]+\}|[A-Za-z0-9_.-]+)+";
    public const string Url = @"(https?://\S+|\{[^{}]+\}\S*)";
    public const string TlsMode = "require|verify-full";
    public const string Checksums = "WHEN_SUPPORTED|WHEN_REQUIRED";
    public const string Boolean = "true|false";

    /// <summary>Certificates, or none.</summary>
    public const string Certificates = @"[\s\S]*";

    /// <summary>A key of a component, in the text of a secret.</summary>
    public static string Key(string component, string key) => $@"\{{{component}\.{key}\}}";
}
