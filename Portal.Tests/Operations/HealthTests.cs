using System.Net;
using Microsoft.Data.Sqlite;

namespace Portal.Tests.Operations;

public class HealthTests
{
    [Fact]
    public async Task A_host_that_can_serve_says_so_to_anyone()
    {
        await using var server = new PortalServer();
        using var client = server.CreateClient();
        Assert.Equal("alive", await client.GetStringAsync(new Uri("/health/live", UriKind.Relative), Ct));

        var ready = await client.JsonAsync("/health/ready");

        Assert.Equal("ready", ready.Text("status"));
        Assert.All(Checks(ready), check => Assert.Equal("ok", check.Value));
        Assert.Equal(["database", "keys", "migrations", "relay"], Checks(ready).Keys.Order());
    }

    [Fact]
    public async Task A_database_that_takes_no_writes_makes_it_unready_until_it_does()
    {
        await using var server = new PortalServer { Clock = new() };
        using var client = server.CreateClient();
        await using (var other = new SqliteConnection($"Data Source={Path.Combine(server.DataPath, "portal.db")};Pooling=False"))
        {
            await other.OpenAsync(Ct);
            await using var locked = await other.BeginTransactionAsync(Ct);

            Assert.Equal("failed", (await UnreadyAsync(client))["database"]);
            Assert.Equal("alive", await client.GetStringAsync(new Uri("/health/live", UriKind.Relative), Ct));
        }

        server.Clock.Forward(TimeSpan.FromSeconds(3));
        Assert.Equal("ready", (await client.JsonAsync("/health/ready")).Text("status"));
    }

    [Fact]
    public async Task A_check_that_gets_no_answer_is_called_slow_and_takes_no_time_from_the_others()
    {
        await using var server = new PortalServer();
        using var client = server.CreateClient();
        using var turn = await server.Get<Database>().Gate.EnterAsync(Ct);

        var checks = await UnreadyAsync(client);

        Assert.Equal(("slow", "ok", "ok", "ok"), (checks["database"], checks["migrations"], checks["keys"], checks["relay"]));
    }

    [Fact]
    public async Task An_answer_does_not_stay_fresh_because_the_clock_was_set_back()
    {
        await using var server = new PortalServer { Clock = new() };
        using var client = server.CreateClient();
        await client.JsonAsync("/health/ready");
        await server.Get<Database>().Provider.ExecuteAsync("UPDATE SecretKeys SET Wrapped = zeroblob(length(Wrapped))");

        server.Clock.SetBack(TimeSpan.FromHours(1));
        server.Clock.Forward(TimeSpan.FromSeconds(3));

        Assert.Equal("failed", (await UnreadyAsync(client))["keys"]);
    }

    [Fact]
    public async Task The_answer_names_no_path_and_no_secret()
    {
        await using var server = new PortalServer();
        using var client = server.CreateClient();
        await server.Get<Database>().Provider.ExecuteAsync("DELETE FROM __EFMigrationsHistory WHERE MigrationId = (SELECT MAX(MigrationId) FROM __EFMigrationsHistory)");

        using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), Ct);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("""{"status":"not_ready","checks":{"database":"ok","migrations":"failed","keys":"ok","relay":"ok"}}""", await answer.Content.ReadAsStringAsync(Ct));
    }

    [Fact]
    public async Task A_database_of_another_master_key_makes_it_unready()
    {
        await using var server = new PortalServer();
        using var client = server.CreateClient();
        await server.Get<Database>().Provider.ExecuteAsync("UPDATE SecretKeys SET Wrapped = zeroblob(length(Wrapped))");

        Assert.Equal("failed", (await UnreadyAsync(client))["keys"]);
    }

    [Fact]
    public async Task Events_that_nobody_passes_on_make_it_unready_unless_somebody_wants_it_so()
    {
        await using var server = new PortalServer { Clock = new() };
        using var client = server.CreateClient();
        await using (var db = server.Open())
        {
            db.Record(new Core.Domains.People.SignedOut(1, 1));
            await db.SaveChangesAsync(Ct);
        }

        server.Clock.Forward(TimeSpan.FromMinutes(3));
        Assert.Equal("failed", (await UnreadyAsync(client))["relay"]);

        await using (var db = server.Open())
        {
            db.Jobs.Add(new JobRow { Name = EventRelay.Job }).Entity.Pause("Nomsa Dube", server.Clock.Now());
            await db.SaveChangesAsync(Ct);
        }

        server.Clock.Forward(TimeSpan.FromSeconds(3));
        Assert.Equal("ready", (await client.JsonAsync("/health/ready")).Text("status"));
    }

    [Fact]
    public async Task Asking_often_costs_the_database_one_look()
    {
        await using var server = new PortalServer { Clock = new() };
        using var client = server.CreateClient();
        await client.JsonAsync("/health/ready");
        await server.Get<Database>().Provider.ExecuteAsync("UPDATE SecretKeys SET Wrapped = zeroblob(length(Wrapped))");

        Assert.Equal("ready", (await client.JsonAsync("/health/ready")).Text("status"));
        server.Clock.Forward(TimeSpan.FromSeconds(3));
        Assert.Equal("failed", (await UnreadyAsync(client))["keys"]);
    }

    private static async Task<Dictionary<string, string>> UnreadyAsync(HttpClient client)
    {
        using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        return Checks(await answer.JsonAsync());
    }

    private static Dictionary<string, string> Checks(System.Text.Json.JsonElement answer) =>
        answer.GetProperty("checks").EnumerateObject().ToDictionary(c => c.Name, c => c.Value.GetString()!);
}
