using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace Portal.Tests.Foundation;

public class SheetTests
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    [Fact]
    public async Task A_CSV_begins_with_the_mark_of_UTF_8_and_ends_its_lines_as_the_RFC_says()
    {
        var bytes = await CsvBytesAsync(["Zoë"]);
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.Equal("Column\r\nZoë\r\n", Encoding.UTF8.GetString(bytes[3..]));
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\r\nlines", "\"two\r\nlines\"")]
    [InlineData("a;b", "\"a;b\"")]
    [InlineData("", "")]
    public async Task A_cell_is_quoted_when_it_must_be(string value, string cell) => Assert.Equal(cell, await CellAsync(value));

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+cmd|' /C calc'!A0")]
    [InlineData("-2+3")]
    [InlineData("@SUM(A1)")]
    [InlineData("\t=1")]
    [InlineData("\r=1")]
    public async Task A_cell_that_a_spreadsheet_would_run_is_made_text(string value) =>
        Assert.StartsWith("'", (await CellAsync(value)).TrimStart('"'), StringComparison.Ordinal);

    [Fact]
    public async Task Numbers_days_instants_and_money_are_written_as_on_the_wire()
    {
        Assert.Equal("-12.5", await CellAsync(-12.5m));
        Assert.Equal("-36.40", await CellAsync(new Money(-3640, Currency.Usd)));
        Assert.Equal("2026-11-21T10:00:00Z", await CellAsync(new DateTime(2026, 11, 21, 10, 0, 0, DateTimeKind.Utc)));
        Assert.Equal("2026-11-21", await CellAsync(new DateOnly(2026, 11, 21)));
        Assert.Equal("admin", await CellAsync(Role.Admin));
        Assert.Equal("", await CellAsync(null));
    }

    [Fact]
    public async Task A_workbook_opens_and_holds_what_was_written()
    {
        var at = new DateTime(2026, 11, 21, 10, 0, 0, DateTimeKind.Utc);
        var parts = await XlsxAsync(["<b> & \"q\"", 42L, new Money(3640, Currency.Usd), at, null, "=1+1", "smile 😀", "bell\u0007"]);

        Assert.Contains("[Content_Types].xml", parts.Keys);
        Assert.Equal("A & B", parts["xl/workbook.xml"].Descendants(Main + "sheet").Single().Attribute("name")!.Value);
        var rows = parts["xl/worksheets/sheet1.xml"].Descendants(Main + "row").ToList();
        Assert.Equal("Column", rows[0].Value);
        Assert.Equal(
            ["<b> & \"q\"", "42", "36.40", at.ToOADate().ToString(System.Globalization.CultureInfo.InvariantCulture), "", "=1+1", "smile 😀", "bell"],
            rows[1].Elements().Select(c => c.Value));
        Assert.Empty(rows[1].Descendants(Main + "f")); // no formula, whatever the text
    }

    [Fact]
    public async Task Every_part_that_the_workbook_names_is_there()
    {
        var parts = await XlsxAsync(["x"]);
        XNamespace types = "http://schemas.openxmlformats.org/package/2006/content-types";
        var named = parts["[Content_Types].xml"].Descendants(types + "Override").Select(o => o.Attribute("PartName")!.Value.TrimStart('/'));
        Assert.All(named, name => Assert.Contains(name, parts.Keys));
        Assert.All(parts["xl/_rels/workbook.xml.rels"].Root!.Elements(), r => Assert.Contains("xl/" + r.Attribute("Target")!.Value, parts.Keys));
    }

    private static async Task<string> CellAsync(object? value) => Encoding.UTF8.GetString(await CsvBytesAsync([value]))["\uFEFFColumn\r\n".Length..^2];

    private static async Task<byte[]> CsvBytesAsync(object?[] row)
    {
        using var file = new MemoryStream();
        await Of(row).WriteCsvAsync(file, Ct);
        return file.ToArray();
    }

    private static async Task<Dictionary<string, XDocument>> XlsxAsync(object?[] row)
    {
        using var file = new MemoryStream();
        await Of(row).WriteXlsxAsync(file, Ct);
        file.Position = 0;
        await using var zip = new ZipArchive(file);
        var parts = new Dictionary<string, XDocument>();
        foreach (var entry in zip.Entries)
        {
            await using var part = await entry.OpenAsync(Ct);
            parts[entry.FullName] = await XDocument.LoadAsync(part, LoadOptions.PreserveWhitespace, Ct);
        }

        return parts;
    }

    private static Sheet Of(object?[] row) => new("A & B", ["Column"], new[] { row }.ToAsyncEnumerable());
}
