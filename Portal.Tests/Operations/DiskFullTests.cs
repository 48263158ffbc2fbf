using System.Data.Common;
using System.Diagnostics;
using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Portal.Tests.Operations;

/// <summary>A database that takes no writes. eng/disk-full.sh does the same with a disk that is really full.</summary>
public class DiskFullTests
{
    [Theory]
    [InlineData("PRAGMA max_page_count = 1", "PRAGMA max_page_count = 1073741823")]
    [InlineData("PRAGMA query_only = 1", "PRAGMA query_only = 0")]
    public async Task While_the_database_cannot_grow_or_is_read_only_writes_are_refused_reads_go_on_and_it_heals_by_itself(string ill, string well)
    {
        var disk = new Disk { Says = well };
        await using var server = new PortalServer { Between = disk };
        using var reader = await server.SignedInAsync(PortalServer.Admin);
        using var writer = server.CreateClient();
        var (saved, refused) = (await server.CountAsync("signed_in"), 0);

        disk.Says = ill;
        for (var i = 0; i < 300 && refused < 3; i++)
        {
            using var answer = await writer.LoginAsync(PortalServer.AcmeOwner);
            if (answer.IsSuccessStatusCode)
            {
                saved++;
                continue;
            }

            await answer.RefusedAsync(HttpStatusCode.ServiceUnavailable, "store_unavailable");
            Assert.NotNull(answer.Headers.RetryAfter);
            refused++;
        }

        Assert.Equal(3, refused);
        Assert.True((await reader.JsonAsync("/api/audit?page_size=1")).GetProperty("items").GetArrayLength() == 1);
        Assert.Equal(saved, await server.CountAsync("signed_in"));

        disk.Says = well;
        using var healed = await writer.LoginAsync(PortalServer.AcmeOwner);
        Assert.Equal(HttpStatusCode.OK, healed.StatusCode);
        Assert.Equal(saved + 1, await server.CountAsync("signed_in"));
    }

    [Fact]
    public async Task Whoever_reads_while_nothing_can_be_saved_is_not_turned_away_because_they_cannot_be_marked_as_seen()
    {
        var (disk, clock) = (new Disk { Says = "PRAGMA query_only = 0" }, new TestClock());
        await using var server = new PortalServer { Between = disk, Clock = clock };
        using var reader = await server.SignedInAsync(PortalServer.Admin);
        await reader.JsonAsync("/api/audit?page_size=1");

        disk.Says = "PRAGMA query_only = 1";
        clock.Forward(TimeSpan.FromMinutes(16));

        await reader.JsonAsync("/api/audit?page_size=1");
        disk.Says = "PRAGMA query_only = 0";
    }

    [Fact]
    public async Task While_another_program_holds_the_database_programs_read_on_beyond_what_they_had_drawn()
    {
        await using var server = new PortalServer { Settings = { ["ConnectionStrings:Portal"] = "Data Source=portal.db;Default Timeout=1", ["Portal:ApiRequestsPerMinute"] = "40" } };
        using var reader = await server.SignedInAsync(PortalServer.Admin);
        await using (var other = new SqliteConnection($"Data Source={Path.Combine(server.DataPath, "portal.db")};Pooling=False"))
        {
            await other.OpenAsync(Ct);
            await using var locked = await other.BeginTransactionAsync(Ct);
            for (var i = 0; i < 6; i++)
                await reader.JsonAsync("/api/audit?page_size=1");
            using var login = await reader.LoginAsync(PortalServer.AcmeOwner);
            await login.RefusedAsync(HttpStatusCode.ServiceUnavailable, "store_unavailable");
        }

        using var healed = await reader.LoginAsync(PortalServer.AcmeOwner);
        Assert.Equal(HttpStatusCode.OK, healed.StatusCode);
    }

    [Fact]
    public async Task While_the_database_is_locked_a_write_waits_once_and_a_read_hardly_at_all()
    {
        await using var server = new PortalServer();
        using var reader = await server.SignedInAsync(PortalServer.Admin);
        using var writer = server.CreateClient();
        await using var other = new SqliteConnection($"Data Source={Path.Combine(server.DataPath, "portal.db")};Pooling=False");
        await other.OpenAsync(Ct);
        await using var locked = await other.BeginTransactionAsync(Ct);

        var began = Stopwatch.GetTimestamp();
        await reader.JsonAsync("/api/audit?page_size=1");
        await reader.JsonAsync("/api/auth/me");
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 0, 4);

        began = Stopwatch.GetTimestamp();
        using var login = await writer.LoginAsync(PortalServer.AcmeOwner);
        await login.RefusedAsync(HttpStatusCode.ServiceUnavailable, "store_unavailable");
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 0, 9);
    }

    /// <summary>Says to SQLite what may be done to the file. It is said anew whenever a connection is taken or a transaction begins.</summary>
    private sealed class Disk : IDbConnectionInterceptor, IDbTransactionInterceptor
    {
        public required string Says { get; set; }

        public void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Limit(connection);

        public Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Limit(connection);
            return Task.CompletedTask;
        }

        public ValueTask<DbTransaction> TransactionStartedAsync(DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
        {
            Limit(connection, result);
            return new(result);
        }

        private void Limit(DbConnection connection, DbTransaction? transaction = null)
        {
            using var command = connection.CreateCommand();
            (command.Transaction, command.CommandText) = (transaction, Says);
            command.ExecuteNonQuery();
        }
    }
}
