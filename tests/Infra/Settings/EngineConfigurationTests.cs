using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.Components.Checks;
using Infra.Components.Systems;
using Infra.Settings;
using Xunit;
using static Infra.Tests.Settings.Configurations;

namespace Infra.Tests.Settings;

public sealed class EngineConfigurationTests
{
    [Fact]
    public void The_engine_and_the_file_give_the_same_settings()
    {
        const string Yaml = Complete
            + "\n  infra:placement: { photos: kubernetes }\n  infra:components: { api: { size: small, scaling: { minimum: 3 } } }";
        var text = Yaml.Replace(
            "      accountId: \"111122223333\"",
            "      accountId: \"111122223333\"\n    kubernetes: { context: shop, egressAddresses: [203.0.113.7/32] }",
            StringComparison.Ordinal);
        var fromFile = Accepted(text);
        var findings = new Findings();
        var asTheEngineGivesIt = StackFile.Parse(text, "a file", findings)!
            .ToDictionary(entry => entry.Key, entry => entry.Value is JsonObject map ? map.ToJsonString() : entry.Value!.ToString());

        var configuration = EngineConfiguration.Read(JsonSerializer.Serialize(asTheEngineGivesIt), "[]", findings);
        var fromEngine = Read(configuration!, Stack, findings);

        Assert.Empty(findings.All);
        Assert.Equal(Cloud.Kubernetes, fromEngine!.Placement["photos"]);
        Assert.Equal(JsonSerializer.Serialize(fromFile), JsonSerializer.Serialize(fromEngine));
    }

    [Theory]
    [InlineData("""{"infra:cloud":"hunter2"}""", """["infra:cloud"]""", "infra:cloud is [secret]")]
    [InlineData(
        """{"infra:components":"{\"api\":{\"environment\":{\"TOKEN\":\"hunter2\"}}}"}""",
        """["infra:components"]""",
        "infra:components is [secret], or holds one")]
    public void A_decrypted_value_is_refused_and_not_shown(string configuration, string secretKeys, string message)
    {
        var findings = new Findings();

        Assert.Null(Read(EngineConfiguration.Read(configuration, secretKeys, findings)!, Stack, findings));

        Assert.Contains(findings.All, finding => finding.Message.StartsWith(message, StringComparison.Ordinal));
        Assert.DoesNotContain(findings.All, finding => finding.Message.Contains("hunter2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("not json", "[]")]
    [InlineData("[]", "[]")]
    [InlineData("{}", "{}")]
    [InlineData("null", "[]")]
    public void What_Pulumi_never_sets_is_one_message(string configuration, string secretKeys)
    {
        var findings = new Findings();

        Assert.Null(EngineConfiguration.Read(configuration, secretKeys, findings));

        Assert.StartsWith(
            "PULUMI_CONFIG or PULUMI_CONFIG_SECRET_KEYS is not what Pulumi sets",
            Assert.Single(findings.All).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[null]")]
    [InlineData("")]
    public void No_secret_keys_are_no_fault(string secretKeys)
    {
        var findings = new Findings();

        Assert.NotNull(EngineConfiguration.Read("{\"infra:cloud\":\"aws\"}", secretKeys, findings));

        Assert.Empty(findings.All);
    }

    [Fact]
    public void No_configuration_at_all_misses_every_required_key()
    {
        var findings = new Findings();

        Assert.Null(Read(EngineConfiguration.Read(null, null, findings)!, Stack, findings));

        Assert.Equal(SettingKeys.All.Count(key => key.IsRequired), findings.All.Count(finding => finding.Rule.Id == "settings-missing"));
    }

    [Theory]
    [InlineData("{\\\"api\\\":\\\"aws\\\",\\\"api\\\":\\\"gcp\\\"}")]
    [InlineData("{ not json")]
    public void A_map_that_is_no_map_is_refused(string placement)
    {
        var findings = new Findings();

        Read(EngineConfiguration.Read($$"""{"infra:placement":"{{placement}}"}""", null, findings)!, Stack, findings);

        Assert.Contains(findings.All, finding => finding.Message.StartsWith("infra:placement is ", StringComparison.Ordinal));
    }
}
