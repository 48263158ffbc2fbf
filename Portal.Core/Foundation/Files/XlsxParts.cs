using System.Globalization;
using System.Security;
using System.Text;

namespace Portal.Core.Foundation;

/// <summary>The XML of a workbook with one sheet (ECMA-376), no more than spreadsheets need to open it without a word.</summary>
internal static class XlsxParts
{
    public const string SheetBegin = Head + "<worksheet xmlns=\"" + Main + "\"><sheetData>";
    public const string SheetEnd = "</sheetData></worksheet>";

    private const string Head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Package = "http://schemas.openxmlformats.org/package/2006/";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Types = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
    private const int LongestCell = 32_767;

    // Style 1 is an instant, in a form that sorts and that every culture reads.
    private const string Styles = Head + "<styleSheet xmlns=\"" + Main + "\"><numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\\ hh:mm:ss\"/></numFmts>" +
        "<fonts count=\"1\"><font/></fonts><fills count=\"2\"><fill/><fill><patternFill patternType=\"gray125\"/></fill></fills><borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs>" +
        "<cellXfs count=\"2\"><xf/><xf numFmtId=\"164\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>";

    public static readonly IReadOnlyDictionary<string, string> Fixed = new Dictionary<string, string>
    {
        ["[Content_Types].xml"] = $"{Head}<Types xmlns=\"{Package}content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>" +
            $"<Override PartName=\"/xl/workbook.xml\" ContentType=\"{Types}sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{Types}worksheet+xml\"/>" +
            $"<Override PartName=\"/xl/styles.xml\" ContentType=\"{Types}styles+xml\"/></Types>",
        ["_rels/.rels"] = $"{Head}<Relationships xmlns=\"{Package}relationships\"><Relationship Id=\"rId1\" Type=\"{Office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
        ["xl/_rels/workbook.xml.rels"] = $"{Head}<Relationships xmlns=\"{Package}relationships\"><Relationship Id=\"rId1\" Type=\"{Office}/worksheet\" Target=\"worksheets/sheet1.xml\"/>" +
            $"<Relationship Id=\"rId2\" Type=\"{Office}/styles\" Target=\"styles.xml\"/></Relationships>",
        ["xl/styles.xml"] = Styles,
    };

    public static string Workbook(string name) =>
        $"{Head}<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\"><sheets><sheet name=\"{SecurityElement.Escape(name)}\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";

    public static string Row(IReadOnlyList<object?> values)
    {
        var row = new StringBuilder("<row>");
        foreach (var value in values)
            row.Append(Cell(value));
        return row.Append("</row>").ToString();
    }

    private static string Cell(object? value) => value switch
    {
        null or "" => "<c/>",
        DateTime at => string.Create(CultureInfo.InvariantCulture, $"<c s=\"1\"><v>{at.ToOADate()}</v></c>"),
        int or long or decimal or double => string.Create(CultureInfo.InvariantCulture, $"<c><v>{value}</v></c>"),
        Money money => $"<c><v>{money.ToDecimalString()}</v></c>",
        _ => $"<c t=\"inlineStr\"><is><t xml:space=\"preserve\">{Escape(Sheet.Text(value))}</t></is></c>",
    };

    private static string Escape(string text)
    {
        var cut = text.Length > LongestCell ? text[..LongestCell] : text;
        return SecurityElement.Escape(new string([.. cut.Where(c => System.Xml.XmlConvert.IsXmlChar(c) || char.IsSurrogate(c))]))!;
    }
}
