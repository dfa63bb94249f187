using Infra.Components.Checks;

namespace Infra.CommandLine;

/// <summary>Where a command's document and its messages go.</summary>
/// <param name="output">Receives documents, and nothing else.</param>
/// <param name="error">Receives everything else.</param>
internal sealed class CommandOutput(Stream output, TextWriter error)
{
    /// <summary>Writes a document.</summary>
    /// <param name="json">Whether as JSON; otherwise as text.</param>
    /// <param name="file">Where to; null for standard output.</param>
    /// <param name="writeJson">Writes it as JSON.</param>
    /// <param name="writeText">Writes it as text.</param>
    /// <returns>The process' exit code where it could not be written; otherwise null.</returns>
    public int? Write(bool json, string? file, Action<Stream> writeJson, Action<TextWriter> writeText)
    {
        var write = json ? writeJson : AsText;
        if (file is null)
        {
            write(output);
            output.Flush();
            return null;
        }

        try
        {
            DocumentFile.Write(file, write);
            return null;
        }
        catch (Exception exception) when (exception is IOException
            or UnauthorizedAccessException
            or ArgumentException
            or NotSupportedException)
        {
            return Refuse($"--output {file} cannot be written: {exception.Message}");
        }

        void AsText(Stream stream)
        {
            using var writer = new StreamWriter(stream, leaveOpen: true);
            writeText(writer);
        }
    }

    /// <summary>Tells findings.</summary>
    public void Tell(Findings findings)
    {
        foreach (var line in Report.Lines(findings)) error.WriteLine(line);
    }

    /// <summary>Tells why nothing can be done, and returns the process' exit code.</summary>
    public int Refuse(string message)
    {
        error.WriteLine($"error: {message}");
        return ExitCode.Unusable;
    }
}
