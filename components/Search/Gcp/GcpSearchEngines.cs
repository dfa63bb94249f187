using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Networks;
using Infra.Components.Networks.Gcp;
using Infra.Components.Runtimes;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Systems;

namespace Infra.Components.Search.Gcp;

/// <summary>Search engines on Google Cloud.</summary>
internal sealed class GcpSearchEngines()
    : Provision<SearchEngine, GcpContext>(SearchEngineKind.Instance, new(Backing.Native, "OpenSearch on Compute Engine"))
{
    private static readonly Rule Standby = Rule.Warning(
        "gcp-search-engine-high-availability",
        "A search engine survives the loss of a machine");

    private static readonly Rule Image = Rule.Error("gcp-search-engine-egress", "The machine of a search engine can fetch its image");

    private static readonly Rule Backup = Rule.Notable("gcp-search-engine-backup", "A search engine is backed up");

    private static readonly Gap OneMachine = new(
        "high availability",
        "One machine in one zone, which Google restarts elsewhere in it when its host fails: search engines are away meanwhile.")
    {
        Rule = Standby,
    };

    private static readonly Gap Unsaved = new("snapshots", "No snapshots are taken.") { Rule = Backup };

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } =
    [
        OneMachine,
        Unsaved,
        new("maintenance", "Its version is raised with this project: Google does not know what runs on the machine."),
        new("rotation of the administrator", "Its administrator keeps the password that it was made with."),
    ];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(SearchEngine component) =>
        [RuntimeKind.Instance, PrivateNetworkKind.Instance];

    /// <inheritdoc/>
    protected override void Check(SearchEngine component, CloudChecks checks)
    {
        SearchBackup.Check(Unsaved, component, checks);
        if (component.Args.HighAvailability)
        {
            checks.Lacks(
                OneMachine,
                component,
                "HighAvailability is true; it is one machine in one zone here, and away while Google starts it anew, or for as long as the "
                + "zone is. Its indices stay on their disk.",
                "Set highAvailability: false to accept that");
        }

        if (checks.Model.Find<PrivateNetwork>() is { Args.Egress: Egress.None })
        {
            checks.Report(
                Image,
                component,
                $"The network's Egress is None, and the machine of '{component.Name}' could not pull its image; allowed: Shared or "
                + "PerZone. Change Egress.");
        }
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(SearchEngine component, GcpContext context) =>
        new GcpSearchEngine(component, context.Get<GcpPrivateNetwork>(), context.Get<GcpRuntime>(), context);
}
