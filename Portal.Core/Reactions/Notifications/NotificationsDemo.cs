namespace Portal.Core.Reactions.Notifications;

/// <summary>What the demo's people have been told lately. The news of rooms that are still to come is invented, as the people are; of clients that wait it is true.</summary>
public sealed class NotificationsDemo(Database database, TimeProvider time)
{
    private const int Unread = 3;
    private const string Choosy = "grace@portal.local";

    // Newest first, with how many hours ago it came.
    private static readonly (string Type, int HoursAgo)[] ToAdmins =
        [("invoice_overdue", 7), ("message_received", 9), ("campaign_finished", 26), ("payment_confirmed", 30), ("task_overdue", 52), ("performance_update", 75), ("website_phase_completed", 122), ("subscription_activated", 170)];

    private static readonly (string Type, int HoursAgo)[] ToAgents =
        [("task_assigned", 2), ("message_received", 4), ("content_approved", 8), ("task_overdue", 27), ("content_rejected", 31), ("task_completed", 56), ("content_posted", 78), ("campaign_finished", 126)];

    private static readonly (string Type, int HoursAgo)[] ToClients =
        [("message_received", 1), ("website_phase_completed", 3), ("invoice_reminder", 6), ("performance_update", 27), ("content_approved", 29), ("payment_confirmed", 50), ("course_completed", 74), ("balance_low", 100), ("content_posted", 124), ("subscription_renewal_reminder", 148)];

    private static readonly string[] Hearers = ["admin@portal.local", "marketing@portal.local", "website@portal.local", "owner@acme.local", "viewer@acme.local", "owner@globex.local"];

    public async Task SeedAsync(CancellationToken ct = default)
    {
        await using var db = database.Open(Actor.System("demo"), Can.KeepHouse);
        if (await db.Notifications.AnyAsync(ct))
            return;
        var now = time.Now();
        foreach (var person in await db.Users.AsNoTracking().Where(u => Hearers.Contains(u.Email)).OrderBy(u => u.Id).ToListAsync(ct))
        {
            var told = (person.Role switch { Role.Admin => ToAdmins, Role.Agent => ToAgents, _ => ToClients })
                .Select(news => Invented(person, news.Type, Ago(news.HoursAgo, now)))
                .Concat(person.Role is Role.Admin ? await WaitingAsync(db, person, ct) : []);
            foreach (var (news, place) in told.OrderByDescending(n => n.CreatedAt).Select((news, place) => (news, place)))
            {
                if (place >= Unread)
                    news.Read(news.CreatedAt.AddMinutes(20 + (place * 13)));
                db.Add(news);
            }
        }

        await RewordAsync(db, now, ct);
        await ChoosyAsync(db, ct);
        await db.SaveChangesAsync(ct);
    }

    /// <summary>An admin once found a mail too dry.</summary>
    private static async Task RewordAsync(PortalDb db, DateTime now, CancellationToken ct)
    {
        var admin = await db.Users.AsNoTracking().Where(u => u.Role == Role.Admin).OrderBy(u => u.Id).FirstAsync(ct);
        var words = MailTemplates.Of("invoice_reminder").Text;
        db.Add(new MailTemplateEdit
        {
            Template = "invoice_reminder",
            Language = MailTexts.Standard,
            Number = 1,
            Kind = MailTemplateEditKind.Edited,
            Subject = "A friendly reminder: invoice {{ invoice }} is due on {{ day }}",
            Body = words.Body,
            EditedBy = admin.Id,
            EditedByName = admin.FullName,
            EditedAt = Ago(196, now),
        });
    }

    /// <summary>An agent who wants her evenings for herself.</summary>
    private static async Task ChoosyAsync(PortalDb db, CancellationToken ct)
    {
        if (await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Email == Choosy, ct) is not { } person)
            return;
        db.Add(new HearingSettings { UserId = person.Id, QuietFrom = new(19, 0), QuietTo = new(7, 0), Digest = DigestEvery.Day, DigestHour = 8, Version = 1 });
        var posted = new HearingChoice { UserId = person.Id, Type = "content_posted" };
        posted.Set(Channels.Email, false);
        db.Add(posted);
    }

    private static async Task<List<Notification>> WaitingAsync(PortalDb db, PortalUser admin, CancellationToken ct)
    {
        var waiting = await db.Clients.AsNoTracking().Where(c => c.Status == ClientStatus.Pending).OrderBy(c => c.Id).ToListAsync(ct);
        return [.. waiting.Select(c => New(admin, "client_registered", new Dictionary<string, string> { ["client"] = c.Name }, $"/dashboard/admin/clients/{c.Id}", $"client-registered:client:{c.Id}", c.CreatedAt, c.Id))];
    }

    // Of earlier days in their working hours.
    private static DateTime Ago(int hours, DateTime now) => hours < 24
        ? now.AddHours(-hours)
        : now.Date.AddDays(-(hours / 24)).AddHours(6 + (hours % 9)).AddMinutes(hours * 23 % 60);

    // An agent hears from the agency, its clients from their agent.
    private static Notification Invented(PortalUser person, string type, DateTime at) =>
        New(person, type, new Dictionary<string, string>(NotificationTypes.Samples) { ["who"] = person.Role is Role.Agent ? "Nomsa Dube" : "Tendai Moyo" }, $"/dashboard/{Input.Name(person.Role.ToString())}", $"demo:{type}", at);

    private static Notification New(PortalUser person, string key, IReadOnlyDictionary<string, string> facts, string link, string subject, DateTime at, long? clientId = null)
    {
        var type = NotificationTypes.Of(key);
        var (title, text) = type.Says(facts);
        return new() { UserId = person.Id, ClientId = clientId, Type = key, Category = type.Category, Subject = subject, Title = title, Text = text, Link = link, CreatedAt = at };
    }
}
