using Infra.Components.Checks;
using Infra.Settings;
using Xunit;
using static Infra.Tests.Settings.Configurations;

namespace Infra.Tests.Settings;

public sealed class StackFileTests
{
    [Theory]
    [InlineData("config:\n  infra:cloud: aws\n infra:system: shop\n", "line 3: this is not valid YAML")]
    [InlineData("config:\n\tinfra:cloud: aws\n", "line 2: this is not valid YAML")]
    [InlineData("config: { infra:cloud: 'aws }\n", "line 1: this is not valid YAML")]
    [InlineData("config:\n  infra:images: [api\n  infra:cloud: aws\n", "line 2: this is not valid YAML: '[' or '{' is never closed")]
    [InlineData("config:\n  infra:images: *none\n", "is not valid YAML")]
    [InlineData("config:\n  infra:cloud: aws\n  infra:cloud: gcp\n", "line 3: this is not valid YAML: Duplicate key infra:cloud")]
    [InlineData("", "is empty; allowed: a map with the key 'config'")]
    [InlineData("# nothing but a comment\n", "is empty")]
    [InlineData("- infra:cloud: aws\n", "holds a list; allowed: one map")]
    [InlineData("infra\n", "holds a single value")]
    [InlineData("config: {}\n---\nconfig: {}\n", "holds 2 documents")]
    [InlineData("config:\n  - infra:cloud: aws\n", "line 2: 'config' is a list; allowed: a map of keys")]
    [InlineData("config: aws\n", "'config' is a single value")]
    [InlineData("encryptionsalt: v1:abc\n", "has no 'config'")]
    [InlineData(
        "confg:\n  infra:cloud: aws\n",
        "line 1: 'confg' is not a key of a stack file; allowed: config, environment, secretsprovider, encryptedkey, encryptionsalt. "
        + "Did you mean 'config'?")]
    [InlineData("config: { cloud: aws, infra:cloud: aws }\n", "sets infra:cloud twice")]
    [InlineData("config: &a { infra:components: { x: *a } }\n", "nested more than 32 levels deep")]
    public void A_file_that_cannot_be_read_gives_one_message(string text, string message)
    {
        var findings = new Findings();

        StackFile.Parse(text, "stacks/Pulumi.shop.yaml", findings);

        var finding = Assert.Single(findings.All);
        Assert.StartsWith("stacks/Pulumi.shop.yaml", finding.Message, StringComparison.Ordinal);
        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_Pulumi_keeps_beside_the_settings_is_left_alone() =>
        Assert.Equal("shop", Accepted("secretsprovider: passphrase\nencryptionsalt: v1:abc\n" + Complete).System);

    [Fact]
    public void Values_have_the_types_that_the_engine_gives_them()
    {
        var findings = new Findings();
        var configuration = StackFile.Parse(
            """
            config:
              infra:text: aws
              infra:number: 3
              infra:flag: true
              infra:nothing:
              infra:map: { whole: 3, fraction: 1.5, flag: true, word: yes, quoted: "3", nothing: ~, list: [a, 1] }
              infra:alias: &shared { a: 1 }
              infra:again: *shared
              infra:secret: { secure: v1:abc }
            """,
            "a file",
            findings);

        Assert.Empty(findings.All);
        Assert.Equal(
            """{"infra:text":"aws","infra:number":"3","infra:flag":"true","infra:nothing":null,"infra:map":{"whole":3,"fraction":1.5,"flag":true,"word":"yes","quoted":"3","nothing":null,"list":["a",1]},"infra:alias":{"a":1},"infra:again":{"a":1},"infra:secret":"[secret]"}""",
            configuration!.ToJsonString());
    }

    [Fact]
    public void A_whole_number_can_be_read_as_one() =>
        Assert.Equal(
            3,
            Accepted(With("components", "{ api: { scaling: { minimum: 3 } } }")).Components["api"]["scaling"]!["minimum"]!
                .AsValue()
                .GetValue<int>());

    [Fact]
    public void A_number_that_would_lose_its_leading_zeros_must_be_quoted() =>
        Assert.Contains(
            """Write "011122223333".""",
            Refusal(With("accounts", "{ aws: { accountId: 011122223333 } }")),
            StringComparison.Ordinal);
}
