using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace Portal.Tests.Scale;

/// <summary>The host on a thousand clients and thirty thousand events, as `Portal.Benchmarks seed` makes them, with everything taken down that it asks of its database.</summary>
public sealed partial class BigPortal : IAsyncLifetime
{
    public const int Clients = 1_000;
    public const int Events = 30_000;

    /// <summary>More rows than this and a table is big: it grows with what the agency does.</summary>
    private const int Big = 500;

    private readonly TempFolder folder = new();
    private readonly SqliteTap tap = new();
    private PortalServer? server;
    private HashSet<string> bigTables = [];

    // Each delivery as a message that somebody had sent.
    private const string Messages = """
        INSERT INTO SentMessages (ClientId, Channel, DeliveryId, Batch, Recipient, RecipientSearch, Subject, SubjectSearch, SentById, SentByName, CreatedAt)
        SELECT ClientId, 'Email', Id, 'b' || (Id / 100), Recipient, RecipientSearch, Title, TitleSearch, 1, 'Nomsa Dube', CreatedAt FROM Deliveries;
        ANALYZE;
        """;

    public PortalServer Server => server!;

    public IReadOnlyDictionary<string, Actor> People { get; private set; } = new Dictionary<string, Actor>();

    public async ValueTask InitializeAsync()
    {
        var benchmarks = AppContext.BaseDirectory.Replace("Portal.Tests", "Portal.Benchmarks", StringComparison.Ordinal);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(benchmarks, "Portal.Benchmarks.dll"), "seed", "--data", folder.Path, "--clients", $"{Clients}", "--events", $"{Events}"]) { RedirectStandardOutput = true };
        using var seed = Process.Start(start)!;
        var said = await seed.StandardOutput.ReadToEndAsync(Ct);
        await seed.WaitForExitAsync(Ct);
        Assert.True(seed.ExitCode == 0, said);

        server = new() { DataPath = folder.Path, Between = tap, HasSimulators = true };
        People = new Dictionary<string, Actor>
        {
            ["admin"] = await server.ActorAsync(PortalServer.Admin),
            ["agent"] = await server.ActorAsync(PortalServer.MarketingAgent),
            ["new agent"] = await server.ActorAsync($"agent{(Clients / 16) - 1}@portal.local"),
            ["owner"] = await server.ActorAsync(PortalServer.AcmeOwner),
        };
        await using var db = server.Open();
        await db.Database.ExecuteSqlRawAsync(Messages, Ct);
        var big = new HashSet<string>();
        foreach (var table in db.Model.GetEntityTypes().Select(t => t.GetTableName()!).Distinct())
        {
            var sql = $"SELECT COUNT(*) AS Value FROM \"{table}\"";
            if (await db.Database.SqlQueryRaw<int>(sql).SingleAsync(Ct) > Big)
                big.Add(table);
        }

        bigTables = big;
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        folder.Dispose();
    }

    /// <summary>What this asks of the database, and how SQLite goes about each.</summary>
    public async Task<IReadOnlyList<(Asked Asked, Plan Plan)>> WatchAsync(Func<Task> ask)
    {
        tap.Taken.Clear();
        await ask();
        var taken = tap.Taken.Where(a => a.Sql.StartsWith("SELECT", StringComparison.Ordinal)).DistinctBy(a => a.Sql).ToList();
        await using var db = Server.Open();
        await db.Database.OpenConnectionAsync(Ct);
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        var watched = new List<(Asked, Plan)>();
        foreach (var asked in taken)
            watched.Add((asked, await SqliteTap.ExplainAsync(connection, asked)));
        return watched;
    }

    /// <summary>
    /// The rule: a big table is never walked (SCAN, or to make an index for this one question) unless a LIMIT ends the walk and nothing is
    /// sorted beside it, nor a list made of it; what no LIMIT ends is found by an index (SEARCH).
    /// </summary>
    public IEnumerable<string> Walks(Asked asked, Plan plan)
    {
        if (plan.Steps < Big && asked.Sql.Contains("WHERE 0", StringComparison.Ordinal))
            return []; // about no rows at all: nothing was read
        var tables = Named().Matches(asked.Sql).ToLookup(m => m.Groups[2].Value, m => m.Groups[1].Value);
        return from line in plan.Lines
               let walked = Walked().Match(line.Does)
               where walked.Success
               from table in tables[walked.Groups[1].Value + walked.Groups[2].Value].Where(bigTables.Contains).Take(1)
               let isSorted = plan.Lines.Any(l => l.Part == line.Part && l.Does.StartsWith("USE TEMP B-TREE", StringComparison.Ordinal))
               let isListed = plan.Lines.Any(l => l.Number == line.Part && l.Does.StartsWith("LIST SUBQUERY", StringComparison.Ordinal))
               where isSorted || isListed || !EndsByLimit(asked.Sql, ofTheWhole: line.Part == 0)
               select table;
    }

    /// <summary>A walk of the question itself is ended by its own LIMIT, not by one of a question within it.</summary>
    private static bool EndsByLimit(string sql, bool ofTheWhole)
    {
        var depth = 0;
        for (var i = 0; i < sql.Length; i++)
        {
            depth += sql[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (sql.AsSpan(i).StartsWith("LIMIT ", StringComparison.Ordinal) && ofTheWhole == (depth == 0))
                return true;
        }

        return false;
    }

    public bool IsBig(string table) => bigTables.Contains(table);

    [GeneratedRegex("(?:FROM|JOIN) \"(\\w+)\" AS \"(\\w+)\"")]
    private static partial Regex Named();

    // SQLite says TABLE and AS until 3.35.
    [GeneratedRegex("^SCAN (?:TABLE \\w+ AS )?(\\w+)|^SEARCH (?:TABLE \\w+ AS )?(\\w+) USING AUTOMATIC")]
    private static partial Regex Walked();
}
