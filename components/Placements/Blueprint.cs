using Infra.Components.Checks;
using Infra.Components.Systems;

namespace Infra.Components.Placements;

/// <summary>What clouds build from: the checked model with its arguments resolved, and who stands where.</summary>
public sealed class Blueprint
{
    private readonly Dictionary<Component, Cloud> _clouds;
    private readonly ILookup<Component, Link> _linksTo;

    internal Blueprint(Model model, StackSettings settings, Dictionary<Component, Cloud> clouds)
    {
        Model = model;
        Settings = settings;
        Profile = EnvironmentProfile.Of(settings.Environment);
        _clouds = clouds;
        _linksTo = model.Links.ToLookup(link => link.Target);
        Clouds = [.. CloudNames.All.Where(clouds.ContainsValue)];
    }

    /// <summary>The model.</summary>
    public Model Model { get; }

    /// <summary>The stack's settings.</summary>
    public StackSettings Settings { get; }

    /// <summary>The environment's profile.</summary>
    public EnvironmentProfile Profile { get; }

    /// <summary>How severe it is to lack what production would miss: worth a warning there, and worth knowing elsewhere.</summary>
    public Severity Notable => Profile.IsProduction ? Severity.Warning : Severity.Info;

    /// <summary>The clouds on which something stands.</summary>
    public IReadOnlyList<Cloud> Clouds { get; }

    /// <summary>The cloud on which a component stands. Foundation components follow: they stand on every cloud of <see cref="Clouds"/>.</summary>
    public Cloud CloudOf(Component component) => _clouds[component];

    /// <summary>Who uses a component, with which intent.</summary>
    public IEnumerable<Link> LinksTo(Component target) => _linksTo[target];

    /// <summary>The links from consumers on other clouds to targets on this one, in the order of the targets' declarations.</summary>
    public IEnumerable<Link> ForeignLinksTo(Cloud cloud) =>
        Model.Components.Where(target => _clouds.TryGetValue(target, out var on) && on == cloud).SelectMany(LinksTo).Where(link => CloudOf(link.Consumer) != cloud);

    /// <summary>The components of a class that stand on a cloud, in the order of their declaration.</summary>
    public IEnumerable<T> On<T>(Cloud cloud)
        where T : Component => Model.Components.OfType<T>().Where(component => _clouds.TryGetValue(component, out var on) && on == cloud);

    /// <summary>Reports the references of a component that stand on another cloud than it does, where its cloud needs them beside it.</summary>
    internal void CheckTogether(Component component, Findings findings)
    {
        var cloud = CloudOf(component);

        // What the model does not hold, and what stands on every cloud, is reported elsewhere.
        foreach (var reference in component.References.Where(reference => _clouds.TryGetValue(reference, out var on) && on != cloud))
        {
            findings.Error(
                "reference-cloud",
                component.Name,
                $"It stands on {cloud.Name()} and refers to '{reference.Name}' on {CloudOf(reference).Name()}; allowed: {cloud.Name()}. Place both on the same cloud with infra:placement.");
        }
    }

    /// <summary>The region by which a cloud knows the stack's place, or the one that the stack file names.</summary>
    public string RegionOn(Cloud cloud) =>
        Settings.Regions.TryGetValue(cloud, out var region) ? region : Settings.Location.RegionOn(cloud) ?? "";

    /// <summary>The tags of a component: who it belongs to, and how sensitive its data is.</summary>
    public IReadOnlyDictionary<string, string> Tags(string component, DataClass dataClass) => new SortedDictionary<string, string>(StringComparer.Ordinal)
    {
        ["component"] = component,
        ["data-class"] = dataClass.ToString().ToLowerInvariant(),
        ["environment"] = Profile.Name,
        ["owner"] = Settings.Owner,
        ["stack"] = Settings.Stack,
        ["system"] = Settings.System,
    };
}
