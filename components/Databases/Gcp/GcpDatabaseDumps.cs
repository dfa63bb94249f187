using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Systems;

namespace Infra.Components.Databases.Gcp;

/// <summary>Where the dumps must lie from which databases on Google Cloud begin.</summary>
internal static class GcpDatabaseDumps
{
    private static readonly Rule Mounted = Rule.Error("gcp-database-dump", "Dumps lie where Cloud Run can mount them");

    /// <summary>What is not fetched from elsewhere, because nothing runs to its end before a container.</summary>
    public static Gap Elsewhere { get; } = new("dumps on other clouds", "Dumps lie in a bucket on Google Cloud.") { Rule = Mounted };

    /// <summary>Refuses a dump that lies elsewhere.</summary>
    /// <param name="database">The database, a server's own or another.</param>
    /// <param name="checks">Where the finding goes.</param>
    public static void Check(Component database, CloudChecks checks)
    {
        if (DatabaseLoad.Of(database, checks.Model) is not { Container.Fetched.Bucket: var bucket }) return;
        if (checks.Blueprint.Find(bucket, checks.Cloud) is not null) return;
        checks.Lacks(
            Elsewhere,
            database,
            $"BeginsFrom.Bucket is '{bucket.Name}', which stands on {checks.Blueprint.CloudOf(bucket).Name()}; allowed: a bucket on "
            + $"{checks.Cloud.Name()}, which Cloud Run mounts.",
            $"Declare a bucket for dumps, place it on {checks.Cloud.Name()}, and copy the dump there");
    }
}
