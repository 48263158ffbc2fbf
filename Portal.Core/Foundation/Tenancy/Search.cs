using System.Globalization;
using System.Text;

namespace Portal.Core.Foundation;

/// <summary>How a word is kept and looked for, so that an index serves both on every database.</summary>
public static class Search
{
    public static string Normal(string? text)
    {
        var plain = new StringBuilder();
        foreach (var c in Readable(text ?? "").Trim().Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark)
                plain.Append(char.ToLowerInvariant(c));
        }

        return plain.ToString().Normalize(NormalizationForm.FormC);
    }

    /// <summary>Whether a kept word begins with what is looked for. In a query it becomes what this kind of database finds by an index.</summary>
    public static bool Begins(string kept, string with) => kept.StartsWith(with, StringComparison.Ordinal);

    /// <summary>Whether it is one of the code points that stand for nothing; normalising refuses them.</summary>
    public static bool IsNothing(Rune rune) => (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF;

    private static string Readable(string text) => string.Concat(text.EnumerateRunes().Where(rune => !IsNothing(rune)));
}
