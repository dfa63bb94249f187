using Infra.Parity;

namespace Infra.CommandLine;

/// <summary>The command <c>parity</c>: what every cloud offers for every kind of component.</summary>
internal sealed class ParityCommand(CommandOutput console)
{
    /// <summary>Runs it and returns the process' exit code.</summary>
    /// <param name="json">Whether the document is JSON; otherwise text.</param>
    /// <param name="file">Where to write it; null for standard output.</param>
    public int Run(bool json, string? file)
    {
        var table = ParityTable.Current;
        return console.Write(
            json,
            file,
            stream => ParityJson.Write(table, stream),
            (writer, layout) => ParityText.Write(table, writer, layout))
            ?? ExitCode.Success;
    }
}
