namespace Portal.Core.Reactions.Notifications;

/// <summary>How a person hears of one type of news: the type's own channels, changed by the agency, changed by the person.</summary>
/// <param name="Wanted">Channels that are on. Whether a telephone is there is another question.</param>
/// <param name="Settings">What they said about everything that is not critical.</param>
/// <param name="Zone">Whose clock counts.</param>
/// <param name="Sms">Their number, if they gave one for this.</param>
/// <param name="WhatsApp">The same.</param>
internal sealed record Hearing(Channels Wanted, HearingSettings Settings, Zone Zone, string? Sms, string? WhatsApp)
{
    /// <summary>What nobody can turn off: of money and security people are told in the portal and by e-mail.</summary>
    public static Channels Fixed(NotificationType type) => type.IsCritical ? type.Channels : Channels.None;

    public static Channels Default(NotificationType type, HearingDefault? agency) => (agency?.Of(type.Channels) ?? type.Channels) | Fixed(type);

    public static Channels Of(NotificationType type, HearingDefault? agency, HearingChoice? own)
    {
        var standard = Default(type, agency);
        return (own?.Of(standard) ?? standard) | Fixed(type);
    }

    public bool Mails(NotificationType type) => Wanted.HasFlag(Channels.Email) && (type.IsCritical || !Settings.IsEmailPaused);

    /// <summary>Everything that counts for these people, in one question.</summary>
    public static async Task<Dictionary<long, Hearing>> OfAsync(PortalDb db, NotificationType type, IReadOnlyCollection<long> people, CancellationToken ct)
    {
        var key = type.Key;
        var asked =
            from u in db.Users.AsNoTracking().Where(u => people.Contains(u.Id))
            join d in db.HearingDefaults on key equals d.Type into defaults
            from d in defaults.DefaultIfEmpty()
            join c in db.HearingChoices on new { UserId = u.Id, Type = key } equals new { c.UserId, c.Type } into choices
            from c in choices.DefaultIfEmpty()
            join s in db.HearingSettings on u.Id equals s.UserId into settings
            from s in settings.DefaultIfEmpty()
            join m in db.VerifiedNumbers.Where(n => n.Channel == PhoneChannel.Sms) on u.Id equals m.UserId into mobiles
            from m in mobiles.DefaultIfEmpty()
            join w in db.VerifiedNumbers.Where(n => n.Channel == PhoneChannel.Whatsapp) on u.Id equals w.UserId into chats
            from w in chats.DefaultIfEmpty()
            select new { u.Id, u.ZoneId, u.WhatsAppNotifications, Default = d, Choice = c, Settings = s, Sms = m, WhatsApp = w };
        return (await asked.ToListAsync(ct)).ToDictionary(f => f.Id, f => new Hearing(
            Of(type, f.Default, f.Choice), f.Settings ?? new() { UserId = f.Id }, Zone.OfOrUtc(f.ZoneId), f.Sms?.Number, f.WhatsAppNotifications ? f.WhatsApp?.Number : null));
    }
}
