using System.Text.Json.Nodes;
using Pulumi;

namespace Infra.Components.Clouds.Aws;

/// <summary>A condition of a statement in an IAM policy.</summary>
/// <param name="Operator">The operator, such as <c>StringEquals</c>.</param>
/// <param name="Key">The key, such as <c>aws:SourceAccount</c>.</param>
/// <param name="Value">The value.</param>
internal sealed record Condition(string Operator, string Key, Output<string> Value)
{
    /// <summary>A condition on a known value.</summary>
    public Condition(string @operator, string key, string value)
        : this(@operator, key, Output.Create(value))
    {
    }
}

/// <summary>
/// A statement of an IAM policy. AWS checks policies only when they are put; so documents are built here and nowhere else.
/// </summary>
internal sealed record Statement
{
    /// <summary>The service that may act; null in a policy of an identity.</summary>
    public string? Service { get; init; }

    /// <summary>Whether the statement forbids everyone instead.</summary>
    public bool DenyEveryone { get; init; }

    /// <summary>
    /// Whether the statement allows everyone, in the policy of a resource that only the network reaches and that asks for a login itself.
    /// </summary>
    public bool AllowEveryone { get; init; }

    /// <summary>What it may do.</summary>
    public required IReadOnlyList<string> Actions { get; init; }

    /// <summary>With what; empty in a trust policy.</summary>
    public IReadOnlyList<Output<string>> Resources { get; init; } = [];

    /// <summary>When, in addition.</summary>
    public IReadOnlyList<Condition> Conditions { get; init; } = [];

    /// <summary>A policy document of some statements.</summary>
    public static Output<string> Document(params IEnumerable<Statement> statements) =>
        Output.All(statements.Select(statement => statement.Render())).Apply(rendered => AwsJson.Text(
            new JsonObject { ["Statement"] = new JsonArray([.. rendered]), ["Version"] = "2012-10-17" }));

    /// <summary>A trust policy: a service may take the role, on behalf of this account only, where that is known.</summary>
    public static Output<string> Trust(string service, string? accountId) => Document(new Statement
    {
        Service = service,
        Actions = ["sts:AssumeRole"],
        Conditions = accountId is null ? [] : [new Condition("StringEquals", "aws:SourceAccount", accountId)],
    });

    private Output<JsonObject> Render() => Output
        .Tuple(Output.All(Resources), Output.All(Conditions.Select(condition => condition.Value)))
        .Apply(values =>
        {
            var (resources, conditions) = values;
            var statement = new JsonObject { ["Action"] = AwsJson.List(Actions) };
            if (conditions.Length > 0) statement["Condition"] = Render(conditions);
            statement["Effect"] = DenyEveryone ? "Deny" : "Allow";
            if (DenyEveryone) statement["Principal"] = "*";
            if (AllowEveryone) statement["Principal"] = AwsJson.Map(["AWS"], ["*"]);
            if (Service is not null) statement["Principal"] = AwsJson.Map(["Service"], [Service]);
            if (resources.Length > 0) statement["Resource"] = AwsJson.List(resources);
            return statement;
        });

    private JsonObject Render(IReadOnlyList<string> values)
    {
        var conditions = new JsonObject();
        var ordered = Conditions
            .Zip(values)
            .OrderBy(pair => pair.First.Operator, StringComparer.Ordinal)
            .ThenBy(pair => pair.First.Key, StringComparer.Ordinal);
        foreach (var (condition, value) in ordered)
        {
            if (conditions[condition.Operator] is not JsonObject same) conditions[condition.Operator] = same = [];
            same[condition.Key] = value;
        }

        return conditions;
    }
}
