namespace Portal.Core.Domains.People;

/// <summary>What a person says of themselves: name, mobile, zone, formats, theme.</summary>
public sealed class OwnProfile(Database database, PersonDirectory people, TimeProvider time)
{
    private const int MostTries = 10;

    public async Task<MyProfile> GetAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeSelf);
        var user = await db.MyselfAsync(actor, ct);
        var pending = await OwnEmail.PendingAsync(db, user.Id, ct);
        var left = user.TwoFactorEnabled ? await db.RecoveryCodes.CountAsync(c => c.UserId == user.Id && c.UsedAt == null, ct) : 0;
        return new(
            user.Id, user.Email!, user.FullName, user.Role, user.PhoneNumber ?? "", user.ZoneId, user.Culture, user.Theme, user.WhatsAppNotifications,
            Pictures.Url(PictureOf.Person, user.Id, user.PhotoId), pending?.IsGood(time.Now()) is true ? pending.Email : null,
            user.PasswordHash is not null, user.TwoFactorEnabled, left, user.ErasesAt);
    }

    public Task ChangeAsync(Actor actor, ChangeOwnProfile input, CancellationToken ct = default) => SaveAsync(actor, _ => input, ct);

    public async Task<MyProfile> PatchAsync(Actor actor, PatchOwnProfile patch, CancellationToken ct = default)
    {
        await SaveAsync(actor, now => new()
        {
            FullName = patch.FullName ?? now.FullName,
            Mobile = patch.Mobile ?? now.PhoneNumber ?? "",
            Zone = patch.Zone ?? now.ZoneId,
            Culture = patch.Culture ?? now.Culture,
            Theme = patch.Theme ?? now.Theme,
            WhatsAppNotifications = patch.WhatsAppNotifications ?? now.WhatsAppNotifications,
        }, ct);
        return await GetAsync(actor, ct);
    }

    // What is left out stays as it is at that moment: who changes another field at the same time loses nothing.
    private async Task SaveAsync(Actor actor, Func<PortalUser, ChangeOwnProfile> make, CancellationToken ct)
    {
        for (var tries = 1; ; tries++)
        {
            await using var db = database.Open(actor, Can.SeeSelf);
            var user = await db.MyselfAsync(actor, ct);
            var changed = Apply(user, Checked(make(user)));
            if (changed.Length == 0)
                return;
            user.Touch();
            db.Record(new OwnProfileChanged(user.Id, string.Join(", ", changed)));
            try
            {
                await db.SaveChangesAsync(ct);
                people.Forget(user.Id);
                return;
            }
            catch (Conflict) when (tries < MostTries)
            {
                // Once more on what is there now.
            }
        }
    }

    private static ChangeOwnProfile Checked(ChangeOwnProfile input)
    {
        Input.Check(input);
        _ = Zone.Of(input.Zone);
        return input.Culture is { Length: > 0 } culture && !Cultures.All.Contains(culture)
            ? throw new Invalid("culture", $"Choose one of {string.Join(", ", Cultures.All)}.")
            : input;
    }

    /// <returns>The names of the fields that are others now.</returns>
    private static string[] Apply(PortalUser user, ChangeOwnProfile input)
    {
        var before = Fields(user);
        (user.FullName, user.ZoneId, user.Culture) = (input.FullName.Trim(), input.Zone, input.Culture ?? "");
        user.PhoneNumber = input.Mobile.Length == 0 ? null : input.Mobile;
        (user.Theme, user.WhatsAppNotifications) = (input.Theme, input.WhatsAppNotifications);
        return [.. Fields(user).Except(before).Select(f => f.Name)];
    }

    private static (string Name, object? Value)[] Fields(PortalUser user) =>
    [
        ("full_name", user.FullName), ("mobile", user.PhoneNumber), ("zone", user.ZoneId), ("culture", user.Culture), ("theme", user.Theme),
        ("whats_app_notifications", user.WhatsAppNotifications),
    ];
}
