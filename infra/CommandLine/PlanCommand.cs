using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Settings;

namespace Infra.CommandLine;

/// <summary>What <c>plan</c> was asked.</summary>
/// <param name="Stack">The stack; null to list the stacks.</param>
/// <param name="Cloud">The hypothetical cloud; null for the stack's own.</param>
/// <param name="Json">Whether the document is JSON; otherwise text.</param>
/// <param name="File">Where to write it; null for standard output.</param>
internal sealed record PlanRequest(string? Stack, string? Cloud, bool Json, string? File);

/// <summary>The command <c>plan</c>.</summary>
internal sealed class PlanCommand(StackFolder? stacks, IReadOnlyList<SystemDeclaration> systems, Stream output, TextWriter error)
{
    /// <summary>Runs it and returns the process' exit code.</summary>
    public int Run(PlanRequest request)
    {
        if (stacks is null) return Refuse("There is no Pulumi.yaml here or in a folder above. Run this inside the project.");
        return request.Stack is { } stack ? Plan(stacks, stack, request) : List(stacks, request);
    }

    private int List(StackFolder folder, PlanRequest request)
    {
        if (request.Cloud is not null) return Refuse($"--cloud needs a stack; stacks that exist: {string.Join(", ", folder.Stacks)}.");
        var findings = new Findings();
        var list = StackList.Read(folder, findings);
        Tell(findings);
        return Write(request, list.WriteJson, list.WriteText) ?? (findings.HasErrors ? ExitCode.Unusable : ExitCode.Success);
    }

    private int Plan(StackFolder folder, string stack, PlanRequest request)
    {
        var cloud = default(Cloud?);
        if (request.Cloud is not null)
        {
            if (!CloudNames.TryParse(request.Cloud, out var named))
                return Refuse($"--cloud is '{request.Cloud}'; allowed: {CloudNames.Allowed}.{Spelling.Suggestion(request.Cloud, CloudNames.All.Select(CloudNames.Name))}");
            if (CloudIndex.Find(named) is null)
                return Refuse($"{named.Name()} has no builder yet; clouds that have one: {string.Join(", ", CloudIndex.All.Select(built => built.Cloud.Name()))}");
            cloud = named;
        }

        var findings = new Findings();
        if (folder.Settings(stack, systems.Select(system => system.Name), findings, cloud) is not { } settings)
        {
            Tell(findings);
            return ExitCode.Unusable;
        }

        var plan = Rehearsal.Run(systems.Single(system => system.Name == settings.System), settings);
        return Write(request, stream => PlanJson.Write(plan, stream), writer => PlanText.Write(plan, writer))
            ?? (plan.HasErrors ? ExitCode.Failed : ExitCode.Success);
    }

    // The exit code where the document could not be written.
    private int? Write(PlanRequest request, Action<Stream> json, Action<TextWriter> text)
    {
        var write = request.Json ? json : AsText;
        if (request.File is null)
        {
            write(output);
            output.Flush();
            return null;
        }

        try
        {
            DocumentFile.Write(request.File, write);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return Refuse($"--output {request.File} cannot be written: {exception.Message}");
        }

        void AsText(Stream stream)
        {
            using var writer = new StreamWriter(stream, leaveOpen: true);
            text(writer);
        }
    }

    private void Tell(Findings findings)
    {
        foreach (var line in Report.Lines(findings)) error.WriteLine(line);
    }

    private int Refuse(string message)
    {
        error.WriteLine($"error: {message}");
        return ExitCode.Unusable;
    }
}
