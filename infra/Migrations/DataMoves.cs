using Infra.Components.Buckets;
using Infra.Components.Databases;
using Infra.Components.Systems;

namespace Infra.Migrations;

/// <summary>How what a component holds moves, and how long that takes by <see cref="MoveFormulas"/>.</summary>
internal static class DataMoves
{
    // What kinds call the way that copies everything while nobody writes.
    private const string Dump = "dump";
    private const double SecondsOfDay = 24 * 60 * 60;
    private const double MibPerGib = 1024;
    private const double KibPerMib = 1024;

    /// <summary>How a component's data moves; null where it holds none.</summary>
    /// <param name="component">The component, resolved.</param>
    /// <param name="way">The way that is taken; null where its kind has none between the two clouds.</param>
    /// <param name="figures">The figures.</param>
    public static MovedData? Of(Component component, MoveWay? way, FigureBook figures)
    {
        if (component.WrittenAt != component || (component.Kind.Lasts is null && way is null)) return null;
        if (component.Kind.Stage != BuildStage.Store || (component.Kind.IsSecretValue && way is null)) return null;
        var data = new MovedData
        {
            Component = component.Name,
            Holds = component.Kind.Lasts ?? "what others wrote to it",
            Way = way?.Name,
            Meaning = way?.Meaning ?? "Nothing carries it: the new copy begins empty, unless it is filled by hand.",
            Pauses = way?.Pauses == true,
            Returns = way?.Returns == true,
            CopySeconds = 0,
            FinalSeconds = 0,
            Formulas = [],
            Figures = [],
        };
        return component switch
        {
            Bucket => OfObjects(component, data, figures),
            ManagedDatabase database => OfRows(component, database.Args.StorageGiB, data, figures),
            LogicalDatabase database => OfRows(component, database.Args.Server.Args.StorageGiB, data, figures),
            _ => data,
        };
    }

    private static MovedData OfObjects(Component component, MovedData data, FigureBook figures)
    {
        if (figures.Find(component, MoveFigure.Objects) is not { } objects) return data with { CopySeconds = null };
        var transfers = figures.Of(component, MoveFigure.Transfers);
        var requests = figures.Of(component, MoveFigure.RequestsPerObject);
        var milliseconds = figures.Of(component, MoveFigure.RequestMilliseconds);
        var limit = figures.Of(component, MoveFigure.RequestsPerSecond);
        var network = figures.Of(component, MoveFigure.NetworkMibPerSecond);
        var mean = figures.Of(component, MoveFigure.MeanKiB);
        var lists = figures.Of(component, MoveFigure.ListsPerSecond);
        var shards = figures.Of(component, MoveFigure.Shards);
        var changed = figures.Of(component, MoveFigure.ChangedPerSecond);

        var seconds = milliseconds.Value / 1000;
        var rate = MoveFormulas.ObjectsPerSecond(
            transfers.Value,
            requests.Value,
            seconds,
            limit.Value,
            network.Value,
            mean.Value / KibPerMib);
        var bulk = MoveFormulas.BulkSeconds(objects.Value, rate);
        var list = MoveFormulas.ListSeconds(objects.Value, lists.Value, shards.Value);
        var remainder = MoveFormulas.Remainder(changed.Value, list, rate);
        var final = MoveFormulas.FinalPassSeconds(list, remainder, rate);
        var faster = MoveFormulas.TransfersFor(objects.Value, requests.Value, seconds, SecondsOfDay);
        return data with
        {
            CopySeconds = double.IsInfinity(remainder) ? null : Measure.Whole(bulk),
            FinalSeconds = data.Pauses ? Measure.Whole(final) : 0,
            Figures = [objects, transfers, requests, milliseconds, limit, network, mean, lists, shards, changed],
            Formulas =
            [
                new(
                    "objects a second",
                    "R = min(transfers / (requestsPerObject × requestMilliseconds), requestsPerSecond / requestsPerObject, "
                    + "networkMibPerSecond / meanKiB)",
                    $"min({N(transfers)} / ({N(requests)} × {N(milliseconds)} ms), {N(limit)} / {N(requests)}, {N(network)} MiB/s / "
                    + $"{N(mean)} KiB)",
                    $"{Measure.Number(rate)} objects/s"),
                new("first pass", "T = objects / R", $"{N(objects)} / {Measure.Number(rate)}", Measure.Time(bulk)),
                new(
                    "listing",
                    "T_list = ⌈objects / 1000⌉ / (listsPerSecond × shards)",
                    $"{Measure.Number(Math.Ceiling(objects.Value / MoveFormulas.KeysPerList))} / ({N(lists)} × {N(shards)})",
                    Measure.Time(list)),
                new(
                    "left to copy after each further pass",
                    "D = changedPerSecond × T_list / (1 − changedPerSecond / R)",
                    $"{N(changed)} × {Measure.Number(list)} / (1 − {N(changed)} / {Measure.Number(rate)})",
                    double.IsInfinity(remainder) ? "more with each pass" : $"{Measure.Number(Math.Ceiling(remainder))} objects"),
                new("last pass", "T = T_list + D / R", $"{Measure.Number(list)} + {Measure.Number(remainder)} / {Measure.Number(rate)}",
                    Measure.Time(final)),
                new(
                    "transfers for a first pass of one day",
                    "⌈objects × requestsPerObject × requestMilliseconds / 86400 s⌉",
                    $"{N(objects)} × {N(requests)} × {N(milliseconds)} ms / 86,400 s",
                    $"{Measure.Number(faster)} at once, where neither side limits them"),
            ],
        };
    }

    private static MovedData OfRows(Component component, int storageGiB, MovedData data, FigureBook figures)
    {
        var size = figures.Of(component, MoveFigure.GiB, storageGiB, "argument storageGiB: what it has room for, the most there can be");
        var dump = figures.Of(component, MoveFigure.DumpMibPerSecond);
        var network = figures.Of(component, MoveFigure.NetworkMibPerSecond);
        var restore = figures.Of(component, MoveFigure.RestoreMibPerSecond);
        var verify = figures.Of(component, MoveFigure.VerifySeconds);
        var mib = size.Value * MibPerGib;
        var load = MoveFormulas.LoadSeconds(mib, dump.Value, network.Value, restore.Value);
        var loading = new UsedFormula(
            "loading",
            "T_load = gib / min(dumpMibPerSecond, networkMibPerSecond, restoreMibPerSecond)",
            $"{N(size)} × 1,024 MiB / min({N(dump)}, {N(network)}, {N(restore)})",
            Measure.Time(load));
        if (data.Way is null or Dump)
        {
            var analyze = figures.Of(component, MoveFigure.AnalyzeSeconds);
            var whole = MoveFormulas.DumpSeconds(mib, dump.Value, network.Value, restore.Value, analyze.Value, verify.Value);
            return data with
            {
                CopySeconds = data.Pauses ? 0 : Measure.Whole(whole),
                FinalSeconds = data.Pauses ? Measure.Whole(whole) : 0,
                Figures = [size, dump, network, restore, analyze, verify],
                Formulas =
                [
                    loading,
                    new(
                        "copying while nobody writes",
                        "T = T_load + analyzeSeconds + verifySeconds",
                        $"{Measure.Number(load)} + {N(analyze)} + {N(verify)}",
                        Measure.Time(whole)),
                ],
            };
        }

        var written = figures.Of(component, MoveFigure.WrittenMibPerSecond);
        var applied = figures.Of(component, MoveFigure.AppliedMibPerSecond);
        var lag = figures.Of(component, MoveFigure.LagSeconds);
        var sequences = figures.Of(component, MoveFigure.SequencesSeconds);
        var catchUp = MoveFormulas.CatchUpSeconds(written.Value, applied.Value, load);
        var end = MoveFormulas.ReplicationSeconds(lag.Value, sequences.Value, verify.Value);
        return data with
        {
            CopySeconds = Measure.Whole(load + catchUp),
            FinalSeconds = data.Pauses ? Measure.Whole(end) : 0,
            Figures = [size, dump, network, restore, written, applied, lag, sequences, verify],
            Formulas =
            [
                loading,
                new(
                    "catching up",
                    "T = writtenMibPerSecond × T_load / (appliedMibPerSecond − writtenMibPerSecond)",
                    $"{N(written)} × {Measure.Number(load)} / ({N(applied)} − {N(written)})",
                    Measure.Time(catchUp)),
                new(
                    "the end, while nobody writes",
                    "T = lagSeconds + sequencesSeconds + verifySeconds",
                    $"{N(lag)} + {N(sequences)} + {N(verify)}",
                    Measure.Time(end)),
            ],
        };
    }

    private static string N(GivenFigure figure) => Measure.Number(figure.Value);
}
