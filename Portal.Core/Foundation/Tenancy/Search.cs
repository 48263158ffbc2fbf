using System.Globalization;
using System.Text;

namespace Portal.Core.Foundation;

/// <summary>How a word is kept and looked for, so that an index serves both on every database.</summary>
public static class Search
{
    public static string Normal(string? text)
    {
        var plain = new StringBuilder();
        foreach (var c in (text ?? "").Trim().Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark)
                plain.Append(char.ToLowerInvariant(c));
        }

        return plain.ToString().Normalize(NormalizationForm.FormC);
    }
}
