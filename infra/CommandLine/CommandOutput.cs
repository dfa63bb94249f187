using Infra.Components.Checks;
using Infra.Components.Systems;

namespace Infra.CommandLine;

/// <summary>Where a command's document and its messages go.</summary>
/// <param name="output">Receives documents, and nothing else.</param>
/// <param name="error">Receives everything else.</param>
/// <param name="layout">What texts may look like on standard output.</param>
internal sealed class CommandOutput(Stream output, TextWriter error, TextLayout layout)
{
    private const string StandardOutput = "-";

    /// <summary>Writes a document.</summary>
    /// <param name="json">Whether as JSON; otherwise as text.</param>
    /// <param name="file">Where to; null or <c>-</c> for standard output.</param>
    /// <param name="writeJson">Writes it as JSON.</param>
    /// <param name="writeText">Writes it as text.</param>
    /// <returns>The process' exit code where it could not be written; otherwise null.</returns>
    public int? Write(bool json, string? file, Action<Stream> writeJson, Action<TextWriter, TextLayout> writeText)
    {
        if (file is null or StandardOutput)
        {
            Write(output, layout);
            output.Flush();
            return null;
        }

        try
        {
            DocumentFile.Write(file, stream => Write(stream, TextLayout.Plain));
            return null;
        }
        catch (Exception exception) when (exception is IOException
            or UnauthorizedAccessException
            or ArgumentException
            or NotSupportedException)
        {
            return Refuse($"--output {file} cannot be written: {exception.Message}");
        }

        void Write(Stream stream, TextLayout shown)
        {
            if (json)
            {
                writeJson(stream);
                return;
            }

            using var writer = new StreamWriter(stream, leaveOpen: true);
            writeText(writer, shown);
        }
    }

    /// <summary>Tells findings.</summary>
    public void Tell(Findings findings)
    {
        foreach (var line in Report.Lines(findings)) error.WriteLine(line);
    }

    /// <summary>Tells something that is no part of the document.</summary>
    public void Tell(string message) => error.WriteLine(Printable.Of(message));

    /// <summary>Tells that no cloud has the name that an option gives, and returns the process' exit code.</summary>
    public int RefuseCloud(string cloud, string option = "--cloud") => Refuse(
        $"{option} is '{cloud}'; allowed: {CloudNames.Allowed}.{Spelling.Suggestion(cloud, CloudNames.All.Select(CloudNames.Name))}");

    /// <summary>Tells why nothing can be done, and returns the process' exit code.</summary>
    public int Refuse(string message)
    {
        error.WriteLine($"error: {Printable.Of(message)}");
        return ExitCode.Unusable;
    }
}
