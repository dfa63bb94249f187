using System.Text.Json.Nodes;
using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Settings;

namespace Infra.Tests.Settings;

/// <summary>Stack files for tests, and what reading them gives.</summary>
internal static class Configurations
{
    public const string Stack = "shop-production";

    public const string Complete =
        """
        config:
          infra:system: shop
          infra:environment: production
          infra:cloud: aws
          infra:location: paris
          infra:owner: platform@shop.example
          infra:accounts:
            aws:
              accountId: "111122223333"
        """;

    /// <summary>The complete file with the lines of a key replaced, added or (null) removed.</summary>
    public static string With(string key, string? value)
    {
        var lines = Complete.Split('\n').Where(line => !line.TrimStart().StartsWith($"infra:{key}:", StringComparison.Ordinal)).ToList();
        if (key == "accounts") lines.RemoveAll(line => line.StartsWith("    ", StringComparison.Ordinal));
        if (value is not null) lines.Add($"  infra:{key}: {value}");
        return string.Join('\n', lines);
    }

    public static (StackSettings? Settings, Findings Findings) Read(string yaml, string stack = Stack, Cloud? cloud = null)
    {
        var findings = new Findings();
        var configuration = StackFile.Parse(yaml, $"stacks/Pulumi.{stack}.yaml", findings);
        return (configuration is null ? null : Read(configuration, stack, findings, cloud), findings);
    }

    public static StackSettings? Read(JsonObject configuration, string stack, Findings findings, Cloud? cloud = null) =>
        SettingsReader.Read(stack, configuration, ["shop", "warehouse"], findings, cloud);

    public static StackSettings Accepted(string yaml)
    {
        var (settings, findings) = Read(yaml);
        Xunit.Assert.Empty(findings.All);
        return settings!;
    }

    /// <summary>The only finding; the settings are then refused.</summary>
    public static string Refusal(string yaml, string stack = Stack)
    {
        var (settings, findings) = Read(yaml, stack);
        Xunit.Assert.Null(settings);
        return Xunit.Assert.Single(findings.All).Message;
    }
}
