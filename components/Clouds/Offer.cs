namespace Infra.Components.Clouds;

/// <summary>How a cloud provides a kind of component.</summary>
public enum Backing
{
    /// <summary>By a service of its own.</summary>
    Native,

    /// <summary>By an operator or chart on its Kubernetes.</summary>
    InCluster,

    /// <summary>By something that exists outside this project.</summary>
    External,

    /// <summary>Not at all: the cloud has no provision for the kind.</summary>
    None,
}

/// <summary>The spelling of backings in tables and plans.</summary>
public static class BackingNames
{
    /// <summary><c>native</c>, <c>in-cluster</c>, <c>external</c> or <c>none</c>.</summary>
    public static string Name(this Backing backing) => backing == Backing.InCluster ? "in-cluster" : backing.ToString().ToLowerInvariant();
}

/// <summary>What a cloud offers for a kind of component.</summary>
/// <param name="Backing">How it provides it.</param>
/// <param name="Product">By what, such as <c>Amazon RDS</c>.</param>
public sealed record Offer(Backing Backing, string Product);
