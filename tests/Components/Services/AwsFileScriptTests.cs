using System.Diagnostics;
using System.Text.Json;
using Infra.Components.Clouds;
using Infra.Components.Jobs;
using Infra.Components.Networks;
using Infra.Components.Services;
using Infra.Components.Services.Aws;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Services;

/// <summary>What the container does on AWS that writes files, by running it as ECS would, in BusyBox where the machine has it.</summary>
public sealed class AwsFileScriptTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public static TheoryData<string> Contents =>
    [
        "plain",
        "ends with lines\n\n",
        "$HOME ${PATH} $(id) `id` $$ \\$",
        "it's \"quoted\" \\ and \\n and %s %d",
        "-n",
        "Zürich, 東京, 🙂",
        "tabs\tand\r\nreturns\r\n",
        " surrounded by spaces ",
        "*?[a-z]",
        string.Concat(Enumerable.Repeat("40 KiB of lines; \"$\" 'é'\n", 1640)),
    ];

    [Theory]
    [MemberData(nameof(Contents))]
    public void It_writes_what_was_written_whatever_a_shell_would_make_of_it(string content)
    {
        var written = Write(new() { ["/etc/app/app.conf"] = content, ["/etc/app/below/other.conf"] = "other" });

        Assert.Equal(content, File.ReadAllText(written("/etc/app/app.conf")));
        Assert.Equal("other", File.ReadAllText(written("/etc/app/below/other.conf")));
    }

    [Fact]
    public void Everyone_may_read_what_it_writes_and_nobody_write()
    {
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
            File.GetUnixFileMode(Write(new() { ["/etc/app/app.conf"] = "text" })("/etc/app/app.conf")));
    }

    [Fact]
    public void A_content_that_does_not_arrive_fails_the_task() => Assert.NotEqual(
        0,
        Run(Writer(new() { ["/etc/app/app.conf"] = "text" }), withEnvironment: false));

    [Fact]
    public void It_is_BusyBox_has_no_more_rights_than_writing_takes_and_is_gone_before_the_container_starts()
    {
        var writer = Writer(new() { ["/etc/app/app.conf"] = "text" });

        Assert.Equal(
            (PinnedImage.BusyBox.OnAmazon, "False", "0", "True"),
            (writer.At("image"), writer.At("essential"), writer.At("user"), writer.At("readonlyRootFilesystem")));
        Assert.Contains("SETUID", writer.At("linuxParameters.capabilities.drop")!, StringComparison.Ordinal);
        Assert.Null(writer.At("healthCheck"));
        Assert.Equal("shop", writer.At("logConfiguration.options.awslogs-stream-prefix"));
    }

    [Fact]
    public void Without_a_way_out_its_image_is_the_stacks_own_or_the_files_are_refused()
    {
        const string Image = "111122223333.dkr.ecr.eu-west-3.amazonaws.com/tools/busybox:1";
        Action<Model> declare = model => Declare(model, []);
        var plan = AwsPlans.Of(model => Declare(model, [new AwsServiceTweak { BusyBoxImage = Image }]), settings: InAmazon);

        Assert.Contains(
            "Files is given in a network without a way out",
            AwsPlans.OnlyError(declare, settings: InAmazon),
            StringComparison.Ordinal);
        Assert.Equal(
            Image,
            plan.Only("aws:ecs/taskDefinition:TaskDefinition", "migrate").JsonInput("containerDefinitions")!.Value.At("[1].image"));
        Assert.Contains(
            plan.Only("aws:iam/rolePolicy:RolePolicy", "migrate-execution").Statements(),
            statement => statement.EndsWith("repository/tools/busybox", StringComparison.Ordinal));

        static Components.Placements.StackSettings InAmazon(Components.Placements.StackSettings settings) => settings with
        {
            Images = new Dictionary<string, string>
            {
                ["migrate"] = $"111122223333.dkr.ecr.eu-west-3.amazonaws.com/migrate@{TestSettings.Digest}",
            },
        };

        static void Declare(Model model, IReadOnlyList<Tweak> tweaks)
        {
            model.Add(new PrivateNetwork("network", new() { Egress = Egress.None }));
            model.Add(new Job("migrate", new() { Files = new() { ["/etc/app/app.conf"] = "text" }, Tweaks = tweaks }));
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static JsonElement Writer(Files files) => AwsPlans
        .Of(model => model.Add(new ContainerService("shop", new() { Files = files })))
        .Only("aws:ecs/taskDefinition:TaskDefinition", "shop")
        .JsonInput("containerDefinitions")!
        .Value[1];

    private Func<string, string> Write(Files files)
    {
        Assert.Equal(0, Run(Writer(files), withEnvironment: true));
        return path => _folder.FullName + path;
    }

    // What ECS mounts, a folder stands for.
    private int Run(JsonElement container, bool withEnvironment)
    {
        string[] words =
        [
            container.At("entryPoint[0]")!,
            container.At("entryPoint[1]")!,
            container.At("command[0]")!.Replace("write '/", $"write '{_folder.FullName}/", StringComparison.Ordinal),
        ];
        var busyBox = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Select(folder => Path.Combine(folder, "busybox"))
            .FirstOrDefault(File.Exists);
        var start = busyBox is null ? new ProcessStartInfo(words[0], words[1..]) : new ProcessStartInfo(busyBox, words);
        if (withEnvironment)
        {
            foreach (var variable in container.GetProperty("environment").EnumerateArray())
                start.Environment[variable.At("name")!] = variable.At("value");
        }

        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
