namespace Infra.Components.Systems;

/// <summary>
/// What a member of a set (<c>Scaling.Members</c>) knows of itself, in texts of its environment: <c>["ETCD_NAME"] = Member.Name</c>, and of
/// all members, itself among them, in texts of its environment and files:
/// <c>["ETCD_INITIAL_CLUSTER"] = Member.Each($"{Member.Name}=http://{Member.Host}:2380")</c>. What says which member it is holds no secret.
/// </summary>
public static class Member
{
    /// <summary>What stands between the hosts of several members where nothing else is said.</summary>
    internal const string Separator = ",";

    /// <summary>Its name, such as <c>search-0</c>.</summary>
    public static Text Name => Text.Of(new TextPart.Own(MemberFact.Name));

    /// <summary>Its number, from 0 on, with which its name ends.</summary>
    public static Text Number => Text.Of(new TextPart.Own(MemberFact.Number));

    /// <summary>Its private DNS name, at which it is reached on the port and on every further port of its service.</summary>
    public static Text Host => Text.Of(new TextPart.Own(MemberFact.Host));

    /// <summary>A text for every member of the service's own set, in the order of their numbers.</summary>
    /// <param name="text">The text, in which <see cref="Name"/>, <see cref="Number"/> and <see cref="Host"/> are those of each.</param>
    /// <param name="separator">What stands between two of them. Default: a comma.</param>
    public static Text Each(Text text, string separator = Separator)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(separator);
        return Text.Of(new TextPart.Each(null, text, separator));
    }
}

/// <summary>One of the things that a member of a set knows of itself.</summary>
internal enum MemberFact
{
    /// <summary>Its name.</summary>
    Name,

    /// <summary>Its number.</summary>
    Number,

    /// <summary>Its private DNS name.</summary>
    Host,
}

/// <summary>
/// What stands in a text for what only the member knows that reads it: a mark with a character on both sides that no variable can hold.
/// Whoever starts the member writes the fact there.
/// </summary>
internal static class MemberMark
{
    private const char Side = '\0';

    /// <summary>The mark of a fact.</summary>
    public static string Of(MemberFact fact) => $"{Side}{fact}{Side}";

    /// <summary>A text with something else in the place of the marks.</summary>
    /// <param name="text">The text.</param>
    /// <param name="fact">What is written for each of the facts.</param>
    public static string Write(string text, Func<MemberFact, string> fact) => text.Contains(Side, StringComparison.Ordinal)
        ? Enum.GetValues<MemberFact>().Aggregate(text, (written, of) => written.Replace(Of(of), fact(of), StringComparison.Ordinal))
        : text;

    /// <summary>A text with what is known of the member that has a host, whose first label is its name and ends with its number.</summary>
    /// <param name="text">The text.</param>
    /// <param name="host">The host.</param>
    public static string Write(string text, string host)
    {
        var name = host.Split('.')[0];
        return Write(text, fact => fact switch
        {
            MemberFact.Name => name,
            MemberFact.Number => name[(name.LastIndexOf('-') + 1)..],
            _ => host,
        });
    }
}
