using System.Text.Json;

namespace Portal.Core.Domains.People;

/// <summary>The sign-in log: what happened to a person's own account, whoever did it.</summary>
public sealed class OwnEvents(Database database)
{
    // They are written down as they happen, so their ids are sorted by when.
    private static readonly Sorts<EventRow> Orders = new Sorts<EventRow>("-id", e => e.Id).By("id", e => e.Id).By("at", e => e.Id);

    private static readonly string[] Types = [.. new[]
    {
        typeof(SignedIn), typeof(SignedOut), typeof(SessionsEnded), typeof(SignInRefused), typeof(SignInPaused), typeof(RefreshTokenReused), typeof(EmailVerified),
        typeof(EmailChanged), typeof(PasswordChanged), typeof(PasswordReset), typeof(SecondFactorTurnedOn), typeof(SecondFactorTurnedOff), typeof(RecoveryCodesRenewed),
        typeof(RecoveryCodeUsed), typeof(PasskeyAdded), typeof(PasskeyRemoved), typeof(OwnDataExported), typeof(AccountClosing), typeof(AccountKept),
        typeof(PersonDeactivated), typeof(PersonActivated),
    }.Select(EventTypes.Name)];

    public async Task<Paged<OwnEvent>> ListAsync(Actor actor, PageRequest page, CancellationToken ct = default)
    {
        await using var db = Open(actor);
        var me = actor.UserId;
        var found = await Of(db, me).Where(e => Types.Contains(e.Type)).ToPagedAsync(page, Orders, e => new { e.Id, e.At, e.Type, e.ActorId, e.ActorName, e.Data }, ct);
        return new([.. found.Items.Select(e => View(e.Id, e.At, e.Type, e.ActorId == me || e.ActorId == 0 ? null : e.ActorName, e.Data))], found.PageSize, found.Total, found.Next, found.Previous);
    }

    /// <summary>Events of an account have no client, so the fence shows them to admins only: the portal reads them for the person, strictly by their own id.</summary>
    internal PortalDb Open(Actor actor) => actor.May(Can.SeeSelf) ? database.Open(Actor.InNameOf(actor), Can.SeeSelf) : throw new Forbidden(Can.SeeSelf);

    internal static IQueryable<EventRow> Of(PortalDb db, long userId) => db.Events.AsNoTracking().Where(e => e.SubjectKind == "user" && e.SubjectId == userId);

    private static OwnEvent View(long id, DateTime at, string type, string? by, string data)
    {
        using var json = JsonDocument.Parse(data);
        return new(id, at, type, Text(json, "device") is { } device ? Devices.Name(device) : null, Text(json, "address"), by);
    }

    private static string? Text(JsonDocument json, string name) => json.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
}
