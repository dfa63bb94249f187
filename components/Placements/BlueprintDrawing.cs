using System.Text.RegularExpressions;
using Infra.Components.Addons;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Dns;
using Infra.Components.Networks;
using Infra.Components.Registries;
using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Components.Placements;

/// <summary>Draws the blueprint of a stack: resolves arguments, places components, and checks the whole. Nothing is thrown; everything is collected.</summary>
internal static partial class BlueprintDrawing
{
    /// <summary>Draws the blueprint. It may be built only when the findings hold no error.</summary>
    public static Blueprint Draw(SystemDeclaration system, StackSettings settings, Findings findings)
    {
        var model = new Model();
        system.Declare(model);
        if (model.Find<PrivateNetwork>() is null) model.Add(new PrivateNetwork("network"));

        CheckNames(model, findings);
        CheckNamesInSettings(model, settings, findings);
        Resolve(model, settings, findings);
        var clouds = Place(model, settings);
        var blueprint = new Blueprint(model, settings, clouds);
        CheckReferences(blueprint, findings);
        CheckLinks(model, findings);
        RecordConflicts.Check(model, findings);
        CheckImages(blueprint, findings);
        foreach (var cloud in blueprint.Clouds) CheckCloud(blueprint, cloud, findings);
        return blueprint;
    }

    /// <summary>Whether a kind exists on every cloud where something stands, rather than being placed.</summary>
    internal static bool IsFoundation(ComponentKind kind) => kind is ComponentKind.PrivateNetwork or ComponentKind.ContainerRegistry or ComponentKind.ClusterAddon;

    private static void CheckNames(Model model, Findings findings)
    {
        foreach (var component in model.Components.Where(component => !ComponentName().IsMatch(component.Name)))
        {
            findings.Error(
                "component-name",
                component.Name,
                $"The name '{component.Name}' is not allowed; allowed: 3 to 16 characters of a-z, 0-9 and single hyphens, starting with a letter and not ending with a hyphen. Rename it.");
        }

        foreach (var twice in model.Components.GroupBy(component => component.Name).Where(group => group.Count() > 1))
            findings.Error("component-name", twice.Key, $"The name '{twice.Key}' is used by {twice.Count()} components; allowed: every name once. Rename all but one.");

        CheckSingle<PrivateNetwork>(model, findings);
        CheckSingle<ContainerRegistry>(model, findings);
    }

    private static void CheckSingle<T>(Model model, Findings findings)
        where T : Component
    {
        var declared = model.Components.OfType<T>().ToList();
        if (declared.Count > 1)
        {
            findings.Error(
                "foundation-single",
                declared[1].Name,
                $"{declared.Count} components of kind {declared[0].Kind} are declared ({string.Join(", ", declared.Select(component => component.Name))}); allowed: one in a system. Remove the others.");
        }
    }

    private static void CheckNamesInSettings(Model model, StackSettings settings, Findings findings)
    {
        var placeable = model.Components.Where(component => !IsFoundation(component.Kind)).Select(component => component.Name).ToList();
        Check("infra:placement", settings.Placement.Keys, placeable, "components that can be placed");
        Check("infra:images", settings.Images.Keys, model.Components.OfType<Consumer>().Select(consumer => consumer.Name), "services and jobs");
        Check("infra:components", settings.Components.Keys, model.Components.Select(component => component.Name), "components");
        Check("infra:addons", settings.Addons.Keys, AddonNames.All, "add-ons");

        void Check(string key, IEnumerable<string> names, IEnumerable<string> known, string what)
        {
            var allowed = known.ToList();
            foreach (var name in names.Where(name => !allowed.Contains(name)))
                findings.Error("unknown-name", null, $"{key} names '{name}', which '{settings.System}' does not have; allowed {what}: {string.Join(", ", allowed)}. Correct the name or remove it.");
        }
    }

    private static void Resolve(Model model, StackSettings settings, Findings findings)
    {
        var profile = EnvironmentProfile.Of(settings.Environment);
        foreach (var component in model.Components)
        {
            var arguments = component.Arguments.For(profile);
            if (settings.Components.TryGetValue(component.Name, out var overrides))
                arguments = ArgumentOverrides.Apply(arguments, overrides, $"infra:components.{component.Name}", component.Name, findings);
            component.Arguments = arguments;
        }

        foreach (var component in model.Components)
            component.Arguments.Check(new Guard(findings, component.Name, KebabCase(component.Kind.ToString())));
    }

    private static Dictionary<Component, Cloud> Place(Model model, StackSettings settings) => model.Components
        .Where(component => !IsFoundation(component.Kind))
        .ToDictionary(component => component, component => settings.Placement.TryGetValue(component.Name, out var cloud) ? cloud : settings.Cloud);

    private static void CheckReferences(Blueprint blueprint, Findings findings)
    {
        foreach (var component in blueprint.Model.Components)
        {
            foreach (var reference in component.References.Where(reference => !blueprint.Model.Components.Contains(reference)))
                findings.Error("reference-undeclared", component.Name, $"It refers to '{reference.Name}', which the model does not hold; allowed: components that were added. Add '{reference.Name}' to the model.");
        }
    }

    private static void CheckLinks(Model model, Findings findings)
    {
        foreach (var link in model.Links)
        {
            if (!model.Components.Contains(link.Target))
            {
                findings.Error("link-undeclared", link.Consumer.Name, $"It is linked to '{link.Target.Name}', which the model does not hold; allowed: components that were added. Add '{link.Target.Name}' to the model.");
                continue;
            }

            var allowed = AllowedIntents(link.Target);
            if (!allowed.Contains(link.Intent))
            {
                var intents = allowed.Count == 0 ? "no link at all" : string.Join(", ", allowed.Select(Verb));
                findings.Error("link-intent", link.Consumer.Name, $"The link to '{link.Target.Name}' is '{Verb(link.Intent)}'; a {link.Target.Kind} allows: {intents}. Change the link.");
            }

            if (!LinkPrefix().IsMatch(link.Prefix))
                findings.Error("link-prefix", link.Consumer.Name, $"The link to '{link.Target.Name}' has the prefix '{link.Prefix}'; allowed: upper-case letters, digits and underscores that start with a letter. Change the prefix.");

            foreach (var variable in link.Consumer.Container.Environment.Keys.Where(key => key.StartsWith(link.Prefix + "_", StringComparison.Ordinal)))
                findings.Error("link-prefix", link.Consumer.Name, $"Environment sets '{variable}', but {link.Prefix}_* holds the connection to '{link.Target.Name}'; allowed: other names. Rename the variable or give the link another prefix.");
        }

        foreach (var twice in model.Links.GroupBy(link => (link.Consumer, link.Prefix)).Where(group => group.Count() > 1))
            findings.Error("link-prefix", twice.Key.Consumer.Name, $"{twice.Count()} links have the prefix '{twice.Key.Prefix}'; allowed: every prefix once. Remove a link or give it another prefix.");

        foreach (var twice in model.Links.GroupBy(link => (link.Consumer, link.Target)).Where(group => group.Count() > 1))
            findings.Error("link-twice", twice.Key.Consumer.Name, $"{twice.Count()} links lead to '{twice.Key.Target.Name}' ({string.Join(", ", twice.Select(link => Verb(link.Intent)))}); allowed: one, because it has one login there. Keep the one whose intent includes the others.");

        CheckNamesOfLinks(model, findings);
    }

    // Clouds name what they create for a link, logins and keys included, after the consumer and either the target or the prefix.
    private static void CheckNamesOfLinks(Model model, Findings findings)
    {
        var byTarget = model.Links.GroupBy(link => $"{link.Consumer.Name}-{link.Target.Name}");
        var byPrefix = model.Links.GroupBy(link => link.Name);
        foreach (var alike in byTarget.Concat(byPrefix).Where(group => group.DistinctBy(link => link.Consumer.Name).Count() > 1))
        {
            var links = string.Join(", ", alike.Select(link => $"{link.Consumer.Name} to {link.Target.Name} ({link.Prefix})"));
            findings.Error("link-name", alike.First().Consumer.Name, $"Logins and keys of {alike.Count()} links would all be called '{alike.Key}': {links}; allowed: a consumer with its target, and with its prefix, that read differently from every other link's. Rename a consumer or a target, or give a link another prefix.");
        }
    }

    private static IReadOnlyList<Intent> AllowedIntents(Component target) => target switch
    {
        ContainerService { Args.IsHttp: true } => [Intent.Connect],
        _ => target.Kind is ComponentKind.Bucket or ComponentKind.ManagedDatabase or ComponentKind.Cache ? [Intent.Read, Intent.Write] : [],
    };

    private static string Verb(Intent intent) => intent.ToString().ToLowerInvariant();

    private static void CheckImages(Blueprint blueprint, Findings findings)
    {
        var settings = blueprint.Settings;
        foreach (var consumer in blueprint.Model.Components.OfType<Consumer>())
        {
            if (!settings.Images.TryGetValue(consumer.Name, out var image))
                findings.Error("image-missing", consumer.Name, $"It has no image; allowed: a reference with a digest. Set infra:images.{consumer.Name}, such as {consumer.Name}@sha256:… for an image in the stack's own registry.");
            else if (!ImageReference().IsMatch(image))
                findings.Error("image-reference", consumer.Name, $"infra:images.{consumer.Name} is '{image}'; allowed: [registry/]repository[:tag][@sha256:64 hexadecimal digits]. Correct the reference.");
            else if (blueprint.Profile.IsProduction && !image.Contains("@sha256:", StringComparison.Ordinal))
                findings.Error("image-digest", consumer.Name, $"infra:images.{consumer.Name} is '{image}'; allowed in production: a reference with a digest (@sha256:…), so that what was tested is what runs. Add the digest.");
            else if (!ImageName.HasRegistry(image) && blueprint.Model.Find<ContainerRegistry>() is null)
                findings.Error("image-registry", consumer.Name, $"infra:images.{consumer.Name} is '{image}', without a registry, and '{settings.System}' declares none; allowed: a full reference. Add the registry's host, or declare a ContainerRegistry.");
        }
    }

    private static void CheckCloud(Blueprint blueprint, Cloud name, Findings findings)
    {
        if (blueprint.RegionOn(name).Length == 0)
        {
            findings.Error(
                "location",
                null,
                $"'{blueprint.Settings.Location.Name}' has no region of {name.Name()}; allowed: {string.Join(", ", Location.All.Where(location => location.RegionOn(name) is not null).Select(location => location.Name))}. Change infra:location, or set infra:regions.{name.Name()}.");
        }

        if (CloudIndex.Find(name) is not { } cloud)
        {
            findings.Error("cloud-builder", null, $"{name.Name()} has no builder yet; clouds that have one: {string.Join(", ", CloudIndex.All.Select(built => built.Cloud.Name()))}. Change infra:cloud or infra:placement.");
            return;
        }

        foreach (var component in blueprint.On<Component>(name))
        {
            if (cloud.Offers[component.Kind] is { Backing: Backing.None } none)
            {
                var alternatives = CloudIndex.All.Where(other => other.Offers[component.Kind].Backing != Backing.None).Select(other => other.Cloud.Name());
                findings.Error("component-unsupported", component.Name, $"{name.Name()} has no {component.Kind}: {none.Product}; alternatives: {string.Join(", ", alternatives)}. Set infra:placement.{component.Name} to one of them. {none.Remark}".TrimEnd());
            }
        }

        foreach (var component in blueprint.Model.Components.Where(component => IsFoundation(component.Kind) || blueprint.CloudOf(component) == name)) CheckTweaks(component, cloud, findings);
        cloud.Check(blueprint, findings);
    }

    // Tweaks of other clouds are ignored, but for those that this one reads, too.
    private static void CheckTweaks(Component component, ICloud cloud, Findings findings)
    {
        foreach (var tweaks in component.Arguments.Tweaks.GroupBy(tweak => tweak.GetType()))
        {
            var (name, count) = (tweaks.Key.Name, tweaks.Count());
            if (!cloud.Tweaks.TryGetValue(tweaks.Key, out var readers))
            {
                if (tweaks.First().Cloud == cloud.Cloud)
                    findings.Error("tweak-unread", component.Name, $"Nothing on {cloud.Cloud.Name()} reads {name}; allowed: {string.Join(", ", cloud.Tweaks.Keys.Select(type => type.Name).Order(StringComparer.Ordinal))}. Remove the tweak.");
                continue;
            }

            if (!readers.Contains(component.Kind))
                findings.Error("tweak-unread", component.Name, $"{name} is read by {string.Join(", ", readers)}; this is a {component.Kind}. Move the tweak or remove it.");
            if (count > 1)
                findings.Error("tweak-twice", component.Name, $"It has {count} tweaks of class {name}; allowed: one. Merge them.");
        }
    }

    private static string KebabCase(string text) => WordStart().Replace(text, "-").ToLowerInvariant();

    [GeneratedRegex("^(?=.{3,16}$)[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
    private static partial Regex ComponentName();

    [GeneratedRegex("^[A-Z][A-Z0-9_]*$")]
    private static partial Regex LinkPrefix();

    [GeneratedRegex(@"^([a-z0-9.-]+(:\d+)?/)?[a-z0-9]+([._/-]+[a-z0-9]+)*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[0-9a-f]{64})?$")]
    private static partial Regex ImageReference();

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex WordStart();
}
