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
        var found = await db.Users.AsNoTracking().Where(u => people.Contains(u.Id)).Select(u => new
        {
            u.Id,
            u.ZoneId,
            Default = db.HearingDefaults.FirstOrDefault(d => d.Type == key),
            Choice = db.HearingChoices.FirstOrDefault(c => c.UserId == u.Id && c.Type == key),
            Settings = db.HearingSettings.FirstOrDefault(s => s.UserId == u.Id),
            Sms = db.VerifiedNumbers.Where(n => n.UserId == u.Id && n.Channel == PhoneChannel.Sms).Select(n => n.Number).FirstOrDefault(),
            WhatsApp = db.VerifiedNumbers.Where(n => n.UserId == u.Id && n.Channel == PhoneChannel.Whatsapp && u.WhatsAppNotifications).Select(n => n.Number).FirstOrDefault(),
        }).ToListAsync(ct);
        return found.ToDictionary(f => f.Id, f => new Hearing(
            Of(type, f.Default, f.Choice), f.Settings ?? new() { UserId = f.Id }, Zone.OfOrUtc(f.ZoneId), f.Sms, f.WhatsApp));
    }
}
