using System.Globalization;
using System.Text;

namespace Infra.Components.Checks;

/// <summary>
/// Makes text safe to show: what a terminal would act on, or a reader would not see, is written as an escape. Names, settings and messages
/// of others may hold anything, and must not be able to forge a line or hide one.
/// </summary>
internal static class Printable
{
    /// <summary>A text on one line: controls, line breaks, marks of direction and other invisible characters as <c>\u001b</c>.</summary>
    public static string Of(string text)
    {
        if (!Needs(text)) return text;
        var safe = new StringBuilder(text.Length + 8);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!IsHidden(rune)) safe.Append(rune.ToString());
            else if (rune.Value == '\n') safe.Append(@"\n");
            else safe.Append(CultureInfo.InvariantCulture, $"{(rune.IsBmp ? $@"\u{rune.Value:x4}" : $@"\U{rune.Value:x8}")}");
        }

        return safe.ToString();
    }

    private static bool Needs(string text)
    {
        foreach (var character in text)
        {
            if (character is < ' ' or > '~' && (char.IsSurrogate(character) || IsHidden(new Rune(character)))) return true;
        }

        return false;
    }

    /// <summary>Whether a character is nothing that a reader sees, or something that a terminal acts on.</summary>
    public static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control
        or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned;
}
