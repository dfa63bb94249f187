using Infra.Components.Checks;
using Infra.Components.Systems;

namespace Infra.Components.Databases;

/// <summary>
/// A further database of a server. What is in it goes with the server, which is what lasts; nothing that leaves the system drops it in
/// production.
/// </summary>
public sealed class LogicalDatabaseKind : ComponentKind
{
    private static readonly Rule Once = Rule.Error("logical-database-name", "The databases of a server have different names");
    private static readonly Rule Used = Rule.Info("logical-database-unused", "Every further database of a server has a consumer");

    private LogicalDatabaseKind()
        : base("LogicalDatabase", BuildStage.Store)
    {
    }

    /// <summary>The kind.</summary>
    public static LogicalDatabaseKind Instance { get; } = new();

    /// <inheritdoc/>
    public override IReadOnlyList<string> LastingArguments { get; } = ["database"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> FirstArguments => ManagedDatabaseKind.Instance.FirstArguments;

    /// <inheritdoc/>
    public override bool IsPreparedByJobs => true;

    /// <inheritdoc/>
    public override IReadOnlyList<ConnectionKey> ConnectionKeys => ManagedDatabaseKind.Instance.ConnectionKeys;

    /// <inheritdoc/>
    public override IReadOnlyList<Intent> IntentsOn(Component component) => ManagedDatabaseKind.Instance.IntentsOn(component);

    /// <inheritdoc/>
    public override Reach ReachOf(Component component) => Reach.Relay;

    /// <inheritdoc/>
    internal override IEnumerable<Implied> Implies(Component component, Model model, Cloud cloud) =>
        ManagedDatabaseKind.Instance.Implies(component, model, cloud);

    /// <inheritdoc/>
    internal override bool NeedsAuthority => true;

    /// <inheritdoc/>
    internal override string? BeginsWith(Component component) => ((LogicalDatabase)component).Args.BeginsFrom?.InWords;

    /// <inheritdoc/>
    internal override IReadOnlyList<MoveWay> WaysFromOutside(Component component) => DatabaseMover.WaysFromOutside(component);

    /// <inheritdoc/>
    internal override IReadOnlyList<MoveWay> WaysToMove(Component component, Cloud from, Cloud to) =>
        DatabaseMover.WaysOf(component, from, to);

    /// <inheritdoc/>
    internal override IEnumerable<Implied> Moves(Move move) => DatabaseMover.Of(move);

    /// <inheritdoc/>
    public override void Check(Model model, Findings findings)
    {
        var databases = model.Components.OfType<LogicalDatabase>().ToList();
        foreach (var database in databases) DatabaseLoad.Check(database, model, findings);
        foreach (var alike in databases.GroupBy(database => (database.Args.Server, database.Args.Database)))
        {
            var (server, name) = alike.Key;
            if (server.Args.Database == name || alike.Count() > 1)
            {
                var others = alike.Select(database => database.Name).Concat(server.Args.Database == name ? [server.Name] : []);
                findings.Report(
                    Once,
                    alike.Last().Name,
                    $"Database is '{name}' of {string.Join(", ", others.Order(StringComparer.Ordinal))} on the server '{server.Name}'; "
                    + "allowed: a name that no other database of the server has. Change Database.");
            }
        }

        foreach (var database in databases.Where(database => model.Links.All(link => link.Target != database)))
        {
            findings.Report(
                Used,
                database.Name,
                $"Nothing is linked to '{database.Name}', and where no API makes databases, its first consumer's login does: until then "
                + "there is none. Link what uses it.");
        }
    }
}
