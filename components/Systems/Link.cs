namespace Infra.Components.Systems;

/// <summary>A component using another with an intent.</summary>
/// <param name="Consumer">The service or job that uses the target.</param>
/// <param name="Intent">What it does with it.</param>
/// <param name="Target">What is used.</param>
/// <param name="Prefix">The prefix of the consumer's environment variables, in upper case, such as <c>DATABASE</c>.</param>
/// <param name="Named">
/// The variables that the link sets instead of one per key, composed of the target's keys; null for one per key behind the prefix.
/// </param>
public sealed record Link(Consumer Consumer, Intent Intent, Component Target, string Prefix, Variables? Named = null)
{
    /// <summary>
    /// The name of what is created for it, such as a key: the consumer's name and the prefix, such as <c>shop-database</c>.
    /// </summary>
    public string Name => ShortName.Of($"{Consumer.Name}-{Prefix.Replace('_', '-').ToLowerInvariant()}", ShortName.OfTwo);

    /// <summary>
    /// The variables that it sets: the ones that its author named, or one per key behind the prefix, in the order of the kind's keys. Where
    /// the kind has a single key, the prefix alone is its name. A key that lists members has a variable where the target is a set.
    /// </summary>
    public IEnumerable<DeclaredVariable> Variables => Named is not null
        ? Named.Select(variable => new DeclaredVariable(variable.Key, variable.Value, this))
        : Target.Kind.ConnectionKeys.Where(IsFound).Select(key => new DeclaredVariable(
            Target.Kind.ConnectionKeys.Count == 1 ? Prefix : $"{Prefix}_{key.Name}",
            Target[key.Name],
            this));

    // That a service is a set is declared, so that the variables are the same wherever it stands.
    private bool IsFound(ConnectionKey key) => !key.ListsMembers || Target is Consumer { Container.HasMembers: true };
}

/// <summary>
/// The verbs by which a consumer is linked to its targets. <c>prefix</c>: of the environment variables, one per key of the target; default:
/// the target's name in upper case. <c>variables</c>: the variables that are set instead, by the names that an image wants them by, with
/// the target's keys in braces: <c>["SPRING_DATASOURCE_URL"] = "jdbc:postgresql://{HOST}:{PORT}/{DATABASE}"</c>, <c>{PASSWORD:url}</c>
/// inside a url. An empty list sets none.
/// </summary>
public static class Links
{
    /// <summary>Lets the consumer read from a store.</summary>
    public static T Reads<T>(this T consumer, Component target, string? prefix = null, Variables? variables = null)
        where T : Consumer => Link(consumer, Intent.Read, target, prefix, variables);

    /// <summary>Lets the consumer read from and write to a store.</summary>
    public static T Writes<T>(this T consumer, Component target, string? prefix = null, Variables? variables = null)
        where T : Consumer => Link(consumer, Intent.Write, target, prefix, variables);

    /// <summary>Lets the consumer send messages to a queue.</summary>
    public static T Publishes<T>(this T consumer, Component target, string? prefix = null, Variables? variables = null)
        where T : Consumer => Link(consumer, Intent.Publish, target, prefix, variables);

    /// <summary>Lets the consumer receive messages of a queue.</summary>
    public static T Consumes<T>(this T consumer, Component target, string? prefix = null, Variables? variables = null)
        where T : Consumer => Link(consumer, Intent.Consume, target, prefix, variables);

    /// <summary>Lets the consumer open connections to a service.</summary>
    public static T Calls<T>(this T consumer, Component target, string? prefix = null, Variables? variables = null)
        where T : Consumer => Link(consumer, Intent.Connect, target, prefix, variables);

    private static T Link<T>(T consumer, Intent intent, Component target, string? prefix, Variables? variables)
        where T : Consumer
    {
        consumer.Add(intent, target, prefix, variables);
        return consumer;
    }
}
