using System.Globalization;
using Infra.Components.Checks;
using Infra.Components.Systems;

namespace Infra.Components.Placements;

/// <summary>
/// Checks what a record of a migration says against the system: who can move at all, and in which order, so that nothing that is written is
/// lost and nobody is left without what serves him. What the record says by itself was checked when it was read.
/// </summary>
internal static class MigrationChecks
{
    /// <summary>
    /// How long what traffic enters by is kept at least: resolvers keep an answer for as long as it says, and some of them longer (the
    /// account of the first migration: 24 hours).
    /// </summary>
    internal static readonly TimeSpan Propagation = TimeSpan.FromHours(24);

    private static readonly Rule Movable = Rule.Error(
        "migration-component",
        "A migration's record names components that move by themselves");
    private static readonly Rule Place = Rule.Error("migration-place", "A component that moves is not placed where it goes");
    private static readonly Rule Order = Rule.Error("migration-order", "No component is ahead of those that it needs, or that need it");
    private static readonly Rule Pause = Rule.Error("migration-pause", "A store is paused before it is activated, where its data moves so");
    private static readonly Rule Way = Rule.Error("migration-way", "Data moves in a way that there is between the two clouds");
    private static readonly Rule Source = Rule.Error("migration-source", "What is filled from outside of the stack can be");
    private static readonly Rule Left = Rule.Warning("migration-left", "Whatever a component holds goes with it");
    private static readonly Rule Share = Rule.Error("migration-share", "Traffic is shared where it enters");
    private static readonly Rule Needed = Rule.Warning("migration-unneeded", "Something needs what moves");
    private static readonly Rule Kept = Rule.Policy("migration-kept", "Where traffic entered is kept until no resolver leads there");

    /// <summary>Reports everything.</summary>
    /// <param name="model">The system, resolved.</param>
    /// <param name="passages">Who is on the way.</param>
    /// <param name="settings">The stack's settings.</param>
    /// <param name="findings">Where findings go.</param>
    public static void Check(Model model, Passages passages, StackSettings settings, Findings findings)
    {
        if (settings.Migration is not { } record) return;
        foreach (var component in model.Components)
        {
            if (passages.HistoryOf(component) is { } history) CheckMovable(component, history, model, passages, record, findings);
            if (record.Ways.TryGetValue(component.Name, out var way)) CheckWay(component, way, passages, record, findings);
            if (passages.SourceOf(component) is { } source) CheckSource(component, source, model, passages, record, findings);
        }

        foreach (var component in model.Components)
        {
            if (component.Kind.IsEntrance) CheckEntrance(component, passages, findings);
            if (passages.Of(component) is null || passages.HistoryOf(component) is not { } history) continue;
            CheckPause(component, history, model, passages, findings);
            CheckShare(component, history, findings);
            CheckKept(component, history, findings);
            CheckNeeded(component, model, findings);
            if (passages.Of(component) is { State: < MigrationState.Released }) ReportLeft(component, record.To, findings);
        }

        foreach (var name in model.Components.Where(component => component.Kind.Stage == BuildStage.Record))
            CheckName(name, passages, findings);
    }

    private static void CheckMovable(
        Component component,
        ComponentMigration history,
        Model model,
        Passages passages,
        MigrationRecord record,
        Findings findings)
    {
        var key = $"infra:migration.components.{component.Name}";
        if (WhyNot(component, model, passages) is { } reason)
        {
            findings.Report(
                Movable,
                component.Name,
                $"{key} has a history, and {reason}; allowed: components that move by themselves. Remove it from infra:migration.");
        }
        else if (component.Kind.Stage == BuildStage.Record)
        {
            if (history.History.FirstOrDefault(entry => entry.State != MigrationState.Activated) is not { } other) return;
            findings.Report(
                Movable,
                component.Name,
                $"{key} has the entry '{other}', and a name has no copy to build, release or retire; allowed: activated, with a share of "
                + "the traffic or without. Remove the other entries.");
        }
        else if (passages.SourceOf(component) is null && passages.PlaceOf(component) == record.To)
        {
            findings.Report(
                Place,
                component.Name,
                $"{key} has a history, and '{component.Name}' is placed on {record.To.Name()} already; allowed: the cloud that it leaves, "
                + $"until its history is taken away. Set infra:cloud or infra:placement.{component.Name} to that one, or remove the "
                + "history.");
        }
        else if (history.History[0] is { State: not MigrationState.Migrated } first)
        {
            findings.Report(
                Order,
                component.Name,
                $"{key} begins with '{first}'; allowed for a {component.Kind}: migrated, because a copy must stand on {record.To.Name()} "
                + "before anything else happens. Add when it was migrated in front of it, and deploy that first.");
        }
    }

    /// <summary>Why a component is in no record of a migration, in words; null for what moves by itself.</summary>
    internal static string? WhyNot(Component component, Model model, Passages passages) => component switch
    {
        { Kind.IsFoundation: true } => $"a {component.Kind} exists on every cloud where something stands, so that it follows by itself",
        { Kind.Stage: BuildStage.Zone } =>
            $"a {component.Kind} stays where it is, also after the migration: moving it and what it leads to at once could not be undone",
        { Kind.FollowsConsumers: true } => $"a {component.Kind} is outside of every cloud",
        { Kind.FollowsReferrers: true } when model.Components.Any(other => other.References.Contains(component)) =>
            $"a {component.Kind} goes along with those that use it",
        { Kind.Stage: BuildStage.Record } => null,
        { StandsOn: not null } when passages.SourceOf(component) is not null => null,
        { StandsOn: { } server } when passages.PlaceOf(component) == passages.PlaceOf(server) =>
            $"it is a part of '{server.Name}', with which it goes along",
        _ => null,
    };

    private static void CheckWay(Component component, string named, Passages passages, MigrationRecord record, Findings findings)
    {
        var ways = passages.WaysOf(component);
        if (ways.Any(way => way.Name == named)) return;
        var allowed = ways.Count == 0
            ? $"none, because there is nothing in a {component.Kind} to move. Remove it"
            : $"{string.Join(", ", ways.Select(way => way.Name))}."
                + $"{Spelling.Suggestion(named, ways.Select(way => way.Name))} Correct it, or remove it for the first";
        findings.Report(
            Way,
            component.Name,
            $"infra:migration.ways.{component.Name} is '{named}'; allowed from "
            + $"{passages.SourceOf(component)?.External ?? passages.PlaceOf(component).Name()} to {record.To.Name()}: {allowed}.");
    }

    private static void CheckSource(
        Component component,
        MigrationSource source,
        Model model,
        Passages passages,
        MigrationRecord record,
        Findings findings)
    {
        var key = $"infra:migration.sources.{component.Name}";
        var ways = component.Kind.WaysFromOutside(component);
        if (ways.Count == 0)
        {
            Report(
                $"{key} is there, and nothing carries what a {component.Kind} holds from outside of the stack; allowed: databases, buckets "
                + "and caches. Remove it, and bring over by hand what is needed.");
        }

        if (passages.PlaceOf(component) != record.To)
        {
            Report(
                $"{key} is there, and '{component.Name}' is placed on {passages.PlaceOf(component).Name()}; allowed: {record.To.Name()}, "
                + $"because what comes from outside is made where it is to stay. Set infra:placement.{component.Name} to that cloud, or "
                + "remove the source.");
        }

        if (component.Kind.BeginsWith(component) is { } beginning)
        {
            Report(
                $"{key} is there, and BeginsFrom of '{component.Name}' fills it with {beginning}; allowed: one of the two, because neither "
                + "writes over what the other brought. Remove one.");
        }

        var externals = model.Components.Where(other => other is IOutside).ToList();
        var external = externals.FirstOrDefault(other => other.Name == source.External);
        if (external is null)
        {
            Report(Unknown("external", source.External, externals, "something external of the system", "new External"));
        }
        else if (external is IOutside { IsEncrypted: false })
        {
            Report(
                $"{key}.external is '{external.Name}', whose tls is None; allowed: Tls, StartTls, because everything that is held goes "
                + $"that way. Set infra:components.{external.Name}.tls.");
        }
        else if (component.Kind.NeedsAuthority && external is IOutside { NamesAuthority: false })
        {
            Report(
                $"{key}.external is '{external.Name}', which has no certificateAuthority; allowed: the certificates that sign the "
                + "server's, as PEM, because the client of a database trusts nobody by itself. Set "
                + $"infra:components.{external.Name}.certificateAuthority.");
        }

        var secrets = model.Components.Where(other => other.Kind.IsSecretValue).ToList();
        if (secrets.All(secret => secret.Name != source.Password))
            Report(Unknown("password", source.Password, secrets, "a secret of the system", "new Secret"));

        void Report(string message) => findings.Report(Source, component.Name, message);

        string Unknown(string part, string received, IReadOnlyList<Component> known, string what, string declare) =>
            $"{key}.{part} is '{received}'; allowed: {what}"
            + (known.Count == 0 ? ", of which there is none" : $": {string.Join(", ", known.Select(other => other.Name))}")
            + $".{Spelling.Suggestion(received, known.Select(other => other.Name))} Declare it in the system with "
            + $"{declare}(\"{received}\"), or correct the name.";
    }

    private static void CheckPause(
        Component component,
        ComponentMigration history,
        Model model,
        Passages passages,
        Findings findings)
    {
        var way = passages.WayOf(component);
        var writers = Passages.WritersOf(component, model).Select(writer => writer.Name).ToList();
        if (history.Reached(MigrationState.Paused) && way is not { Pauses: true })
        {
            findings.Report(
                Pause,
                component.Name,
                "It was paused, and "
                + (way is null ? $"a {component.Kind} holds nothing that moves" : $"in the way '{way.Name}' nothing waits")
                + "; allowed: activated right after migrated. Remove the entry.");
        }
        else if (way is { Pauses: true } && passages.SourceOf(component) is { } outside && !history.Reached(MigrationState.Paused)
            && history.Reached(MigrationState.Activated))
        {
            findings.Report(
                Pause,
                component.Name,
                $"It was activated without having been paused: what is written in '{outside.External}' while the copy is brought up to "
                + $"date for the last time would be lost; allowed in the way '{way.Name}': migrated, paused, activated. Stop whoever "
                + "writes there, add a paused entry, and deploy it first.");
        }
        else if (way is { Pauses: true } && writers.Count > 0 && !history.Reached(MigrationState.Paused)
            && history.Reached(MigrationState.Activated))
        {
            findings.Report(
                Pause,
                component.Name,
                $"It was activated without having been paused, while {string.Join(", ", writers)} "
                + $"{(writers.Count == 1 ? "writes" : "write")} to it: what is written while the copy is brought up to date for the last "
                + "time would be lost; allowed in the way "
                + $"'{way.Name}': migrated, paused, activated. Add a paused entry, and deploy it first.");
        }
    }

    /// <summary>Reports what a component holds that nobody carries over.</summary>
    internal static void ReportLeft(Component component, Cloud to, Findings findings)
    {
        if (component.Kind.LeavesBehind(component) is not { Count: > 0 } left) return;
        findings.Report(
            Left,
            component.Name,
            $"It holds {string.Join("; ", left)}, and nobody carries that over: its copy on {to.Name()} begins empty; allowed: what may "
            + "begin empty. Copy by hand what may not, between migrated and activated, or accept it by a waiver.");
    }

    private static void CheckShare(Component component, ComponentMigration history, Findings findings)
    {
        if (component.Kind.IsEntrance || history.History.FirstOrDefault(entry => entry.Percent is not null) is not { } shared) return;
        findings.Report(
            Share,
            component.Name,
            $"It has the entry '{shared}', and traffic is shared by the names that lead to a load balancer or a content delivery network; "
            + $"allowed for a {component.Kind}: activated, without a share. Give the share to what it is reached by.");
    }

    private static void CheckKept(Component component, ComponentMigration history, Findings findings)
    {
        if (!component.Kind.IsEntrance) return;
        var activated = history.History.LastOrDefault(entry => entry.State == MigrationState.Activated);
        var released = history.History.FirstOrDefault(entry => entry.State == MigrationState.Released);
        if (activated is null || released is null || released.Latest - activated.At >= Propagation) return;
        findings.Report(
            Kept,
            component.Name,
            $"It was activated in full at {activated.Time}, and released at {released.Time}; allowed: "
            + string.Create(CultureInfo.InvariantCulture, $"{Propagation.TotalHours:0} hours later at the earliest, ")
            + "because resolvers go on leading clients to the old one for so long. Release it later, or accept the loss with a waiver.");
    }

    // Each copy of an entrance sends requests to the copies beside it.
    private static void CheckEntrance(Component component, Passages passages, Findings findings)
    {
        var passage = passages.Of(component);
        var needed = passage switch
        {
            null => (MigrationState?)null,
            { Percent: > 0 } => MigrationState.Activated,
            _ => MigrationState.Migrated,
        };
        foreach (var service in component.References.Where(reference => reference is Consumer))
        {
            var going = passages.Of(service);
            if (passage is not null && going is null && passages.PlaceOf(service) == passage.To) continue;
            if (needed is { } least && (going is null || going.State < least))
            {
                findings.Report(
                    Order,
                    component.Name,
                    $"It is {Told(passage!.State)}, and '{service.Name}', to which it sends requests, is {Told(going?.State)}; allowed: "
                    + $"{Told(least)}, so that its copy on {passage.To.Name()} has something to send them to. Let '{service.Name}' go "
                    + "first.");
            }

            if (going is { State: >= MigrationState.Released } && passages.PlaceOf(component) == going.From
                && passage is null or { State: < MigrationState.Released })
            {
                findings.Report(
                    Order,
                    service.Name,
                    $"It is {Told(going.State)}, and '{component.Name}' is {Told(passage?.State)}, so that its copy on "
                    + $"{going.From.Name()} still sends requests to one that no longer answers; allowed: "
                    + $"{Told(MigrationState.Activated)}. Release '{component.Name}' first.");
            }
        }
    }

    private static void CheckName(Component name, Passages passages, Findings findings)
    {
        foreach (var entrance in name.References.Where(reference => reference.Kind.IsEntrance))
        {
            var passage = passages.Of(entrance);
            if (passages.HistoryOf(name) is { } history && passage is null)
            {
                findings.Report(
                    Order,
                    name.Name,
                    $"It is {Told(history.Last.State)}, and '{entrance.Name}', to which it leads, has no second copy; allowed: "
                    + $"{Told(MigrationState.Migrated)} for '{entrance.Name}'. Let that one go first.");
            }

            if (passage is not { State: >= MigrationState.Released }) continue;
            if (passages.ShareOf(name, entrance) is not { Percent: < 100 } share) continue;
            findings.Report(
                Order,
                entrance.Name,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"It is {Told(passage.State)}, and '{name.Name}' sends {100 - share.Percent} % of its traffic to ")
                + $"{passage.From.Name()}; allowed: none. Let '{name.Name}' be activated in full first.");
        }
    }

    private static void CheckNeeded(Component component, Model model, Findings findings)
    {
        if (component is Consumer || component.Kind.IsEntrance) return;
        if (model.Links.Any(link => link.Target == component && link.Consumer is not IMover)) return;
        if (model.Components.Any(other => other.References.Contains(component) || other.StandsOn == component)) return;
        findings.Report(
            Needed,
            component.Name,
            "It moves, and nothing of the system uses it, so that its move is work for nobody; allowed: components that are used. Remove "
            + "it from the system, or link to it whoever needs it.");
    }

    private static string Told(MigrationState? state) => state is { } known ? MigrationEntry.NameOf(known) : "where it was";
}
