using System.Text;
using Infra.Components.Systems;

namespace Infra.Tests.Applications;

/// <summary><c>docs/applications.md</c>: which published applications run on which cloud, and what is missing.</summary>
internal static class ApplicationPage
{
    public const string File = "docs/applications.md";

    private static readonly Cloud[] Clouds = [.. CloudNames.All];

    /// <summary>The page.</summary>
    public static string Markdown()
    {
        var page = new StringBuilder(
            """
            <!-- Made by the tests: UPDATE_SNAPSHOTS=1 ./test writes it anew. -->
            # Applications

            Published applications as systems, with their own images: `tests/Infra/Applications/` declares each, and holds its plan on every
            cloud against what its images want: every variable by its name and shape, which of them are secret, files, ports, health and
            commands. Each plans on all five clouds without an error. None was deployed: this is what plans, and the applications' public
            configuration, say.

            *Runs with gaps* means without a part of it, or after a step by hand; *cannot* that it would not start, or lose what it keeps.


            """);
        page.Append($"| Application | {string.Join(" | ", Clouds.Select(CloudNames.Name))} |\n");
        page.Append($"| --- |{string.Concat(Clouds.Select(_ => " --- |"))}\n");
        var rows = ApplicationIndex.All.Select(application => (application.Title, Verdicts: Clouds.Select(application.On)))
            .Concat(ApplicationIndex.Impossible.Select(application => (application.Title, Verdicts: Clouds.Select(_ => Verdict.Cannot))))
            .OrderBy(row => row.Title, StringComparer.OrdinalIgnoreCase);
        foreach (var (title, verdicts) in rows)
        {
            page.Append($"| [{title}](#{title.ToLowerInvariant().Replace(' ', '-')}) | {string.Join(" | ", verdicts.Select(Words))} |\n");
        }

        foreach (var application in ApplicationIndex.All) Append(page, application);
        foreach (var (title, why, source) in ApplicationIndex.Impossible)
            page.Append($"\n## {title}\n\nCannot run anywhere: {char.ToLowerInvariant(why[0])}{why[1..]}\n\nRead off: {source}.\n");
        return page.ToString();
    }

    private static void Append(StringBuilder page, Application application)
    {
        page.Append($"\n## {application.Title}\n\n| Container | Image | Port | Command | Variables | Secret | Files |\n");
        page.Append("| --- | --- | --- | --- | --- | --- | --- |\n");
        foreach (var needs in application.Needs)
        {
            page.Append($"| {needs.Component} | `{needs.Image}` | {(needs.Port is { } port ? $"{port}" : "none")} ");
            page.Append($"| {(needs.Command.Count > 0 ? $"`{string.Join(' ', needs.Command)}`" : "the image's own")} ");
            page.Append($"| {needs.Variables.Count} | {needs.Variables.Count(variable => variable.IsSecret)} | {needs.Files.Count} |\n");
        }

        page.Append('\n');
        foreach (var shortfall in application.Shortfalls)
        {
            var where = shortfall.Clouds.Count == Clouds.Length
                ? "everywhere"
                : string.Join(", ", shortfall.Clouds.Select(CloudNames.Name));
            page.Append($"- {(shortfall.Blocks ? "**Cannot**" : "Gap")} ({where}): {shortfall.What}. {shortfall.Why}\n");
        }

        foreach (var cloud in Clouds)
        {
            foreach (var same in application.Overrides(cloud).GroupBy(entry => entry.Value.ToJsonString(), entry => entry.Key))
                page.Append($"- The stack file on {cloud.Name()} says of {string.Join(", ", same)}: `{same.Key}`.\n");
            foreach (var shortfall in application.Shortfalls.Where(shortfall => shortfall.Clouds.Contains(cloud)))
            {
                if (shortfall.AcceptedOf is { } component)
                    page.Append($"- The stack file on {cloud.Name()} accepts `{shortfall.Rule}` of {component}.\n");
            }
        }

        page.Append($"\nRead off: {string.Join("; ", application.Sources)}.\n");
    }

    private static string Words(Verdict verdict) => verdict switch
    {
        Verdict.Runs => "runs",
        Verdict.RunsWithGaps => "runs with gaps",
        _ => "cannot",
    };
}
