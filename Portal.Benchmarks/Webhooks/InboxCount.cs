using System.Globalization;
using Portal.Benchmarks.Frame;
using Portal.Core.Foundation;

namespace Portal.Benchmarks.Webhooks;

/// <summary>Counts a host's rows from outside, whether it runs or not.</summary>
internal static class InboxCount
{
    public static long Of(TempFolder data, string where) => Ask(data, $"SELECT COUNT(*) FROM Inbox WHERE {where}");

    public static long Ask(TempFolder data, string question)
    {
        using var connection = new SqliteProvider($"Data Source={Path.Combine(data.Path, "portal.db")};Pooling=False").Connect();
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = question;
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
