using Infra.Components.Clouds;
using Infra.Components.Jobs;
using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Components.Buckets;

/// <summary>
/// What carries the objects of a bucket to its copy on another cloud: containers with rclone, which nobody declares. While the old copy
/// serves, a worker copies over and over; while nobody writes, a job copies what is left and compares; and while the new copy serves, a
/// worker carries back what is written to it, which a job ends when the move is undone.
/// </summary>
internal static class BucketMover
{
    // The image has its user by this number (rclone's Dockerfile).
    private const int ImageUser = 1009;

    // Whoever lists many objects takes their time. Clouds that wait for less say so.
    private const int LongestMinutes = 12 * 60;

    // What objects are marked with that come from outside, and how rclone calls a store that it does not know.
    private const string Outside = "outside";
    private const string OtherStore = "Other";

    // The longest name of a component.
    private const int LongestName = 40;

    /// <summary>Copying while the old copy serves, and the rest while nobody writes.</summary>
    public static readonly MoveWay Copy = new(
        "copy",
        "Objects are copied while the old copy serves, and what is left while nobody writes, when both are compared; what is written to "
        + "the new copy afterwards is carried back into the old one.")
    {
        Pauses = true,
        Returns = true,
    };

    /// <summary>The same from a bucket outside of the stack, into which nothing is written.</summary>
    public static readonly MoveWay CopyFromOutside = new(
        Copy.Name,
        "Objects are copied while the bucket outside serves, and what is left once nobody writes there, when both are compared; what is "
        + "written to the new one afterwards is not carried back.")
    {
        Pauses = true,
    };

    /// <summary>What carries a bucket's objects in the state in which it is.</summary>
    /// <param name="move">The bucket on its way.</param>
    public static IEnumerable<Implied> Of(Move move) => move.State switch
    {
        MigrationState.Migrated => [Following(move, "copy")],
        MigrationState.Paused when move.Outside is not null => [Finishing(move, "last-copy")],

        // The second has something to do after an undo alone: nobody has written to the new copy before.
        MigrationState.Paused => [Finishing(move, "last-copy"), Finishing(move, "last-return", back: true)],
        MigrationState.Activated when move.Outside is null => [Following(move, "return", back: true)],
        _ => [],
    };

    private static Implied Following(Move move, string ending, bool back = false) => Linked(
        new BucketFollower(NameOf(move, ending), move.Component, back, new()
        {
            Size = Size.Large,
            Scaling = new() { AtMostOne = true },
            User = ImageUser,
            EntryPoint = BucketCopy.Following,
            Environment = Settings(move, back),
            DataClass = move.Component.Arguments.DataClass,
        }),
        move);

    private static Implied Finishing(Move move, string ending, bool back = false) => Linked(
        new BucketFinisher(NameOf(move, ending), move.Component, back, new()
        {
            Size = Size.Large,
            TimeoutMinutes = LongestMinutes,
            Retries = 2,
            User = ImageUser,
            EntryPoint = BucketCopy.Finishing,
            Environment = Settings(move, back),
            DataClass = move.Component.Arguments.DataClass,
        }),
        move);

    private static string NameOf(Move move, string ending) => ShortName.Of($"{move.Component.Name}-{ending}", LongestName);

    private static Variables Settings(Move move, bool back)
    {
        var (source, target) = back ? (move.To, move.From) : (move.From, move.To);
        var variables = new Variables
        {
            [BucketCopy.QuietSeconds] = $"{move.QuietSeconds}",
            [BucketCopy.SourceCloud] = move.Outside is null ? source.Name() : Outside,
            [BucketCopy.TargetCloud] = target.Name(),
            [BucketCopy.SourceStore] = move.Outside is null ? StoreOf(source) : OtherStore,
            [BucketCopy.TargetStore] = StoreOf(target),
            [BucketCopy.Back] = back ? "true" : "false",
            [BucketCopy.Sorts] = source == Cloud.Kubernetes || target == Cloud.Kubernetes ? "true" : "false",
        };
        if (move.Outside is not { } outside) return variables;
        variables[$"{BucketCopy.Source}_ENDPOINT"] = outside.External["URL"];
        variables[$"{BucketCopy.Source}_REGION"] = outside.Source.Region;
        variables[$"{BucketCopy.Source}_NAME"] = outside.Source.Name ?? move.Component.Name;
        variables[$"{BucketCopy.Source}_PATH_STYLE"] = "true";
        variables[$"{BucketCopy.Source}_CREDENTIALS"] = "keys";
        variables[$"{BucketCopy.Source}_ACCESS_KEY_ID"] = outside.Source.Username;
        return variables;
    }

    // By which rclone knows what a store cannot do (its documentation: s3, provider). Directories of SeaweedFS are listed one by one, which
    // is another order than that of S3.
    private static string StoreOf(Cloud cloud) => cloud switch
    {
        Cloud.Aws => "AWS",
        Cloud.Gcp => "GCS",
        Cloud.Scaleway => "Scaleway",
        Cloud.Ovh => "OVHcloud",
        Cloud.Kubernetes => "SeaweedFS",
        _ => throw new ArgumentOutOfRangeException(nameof(cloud), cloud, "not a cloud"),
    };

    private static Implied Linked<T>(T mover, Move move)
        where T : Consumer
    {
        mover.ReadsWhatMoves(move, BucketCopy.Source, "SECRET_ACCESS_KEY").Writes(move.Component, BucketCopy.Target);
        return new(mover, new Dictionary<string, string> { [mover.Name] = PinnedImage.Rclone.On(move.To) });
    }
}

/// <summary>A copier that runs for as long as a state lasts.</summary>
internal sealed class BucketFollower(string name, Component moved, bool returns, ContainerServiceArgs args)
    : ContainerService(name, args), IMover
{
    /// <inheritdoc/>
    public Component Moved => moved;

    /// <inheritdoc/>
    public bool Returns => returns;
}

/// <summary>A copier that ends when both copies are alike.</summary>
internal sealed class BucketFinisher(string name, Component moved, bool returns, JobArgs args) : Job(name, args), IMover
{
    /// <inheritdoc/>
    public Component Moved => moved;

    /// <inheritdoc/>
    public bool Returns => returns;
}
