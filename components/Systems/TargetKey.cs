namespace Infra.Components.Systems;

/// <summary>One of the things that a consumer knows of a component that it is linked to, such as a database's <c>HOST</c>.</summary>
/// <param name="Target">The component.</param>
/// <param name="Name">The key, one of those of its kind.</param>
public sealed record TargetKey(Component Target, string Name)
{
    /// <summary>
    /// A text where the key says a word, such as what an image wants to hear where a server's name can be verified:
    /// <c>database["TLS_MODE"].When("verify-full", "true", otherwise: "false")</c>. A variable or a file of nothing else is left out where
    /// there is nothing to say.
    /// </summary>
    /// <param name="word">The word, one of those that the key's kind lists.</param>
    /// <param name="then">The text where it says so.</param>
    /// <param name="otherwise">The text where it says another word. Default: nothing.</param>
    public Text When(string word, Text then, Text? otherwise = null)
    {
        ArgumentNullException.ThrowIfNull(word);
        return Choose(word, then, otherwise);
    }

    /// <summary>
    /// A text where there is anything to know, such as the path of a file of it: <c>database["CA"].WhenAny("/etc/app/ca.pem")</c>. A
    /// variable or a file of nothing else is left out where there is nothing to say.
    /// </summary>
    /// <param name="then">The text.</param>
    /// <param name="otherwise">The text where there is nothing to know. Default: nothing.</param>
    public Text WhenAny(Text then, Text? otherwise = null) => Choose(null, then, otherwise);

    /// <summary>
    /// A text for every member of a set, of a key that lists their hosts:
    /// <c>search["MEMBERS"].Each($"http://{Member.Host}:9200")</c>.
    /// </summary>
    /// <param name="text">
    /// The text, in which <see cref="Member.Name"/>, <see cref="Member.Number"/> and <see cref="Member.Host"/> are those of each.
    /// </param>
    /// <param name="separator">What stands between two of them. Default: a comma.</param>
    public Text Each(Text text, string separator = Member.Separator)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(separator);
        return Text.Of(new TextPart.Each(this, text, separator));
    }

    private Text Choose(string? word, Text then, Text? otherwise)
    {
        ArgumentNullException.ThrowIfNull(then);
        return Text.Of(new TextPart.Choice(this, word, then, otherwise ?? new Text(0, 0)));
    }
}
