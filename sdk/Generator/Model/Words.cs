using System.Text;

namespace Infra.Sdk.Generator.Model;

/// <summary>The words of a line: separated by spaces, except between double quotes, which belong to the word.</summary>
internal static class Words
{
    public static IReadOnlyList<string> Split(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var quoted = false;
        foreach (var c in line)
        {
            quoted ^= c == '"';
            if (c != ' ' || quoted)
            {
                word.Append(c);
            }
            else if (word.Length > 0)
            {
                words.Add(word.ToString());
                word.Clear();
            }
        }
        if (quoted)
            throw new FormatException("a closing quotation mark is missing");
        if (word.Length > 0)
            words.Add(word.ToString());
        return words;
    }
}
