using Infra.Components.Systems;

namespace Infra.Components.Databases.Ovh;

/// <summary>What only a database on OVHcloud has.</summary>
public sealed record OvhDatabaseTweak() : Tweak(Cloud.Ovh)
{
    /// <summary>
    /// The plan, which decides the number of nodes, the days of backups and the generation of flavors: <c>essential</c> (1 node, 2 days),
    /// <c>business</c> (2, 14) and <c>enterprise</c> (3, 30) with flavors <c>db1-*</c>; <c>production</c> (2, 14) and <c>advanced</c> (3,
    /// 30) with flavors <c>b3-*</c>. Default: null, the smallest that keeps the arguments' promises. It can be raised to another one with
    /// the same flavors, never lowered.
    /// </summary>
    public string? Plan { get; init; }

    /// <summary>
    /// The flavor of nodes, such as <c>b3-32</c>, instead of the one that size and storage promise. Default: null. It can be raised, never
    /// lowered.
    /// </summary>
    public string? Flavor { get; init; }
}
