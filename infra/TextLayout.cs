using System.Globalization;

namespace Infra;

/// <summary>Where a text is shown, and what that allows: how wide it may be, and whether bold and colours mean anything there.</summary>
internal sealed record TextLayout
{
    private const int Narrowest = 80;
    private const int Widest = 200;

    /// <summary>A file or a pipe: 120 columns, nothing cut, nothing but text.</summary>
    public static TextLayout Plain { get; } = new();

    /// <summary>The number of columns. Default: 120.</summary>
    public int Width { get; init; } = 120;

    /// <summary>Whether what does not fit is cut: a terminal would wrap it, while a file keeps it for whoever searches it.</summary>
    public bool Cuts { get; init; }

    /// <summary>Whether bold and colours are shown.</summary>
    public bool IsStyled { get; init; }

    /// <summary>The layout of standard output.</summary>
    public static TextLayout OfConsole() =>
        Of(Console.IsOutputRedirected, () => Console.WindowWidth, Environment.GetEnvironmentVariable);

    /// <summary>The layout of an output.</summary>
    /// <param name="redirected">Whether it is no terminal.</param>
    /// <param name="width">Gives the terminal's width where the environment does not: asking for it sets the terminal up for input.</param>
    /// <param name="variable">
    /// Gives the environment's variables: <c>COLUMNS</c>, <c>NO_COLOR</c> (https://no-color.org) and <c>TERM</c>.
    /// </param>
    public static TextLayout Of(bool redirected, Func<int> width, Func<string, string?> variable) => redirected
        ? Plain
        : new()
        {
            Width = Math.Clamp(Columns(variable("COLUMNS"), width), Narrowest, Widest),
            Cuts = true,
            IsStyled = string.IsNullOrEmpty(variable("NO_COLOR")) && variable("TERM") is not (null or "" or "dumb"),
        };

    /// <summary>What a reader should see first.</summary>
    public string Bold(string text) => Styled(text, "1");

    /// <summary>What is wrong.</summary>
    public string Red(string text) => Styled(text, "1;31");

    /// <summary>What should be looked at.</summary>
    public string Yellow(string text) => Styled(text, "1;33");

    /// <summary>What is well.</summary>
    public string Green(string text) => Styled(text, "32");

    /// <summary>A text that fills a column: one that is longer is cut, or pushes the next one on by a space.</summary>
    public string Column(string text, int width)
    {
        var safe = text.Length < width || !Cuts ? text : Cut(text, width - 1);
        return safe.Length < width ? safe.PadRight(width) : safe + " ";
    }

    /// <summary>A text that is no longer than the line has columns left.</summary>
    public string Rest(string text, int used) => Cuts && used + text.Length > Width ? Cut(text, Math.Max(1, Width - used)) : text;

    private static int Columns(string? told, Func<int> width)
    {
        if (int.TryParse(told, NumberStyles.None, CultureInfo.InvariantCulture, out var columns)) return columns;
        try
        {
            return width();
        }
        catch (IOException)
        {
            return Plain.Width;
        }
    }

    // Never in the middle of a character that two units make.
    private static string Cut(string text, int length)
    {
        var end = length - 1;
        if (end > 0 && char.IsHighSurrogate(text[end - 1])) end--;
        return string.Concat(text.AsSpan(0, end), "…");
    }

    private string Styled(string text, string style) => IsStyled ? $"\u001b[{style}m{text}\u001b[0m" : text;
}
