using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Portal.Benchmarks.Frame;
using Portal.Core.Domains.People;
using Portal.Core.Foundation;
using Portal.Core.Reactions.Notifications;

namespace Portal.Benchmarks.Soak;

/// <summary>The process that is killed: four writers record events and say which were saved, a relay dispatches them meanwhile.</summary>
internal static class RelayChild
{
    public const string Verb = "relay-child";

    /// <summary>The channel of the one delivery that no unique key protects.</summary>
    public const string Extra = "none";
    public const int Hearers = 3;
    private const int Writers = 4;
    private static readonly Actor Self = Actor.System("soak");

    public static async Task<int> RunAsync(string file)
    {
        await using var ground = await Ground.OpenAsync(file);
        var relay = Relay(ground);
        var output = Console.Out;

        await PrepareAsync(ground);

        // The first of each builds EF Core; a kill before that would hit nothing.
        await RecordAsync(ground, output);
        await relay.RunAsync(CancellationToken.None);
        await output.WriteLineAsync("ready");
        var writers = Enumerable.Range(0, Writers).Select(_ => Task.Run(() => RecordForEverAsync(ground, output)));
        await Task.WhenAll([.. writers, Task.Run(() => RelayForEverAsync(relay))]);
        return 0;
    }

    public static EventRelay Relay(Ground ground) =>
        new(ground.Database, ground.Lane, [new OneDeliveryEach(), Notify(ground)], TimeProvider.System, NullLogger<EventRelay>.Instance);

    private static Notify Notify(Ground ground)
    {
        var options = new PortalOptions { DataPath = "" };
        return new(new(new(options, TimeProvider.System), new(ground.Box, options), [], TimeProvider.System), TimeProvider.System);
    }

    /// <summary>A client whose three leaders hear of it, by notification and by mail.</summary>
    private static async Task PrepareAsync(Ground ground)
    {
        await using var db = ground.Open();
        if (await db.Clients.AnyAsync())
            return;
        var now = TimeProvider.System.Now();
        var client = new Client { Name = "Acme", CreatedAt = now };
        var leaders = Enumerable.Range(0, Hearers).Select(n => new PortalUser { UserName = $"{n}@acme.local", NormalizedUserName = $"{n}@ACME.LOCAL", Email = $"{n}@acme.local", FullName = $"Leader {n}", Role = Role.Client, CreatedAt = now }).ToList();
        db.Add(client);
        db.AddRange(leaders);
        await db.SaveChangesAsync();
        db.AddRange(leaders.Select(l => new Access { UserId = l.Id, ClientId = client.Id, Level = AccessLevel.Manager }));
        await db.SaveChangesAsync();
    }

    private static async Task RecordForEverAsync(Ground ground, TextWriter output)
    {
        while (true)
        {
            await RecordAsync(ground, output);
            await Task.Delay(1);
        }
    }

    private static async Task RecordAsync(Ground ground, TextWriter output)
    {
        var id = await ground.Lane.RunAsync(Self, Can.KeepHouse, async db =>
        {
            db.Record(new ClientActivated(1, "Acme"));
            await db.SaveChangesAsync();
            return db.Events.Local.Single().Id;
        });
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{id}."));
    }

    private static async Task RelayForEverAsync(EventRelay relay)
    {
        while (true)
        {
            await relay.RunAsync(CancellationToken.None);
            await Task.Delay(1);
        }
    }

    /// <summary>Its key is new each time, so that dispatching twice would show as two rows instead of being refused by the unique index.</summary>
    private sealed class OneDeliveryEach : IReaction
    {
        public Task ReactAsync(DomainEvent happened, EventRow row, PortalDb db, CancellationToken ct)
        {
            var now = TimeProvider.System.Now();
            db.Add(new Delivery { Key = Guid.CreateVersion7().ToString(), Channel = Extra, Recipient = "nobody", Title = "", Body = "", EventId = row.Id, CreatedAt = now }.From(now));
            return Task.CompletedTask;
        }
    }
}
