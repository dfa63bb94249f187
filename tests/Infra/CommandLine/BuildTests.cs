using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.CommandLine;

public sealed class BuildTests
{
    [Fact]
    public void A_plain_build_takes_Pulumi_from_its_official_packages()
    {
        // What `pulumi up` runs is a plain `dotnet build` in the program's folder.
        var (exitCode, output, _) = ProgramProcess.Run(
            ["dotnet", "msbuild", "-getProperty:PulumiSdk", "-getItem:PackageReference", "-nologo"],
            new Dictionary<string, string> { ["PulumiSdk"] = "" },
            Path.Combine(Repository.Root, "infra"));

        Assert.Equal(0, exitCode);
        Assert.Contains("\"PulumiSdk\": \"official\"", output, StringComparison.Ordinal);
        Assert.Contains("\"Identity\": \"Pulumi\"", output, StringComparison.Ordinal);
    }
}
