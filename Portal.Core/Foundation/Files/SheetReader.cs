using System.Text;

namespace Portal.Core.Foundation;

/// <summary>
/// Reads a table that people bring along: CSV as RFC 4180 has it and as spreadsheets write it, with commas, semicolons or tabs, with or
/// without the mark of UTF-8, and in the old Windows letters if it is not UTF-8.
/// </summary>
public static class SheetReader
{
    private static readonly char[] Separators = [',', ';', '\t'];

    public static string Decode(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith(Encoding.Unicode.Preamble) || file.StartsWith(Encoding.BigEndianUnicode.Preamble))
            return (file[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(file[2..]);
        if (file.StartsWith(Encoding.UTF8.Preamble))
            file = file[Encoding.UTF8.Preamble.Length..];
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file);
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(file);
        }
    }

    /// <summary>The rows in order, the header among them, each with the number that a spreadsheet shows beside it. Rows of nothing are left out.</summary>
    public static IEnumerable<SheetRow> Read(string text)
    {
        var separator = Separator(text);
        for (var (at, number) = (0, 1); at < text.Length; number++)
        {
            var cells = Row(text, separator, number, ref at);
            if (cells.Exists(c => c.Length > 0))
                yield return new(number, cells);
        }
    }

    /// <summary>The one that the first row has most of, outside quotes.</summary>
    private static char Separator(string text)
    {
        var (counts, quoted) = (new int[Separators.Length], false);
        foreach (var c in text)
        {
            quoted ^= c == '"';
            if (!quoted && c is '\r' or '\n')
                break;
            if (!quoted && Array.IndexOf(Separators, c) is >= 0 and var which)
                counts[which]++;
        }

        return Separators[Array.IndexOf(counts, counts.Max())];
    }

    private static List<string> Row(string text, char separator, int number, ref int at)
    {
        var cells = new List<string>();
        while (true)
        {
            cells.Add(Cell(text, separator, number, ref at));
            if (at < text.Length && text[at] == separator)
            {
                at++;
                continue;
            }

            if (at < text.Length && text[at] == '\r')
                at++;
            if (at < text.Length && text[at] == '\n')
                at++;
            return cells;
        }
    }

    /// <summary>Leaves the place at the separator or the end of the line.</summary>
    private static string Cell(string text, char separator, int number, ref int at)
    {
        var cell = new StringBuilder();
        if (at < text.Length && text[at] == '"')
            Quoted(text, cell, number, ref at);
        while (at < text.Length && text[at] != separator && text[at] is not ('\r' or '\n'))
            cell.Append(text[at++]);
        return cell.ToString().Trim();
    }

    private static void Quoted(string text, StringBuilder cell, int number, ref int at)
    {
        for (at++; at < text.Length; at++)
        {
            if (text[at] != '"')
            {
                cell.Append(text[at]);
                continue;
            }

            at++;
            if (at == text.Length || text[at] != '"')
                return;
            cell.Append('"');
        }

        throw new Invalid("file", $"Row {number}: a quotation mark is not closed.");
    }
}

/// <summary>One row of a table as it came.</summary>
public sealed record SheetRow(int Number, IReadOnlyList<string> Cells);
