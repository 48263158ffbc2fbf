using System.Reflection;

namespace Portal.Core.Domains.People;

/// <summary>A list of existing clients as a file, read into rows.</summary>
internal static class ClientSheet
{
    public const int LargestFile = 2 * 1024 * 1024;
    public const int MostRows = 5_000;

    private static readonly Dictionary<string, PropertyInfo> Fields = typeof(ImportedClient).GetProperties().ToDictionary(p => Input.Name(p.Name));

    public static IReadOnlyList<string> Columns { get; } = [.. Fields.Keys];

    /// <summary>The header names the columns, in any order; one that we do not know is passed over.</summary>
    public static (IReadOnlyList<string> Header, IReadOnlyList<ClientSheetRow> Rows) Read(ReadOnlySpan<byte> file)
    {
        if (file.Length > LargestFile)
            throw new Invalid("file", "The file is larger than 2 MB. Bring it in parts.");
        var rows = SheetReader.Read(SheetReader.Decode(file)).Take(MostRows + 2).ToList();
        if (rows.Count == 0)
            throw new Invalid("file", "The file is empty.");
        if (rows.Count > MostRows + 1)
            throw new Invalid("file", $"At most {MostRows:N0} rows at a time; this file has more.");
        var columns = rows[0].Cells.Select(Field).ToList();
        if (!columns.Contains(Fields["name"]))
            throw new Invalid("file", $"No column is called name. The first row names the columns: {string.Join(", ", Columns)}.");
        if (columns.OfType<PropertyInfo>().GroupBy(c => c).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new Invalid("file", $"Two columns are called {Input.Name(twice.Key.Name)}.");
        return (rows[0].Cells, [.. rows.Skip(1).Select(row => new ClientSheetRow(row, Fill(row, columns)))]);
    }

    // "Owner e-mail" and "OWNER_EMAIL" are the same column.
    private static PropertyInfo? Field(string title) =>
        Fields.GetValueOrDefault(title.ToLowerInvariant().Replace("-", "", StringComparison.Ordinal).Replace(' ', '_'));

    private static ImportedClient Fill(SheetRow row, List<PropertyInfo?> columns)
    {
        var client = new ImportedClient();
        for (var i = 0; i < Math.Min(columns.Count, row.Cells.Count); i++)
            columns[i]?.SetValue(client, Plain(row.Cells[i]));
        return client;
    }

    // The apostrophe that our own files put before what begins like a formula: a telephone number, for one.
    private static string Plain(string cell) => cell is ['\'', '=' or '+' or '-' or '@', ..] ? cell[1..] : cell;
}

/// <summary>One row as it came and as it was understood.</summary>
internal sealed record ClientSheetRow(SheetRow Row, ImportedClient Client)
{
    public string SearchName { get; } = Search.Normal(Client.Name);

    /// <summary>In capitals, as accounts are found by; empty when there is none.</summary>
    public string Address { get; } = Client.OwnerEmail.ToUpperInvariant();
}
