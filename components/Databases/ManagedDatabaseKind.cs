using Infra.Components.Checks;
using Infra.Components.Systems;

namespace Infra.Components.Databases;

/// <summary>A relational database.</summary>
public sealed class ManagedDatabaseKind : ComponentKind
{
    private ManagedDatabaseKind()
        : base("ManagedDatabase", BuildStage.Store)
    {
    }

    /// <summary>The kind.</summary>
    public static ManagedDatabaseKind Instance { get; } = new();

    /// <inheritdoc/>
    public override string? Lasts => "the rows";

    /// <inheritdoc/>
    public override IReadOnlyList<string> LastingArguments { get; } = ["database"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> FirstArguments { get; } = ["beginsFrom"];

    /// <inheritdoc/>
    public override bool IsPreparedByJobs => true;

    /// <inheritdoc/>
    public override IReadOnlyList<ConnectionKey> ConnectionKeys { get; } =
    [
        new("HOST", "The host name."),
        new("PORT", "The port."),
        new("DATABASE", "The database's name."),
        new("USERNAME", "The consumer's own login."),
        new("PASSWORD", "Its password: letters and digits only, so that the url needs no escaping.", IsSecret: true),
        new("CA", "The certificates that sign the server's, as PEM."),
        new("TLS_MODE", "`verify-full` or `require`: how the client must treat TLS, in libpq's words.")
        {
            Words = ["verify-full", "require"],
        },
        new("URL", "All of it in one url, of the scheme `postgresql` or `mysql`.", IsSecret: true),
    ];

    /// <inheritdoc/>
    internal override IEnumerable<Implied> Implies(Component component, Model model, Cloud cloud)
    {
        if (DatabaseLoad.Of(component, model) is { } load && !model.Components.Any(other => other.Name == load.Name))
            yield return new(load, load.ImagesOn(cloud));
    }

    /// <inheritdoc/>
    internal override bool NeedsAuthority => true;

    /// <inheritdoc/>
    internal override string? BeginsWith(Component component) => ((ManagedDatabase)component).Args.BeginsFrom?.InWords;

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
        foreach (var database in model.Components.OfType<ManagedDatabase>()) DatabaseLoad.Check(database, model, findings);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Intent> IntentsOn(Component component) => [Intent.Read, Intent.Write];

    /// <inheritdoc/>
    public override Reach ReachOf(Component component) => Reach.Relay;
}
