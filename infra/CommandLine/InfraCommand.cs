using System.CommandLine;
using System.CommandLine.Parsing;
using Infra.Components.Checks;
using Infra.Components.Systems;
using Infra.Rehearsals;
using Infra.Settings;
using Infra.Steps;

namespace Infra.CommandLine;

/// <summary>The command line. It starts systems and looks at stacks, and deploys nothing: that is what <c>pulumi up</c> is for.</summary>
/// <param name="stacks">The stack files; null where the project was not found.</param>
/// <param name="systems">The systems that can be deployed.</param>
/// <param name="output">Receives documents, and nothing else.</param>
/// <param name="error">Receives everything else.</param>
/// <param name="time">Says which day it is.</param>
/// <param name="layout">What texts may look like on standard output; null for nothing but text.</param>
internal sealed class InfraCommand(
    StackFolder? stacks,
    IReadOnlyList<SystemDeclaration> systems,
    Stream output,
    TextWriter error,
    TimeProvider time,
    TextLayout? layout = null)
{
    /// <summary>Runs a command line and returns the process' exit code.</summary>
    public int Run(IReadOnlyList<string> arguments)
    {
        var root = Root();
        if (arguments.Count == 0)
        {
            root.Parse(["--help"]).Invoke(new() { Output = error, Error = error });
            return ExitCode.Unusable;
        }

        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0 && !arguments.Any(argument => argument is "--help" or "-h" or "-?"))
        {
            foreach (var problem in Problems(parsed)) error.WriteLine($"error: {Printable.Of(problem)}");
            error.WriteLine($"See './run {string.Concat(Path(parsed.CommandResult).Select(name => name + " "))}--help'.");
            return ExitCode.Unusable;
        }

        try
        {
            // Nothing runs in the background that would need time to end: without a timeout, no signal handlers are set up.
            using var help = new StreamWriter(output, leaveOpen: true);
            return parsed.Invoke(
                new() { Output = help, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            error.WriteLine($"error: {Printable.Of(Failure.Describe(exception))}");
            return ExitCode.Failed;
        }
    }

    private static IEnumerable<string> Problems(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens.Count == 0) return parsed.Errors.Select(problem => problem.Message);
        var command = parsed.CommandResult.Command;
        var known = command.Subcommands
            .Select(subcommand => subcommand.Name)
            .Concat(command.Options.Select(option => option.Name))
            .ToList();
        return parsed.UnmatchedTokens.Select(token =>
            $"'{token}' is not understood here; allowed: {string.Join(", ", known)}.{Spelling.Suggestion(token, known)}");
    }

    private static IEnumerable<string> Path(CommandResult result) => result.Command is RootCommand
        ? []
        : [.. result.Parent is CommandResult parent ? Path(parent) : [], result.Command.Name];

    private RootCommand Root()
    {
        var stack = new Argument<string?>("stack")
        {
            Description = "The stack, as in stacks/Pulumi.<stack>.yaml. Without one, the stacks that exist are listed.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var cloud = new Option<string?>("--cloud")
        {
            Description = "Plan as if infra:cloud were this one. Accounts of that cloud are not required, and nothing is changed.",
            HelpName = "cloud",
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON document on standard output, and nothing else." };
        var file = new Option<string?>("--output", "-o")
        {
            Description = "Write the document to this file instead of standard output, for which '-' stands.",
            HelpName = "file",
        };
        var date = new Option<string?>("--date")
        {
            Description = "Plan as if today were this day, such as 2027-01-31: expiry dates are judged by it.",
            HelpName = "day",
        };
        stack.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: ['-', ..] value }])
            {
                result.AddError(
                    $"'{value}' is not an option of it.{Spelling.Suggestion(value, [cloud.Name, date.Name, json.Name, file.Name])}");
            }
        });
        var plan = new Command("plan", "Work out what a stack would deploy, in memory: no engine, no account, no network.")
        {
            stack,
            cloud,
            date,
            json,
            file,
        };
        var console = new CommandOutput(output, error, layout ?? TextLayout.Plain);
        plan.SetAction(parsed => new PlanCommand(stacks, systems, console, time).Run(new(
            parsed.GetValue(stack),
            parsed.GetValue(cloud),
            parsed.GetValue(date),
            parsed.GetValue(json),
            parsed.GetValue(file))));

        var compared = new Argument<string>("stack") { Description = "The stack, as in stacks/Pulumi.<stack>.yaml." };
        var from = new Option<string?>("--from")
        {
            Description = "What is deployed: a git revision, or a file that 'plan --json' wrote. Default: the last commit; with "
                + "--cloud, the files here. The program of a revision whose code is another one is built first.",
            HelpName = "revision | file",
        };
        var to = new Option<string?>("--to") { Description = "What would be. Default: the files here.", HelpName = "revision | file" };
        var elsewhere = new Option<string?>("--cloud")
        {
            Description = "Compare with the files here as if infra:cloud were this one.",
            HelpName = "cloud",
        };
        var markdown = new Option<bool>("--markdown") { Description = "Print Markdown, for a merge request." };
        var diff = new Command("diff", "Show what deploying does to a stack: what is interrupted, replaced, lost or refused.")
        {
            compared,
            from,
            to,
            elsewhere,
            json,
            markdown,
            file,
        };
        diff.SetAction(parsed => new DiffCommand(stacks, systems, console, time).Run(new(
            parsed.GetValue(compared)!,
            parsed.GetValue(from),
            parsed.GetValue(to),
            parsed.GetValue(elsewhere),
            parsed.GetValue(json),
            parsed.GetValue(markdown),
            parsed.GetValue(file))));

        var parity = new Command("parity", "Show how each cloud provides each kind of component, and what to do where it does not.")
        {
            json,
            file,
        };
        parity.SetAction(parsed => new ParityCommand(console).Run(parsed.GetValue(json), parsed.GetValue(file)));

        var named = new Argument<string>("stack") { Description = "The stack, as in stacks/Pulumi.<stack>.yaml." };
        var firstSteps = new Command("first-steps", "Print, step by step, how a stack is deployed for the first time.") { named, file };
        firstSteps.SetAction(parsed =>
            new StepsCommand(stacks, systems, console, time).Run(parsed.GetRequiredValue(named), parsed.GetValue(file), FirstSteps.Of));
        var takeDown = new Command("take-down", "Print, step by step, how a stack is taken down, what is lost and what stays.")
        {
            named,
            file,
        };
        takeDown.SetAction(parsed =>
            new StepsCommand(stacks, systems, console, time)
                .Run(parsed.GetRequiredValue(named), parsed.GetValue(file), (plan, _) => TakeDown.Of(plan)));

        var migrate = new MigrateCommand(stacks, systems, console, time).Create(json, file);

        var begun = new Argument<string>("system") { Description = "The name of the system, such as photo-shop." };
        var create = new Command("new", "Start a system: a class in stacks/ that plans on every cloud, and its two stack files.") { begun };
        create.SetAction(parsed => new NewCommand(stacks, systems, console).Run(parsed.GetRequiredValue(begun)));

        return new RootCommand(
            """
            Starts systems, and looks at stacks without deploying them. To deploy one: pulumi up --stack <stack>.

            Exit codes: 0, 1 when a finding is an error or data would be lost, 2 when the command line or a stack's settings are not usable.
            ./run --sdk official|bundled chooses where Pulumi comes from; by default official, wherever its packages can be had.
            """) { plan, diff, parity, migrate, firstSteps, takeDown, create };
    }
}
