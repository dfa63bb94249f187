using Pulumi;
using Xunit;

namespace Infra.Tests.Sdk;

public sealed class OptionsTests
{
    [Fact]
    public void Merging_lets_the_second_win_and_joins_collections()
    {
        var first = new CustomResourceOptions
        {
            Protect = true,
            RetainOnDelete = true,
            Version = "1",
            ImportId = "one",
            DeleteBeforeReplace = true,
            IgnoreChanges = { "a" },
            ReplaceOnChanges = { "r1" },
            HideDiffs = { "h1" },
            AdditionalSecretOutputs = { "s1" },
            EnvVarMappings = { ["X"] = "1", ["Y"] = "1" },
            Aliases = { new Alias { Name = "n1" } },
            CustomTimeouts = new CustomTimeouts { Create = TimeSpan.FromMinutes(1) },
        };
        var second = new CustomResourceOptions
        {
            Protect = false,
            Version = "2",
            IgnoreChanges = { "b" },
            ReplaceOnChanges = { "r2" },
            HideDiffs = { "h2" },
            AdditionalSecretOutputs = { "s2" },
            EnvVarMappings = { ["Y"] = "2" },
            Aliases = { new Alias { Name = "n2" } },
            CustomTimeouts = new CustomTimeouts { Delete = TimeSpan.FromMinutes(2) },
            Id = "id",
        };

        var merged = CustomResourceOptions.Merge(first, second);

        Assert.False(merged.Protect);
        Assert.True(merged.RetainOnDelete);
        Assert.True(merged.DeleteBeforeReplace);
        Assert.Equal(("2", "one"), (merged.Version, merged.ImportId));
        Assert.Equal("id", merged.Id!.ToOutput().Now());
        Assert.Equal(["a", "b"], merged.IgnoreChanges);
        Assert.Equal(["r1", "r2"], merged.ReplaceOnChanges);
        Assert.Equal(["h1", "h2"], merged.HideDiffs);
        Assert.Equal(["s1", "s2"], merged.AdditionalSecretOutputs);
        Assert.Equal(["n1", "n2"], merged.Aliases.Select(alias => alias.ToOutput().Now().Name!.ToOutput().Now()));
        Assert.Equal(("1", "2"), (merged.EnvVarMappings["X"], merged.EnvVarMappings["Y"]));
        Assert.Null(merged.CustomTimeouts!.Create);
        Assert.Equal(TimeSpan.FromMinutes(2), merged.CustomTimeouts.Delete);
        Assert.Equal(["a"], first.IgnoreChanges);
        Assert.Equal(["b"], second.IgnoreChanges);
    }

    [Fact]
    public void Merging_with_nothing_copies()
    {
        var options = new CustomResourceOptions { IgnoreChanges = { "a" }, Protect = true };

        var copy = CustomResourceOptions.Merge(options, null);
        copy.IgnoreChanges.Add("b");

        Assert.True(copy.Protect);
        Assert.Equal(["a"], options.IgnoreChanges);
        Assert.Null(CustomResourceOptions.Merge(null, null).Protect);
        Assert.True(ComponentResourceOptions.Merge(null, new ComponentResourceOptions { Protect = true }).Protect);
    }

    [Fact]
    public async Task Merging_joins_dependencies()
    {
        await Deployment.TestAsync(new RecordingMocks(), Rehearsal.Real, () =>
        {
            var first = new Shelf("first", new ShelfArgs { Capacity = 1 });
            var second = new Shelf("second", new ShelfArgs { Capacity = 1 });

            var merged = CustomResourceOptions.Merge(
                new CustomResourceOptions { DependsOn = { first } }, new CustomResourceOptions { DependsOn = { second } });

            Assert.Equal<Resource>([first, second], merged.DependsOn.ToOutput().Now().ToList());
            Assert.Empty(CustomResourceOptions.Merge(null, null).DependsOn.ToOutput().Now().ToList());
        });
    }

    [Fact]
    public async Task Merged_components_keep_one_provider_per_package_the_last()
    {
        await Deployment.TestAsync(new RecordingMocks(), Rehearsal.Real, () =>
        {
            var first = new AcmeProvider("first");
            var second = new AcmeProvider("second");
            var other = new OtherProvider("other");

            var merged = ComponentResourceOptions.Merge(
                new ComponentResourceOptions { Providers = { first, other } }, new ComponentResourceOptions { Providers = { second } });

            Assert.Equal<ProviderResource>([other, second], merged.Providers);
        });
    }

    [Fact]
    public async Task A_component_takes_a_provider_or_providers_but_not_both()
    {
        var error = await Rehearsal.FailAsync(new RecordingMocks(), () =>
        {
            var provider = new AcmeProvider("p");
            _ = new Rack("r", _ => { }, new ComponentResourceOptions { Provider = provider, Providers = { provider } });
        });

        Assert.Contains("Do not supply both 'provider' and 'providers' options to a ComponentResource.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alias_that_says_two_things_at_once_is_refused()
    {
        var error = await Rehearsal.FailAsync(new RecordingMocks(), () => new Rack(
            "r", _ => { }, new ComponentResourceOptions { Aliases = { new Alias { Urn = "urn:pulumi:s::p::t::n", Name = "n" } } }));
        Assert.Contains("should not specify both Urn and Name", error, StringComparison.Ordinal);

        error = await Rehearsal.FailAsync(new RecordingMocks(), () => new Rack(
            "r",
            _ => { },
            new ComponentResourceOptions { Aliases = { new Alias { ParentUrn = "urn:pulumi:s::p::t::n", NoParent = true } } }));
        Assert.Contains("Only specify one of 'Parent', 'ParentUrn' or 'NoParent'", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_id_makes_sense_for_managed_resources_only()
    {
        var error = await Rehearsal.FailAsync(
            new RecordingMocks(),
            () => new Rack("r", _ => { }, new ComponentResourceOptions { Id = "i" }));

        Assert.Contains("is only valid for a CustomResource", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Hooks_of_merged_options_are_joined()
    {
        var merged = CustomResourceOptions.Merge(
            new CustomResourceOptions { Hooks = new ResourceHookBinding { AfterCreate = { new NamedHook("first") } } },
            new CustomResourceOptions { Hooks = new ResourceHookBinding { AfterCreate = { new NamedHook("second") } } });

        Assert.Equal(["first", "second"], merged.Hooks.AfterCreate.Select(hook => hook.Name));
        Assert.False(merged.Hooks.IsEmpty);
        Assert.True(new ResourceHookBinding().IsEmpty);
    }

    private sealed class NamedHook(string name)
        : ResourceHook(name, (_, _) => Task.CompletedTask, new ResourceHookOptions(), Task.CompletedTask);

    private sealed class OtherProvider(string name)
        : ProviderResource("other", name, ResourceArgs.Empty, options: null, registerPackageRequest: null);
}
