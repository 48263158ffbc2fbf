using System.Collections.Concurrent;

namespace Portal.Core.Reactions.Notifications;

/// <summary>
/// Notices whose notifications have changed, whichever host changed them, and tells the open pages of this one. One look at the database
/// serves all pages: what changed lately, by its index. A look reaches back over the last few seconds, because what is stamped first may
/// be committed last and because hosts' clocks differ.
/// </summary>
public sealed class InboxWatch(Database database, LiveSignals signals, NotificationQueries queries, TimeProvider time)
{
    /// <summary>How often it looks while pages are open.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);

    private const string Kind = "inbox";
    private static readonly TimeSpan Back = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Shared = TimeSpan.FromSeconds(1);
    private static readonly Actor Self = Actor.System("inbox-watch");
    private readonly ConcurrentDictionary<long, Reading> readings = new();
    private Dictionary<long, Change> seen = [];

    /// <summary>What a page listens for to hear of a person's notifications.</summary>
    public static Subject Of(long userId) => new(Kind, userId);

    /// <summary>Something about this person's notifications was just changed here.</summary>
    public void Changed(long userId)
    {
        readings.TryRemove(userId, out _);
        signals.Raise(Of(userId));
    }

    /// <summary>What the bell shows. A person with many pages open is read once for all of them.</summary>
    public Task<Inbox> ReadAsync(Actor actor)
    {
        if (actor.Viewing is not null)
            return queries.InboxAsync(actor);
        var now = time.Now();
        return readings.AddOrUpdate(actor.UserId, _ => New(), (_, last) => now - last.At < Shared ? last : New()).Of.Value;

        Reading New() => new(now, new(() => queries.InboxAsync(actor)));
    }

    public async Task LookAsync(CancellationToken ct = default)
    {
        var now = time.Now();
        foreach (var old in readings.Where(r => now - r.Value.At >= Shared).ToList())
            readings.TryRemove(old);
        if (!signals.IsHeard(Kind))
            return;
        var changes = await ChangesAsync(now, ct);
        var before = seen;
        seen = changes.ToDictionary(c => c.UserId);
        foreach (var change in changes.Where(c => !before.TryGetValue(c.UserId, out var known) || c.IsMoreThan(known)))
            Changed(change.UserId);
    }

    private async Task<List<Change>> ChangesAsync(DateTime now, CancellationToken ct)
    {
        await using var db = database.Open(Self, Can.KeepHouse);
        var since = now - Back;
        return await db.Notifications.Where(n => n.ChangedAt >= since).Select(n => new { n.UserId, At = n.ChangedAt })
            .Concat(db.Notifications.Where(n => n.SnoozedUntil >= since && n.SnoozedUntil <= now).Select(n => new { n.UserId, At = n.SnoozedUntil!.Value }))
            .GroupBy(n => n.UserId)
            .Select(g => new Change(g.Key, g.Max(n => n.At), g.Count()))
            .ToListAsync(ct);
    }

    private sealed record Reading(DateTime At, Lazy<Task<Inbox>> Of);

    private sealed record Change(long UserId, DateTime At, int Count)
    {
        // As time passes rows leave the look at its far end: fewer is no news.
        public bool IsMoreThan(Change before) => At > before.At || Count > before.Count;
    }
}
