namespace Infra.Components.Checks;

/// <summary>How much a finding matters.</summary>
public enum Severity
{
    /// <summary>Worth knowing; nothing to change.</summary>
    Info,

    /// <summary>Works, but not as well as the author may expect.</summary>
    Warning,

    /// <summary>Must be changed: with one of these nothing is deployed.</summary>
    Error,
}

/// <summary>One thing that a check has to say to the stack's author.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Rule">The rule's stable name, in kebab case, such as <c>database-version</c>.</param>
/// <param name="Component">The component it concerns; null when it concerns the whole stack.</param>
/// <param name="Message">What is wrong, the value received, the values allowed and what to change.</param>
public sealed record Finding(Severity Severity, string Rule, string? Component, string Message);

/// <summary>Everything the checks had to say, in the order in which they said it.</summary>
public sealed class Findings
{
    private readonly List<Finding> _all = [];

    /// <summary>All findings.</summary>
    public IReadOnlyList<Finding> All => _all;

    /// <summary>Whether one of them forbids deploying.</summary>
    public bool HasErrors => _all.Exists(finding => finding.Severity == Severity.Error);

    /// <summary>Adds a finding; the same finding is kept once.</summary>
    public void Add(Finding finding)
    {
        if (!_all.Contains(finding)) _all.Add(finding);
    }

    /// <summary>Adds an error.</summary>
    public void Error(string rule, string? component, string message) => Add(new(Severity.Error, rule, component, message));

    /// <summary>Adds a warning.</summary>
    public void Warning(string rule, string? component, string message) => Add(new(Severity.Warning, rule, component, message));

    /// <summary>Adds a piece of information.</summary>
    public void Info(string rule, string? component, string message) => Add(new(Severity.Info, rule, component, message));
}
