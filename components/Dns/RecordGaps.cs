using Infra.Components.Clouds;

namespace Infra.Components.Dns;

/// <summary>What several clouds do not keep of a record's promises.</summary>
internal static class RecordGaps
{
    /// <summary>What clouds without weights lack: traffic of a name goes to one target.</summary>
    public const string WeightPromise = "weights";

    /// <summary>
    /// A record is one resource per value there, and what is left out of a program goes last: the other values still stand when the CNAME
    /// comes.
    /// </summary>
    public static Gap TypeOfSeveral { get; } = new(
        "change of type at once",
        "A name with several values becomes a CNAME in two updates: with one value first.");
}
