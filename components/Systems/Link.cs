namespace Infra.Components.Systems;

/// <summary>A component using another with an intent.</summary>
/// <param name="Consumer">The service or job that uses the target.</param>
/// <param name="Intent">What it does with it.</param>
/// <param name="Target">What is used.</param>
/// <param name="Prefix">The prefix of the consumer's environment variables, in upper case, such as <c>DATABASE</c>.</param>
public sealed record Link(Consumer Consumer, Intent Intent, Component Target, string Prefix)
{
    /// <summary>
    /// The name of what is created for it, such as a key: the consumer's name and the prefix, such as <c>shop-database</c>.
    /// </summary>
    public string Name => ShortName.Of($"{Consumer.Name}-{Prefix.Replace('_', '-').ToLowerInvariant()}", ShortName.OfTwo);
}

/// <summary>The verbs by which a consumer is linked to its targets.</summary>
public static class Links
{
    /// <summary>
    /// Lets the consumer read from a store. <paramref name="prefix"/>: of the environment variables; default: the target's name in upper
    /// case.
    /// </summary>
    public static T Reads<T>(this T consumer, Component target, string? prefix = null)
        where T : Consumer => Link(consumer, Intent.Read, target, prefix);

    /// <summary>Lets the consumer read from and write to a store.</summary>
    public static T Writes<T>(this T consumer, Component target, string? prefix = null)
        where T : Consumer => Link(consumer, Intent.Write, target, prefix);

    /// <summary>Lets the consumer send messages to a queue.</summary>
    public static T Publishes<T>(this T consumer, Component target, string? prefix = null)
        where T : Consumer => Link(consumer, Intent.Publish, target, prefix);

    /// <summary>Lets the consumer receive messages of a queue.</summary>
    public static T Consumes<T>(this T consumer, Component target, string? prefix = null)
        where T : Consumer => Link(consumer, Intent.Consume, target, prefix);

    /// <summary>Lets the consumer open connections to a service.</summary>
    public static T Calls<T>(this T consumer, Component target, string? prefix = null)
        where T : Consumer => Link(consumer, Intent.Connect, target, prefix);

    private static T Link<T>(T consumer, Intent intent, Component target, string? prefix)
        where T : Consumer
    {
        consumer.Add(intent, target, prefix);
        return consumer;
    }
}
