namespace Infra.Engine;

/// <summary>What the Pulumi engine tells a program before it runs.</summary>
/// <param name="Stack">The stack's name.</param>
/// <param name="Configuration">Its configuration, decrypted.</param>
/// <param name="SecretKeys">The keys that are, or contain, a secret.</param>
internal sealed record EngineVariables(string Stack, string? Configuration, string? SecretKeys)
{
    /// <summary>What it says; null where the program was not started by it.</summary>
    public static EngineVariables? Read() => Variable("PULUMI_ENGINE") is null && Variable("PULUMI_MONITOR") is null
        ? null
        : new EngineVariables(Variable("PULUMI_STACK") ?? "", Variable("PULUMI_CONFIG"), Variable("PULUMI_CONFIG_SECRET_KEYS"));

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
