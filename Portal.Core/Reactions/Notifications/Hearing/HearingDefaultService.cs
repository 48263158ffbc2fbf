namespace Portal.Core.Reactions.Notifications;

/// <summary>The agency chooses what people hear of who have not chosen themselves.</summary>
public sealed class HearingDefaultService(Database database, IEnumerable<IChannel> channels)
{
    public async Task<HearingDefaultsView> GetAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.ManageAgency);
        var rows = await db.HearingDefaults.AsNoTracking().ToListAsync(ct);
        var ready = await channels.ReadyAsync(ct);
        return new(
            Version(rows), [.. ChannelNames.All.Select(c => c.Name).Where(n => n is ChannelNames.InApp or MailSuppression.Channel || ready.Contains(n))],
            [.. NotificationTypes.All.Select(type => TypeHearing.Make(type, type.Channels, Hearing.Default(type, rows.Find(r => r.Type == type.Key))))]);
    }

    public async Task SaveAsync(Actor actor, ChangeHearingDefaults input, CancellationToken ct = default)
    {
        Input.Check(input);
        ChannelChoices.CheckNames(input.Types, NotificationTypes.All);
        await using var db = database.Open(actor, Can.ManageAgency);
        var rows = await db.HearingDefaults.ToListAsync(ct);
        var version = Version(rows);
        foreach (var type in NotificationTypes.All)
        {
            foreach (var (channel, _) in ChannelNames.All)
                Set(db, rows, type, channel, input.Types!.GetValueOrDefault(type.Key)?[channel]);
        }

        if (db.ChangeTracker.HasChanges() && input.Version != version)
            throw new Conflict("changed", "Someone else changed this in the meantime. Load it again.");
        await SaveAsync(db, ct);
    }

    /// <summary>One channel of one type, whatever else is changed at the same time.</summary>
    public async Task ChooseAsync(Actor actor, ChooseChannel input, CancellationToken ct = default)
    {
        Input.Check(input);
        var type = NotificationTypes.Find(input.Type) ?? throw new NotFound("type");
        if (ChannelNames.All.All(c => c.Channel != input.Channel))
            throw new Invalid("channel", "Choose one channel.");
        await HearingService.AgainAsync(async () =>
        {
            await using var db = database.Open(actor, Can.ManageAgency);
            Set(db, await db.HearingDefaults.ToListAsync(ct), type, input.Channel, input.On);
            await SaveAsync(db, ct);
        });
    }

    private static void Set(PortalDb db, List<HearingDefault> rows, NotificationType type, Channels channel, bool? wanted)
    {
        if (Hearing.Fixed(type).HasFlag(channel) && wanted is false)
            throw new Invalid("types", $"{type.Key} is always told in the portal and by e-mail.");
        var row = rows.Find(r => r.Type == type.Key);
        wanted = wanted == type.Channels.HasFlag(channel) ? null : wanted;
        if (row is null && wanted is null)
            return;
        if (row is null)
        {
            row = db.Add(new HearingDefault { Type = type.Key }).Entity;
            rows.Add(row);
        }

        row.Set(channel, wanted);
    }

    private static async Task SaveAsync(PortalDb db, CancellationToken ct)
    {
        foreach (var row in db.ChangeTracker.Entries<HearingDefault>().Where(e => e.Entity.SaysNothing).ToList())
            row.State = row.State is EntityState.Added ? EntityState.Detached : EntityState.Deleted;
        db.ChangeTracker.DetectChanges();
        if (!db.ChangeTracker.HasChanges())
            return;
        var types = db.ChangeTracker.Entries<HearingDefault>().Where(e => e.State is not EntityState.Unchanged).Select(e => e.Entity.Type).Order();
        db.Record(new HearingDefaultsChanged(Agency.TheId, string.Join(", ", types)));
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Says the same of the same rows.</summary>
    private static string Version(IEnumerable<HearingDefault> rows) =>
        Convert.ToHexStringLower(Tokens.Hash(string.Join('\n', rows.OrderBy(r => r.Type, StringComparer.Ordinal).Select(r => $"{r.Type} {r.On} {r.Off}")))[..8]);
}
