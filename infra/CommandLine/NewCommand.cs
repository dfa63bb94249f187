using System.Text.RegularExpressions;
using Infra.Components.Checks;
using Infra.Components.Systems;
using Infra.Settings;

namespace Infra.CommandLine;

/// <summary>The command <c>new</c>: starts a system, with a class that plans on every cloud and two stack files.</summary>
internal sealed partial class NewCommand(StackFolder? stacks, IReadOnlyList<SystemDeclaration> systems, CommandOutput console)
{
    private static readonly EnvironmentKind[] Environments = [EnvironmentKind.Staging, EnvironmentKind.Production];

    // What a class of the same name would hide in the folder of systems, or could be mistaken for where systems are used.
    private static HashSet<string> Taken =>
    [
        "Pulumi",
        "System",
        "Microsoft",
        .. new[] { typeof(SystemDeclaration).Assembly, typeof(Stacks.Systems).Assembly, typeof(NewCommand).Assembly }
            .SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => (string[])[type.Name, .. type.Namespace?.Split('.') ?? []]),
    ];

    /// <summary>Runs it and returns the process' exit code.</summary>
    /// <param name="system">The system's name.</param>
    public int Run(string system)
    {
        if (stacks is null) return console.Refuse("There is no Pulumi.yaml here or in a folder above. Run this inside the project.");
        if (!Name().IsMatch(system))
        {
            return console.Refuse(
                $"The system's name {Received.Quoted(system)} is not allowed; allowed: 3 to 29 lower-case letters, digits and single "
                + "hyphens between them that start with a letter, such as photo-shop: with the environment behind it, it is part of the "
                + "names of what is deployed.");
        }

        var className = string.Concat(system.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));
        if (systems.Any(other => other.Name == system))
        {
            return console.Refuse(
                $"There is a system '{system}' already; allowed: another name than "
                + $"{string.Join(", ", systems.Select(other => other.Name))}.");
        }

        if (Taken.Contains(className))
        {
            return console.Refuse(
                $"The class {className} of '{system}' would hide what is called so already in stacks/; allowed: another name, such as "
                + $"my-{system}.");
        }

        (string Name, string Text)[] files =
        [
            ($"{className}.cs", SystemTemplate.Class(className, system)),
            .. Environments.Select(environment => (
                StackFolder.FileOf(StackOf(system, environment)),
                SystemTemplate.Stack(system, environment))),
        ];
        var existing = files
            .Where(file => File.Exists(stacks.PathOf(file.Name)))
            .Select(file => $"stacks/{file.Name}")
            .ToList();
        if (existing.Count > 0)
        {
            return console.Refuse(
                $"There is {string.Join(" and ", existing)} already, and nothing is overwritten; allowed: a name whose files do not "
                + "exist.");
        }

        return Write(stacks, files) ?? console.Write(
            json: false,
            file: null,
            _ => { },
            (writer, _) => writer.Write(Next(system, files.Select(file => $"stacks/{file.Name}"))))
            ?? ExitCode.Success;
    }

    // All of them or none: half a system would be in the way of the next attempt.
    private int? Write(StackFolder folder, (string Name, string Text)[] files)
    {
        var written = new List<string>();
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.Project, "stacks"));
            foreach (var (name, text) in files)
            {
                using var stream = new FileStream(folder.PathOf(name), FileMode.CreateNew);
                written.Add(folder.PathOf(name));
                using var writer = new StreamWriter(stream);
                writer.Write(text);
            }

            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            foreach (var path in written) File.Delete(path);
            return console.Refuse($"Nothing was written: {exception.Message}");
        }
    }

    private static string StackOf(string system, EnvironmentKind environment) => $"{system}-{EnvironmentProfile.Of(environment).Name}";

    private static string Next(string system, IEnumerable<string> files) =>
        $"""
        Written: {string.Join(", ", files)}.

        1. Declare in the class what {system} is made of; components/README.md lists what there is.
        2. Put your own owner, domain, account and images into both stack files.
        3. ./run plan {StackOf(system, EnvironmentKind.Staging)} shows what would be deployed, and with --cloud what would be elsewhere.
        4. ./run first-steps {StackOf(system, EnvironmentKind.Staging)} says how it is deployed for the first time.

        """;

    // With "-production" behind it, the longest that a stack may have.
    [GeneratedRegex(@"^(?=.{3,29}\z)[a-z][a-z0-9]*(-[a-z0-9]+)*\z")]
    private static partial Regex Name();
}
