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

/// <summary>
/// One thing that a check has to say to the stack's author. It may repeat what others wrote, so it is kept as <see cref="Printable"/> text.
/// </summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Rule">The rule that is broken.</param>
/// <param name="Component">The component it concerns; null when it concerns the whole stack.</param>
/// <param name="Message">What is wrong, the value received, the values allowed and what to change.</param>
public sealed record Finding(Severity Severity, Rule Rule, string? Component, string Message)
{
    /// <summary>The component it concerns; null when it concerns the whole stack.</summary>
    public string? Component { get; } = Component is null ? null : Printable.Of(Component);

    /// <summary>What is wrong, the value received, the values allowed and what to change.</summary>
    public string Message { get; init => field = Printable.Of(value); } = Printable.Of(Message);
}

/// <summary>Everything the checks had to say, in the order in which they said it.</summary>
/// <param name="environment">The environment by which rules are weighed. Default: production, the strictest.</param>
public sealed class Findings(EnvironmentKind environment = EnvironmentKind.Production)
{
    private static readonly Rule Checked = Rule.Error("check-failed", "What a stack declares can be checked");

    private readonly List<Finding> _all = [];
    private readonly HashSet<Finding> _known = [];

    /// <summary>All findings.</summary>
    public IReadOnlyList<Finding> All => _all;

    /// <summary>Whether one of them forbids deploying.</summary>
    public bool HasErrors => _all.Exists(finding => finding.Severity == Severity.Error);

    /// <summary>Adds a finding; the same finding is kept once.</summary>
    public void Add(Finding finding)
    {
        if (_known.Add(finding)) _all.Add(finding);
    }

    /// <summary>Reports that a rule is broken, as severely as the environment demands.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="component">The component it concerns; null when it concerns the whole stack.</param>
    /// <param name="message">What is wrong, the value received, the values allowed and what to change.</param>
    /// <param name="atMost">What the severity is reduced to where a case weighs less than the rule in general.</param>
    public void Report(Rule rule, string? component, string message, Severity atMost = Severity.Error)
    {
        var severity = rule.In(environment);
        Add(new(severity < atMost ? severity : atMost, rule, component, message));
    }

    /// <summary>Checks something. Whatever a check throws is a finding, and no stack trace.</summary>
    /// <param name="component">The component it concerns; null when it concerns the whole stack.</param>
    /// <param name="check">The check.</param>
    internal void Attempt(string? component, Action check) => Try(
        Checked,
        component,
        exception => $"It cannot be checked: {exception.GetType().Name}: {FirstLine(exception)} "
            + "This is a fault of the check; report it with the system that shows it.",
        check,

        // What was refused before makes no sense to whoever looks further: that is said already.
        isSaid: HasErrors);

    /// <summary>What an exception says first: the rest is for whoever mends the program.</summary>
    internal static string FirstLine(Exception exception) => exception.Message.Split('\n')[0].Trim();

    /// <summary>Does something that may throw.</summary>
    /// <param name="rule">The rule that is broken where it does.</param>
    /// <param name="component">The component it concerns; null when it concerns the whole stack.</param>
    /// <param name="message">What an exception means to the stack's author.</param>
    /// <param name="action">What may throw.</param>
    /// <param name="isSaid">Whether the reason was reported before.</param>
    /// <returns>Whether it was done.</returns>
    internal bool Try(Rule rule, string? component, Func<Exception, string> message, Action action, bool isSaid = false)
    {
        try
        {
            action();
            return true;
        }
        catch (Exception exception) when (exception is not (OutOfMemoryException or InsufficientExecutionStackException))
        {
            if (!isSaid) Report(rule, component, message(exception));
            return false;
        }
    }

    /// <summary>Replaces what was found so far.</summary>
    /// <param name="change">Gives what takes a finding's place.</param>
    internal void Replace(Func<Finding, Finding> change)
    {
        var before = _all.ToList();
        _all.Clear();
        _known.Clear();
        foreach (var finding in before) Add(change(finding));
    }
}
