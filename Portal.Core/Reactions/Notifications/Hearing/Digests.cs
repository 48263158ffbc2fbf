using Microsoft.Extensions.Logging;

namespace Portal.Core.Reactions.Notifications;

/// <summary>
/// Writes the digests that are due: one delivery for a person and a period, of what they have not read in the portal meanwhile, and none
/// if nothing is left. Its key says both, so that two hosts at once are one.
/// </summary>
public sealed class Digests(Database database, Lane lane, MailComposer mails, MailLinks links, TimeProvider time, ILogger<Digests> log)
{
    private const int MostPeople = 1000;
    private const int MostItems = 1000;
    private static readonly Actor Self = Actor.System("digests");

    public async Task<bool> HasWorkAsync(CancellationToken ct)
    {
        await using var db = database.Open(Self, Can.KeepHouse);
        return await Due(db).AnyAsync(ct);
    }

    /// <returns>How many digests were written.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var each = new OneByOne(log);
        var written = await each.DoAsync("The digest of person", after => PeopleAsync(after, ct), id => WriteAsync(id, ct));
        each.End();
        return written;
    }

    /// <summary>Forgets what was written a while ago.</summary>
    public Task<int> CleanUpAsync(CancellationToken ct) => Batches.DeleteAsync(() => lane.RunAsync(Self, Can.KeepHouse, async db =>
    {
        var before = time.Now() - DigestItem.Kept;
        var old = await db.DigestItems.Where(i => i.DueAt == null && i.CreatedAt < before).OrderBy(i => i.CreatedAt).Take(Batches.Size).Select(i => i.Id).ToListAsync(ct);
        return old.Count == 0 ? 0 : await db.DigestItems.Where(i => old.Contains(i.Id)).ExecuteDeleteAsync(ct);
    }, ct), ct);

    private IQueryable<DigestItem> Due(PortalDb db)
    {
        var now = time.Now();
        return db.DigestItems.Where(i => i.DueAt <= now);
    }

    private async Task<List<long>> PeopleAsync(long after, CancellationToken ct)
    {
        await using var db = database.Open(Self, Can.KeepHouse);
        return await Due(db).Select(i => i.UserId).Where(id => id > after).Distinct().OrderBy(id => id).Take(MostPeople).ToListAsync(ct);
    }

    private async Task<bool> WriteAsync(long userId, CancellationToken ct)
    {
        try
        {
            return await lane.RunAsync(Self, Can.KeepHouse, db => WriteAsync(db, userId, ct), ct);
        }
        catch (Conflict)
        {
            return false; // Another host was first.
        }
    }

    private async Task<bool> WriteAsync(PortalDb db, long userId, CancellationToken ct)
    {
        var items = await Due(db).Where(i => i.UserId == userId).OrderBy(i => i.Id).Take(MostItems).ToListAsync(ct);
        if (items.Count == 0 || await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == userId, ct) is not { } person)
            return false;
        var settings = await db.HearingSettings.AsNoTracking().SingleOrDefaultAsync(s => s.UserId == userId, ct) ?? new() { UserId = userId };
        var key = $"digest:{userId}:{items.Max(i => i.DueAt!.Value):yyyyMMddHHmmssfff}";
        if (await db.Deliveries.AnyAsync(d => d.Key == key, ct))
        {
            // They came while that digest was being written: they are for the next.
            items.ForEach(i => i.DueAt = settings.NextDigest(time.Now().AddSeconds(1), Zone.OfOrUtc(person.ZoneId)));
            return false;
        }

        var left = await LeftAsync(db, person, items, ct);
        items.ForEach(i => i.DueAt = null);
        left.ForEach(i => i.SaidIn = key);
        if (left.Count > 0)
            db.Add(await MailAsync(db, person, key, left, ct));
        return left.Count > 0;
    }

    /// <summary>What they still want to hear of, still may, and have not read.</summary>
    private static async Task<List<DigestItem>> LeftAsync(PortalDb db, PortalUser person, List<DigestItem> items, CancellationToken ct)
    {
        var left = new List<DigestItem>();
        foreach (var same in items.GroupBy(i => i.Type))
        {
            if (NotificationTypes.Find(same.Key) is { } type && (await Hearing.OfAsync(db, type, [person.Id], ct)).GetValueOrDefault(person.Id) is { } hearing && hearing.Mails(type))
                left.AddRange(same);
        }

        var read = await ReadNews.OfAsync(db, [.. left.Select(i => (i.EventId, i.UserId))], ct);
        var theirs = await StillTheirs.OfAsync(db, [.. left.Select(i => (i.UserId, i.ClientId)).Distinct()], ct);
        return [.. left.Where(i => !read.Contains((i.EventId, i.UserId)) && theirs.Contains((i.UserId, i.ClientId))).OrderBy(i => i.Id)];
    }

    private async Task<Delivery> MailAsync(PortalDb db, PortalUser person, string key, List<DigestItem> news, CancellationToken ct)
    {
        var unsubscribe = links.Unsubscribe(person.Id, MailLinks.Everything);
        var mail = await mails.ComposeAsync(db, "digest", Addressee.Of(person), DigestValues.Of(news, person.Role), new(links.Preferences(person.Role), unsubscribe), ct);
        return new Delivery
        {
            Key = key,
            Channel = MailSuppression.Channel,
            Recipient = person.Email!,
            Title = mail.Subject,
            Body = mail.Text,
            Html = mail.Html,
            UnsubscribeUrl = unsubscribe,
            UserId = person.Id,
            Topic = MailLinks.Everything,
            CreatedAt = time.Now(),
        }.From(time.Now());
    }
}
