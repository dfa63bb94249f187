using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using System.Text;
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
    public void A_file_that_nests_without_end_is_refused()
    {
        var lists = Messages($"{Complete}\n  infra:components: {new string('[', 50_000)}{new string(']', 50_000)}\n");
        var maps = Messages($"{Complete}\n  infra:components: {string.Concat(Enumerable.Repeat("{ a: ", 50_000))}\n");

        Assert.All([lists, maps], messages => Assert.EndsWith(
            "values are nested more than 32 levels deep; allowed: less. Correct that line.",
            Assert.Single(messages),
            StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[*{0}, *{0}, *{0}, *{0}, *{0}, *{0}, *{0}, *{0}, *{0}]")]
    [InlineData("{{ a: *{0}, b: *{0}, c: *{0}, d: *{0}, e: *{0}, f: *{0}, g: *{0} }}")]
    [InlineData("{{ <<: [*{0}, *{0}, *{0}, *{0}, *{0}, *{0}, *{0}, *{0}, *{0}] }}")]
    public void Aliases_that_multiply_are_refused_before_they_cost_anything(string level)
    {
        var bomb = new StringBuilder($"{Complete}\n  infra:components:\n    a0: &a0 {{ x: 1 }}\n");
        for (var depth = 1; depth < 25; depth++)
        {
            var value = string.Format(CultureInfo.InvariantCulture, level, $"a{depth - 1}");
            bomb.Append(CultureInfo.InvariantCulture, $"    a{depth}: &a{depth} {value}\n");
        }

        var clock = Stopwatch.StartNew();
        var messages = Messages(bomb.ToString());

        Assert.Contains(messages, message => message.Contains("holds more than 20000 values", StringComparison.Ordinal));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Unknown_keys_cost_no_more_than_their_number()
    {
        Read(With(10));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Read(With(1_000));
        var few = GC.GetAllocatedBytesForCurrentThread();
        var (settings, findings) = Read(With(9_000));
        var many = GC.GetAllocatedBytesForCurrentThread();

        Assert.Null(settings);
        Assert.Equal(9_000, findings.All.Count);
        Assert.InRange(many - few, 0, 14 * (few - before));
        Assert.Equal(201, Report.Lines(findings).Count());
        Assert.Equal("... and 8800 more findings.", Report.Lines(findings).Last());

        static string With(int keys) =>
            Complete + string.Concat(Enumerable.Range(0, keys).Select(number => $"\n  infra:key{number}: x"));
    }

    [Fact]
    public void A_long_value_is_cut_in_messages()
    {
        var refusal = Refusal(With("cloud", new string('x', 200_000)));

        Assert.InRange(refusal.Length, 100, 400);
        Assert.Contains("x… (200002 characters); allowed: aws", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_key_is_refused() => Assert.Contains(
        "is too long; allowed: 200 characters.",
        Messages($"{Complete}\n  ? {new string('k', 201)}\n  : x\n")[0],
        StringComparison.Ordinal);

    [Fact]
    [SupportedOSPlatform("linux")]
    public void What_is_no_file_is_not_opened()
    {
        var folder = Directory.CreateTempSubdirectory("infra-");
        try
        {
            var pipe = Path.Combine(folder.FullName, "pipe");
            Assert.Equal(0, ProgramProcess.Run(["mkfifo", pipe]).ExitCode);
            var device = Path.Combine(folder.FullName, "device");
            File.CreateSymbolicLink(device, "/dev/zero");
            var large = Path.Combine(folder.FullName, "large");
            File.WriteAllText(large, new string('#', 1024 * 1024 + 1));
            var binary = Path.Combine(folder.FullName, "binary");
            File.WriteAllBytes(binary, [.. "config: "u8, 0xff, 0xfe, .. "\n"u8]);

            Assert.StartsWith("the file is empty, or no regular file; allowed: ", Of(pipe), StringComparison.Ordinal);
            Assert.Equal(Of(pipe), Of(device));
            Assert.Equal("the file has 1048577 bytes; allowed: at most 1048576. Shorten it.", Of(large));
            Assert.Equal("the file is no text in UTF-8: its byte 9 is not; allowed: UTF-8. Save it in that encoding.", Of(binary));
            Assert.StartsWith("the file cannot be read: ", Of(Path.Combine(folder.FullName, "missing")), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        static string Of(string path)
        {
            var findings = new Findings();
            Assert.Null(StackFile.Read(path, "the file", findings));
            return Assert.Single(findings.All).Message;
        }
    }

    [Fact]
    public void A_mark_of_byte_order_is_no_part_of_the_file()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, Complete, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
            var findings = new Findings();

            Assert.NotNull(StackFile.Read(file, "the file", findings));
            Assert.Empty(findings.All);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static List<string> Messages(string text)
    {
        var findings = new Findings();
        StackFile.Parse(text, "the file", findings);
        return [.. findings.All.Select(finding => finding.Message)];
    }
}
