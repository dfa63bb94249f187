namespace Infra.Components.Checks;

/// <summary>
/// What a finding is about: a constant of the class that checks it, listed on the page of rules. A stack file waives a rule by its id, so
/// ids are words that outlive the code, and never change.
/// </summary>
/// <param name="Id">Its stable name, in kebab case, such as <c>database-backup</c>.</param>
/// <param name="Title">What holds where nothing is found, as a sentence without a final dot.</param>
/// <param name="Production">How much a breach matters where users depend on it.</param>
/// <param name="Staging">How much it matters in staging.</param>
/// <param name="Preview">How much it matters in a preview.</param>
/// <param name="CanBeWaived">
/// Whether a stack file may accept a breach: what can be built can be accepted, what a cloud would refuse cannot.
/// </param>
public sealed record Rule(string Id, string Title, Severity Production, Severity Staging, Severity Preview, bool CanBeWaived)
{
    /// <summary>
    /// Whether only a run that knows what is deployed finds a breach: to a plan alone, a waiver of it is never of no use.
    /// </summary>
    public bool NeedsDeployed { get; private init; }

    /// <summary>A rule whose breach cannot be built, or would be refused halfway: an error everywhere, and nobody can accept it.</summary>
    public static Rule Error(string id, string title) => new(id, title, Severity.Error, Severity.Error, Severity.Error, CanBeWaived: false);

    /// <summary>A rule that production must keep, and that others are warned of: it can be accepted for a reason, until a day.</summary>
    public static Rule Policy(string id, string title) =>
        new(id, title, Severity.Error, Severity.Warning, Severity.Warning, CanBeWaived: true);

    /// <summary>
    /// A rule on what an update does to what is deployed: it forbids the update, and warns of it in a preview. It can be accepted for a
    /// reason, until a day.
    /// </summary>
    public static Rule OfDeployed(string id, string title) =>
        new(id, title, Severity.Error, Severity.Error, Severity.Warning, CanBeWaived: true) { NeedsDeployed = true };

    /// <summary>A rule on what a change does, weighed the same everywhere. It can be accepted for a reason, until a day.</summary>
    public static Rule OfChange(string id, string title, Severity severity) =>
        new(id, title, severity, severity, severity, CanBeWaived: true) { NeedsDeployed = true };

    /// <summary>A rule whose breach works, but not as well as the author may expect.</summary>
    public static Rule Warning(string id, string title) =>
        new(id, title, Severity.Warning, Severity.Warning, Severity.Warning, CanBeWaived: true);

    /// <summary>A rule whose breach production would miss: a warning there, and worth knowing elsewhere.</summary>
    public static Rule Notable(string id, string title) =>
        new(id, title, Severity.Warning, Severity.Info, Severity.Info, CanBeWaived: true);

    /// <summary>What is worth knowing, with nothing to change.</summary>
    public static Rule Info(string id, string title) => new(id, title, Severity.Info, Severity.Info, Severity.Info, CanBeWaived: true);

    /// <summary>How much a breach matters in an environment.</summary>
    public Severity In(EnvironmentKind environment) => environment switch
    {
        EnvironmentKind.Production => Production,
        EnvironmentKind.Staging => Staging,
        EnvironmentKind.Preview => Preview,
        _ => throw new ArgumentOutOfRangeException(nameof(environment), environment, "not an environment"),
    };
}
