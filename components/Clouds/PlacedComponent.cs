using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Clouds;

/// <summary>A component built on the cloud on which it stands. The only base of all of them.</summary>
public abstract class PlacedComponent : ComponentResource
{
    /// <summary>Registers the component; its resources become its children.</summary>
    /// <param name="placement">Where it stands, by what, and whose it is.</param>
    protected PlacedComponent(PlacedComponentArgs placement)
        : base(
            TypeTokens.Of(placement.Kind, placement.Cloud),
            placement.Name,
            new ComponentResourceOptions { Providers = { placement.Provider } })
    {
        Kind = placement.Kind;
        Cloud = placement.Cloud;
        Name = placement.Name;
        Backing = placement.Backing;
        RunsOn = placement.RunsOn;
        Tags = placement.Tags;
        IsProtected = placement.IsProtected;
    }

    /// <summary>What it is.</summary>
    public ComponentKind Kind { get; }

    /// <summary>Where it stands.</summary>
    public Cloud Cloud { get; }

    /// <summary>The declared component's name. The main child takes it as it is, others as <c>{name}-{role}</c>.</summary>
    public string Name { get; }

    /// <summary>How the cloud provides it.</summary>
    public Backing Backing { get; }

    /// <summary>The product that does.</summary>
    public string RunsOn { get; }

    /// <summary>The tags of its resources: who it belongs to, and how sensitive its data is.</summary>
    protected IReadOnlyDictionary<string, string> Tags { get; }

    /// <summary>
    /// Whether it is protected against deletion, by Pulumi and by its cloud: where the environment protects, and for as long as it serves.
    /// </summary>
    protected bool IsProtected { get; }

    /// <summary>The options of a child.</summary>
    /// <param name="protect">Whether Pulumi refuses to delete or replace it, where the component is protected.</param>
    /// <param name="ignoreChanges">Properties that others change while it runs.</param>
    /// <param name="dependsOn">Resources that it needs without using an output of theirs.</param>
    /// <param name="deleteBeforeReplace">For a fixed name, which two copies cannot have at once.</param>
    protected CustomResourceOptions Child(
        bool protect = false,
        IEnumerable<string>? ignoreChanges = null,
        IEnumerable<Resource>? dependsOn = null,
        bool deleteBeforeReplace = false)
    {
        var options = new CustomResourceOptions { Parent = this };
        if (protect && IsProtected) options.Protect = true;
        if (deleteBeforeReplace) options.DeleteBeforeReplace = true;
        if (ignoreChanges is not null) options.IgnoreChanges.AddRange(ignoreChanges);
        foreach (var resource in dependsOn ?? []) options.DependsOn.Add(resource);
        return options;
    }
}
