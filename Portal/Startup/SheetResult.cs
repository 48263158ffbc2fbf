using Portal.Core.Foundation;

namespace Portal.Startup;

/// <summary>Streams a sheet to whoever asked, as CSV or as a workbook.</summary>
public sealed class SheetResult(Sheet sheet, string format, string fileName) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var isCsv = format.Equals("csv", StringComparison.OrdinalIgnoreCase);
        httpContext.Response.ContentType = isCsv ? Sheet.CsvType : Sheet.XlsxType;
        httpContext.Response.Headers.ContentDisposition = $"attachment; filename={fileName}.{(isCsv ? "csv" : "xlsx")}";
        var (body, ct) = (httpContext.Response.BodyWriter.AsStream(), httpContext.RequestAborted);
        await (isCsv ? sheet.WriteCsvAsync(body, ct) : sheet.WriteXlsxAsync(body, ct));
    }
}
