namespace Portal.Core.Reactions.Notifications;

/// <summary>A person's own rows, to be changed: made when they first differ, gone when they no longer do.</summary>
internal sealed class HearingRows(PortalDb db, HearingSettings settings, List<HearingDefault> defaults, List<HearingChoice> choices)
{
    private readonly List<string> changed = [];

    public HearingSettings Settings { get; } = settings;

    /// <summary>What is other than it was, for the event.</summary>
    public string Changed => string.Join(", ", changed.Distinct());

    public bool IsOther(params string[] fields) => changed.Intersect(fields).Any();

    public static async Task<HearingRows> LoadAsync(PortalDb db, long userId, CancellationToken ct)
    {
        var settings = await db.HearingSettings.SingleOrDefaultAsync(s => s.UserId == userId, ct) ?? new() { UserId = userId };
        return new(db, settings, await db.HearingDefaults.AsNoTracking().ToListAsync(ct), await db.HearingChoices.Where(c => c.UserId == userId).ToListAsync(ct));
    }

    public Channels Standard(NotificationType type) => Hearing.Default(type, defaults.Find(d => d.Type == type.Key));

    public Channels Now(NotificationType type) => Hearing.Of(type, defaults.Find(d => d.Type == type.Key), choices.Find(c => c.Type == type.Key));

    /// <param name="type">Of what.</param>
    /// <param name="channel">By which channel.</param>
    /// <param name="wanted">Null, or the same as the default, says nothing of one's own.</param>
    /// <param name="isFirm">It holds whatever the agency's default is now and will be.</param>
    public void Choose(NotificationType type, Channels channel, bool? wanted, bool isFirm = false)
    {
        if (Hearing.Fixed(type).HasFlag(channel) && wanted is false)
            throw new Invalid("types", $"{type.Key} is always told in the portal and by e-mail.");
        var own = choices.Find(c => c.Type == type.Key);
        var before = (own?.On, own?.Off);
        if (own is null)
        {
            own = new() { UserId = Settings.UserId, Type = type.Key };
            choices.Add(own);
        }

        // Who has said no and says it again has not taken it back, even where no is the default by now.
        isFirm |= wanted is false && own.Off.HasFlag(channel);
        own.Set(channel, !isFirm && wanted == Standard(type).HasFlag(channel) ? null : wanted);
        if (before != (own.On, own.Off) && !(before.On is null && own.SaysNothing))
            changed.Add(type.Key);
    }

    public void Change(string field, bool isOther, Action change)
    {
        if (!isOther)
            return;
        change();
        changed.Add(field);
    }

    /// <summary>Writes down what is other than it was. Nothing is, when it is said again.</summary>
    /// <param name="happened">What is recorded of it.</param>
    /// <param name="ct">Stops it.</param>
    public async Task SaveAsync(DomainEvent happened, CancellationToken ct)
    {
        if (changed.Count == 0)
            return;
        foreach (var own in choices)
            Track(own);
        if (db.Entry(Settings) is { State: EntityState.Detached } entry)
        {
            Settings.Version = 1;
            entry.State = EntityState.Added;
        }
        else
        {
            entry = db.Entry(Settings);
            entry.State = EntityState.Modified; // a choice is a change of the whole: who edits that meanwhile is told
        }

        db.Record(happened);
        await db.SaveChangesAsync(ct);
    }

    private void Track(HearingChoice own)
    {
        var entry = db.Entry(own);
        if (entry.State is EntityState.Detached && !own.SaysNothing)
            db.Add(own);
        else if (entry.State is not EntityState.Detached && own.SaysNothing)
            db.Remove(own);
    }
}
