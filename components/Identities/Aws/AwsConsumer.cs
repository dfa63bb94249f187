using Infra.Components.Clouds.Aws;
using Infra.Components.Connections;
using Infra.Components.Systems;
using Pulumi;
using Iam = Pulumi.Aws.Iam;

namespace Infra.Components.Identities.Aws;

/// <summary>A service or job while it is built: what its links give it becomes its own children, and must exist before it starts.</summary>
/// <param name="consumer">The service or job.</param>
/// <param name="identity">Who it is to AWS.</param>
/// <param name="context">The stack.</param>
/// <param name="tags">Its tags.</param>
/// <param name="child">Makes the options of its children.</param>
internal sealed class AwsConsumer(
    Consumer consumer,
    AwsServiceIdentity identity,
    AwsContext context,
    IReadOnlyDictionary<string, string> tags,
    ChildOptions child)
    : AwsGrantee(consumer.Name, identity.Group, context, tags, child)
{
    /// <summary>Who it is to AWS.</summary>
    public AwsServiceIdentity Identity => identity;

    /// <summary>The variables of its environment that hold no secret.</summary>
    public SortedDictionary<string, Output<string>> Environment { get; } =
        new(consumer.Container.Environment.ToDictionary(entry => entry.Key, entry => Output.Create(entry.Value)), StringComparer.Ordinal);

    /// <summary>The variables that do, by reference.</summary>
    public SortedDictionary<string, Output<string>> SecretEnvironment { get; } = new(StringComparer.Ordinal);

    /// <summary>Makes a connection known to its containers.</summary>
    public void Use(Link link, Connection connection)
    {
        foreach (var (variable, entry) in connection.Variables(link.Prefix))
        {
            if (entry.Secret) SecretEnvironment.Add(variable, Keep(link, connection).Value(entry.Key));
            else Environment.Add(variable, entry.Value);
        }
    }

    /// <summary>Allows its containers what some statements say.</summary>
    public void Allow(Link link, IEnumerable<Statement> statements) => Grants.Add(new Iam.RolePolicy(
        Role(link, "access"),
        new() { Role = identity.Role.Name, Policy = Statement.Document(statements) },
        Child()));
}
