using Infra.Changes;
using Infra.Components.Checks;
using Infra.Components.Systems;
using Infra.Rehearsals;
using Infra.Settings;

namespace Infra.CommandLine;

/// <summary>What <c>diff</c> was asked.</summary>
/// <param name="Stack">The stack.</param>
/// <param name="From">What is deployed: a git revision or the file of a plan; null for the last commit.</param>
/// <param name="To">What would be; null for the files here.</param>
/// <param name="Cloud">The hypothetical cloud of the latter; null for the stack's own.</param>
/// <param name="Json">Whether the document is JSON.</param>
/// <param name="Markdown">Whether it is Markdown; otherwise text.</param>
/// <param name="File">Where to write it; null for standard output.</param>
internal sealed record DiffRequest(string Stack, string? From, string? To, string? Cloud, bool Json, bool Markdown, string? File);

/// <summary>The command <c>diff</c>: what deploying one plan does to a stack that another was deployed to.</summary>
internal sealed class DiffCommand(
    StackFolder? stacks,
    IReadOnlyList<SystemDeclaration> systems,
    CommandOutput console,
    TimeProvider time)
{
    // What the working tree is compared with where nothing else is said.
    private const string LastCommit = "HEAD";

    /// <summary>Runs it and returns the process' exit code.</summary>
    public int Run(DiffRequest request)
    {
        if (stacks is null) return console.Refuse("There is no Pulumi.yaml here or in a folder above. Run this inside the project.");
        if (request is { Json: true, Markdown: true })
            return console.Refuse("--json and --markdown are two forms of one document; allowed: one of them.");
        if (request is { Cloud: not null, To: not null }) return console.Refuse("--cloud plans the files here; allowed: --cloud or --to.");
        var cloud = default(Cloud?);
        if (request.Cloud is not null)
        {
            if (!CloudNames.TryParse(request.Cloud, out var named)) return console.RefuseCloud(request.Cloud);
            cloud = named;
        }

        // Another cloud is a question about the stack as it is here: no revision needs to be built to answer it.
        var from = request.From ?? (cloud is null ? LastCommit : null);
        if (Side("--from", from, stacks, request.Stack, null, out var before) is { } noFrom) return noFrom;
        if (Side("--to", request.To, stacks, request.Stack, cloud, out var after) is { } noTo) return noTo;
        foreach (var (option, side) in new[] { ("--from", before!), ("--to", after!) })
        {
            if (side.Document.Stack == request.Stack) continue;
            return console.Refuse(
                $"{option} is a plan of the stack '{side.Document.Stack}'; allowed: plans of '{request.Stack}'. What two stacks hold has "
                + "nothing to do with each other.");
        }

        if (before!.IsUnplanned)
        {
            return console.Refuse(
                $"What is taken to be deployed ({before.Words}) cannot have been, because of errors:\n"
                + $"{string.Join('\n', before.Document.Errors)}");
        }

        foreach (var error in after!.Document.Errors) console.Tell($"error: {error}");
        if (after.IsUnplanned) return ExitCode.Failed;

        var changes = PlanComparison.Of(before, after);
        return console.Write(
            request.Json,
            request.File,
            stream => ChangesJson.Write(changes, stream),
            (writer, layout) =>
            {
                if (request.Markdown) ChangesText.WriteMarkdown(changes, writer);
                else ChangesText.Write(changes, writer, layout);
            })
            ?? (changes.Safe && after.Document.Errors.Count == 0 ? ExitCode.Success : ExitCode.Failed);
    }

    private int? Side(string option, string? what, StackFolder folder, string stack, Cloud? cloud, out PlannedSide? side)
    {
        side = null;
        if (what is null) return Here(folder, stack, cloud, "the files here", out side);
        if (File.Exists(what))
        {
            byte[] bytes;
            try
            {
                bytes = File.ReadAllBytes(what);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return console.Refuse($"{option} {what} cannot be read: {exception.Message}");
            }

            if (PlanDocument.Read(bytes) is not { } read)
                return console.Refuse($"{option} {what} is no plan; allowed: what './run plan {stack} --json' writes.");
            side = new(read, $"the plan in {what}");
            return null;
        }

        if (GitRevision.Find(folder.Project, what) is not { } revision)
        {
            return console.Refuse(
                $"{option} is '{what}', which is neither a file nor a revision that git knows here; allowed: a file that "
                + $"'./run plan {stack} --json' wrote, or a revision, such as main or v1.2. A commit that was not fetched is unknown.");
        }

        return revision.HasSameProgram()
            ? Then(revision, stack, out side)
            : Built(revision, stack, out side);
    }

    // With the same program only the stack file can differ: nothing needs to be built.
    private int? Then(GitRevision revision, string stack, out PlannedSide? side)
    {
        side = null;
        if (revision.Text($"stacks/{StackFolder.FileOf(stack)}") is not { } text)
        {
            return console.Refuse(
                $"There was no stacks/{StackFolder.FileOf(stack)} in {revision.Words}; allowed: a revision that has the stack.");
        }

        var folder = Directory.CreateTempSubdirectory("infra-diff-");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, StackFolder.FileOf(stack)), text);
            var words = $"the stack file of {revision.Words}, by the program here, which is the same";
            return Here(new(folder.FullName), stack, null, words, out side);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private int? Built(GitRevision revision, string stack, out PlannedSide? side)
    {
        side = null;
        console.Tell($"Planning {stack} with the program of {revision.Words}, which is built first ...");
        var (document, messages) = revision.Plan(stack);
        if (document is null || PlanDocument.Read(document) is not { } read)
            return console.Refuse($"The program of {revision.Words} gives no plan of '{stack}':\n{messages}");
        side = new(read, $"{revision.Words}: its stack file, by its own program");
        return null;
    }

    private int? Here(StackFolder folder, string stack, Cloud? cloud, string words, out PlannedSide? side)
    {
        side = null;
        var findings = new Findings();
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        if (folder.Settings(stack, systems.Select(system => system.Name), findings, cloud, today) is not { } settings)
        {
            console.Tell(findings);
            return ExitCode.Unusable;
        }

        var plan = Rehearsal.Run(systems.Single(system => system.Name == settings.System), settings);
        if (plan.Findings.Any(SettingRules.MakesUnusable))
        {
            foreach (var finding in plan.Findings) findings.Add(finding);
            console.Tell(findings);
            return ExitCode.Unusable;
        }

        side = new(PlanDocument.Of(plan), cloud is { } other ? $"{words}, on {other.Name()}" : words, settings);
        return null;
    }
}
