using Infra.Components.Checks;
using Infra.Components.Systems;
using Infra.Settings;

namespace Infra.CommandLine;

/// <summary>What <c>migrate plan</c> was asked.</summary>
/// <param name="Stack">The stack.</param>
/// <param name="To">The cloud that it goes to.</param>
/// <param name="AtMost">How many components one wave moves, unless more cannot be parted.</param>
/// <param name="Json">Whether the document is JSON; otherwise text.</param>
/// <param name="File">Where to write it; null for standard output.</param>
internal sealed record MigratePlanRequest(string Stack, string To, int AtMost, bool Json, string? File)
{
    /// <summary>
    /// Four: what a team looks after on one day, beside what it already runs on two clouds. Choice of this project.
    /// </summary>
    public const int UsualAtMost = 4;
}

/// <summary>The command <c>migrate plan</c>.</summary>
internal sealed class MigratePlanCommand(
    StackFolder? stacks,
    IReadOnlyList<SystemDeclaration> systems,
    CommandOutput console,
    TimeProvider time)
{
    /// <summary>Runs it and returns the process' exit code.</summary>
    public int Run(MigratePlanRequest request)
    {
        if (stacks is null) return console.Refuse("There is no Pulumi.yaml here or in a folder above. Run this inside the project.");
        if (!CloudNames.TryParse(request.To, out var to)) return console.RefuseCloud(request.To, "--to");
        if (request.AtMost < 1) return console.Refuse($"--at-most is {request.AtMost}; allowed: 1 or more.");
        var findings = new Findings();
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var stack = stacks.NameOf(request.Stack);
        if (stacks.Settings(stack, systems.Select(system => system.Name), findings, today: today) is not { } settings)
        {
            console.Tell(findings);
            return ExitCode.Unusable;
        }

        return settings.Cloud == to
            ? console.Refuse($"--to is '{request.To}', where '{stack}' stands already; allowed: another cloud.")
            : ExitCode.Success;
    }
}
