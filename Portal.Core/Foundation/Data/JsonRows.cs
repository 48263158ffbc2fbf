using System.Globalization;

namespace Portal.Core.Foundation;

/// <summary>Many rows as one parameter of one statement: a table made of a JSON text, as each kind of database reads it.</summary>
internal static class JsonRows
{
    /// <param name="db">Whose statement it stands in.</param>
    /// <param name="parameter">The text: a list of rows, each a list of values.</param>
    /// <param name="columns">Their names and SQL Server's types, in the order of the values.</param>
    public static string Table(PortalDb db, string parameter, params (string Name, string Type)[] columns) => db.Database.IsSqlServer()
        ? $"(SELECT * FROM OPENJSON({parameter}) WITH ({string.Join(", ", columns.Select((c, i) => $"{c.Name} {c.Type} '$[{i}]'"))}))"
        : $"(SELECT {string.Join(", ", columns.Select((c, i) => $"json_extract(value, '$[{i}]') AS {c.Name}"))} FROM json_each({parameter}))";

    /// <summary>As SQLite keeps it and SQL Server reads it.</summary>
    public static string Instant(DateTime at) => at.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
}
