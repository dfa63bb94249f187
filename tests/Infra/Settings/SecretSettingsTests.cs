using Infra.Components.Checks;
using Infra.Components.Systems;
using Infra.Settings;
using Xunit;
using static Infra.Tests.Settings.Configurations;

namespace Infra.Tests.Settings;

/// <summary>Where a stack file says that secrets come from: the only settings that may be encrypted.</summary>
public sealed class SecretSettingsTests
{
    private const string Marker = "hunter2-marker";

    [Fact]
    public void An_encrypted_value_is_given_and_what_exists_is_named()
    {
        var secrets = Accepted(With(
            "secrets",
            "{ api-key: { secure: v1:c2VjcmV0 }, mail: { existing: prod/mail, key: password }, token: { existing: token, version: '7' } }"))
            .Secrets;

        Assert.IsType<GivenSecret>(secrets["api-key"]);
        Assert.Equal("prod/mail, key password", secrets["mail"].ToString());
        Assert.Equal("token, version 7", secrets["token"].ToString());
    }

    [Theory]
    [InlineData("{ api-key: hunter2-marker }", "infra:secrets.api-key is in plain text; allowed: an encrypted value")]
    [InlineData("{ api-key: [hunter2-marker] }", "infra:secrets.api-key is a list; allowed: an encrypted value")]
    [InlineData("{ api-key: }", "infra:secrets.api-key is empty; allowed: an encrypted value")]
    [InlineData("{ api-key: '[secret]' }", "stacks/Pulumi.shop-production.yaml, line 10: infra:secrets.api-key is [secret], which stands")]
    [InlineData("hunter2-marker", "infra:secrets is a single value; allowed: a map of secrets by their names")]
    [InlineData("[hunter2-marker]", "infra:secrets is a list; allowed: a map of secrets by their names")]
    [InlineData("{ secure: v1:hunter2-marker }", "infra:secrets is encrypted as a whole; allowed: a map of secrets")]
    [InlineData("{ api-key: { existing: a, password: hunter2-marker } }", "infra:secrets.api-key.password is not a key of it")]
    [InlineData("{ api-key: { existing: { secure: v1:hunter2-marker } } }", "infra:secrets.api-key.existing is [secret], or holds one")]
    public void Anything_else_is_refused_and_never_repeated(string secrets, string message)
    {
        var (settings, findings) = Read(With("secrets", secrets));

        Assert.Null(settings);
        Assert.Contains(findings.All, finding => finding.Message.StartsWith(message, StringComparison.Ordinal));
        Assert.DoesNotContain(findings.All, finding => finding.Message.Contains(Marker, StringComparison.Ordinal));
    }

    [Fact]
    public void A_login_at_a_registry_names_its_password_and_never_holds_it()
    {
        var login = Accepted(With("registries", "{ ghcr.io: { username: bot, password: ghcr-token } }")).Registries["ghcr.io"];

        Assert.Equal(("bot", "ghcr-token"), (login.Username, login.Password));
        Assert.Contains(
            "infra:registries.ghcr.io.password is [secret], or holds one",
            Refusal(With("registries", "{ ghcr.io: { username: bot, password: { secure: v1:hunter2-marker } } }")),
            StringComparison.Ordinal);
        Assert.Contains(
            "infra:registries.ghcr.io.username is missing",
            Refusal(With("registries", "{ ghcr.io: { password: ghcr-token } }")),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_says_which_command_gives_it() => Assert.Contains(
        "pulumi config set --secret --path 'infra:secrets.api-key' --stack shop-production",
        Refusal(With("secrets", "{ api-key: hunter2-marker }")),
        StringComparison.Ordinal);

    [Fact]
    public void The_engine_hands_over_a_map_in_which_every_secret_is_decrypted_and_no_setting_knows_its_value()
    {
        var (configuration, secretKeys) = EngineReading.Of(With(
            "secrets",
            "{ api-key: { secure: hunter2-marker }, mail: { existing: prod/mail } }"));
        var findings = new Findings();

        var tree = EngineConfiguration.Read(configuration, secretKeys, findings)!;
        var settings = Read(tree, Stack, findings)!;
        var revealed = EngineConfiguration.Reveal(settings.Secrets, configuration, secretKeys, findings);

        Assert.Empty(findings.All);
        Assert.DoesNotContain(Marker, tree.ToJsonString(), StringComparison.Ordinal);
        Assert.False(Assert.IsType<GivenSecret>(settings.Secrets["api-key"]).IsKnown);
        Assert.Equal(Marker, Assert.IsType<GivenSecret>(revealed["api-key"]).Reveal());
        Assert.DoesNotContain(Marker, $"{revealed["api-key"]}", StringComparison.Ordinal);
        Assert.Equal("prod/mail", Assert.IsType<ExistingSecret>(revealed["mail"]).Name);
    }

    [Theory]
    [InlineData("""{"infra:secrets":"{\"api-key\":\"[secret]\"}"}""", "[]")]
    [InlineData("""{"infra:secrets":"{\"api-key\":\"\"}"}""", """["infra:secrets"]""")]
    [InlineData("""{"infra:secrets":"{\"api-key\":7}"}""", """["infra:secrets"]""")]
    [InlineData("""{"infra:secrets":"hunter2-marker"}""", """["infra:secrets"]""")]
    [InlineData(null, null)]
    public void A_value_that_was_not_encrypted_or_is_empty_is_not_deployed(string? configuration, string? secretKeys)
    {
        var findings = new Findings();
        var sources = new Dictionary<string, SecretSource> { ["api-key"] = new GivenSecret() };

        EngineConfiguration.Reveal(sources, configuration, secretKeys, findings);

        Assert.StartsWith(
            "infra:secrets.api-key has no encrypted value, or an empty one",
            Assert.Single(findings.All).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Plain_text_is_refused_by_the_engine_too()
    {
        var findings = new Findings();
        var tree = EngineConfiguration.Read("""{"infra:secrets":"{\"api-key\":\"hunter2-marker\"}"}""", "[]", findings)!;

        Assert.Null(Read(tree, Stack, findings));

        Assert.Contains(findings.All, finding => finding.Rule.Id == "settings-plain-secret");
        Assert.DoesNotContain(findings.All, finding => finding.Message.Contains(Marker, StringComparison.Ordinal));
    }
}
