using System.Diagnostics;
using System.Globalization;

namespace Portal.Tests.Foundation;

public sealed class MailKillTests
{
    private const int Mails = 2_000;

    /// <summary>A real process is killed in the middle of sending, again and again.</summary>
    [Fact]
    public async Task Kills_lose_no_mail_and_what_comes_twice_is_known_by_its_id()
    {
        using var folder = new TempFolder();
        var file = Path.Combine(folder.Path, "mail.db");
        await using var server = new MailServer();
        await Child(file, server.Port).WaitForExitAsync(Ct); // makes the database
        await WriteAsync(file);

        for (var kill = 1; kill <= 4; kill++)
        {
            var least = server.Mails.Count + 150;
            using var child = Child(file, server.Port);
            for (var tries = 0; server.Mails.Count < least && !child.HasExited && tries < 600; tries++)
                await Task.Delay(10, Ct);
            child.Kill();
            await child.WaitForExitAsync(Ct);
            Assert.NotEqual(0, child.ExitCode); // it was in the middle
            await LeaseEndsAsync(file);
        }

        using var last = Child(file, server.Port);
        await last.WaitForExitAsync(Ct).WaitAsync(TimeSpan.FromSeconds(60), Ct);

        var taken = server.Mails.GroupBy(m => m.To).ToList();
        Assert.Equal(Mails, taken.Count);
        Assert.All(taken, t => Assert.Single(t.Select(m => m.Read["Message-ID"]).Distinct()));
        Assert.InRange(server.Mails.Count, Mails, Mails + (4 * 300));
        await using var db = Open(file);
        Assert.Equal(Mails, await db.Deliveries.CountAsync(d => d.Status == DeliveryStatus.Sent, Ct));
    }

    private static Process Child(string file, int port) => Process.Start(new ProcessStartInfo("dotnet",
    [
        Path.Combine(AppContext.BaseDirectory.Replace("Portal.Tests", "Portal.Benchmarks", StringComparison.Ordinal), "Portal.Benchmarks.dll"),
        "mail-child", file, port.ToString(CultureInfo.InvariantCulture),
    ])
    { RedirectStandardOutput = true })!;

    private static async Task WriteAsync(string file)
    {
        await using var db = Open(file);
        var now = TimeProvider.System.Now();
        db.AddRange(Enumerable.Range(0, Mails).Select(i => new Delivery
        {
            Key = $"kill:{i}",
            Channel = "email",
            Recipient = $"person{i}@example.com",
            Title = "Hello",
            Body = "Hello\n",
            CreatedAt = now,
        }.From(now)));
        await db.SaveChangesAsync(Ct);
    }

    // What two minutes do.
    private static async Task LeaseEndsAsync(string file)
    {
        await using var db = Open(file);
        var now = TimeProvider.System.Now();
        await db.Deliveries.Where(d => d.Status == DeliveryStatus.Sending).ExecuteUpdateAsync(d => d.SetProperty(x => x.NextTryAt, now), Ct);
    }

    private static PortalDb Open(string file) => new Database(new SqliteProvider($"Data Source={file}"), TimeProvider.System).Open(Actor.System("test"), Can.KeepHouse);
}
