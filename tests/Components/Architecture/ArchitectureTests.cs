using System.Reflection;
using System.Text.RegularExpressions;
using Infra.Components.Clouds;
using Infra.Components.Composition;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using NetArchTest.Rules;
using Xunit;

namespace Infra.Tests.Architecture;

public sealed partial class ArchitectureTests
{
    private const string Root = "Infra.Components.";
    private const int LongestLine = 140;

    private static readonly string[] CloudFolders = [.. CloudNames.All.Select(cloud => cloud.ToString())];

    [Fact]
    public void No_stack_names_a_cloud()
    {
        foreach (var file in Sources("stacks").Where(file => !file.EndsWith(".Tweaks.cs", StringComparison.Ordinal)))
        {
            var code = File.ReadAllText(file);
            Assert.DoesNotMatch(ProviderNamespace(), code);
            Assert.DoesNotContain("using Pulumi", code, StringComparison.Ordinal);
            Assert.DoesNotMatch(@"\bCloud\.\w", code);
        }
    }

    [Fact]
    public void Neutral_code_names_no_clouds_sdk()
    {
        foreach (var file in Sources("components").Where(file => !IsOfACloud(file)))
        {
            Assert.False(
                ProviderNamespace().IsMatch(File.ReadAllText(file)),
                $"{file} names the SDK of a cloud: move it into the folder of that cloud.");
        }
    }

    [Fact]
    public void No_product_code_knows_which_sdk_it_runs_on()
    {
        foreach (var file in new[] { "components", "infra", "stacks" }.SelectMany(Sources))
            Assert.DoesNotContain("PulumiSdk", File.ReadAllText(file), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_cloud_provides_every_kind_but_those_that_it_has_no_use_for()
    {
        // Containers run there on what needs no cluster-wide add-on.
        string[] withoutUse = ["ClusterAddon on aws", "ClusterAddon on gcp"];

        Assert.Equal(
            withoutUse,
            from cloud in CloudIndex.All
            from kind in Kinds.All
            where cloud.Find(kind) is null
            select $"{kind} on {cloud.Cloud.Name()}");
    }

    [Fact]
    public void No_cloud_provides_a_kind_twice() =>
        Assert.All(CloudIndex.All, cloud =>
            Assert.Equal(
                cloud.Provisions.Select(provision => provision.Kind).Distinct(),
                cloud.Provisions.Select(provision => provision.Kind)));

    [Fact]
    public void Every_kind_is_listed() => Assert.Equal(
        typeof(ComponentKind).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(ComponentKind)))
            .Select(type => type.Name)
            .Order(StringComparer.Ordinal),
        Kinds.All.Select(kind => kind.GetType().Name).Order(StringComparer.Ordinal));

    [Fact]
    public void What_a_system_can_declare_is_known_to_it_without_a_using()
    {
        var stacks = File.ReadAllText(Path.Combine(Repository.Root, "stacks", "Stacks.csproj"));

        Assert.All(
            typeof(Component).Assembly.GetExportedTypes()
                .Where(type => type.IsSubclassOf(typeof(Component)) && !type.IsAbstract)
                .Select(type => type.Namespace)
                .Distinct(),
            declared => Assert.Contains($"<Using Include=\"{declared}\" />", stacks, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_gap_that_a_finding_reports_has_a_remark_and_every_rule_an_id_of_its_own()
    {
        Assert.All(CloudIndex.All.SelectMany(cloud => cloud.Provisions).SelectMany(provision => provision.Gaps), gap =>
        {
            Assert.NotEmpty(gap.Promise);
            Assert.EndsWith(".", gap.Remark, StringComparison.Ordinal);
        });
        var rules = Rules.In(typeof(Infra.Rehearsals.Rehearsal).Assembly);
        Assert.Equal(rules.Select(rule => rule.Id).Distinct(), rules.Select(rule => rule.Id));
        Assert.All(rules, rule => Assert.Matches("^[a-z][a-z0-9]*(-[a-z0-9]+)*$", rule.Id));
        Assert.All(rules, rule => Assert.DoesNotMatch(@"\.$", rule.Title));
    }

    [Fact]
    public void Every_tweak_is_read_by_its_own_cloud()
    {
        var tweaks = typeof(Tweak).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Tweak)) && !type.IsAbstract).ToList();

        Assert.NotEmpty(tweaks);
        Assert.All(tweaks, tweak =>
        {
            var cloud = ((Tweak)Activator.CreateInstance(tweak)!).Cloud;
            Assert.Contains(tweak, CloudIndex.Of(cloud).Provisions.SelectMany(provision => provision.Tweaks));
        });
    }

    /// <summary>The layers of <c>components/</c>, the lowest first: none refers to one above it.</summary>
    private static readonly string[] LayerNames = ["Checks", "Systems", "Placements", "Clouds"];

    public static TheoryData<string> Layers => [.. LayerNames];

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_layer_refers_to_none_above_it(string layer)
    {
        var namespaces = typeof(Component).Assembly.GetTypes()
            .Select(type => type.Namespace)
            .OfType<string>()
            .Where(name => name.StartsWith(Root, StringComparison.Ordinal))
            .Select(name => name[Root.Length..].Split('.')[0])
            .Distinct()
            .ToList();
        var below = LayerNames.TakeWhile(name => name != layer).Append(layer).ToList();

        var result = Types.InAssembly(typeof(Component).Assembly)
            .That().ResideInNamespaceMatching($@"^Infra\.Components\.{layer}(\.|$)")
            .ShouldNot().HaveDependencyOnAny([.. namespaces.Except(below).Select(name => Root + name)])
            .GetResult();

        Assert.Empty(result.FailingTypeNames ?? []);
    }

    /// <summary>Each cloud with those that its code may know: managed clusters build on what every cluster has.</summary>
    public static TheoryData<Cloud, Cloud?> Foundations => new()
    {
        { Cloud.Aws, null },
        { Cloud.Gcp, null },
        { Cloud.Kubernetes, null },
        { Cloud.Scaleway, Cloud.Kubernetes },
        { Cloud.Ovh, Cloud.Kubernetes },
    };

    [Theory]
    [MemberData(nameof(Foundations))]
    public void A_clouds_code_knows_no_other_cloud_but_the_one_that_it_builds_on(Cloud cloud, Cloud? foundation)
    {
        var others = Enum.GetValues<Cloud>().Where(other => other != cloud && other != foundation).ToHashSet();
        var types = typeof(Component).Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith(Root, StringComparison.Ordinal) == true)
            .ToList();

        var result = Types.InAssembly(typeof(Component).Assembly)
            .That().ResideInNamespaceMatching($@"^Infra\.Components\.\w+\.{cloud}$")
            .ShouldNot().HaveDependencyOnAny(
            [
                .. types
                    .Select(type => type.Namespace!)
                    .Distinct()
                    .Where(name => others.Any(other => name.EndsWith($".{other}", StringComparison.Ordinal))),
            ])
            .GetResult();

        Assert.Empty(result.FailingTypeNames ?? []);
    }

    [Fact]
    public void What_the_layers_are_held_to_is_seen_in_the_compiled_code() => Assert.NotEmpty(
        Types.InAssembly(typeof(Component).Assembly)
            .That().ResideInNamespaceMatching(@"^Infra\.Components\.Clouds(\.|$)")
            .ShouldNot().HaveDependencyOnAny($"{Root}Placements")
            .GetResult().FailingTypeNames);

    [Fact]
    public void Nothing_in_components_refers_to_the_list_of_everything() => Assert.Empty(
        Types.InAssembly(typeof(Component).Assembly)
            .That().DoNotResideInNamespace($"{Root}Composition")
            .ShouldNot().HaveDependencyOn($"{Root}Composition")
            .GetResult().FailingTypeNames ?? []);

    [Fact]
    public void Every_line_ends_at_140_characters() => Assert.Empty(
        from folder in new[] { "benchmarks", "components", "infra", "sdk", "stacks", "tests" }
        from file in Sources(folder)
        from line in LinesOfCode(file)
        where line.Text.Length > LongestLine
        select $"{Path.GetRelativePath(Repository.Root, file)}:{line.Number}");

    // What a raw string holds is somebody else's text, such as a script: a line break in it would change what is deployed.
    private static IEnumerable<(string Text, int Number)> LinesOfCode(string file)
    {
        var (number, inside) = (0, false);
        foreach (var line in File.ReadLines(file))
        {
            number++;
            var quotes = line.Split("\"\"\"").Length - 1;
            if (!inside && quotes == 0) yield return (line, number);
            if (quotes % 2 == 1) inside = !inside;
        }
    }

    [Fact]
    public void Only_placed_components_are_pulumi_components() =>
        Assert.All(
            typeof(PlacedComponent).Assembly.GetTypes()
                .Where(type => type.IsSubclassOf(typeof(Pulumi.ComponentResource)) && type != typeof(PlacedComponent)),
            type => Assert.True(type.IsSubclassOf(typeof(PlacedComponent)), type.FullName));

    [Fact]
    public void No_pattern_takes_a_line_break_at_the_end_for_nothing() => Assert.Empty(
        from assembly in new[] { typeof(PlacedComponent).Assembly, typeof(Rehearsals.Rehearsal).Assembly }
        from type in assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly)
        let pattern = method.GetCustomAttribute<GeneratedRegexAttribute>()?.Pattern
        where pattern is not null && EndOfLine().IsMatch(Literals().Replace(pattern, ""))
        select $"{type.Name}.{method.Name} ends in $, which lets a line break through; write \\z: {pattern}");

    private static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories);

    private static bool IsOfACloud(string file) =>
        Path.GetRelativePath(Repository.Root, file).Split(Path.DirectorySeparatorChar).Intersect(CloudFolders).Any()
        || CloudFolders.Contains(Path.GetFileNameWithoutExtension(file).Replace("Cloud", "", StringComparison.Ordinal));

    // What stands in brackets or behind a backslash is a character.
    [GeneratedRegex(@"\\.|\[(\\.|[^\]\\])*\]")]
    private static partial Regex Literals();

    [GeneratedRegex(@"\$")]
    private static partial Regex EndOfLine();

    [GeneratedRegex(@"\bPulumi\.(Aws|Gcp|Kubernetes|Ovh)\b|\bPulumiverse\b")]
    private static partial Regex ProviderNamespace();
}
