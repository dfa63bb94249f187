using System.Text.Json;
using Pulumi;
using Xunit;

namespace Infra.Tests.Sdk;

public sealed class ConfigTests : IDisposable
{
    private readonly string? _before = Environment.GetEnvironmentVariable("PULUMI_CONFIG");

    public void Dispose() => Environment.SetEnvironmentVariable("PULUMI_CONFIG", _before);

    [Fact]
    public async Task Values_are_read_by_type() => await WithAsync(
        """{"project:text":"t","project:yes":"true","project:no":"false","project:int":"-3","project:real":"1.5","other:text":"o","project:object":"{\"A\":[1,2]}"}""",
        () =>
        {
            var config = new Config();
            Assert.Equal("t", config.Get("text"));
            Assert.Equal("t", config.Require("text"));
            Assert.True(config.GetBoolean("yes"));
            Assert.False(config.RequireBoolean("no"));
            Assert.Equal(-3, config.GetInt32("int"));
            Assert.Equal(1.5, config.RequireDouble("real"));
            Assert.Equal([1, 2], config.RequireObject<Dictionary<string, int[]>>("object")["A"]);
            Assert.Equal([1, 2], config.GetObject<Dictionary<string, int[]>>("object", JsonSerializerOptions.Web)!["A"]);
            Assert.Equal("o", new Config("other").Get("text"));
            Assert.Equal("o", new Config("other:config").Get("text"));
        });

    [Fact]
    public async Task Missing_values_are_null_or_an_error_that_names_the_key() => await WithAsync("{}", () =>
    {
        var config = new Config();
        Assert.Null(config.Get("none"));
        Assert.Null(config.GetBoolean("none"));
        Assert.Null(config.GetInt32("none"));
        Assert.Null(config.GetDouble("none"));
        Assert.Null(config.GetObject<List<int>>("none"));
        Assert.Null(config.GetSecret("none"));
        Assert.Null(config.GetSecretInt32("none"));
        var error = Assert.ThrowsAny<RunException>(() => config.Require("none"));
        Assert.Contains("Missing Required configuration variable 'project:none'", error.Message, StringComparison.Ordinal);
        Assert.ThrowsAny<RunException>(() => config.RequireInt32("none"));
        Assert.ThrowsAny<RunException>(() => config.RequireObject<int>("none"));
    });

    [Fact]
    public async Task Values_of_another_type_are_an_error() => await WithAsync("""{"project:value":"many"}""", () =>
    {
        var config = new Config();
        var error = Assert.ThrowsAny<RunException>(() => config.GetInt32("value"));
        Assert.Contains("Configuration 'project:value' value 'many' is not a valid Int32", error.Message, StringComparison.Ordinal);
        Assert.ThrowsAny<RunException>(() => config.GetBoolean("value"));
        Assert.ThrowsAny<RunException>(() => config.GetDouble("value"));
        Assert.ThrowsAny<RunException>(() => config.GetObject<int>("value"));
    });

    [Fact]
    public async Task Secrets_are_read_as_secret_outputs() => await WithAsync(
        """{"project:text":"t","project:int":"3","project:yes":"true","project:object":"[1]"}""",
        () =>
        {
            var config = new Config();
            Assert.True(config.GetSecret("text")!.IsSecret());
            Assert.Equal("t", config.RequireSecret("text").Now());
            Assert.True(config.RequireSecret("text").IsSecret());
            Assert.Equal(3, config.RequireSecretInt32("int").Now());
            Assert.True(config.RequireSecretInt32("int").IsSecret());
            Assert.True(config.GetSecretBoolean("yes")!.Now());
            Assert.Equal(3.0, config.GetSecretDouble("int")!.Now());
            Assert.True(config.RequireSecretObject<int[]>("object").IsSecret());
            Assert.Equal([1], config.GetSecretObject<int[]>("object")!.Now());
        });

    [Fact]
    public async Task The_older_form_of_keys_is_understood() => await WithAsync(
        """{"project:config:text":"t"}""", () => Assert.Equal("t", new Config().Get("text")));

    [Fact]
    public async Task Every_run_reads_the_configuration_anew()
    {
        await WithAsync("""{"project:text":"first"}""", () => Assert.Equal("first", new Config().Get("text")));
        await WithAsync("""{"project:text":"second"}""", () =>
        {
            Environment.SetEnvironmentVariable("PULUMI_CONFIG", """{"project:text":"too late"}""");
            Assert.Equal("second", new Config().Get("text"));
        });
    }

    private static async Task WithAsync(string config, Action program)
    {
        Environment.SetEnvironmentVariable("PULUMI_CONFIG", config);
        await Deployment.TestAsync(new RecordingMocks(), Rehearsal.Real, program);
    }
}
