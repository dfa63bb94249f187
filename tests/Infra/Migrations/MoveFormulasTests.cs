using Infra.Components.Buckets;
using Infra.Components.Databases;
using Infra.Components.Systems;
using Infra.Migrations;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Migrations;

public sealed class MoveFormulasTests
{
    private const double Day = 24 * 60 * 60;

    private static readonly MoveWay Dump = new("dump", "Copied while nobody writes.") { Pauses = true };
    private static readonly MoveWay Replication = new("replicate", "Replicated, then the end.") { Pauses = true, Returns = true };

    [Fact]
    public void Forty_million_files_take_two_weeks_with_the_usual_figures()
    {
        var moved = DataMoves.Of(new Bucket("photos"), null, Book(("photos", "objects", 40_000_000)))!;

        // The account: "over two weeks"; four transfers of 120 ms each.
        Assert.InRange(moved.CopySeconds!.Value / Day, 13.5, 14.5);
        Assert.Contains(moved.Formulas, formula => formula.Result == "13 d 21 h");
    }

    [Fact]
    public void A_database_of_36_GiB_is_copied_within_28_minutes_that_stop_and_start_included()
    {
        var moved = DataMoves.Of(Database(200), Dump, Book(("database", "gib", 36)))!;

        // The slowest writer has 90 s to stop.
        var window = MoveFormulas.PauseSeconds(90, moved.FinalSeconds!.Value, 60, 120, 60);
        Assert.InRange(window / 60, 25, 28);
    }

    [Fact]
    public void The_narrowest_of_requests_limits_and_bandwidth_decides_how_many_objects_a_second_there_are()
    {
        Assert.Equal(100, MoveFormulas.ObjectsPerSecond(4, 4, 0.01, 10_000, 1000, 1));
        Assert.Equal(50, MoveFormulas.ObjectsPerSecond(4, 4, 0.01, 200, 1000, 1));
        Assert.Equal(10, MoveFormulas.ObjectsPerSecond(4, 4, 0.01, 10_000, 20, 2));
    }

    [Fact]
    public void Listing_takes_a_call_for_every_thousand_objects_begun()
    {
        Assert.Equal(1, MoveFormulas.ListSeconds(1, 1, 1));
        Assert.Equal(2, MoveFormulas.ListSeconds(1001, 1, 1));
        Assert.Equal(250, MoveFormulas.ListSeconds(40_000_000, 10, 16));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public void What_is_left_is_what_passes_come_to_one_after_the_other(double changed)
    {
        const double List = 250;
        const double Rate = 33;
        var left = 40_000_000.0;
        for (var pass = 0; pass < 1000; pass++) left = changed * (List + (left / Rate));

        Assert.Equal(left, MoveFormulas.Remainder(changed, List, Rate), 3);
    }

    [Fact]
    public void Copying_never_ends_where_more_is_written_than_copied()
    {
        Assert.Equal(double.PositiveInfinity, MoveFormulas.Remainder(34, 250, 33));
        Assert.Equal(double.PositiveInfinity, MoveFormulas.CatchUpSeconds(10, 10, 60));
        Assert.Null(DataMoves.Of(
            new Bucket("photos"),
            null,
            Book(("photos", "objects", 1000), ("photos", "changedPerSecond", 50)))!.CopySeconds);
    }

    [Fact]
    public void Replication_loads_beforehand_and_pauses_for_its_end_alone()
    {
        var dumped = DataMoves.Of(Database(200), Dump, Book())!;
        var replicated = DataMoves.Of(Database(200), Replication, Book())!;

        Assert.Equal((0L, true), (dumped.CopySeconds!.Value, dumped.FinalSeconds > 60 * 60));
        Assert.True(replicated.CopySeconds > 60 * 60);
        Assert.Equal(72, replicated.FinalSeconds);
    }

    [Fact]
    public void Without_a_figure_a_database_is_as_large_as_it_has_room_for()
    {
        var figure = DataMoves.Of(Database(200), Dump, Book())!.Figures.Single(figure => figure.Name == "gib");

        Assert.Equal(200, figure.Value);
        Assert.StartsWith("argument storageGiB", figure.Origin, StringComparison.Ordinal);
    }

    [Fact]
    public void A_figure_of_the_component_is_stronger_than_one_of_the_stack_and_the_command_line_is_stronger_than_both()
    {
        var settings = TestSettings.For(Cloud.Aws) with
        {
            Figures = new Dictionary<string, IReadOnlyDictionary<string, double>>
            {
                [""] = new Dictionary<string, double> { ["transfers"] = 8, ["shards"] = 2 },
                ["photos"] = new Dictionary<string, double> { ["transfers"] = 16 },
            },
        };
        var photos = new Bucket("photos");

        Assert.Equal(16, Of([]).Value);
        Assert.Equal("infra:figures.photos.transfers", Of([]).Origin);
        Assert.Equal(32, Of(new() { [("", "transfers")] = 32 }).Value);
        Assert.Equal(2, new FigureBook(settings, new Dictionary<(string, string), double>()).Of(photos, MoveFigure.Shards).Value);

        GivenFigure Of(Dictionary<(string, string), double> told) => new FigureBook(settings, told).Of(photos, MoveFigure.Transfers);
    }

    [Fact]
    public void Every_usual_figure_says_where_it_comes_from() => Assert.All(
        MoveFigure.All.Where(figure => figure.Usual is not null),
        figure => Assert.NotEmpty(figure.Source));

    [Fact]
    public void Twenty_eight_minutes_are_what_is_missing_from_99_935_percent_of_a_month() =>
        Assert.Equal(99.935, MoveFormulas.AvailabilityPercent(28 * 60), 3);

    [Theory]
    [InlineData(59.4, "59 s")]
    [InlineData(250, "4 min 10 s")]
    [InlineData(1680, "28 min")]
    [InlineData(3599.9, "1 h")]
    [InlineData(7200, "2 h")]
    [InlineData(1_200_000, "13 d 21 h")]
    [InlineData(double.PositiveInfinity, "never")]
    public void Times_are_told_in_their_two_largest_units(double seconds, string words) => Assert.Equal(words, Measure.Time(seconds));

    private static ManagedDatabase Database(int storageGiB) =>
        new("database", new() { Engine = DatabaseEngine.PostgreSql, StorageGiB = storageGiB });

    private static FigureBook Book(params IReadOnlyList<(string Component, string Figure, double Value)> figures) =>
        new(TestSettings.For(Cloud.Aws), figures.ToDictionary(figure => (figure.Component, figure.Figure), figure => figure.Value));
}
