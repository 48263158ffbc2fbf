using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Portal.Core.Foundation;

/// <summary>A table on its way into a file: column titles, and rows that are read while they are written.</summary>
public sealed record Sheet(string Name, IReadOnlyList<string> Columns, IAsyncEnumerable<object?[]> Rows)
{
    public const string CsvType = "text/csv; charset=utf-8";
    public const string XlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static readonly System.Buffers.SearchValues<char> NeedsQuotes = System.Buffers.SearchValues.Create(",\"\r\n;\t");

    /// <summary>RFC 4180, with the mark that makes spreadsheets read it as UTF-8.</summary>
    public async Task WriteCsvAsync(Stream to, CancellationToken ct)
    {
        await using var writer = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 32 * 1024, leaveOpen: true);
        await writer.WriteAsync(string.Join(',', Columns.Select(Cell)) + "\r\n");
        await foreach (var row in Rows.WithCancellation(ct))
            await writer.WriteAsync(string.Join(',', row.Select(value => Cell(Text(value)))) + "\r\n");
    }

    /// <summary>A workbook of one sheet, streamed: a million rows take no more memory than ten.</summary>
    public async Task WriteXlsxAsync(Stream to, CancellationToken ct)
    {
        await using var zip = await ZipArchive.CreateAsync(to, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct);
        foreach (var (name, content) in XlsxParts.Fixed)
            await WritePartAsync(zip, name, writer => writer.WriteAsync(content), ct);
        await WritePartAsync(zip, "xl/workbook.xml", writer => writer.WriteAsync(XlsxParts.Workbook(Name)), ct);
        await WritePartAsync(zip, "xl/worksheets/sheet1.xml", async writer =>
        {
            await writer.WriteAsync(XlsxParts.SheetBegin);
            await writer.WriteAsync(XlsxParts.Row(Columns));
            await foreach (var row in Rows.WithCancellation(ct))
                await writer.WriteAsync(XlsxParts.Row(row));
            await writer.WriteAsync(XlsxParts.SheetEnd);
        }, ct);
    }

    internal static string Text(object? value) => value switch
    {
        null => "",
        DateTime at => at.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
        Money money => money.ToDecimalString(),
        Enum choice => Input.Name(choice.ToString()),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    // A spreadsheet runs a cell that begins like a formula: an apostrophe makes it text (OWASP, CSV injection).
    private static string Cell(string text)
    {
        var isFormula = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r';
        var safe = isFormula && !decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(NeedsQuotes) < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static async Task WritePartAsync(ZipArchive zip, string name, Func<StreamWriter, Task> write, CancellationToken ct)
    {
        await using var part = await zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(ct);
        await using var writer = new StreamWriter(part, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 32 * 1024);
        await write(writer);
    }
}
