using System.Text.Json.Nodes;

namespace Portal.Core.Domains.People;

/// <summary>Hands a person everything that is held about them.</summary>
public sealed class OwnData(OwnEvents events, PeopleQueries people, IEnumerable<IKeepsOfPeople> rooms, TimeProvider time)
{
    private const int Most = 10_000;

    public async Task<OwnExport> ExportAsync(Actor actor, CancellationToken ct = default)
    {
        var access = (await people.MeAsync(actor, ct)).Clients;
        await using var db = events.Open(actor);
        var user = await db.MyselfAsync(actor, ct);
        var export = new OwnExport(
            time.Now(), View(user), access, await SessionsAsync(db, user.Id, ct), await EventsAsync(db, user.Id, ct), await InvitationsAsync(db, user.Email!, ct), await PasskeysAsync(db, user.Id, ct),
            await NumbersAsync(db, user.Id, ct), await MoreAsync(db, user.Id, ct));
        db.Record(new OwnDataExported(user.Id));
        await db.SaveChangesAsync(ct);
        return export;
    }

    private static ExportedPerson View(PortalUser u) => new(
        u.Id, u.Email!, u.FullName, u.Role, u.Department, u.Specialisation, u.PhoneNumber ?? "", u.ZoneId, u.Culture, u.Theme, u.WhatsAppNotifications,
        u.PhotoId is not null, u.TwoFactorEnabled, u.CreatedAt, u.LastSignInAt, u.TermsVersion, u.TermsAcceptedAt, u.ErasesAt);

    private static Task<List<ExportedSession>> SessionsAsync(PortalDb db, long userId, CancellationToken ct) => db.Sessions.AsNoTracking()
        .Where(s => s.UserId == userId).OrderByDescending(s => s.Id).Take(Most)
        .Select(s => new ExportedSession(s.CreatedAt, s.SeenAt, s.EndedAt, s.Kind, s.Method, s.Address, s.Device)).ToListAsync(ct);

    private static async Task<List<ExportedEvent>> EventsAsync(PortalDb db, long userId, CancellationToken ct)
    {
        var rows = await OwnEvents.Of(db, userId).OrderByDescending(e => e.Id).Take(Most).Select(e => new { e.At, e.Type, e.ActorName, e.Data }).ToListAsync(ct);
        return [.. rows.Select(e => new ExportedEvent(e.At, e.Type, e.ActorName, JsonNode.Parse(e.Data)))];
    }

    private static Task<List<ExportedInvitation>> InvitationsAsync(PortalDb db, string email, CancellationToken ct)
    {
        string[] written = [email, email.ToLowerInvariant()];
        return db.Invitations.AsNoTracking().Where(i => written.Contains(i.Email)).OrderByDescending(i => i.Id).Take(Most)
            .Select(i => new ExportedInvitation(i.CreatedAt, i.Role, i.Level, i.AcceptedAt)).ToListAsync(ct);
    }

    private static Task<List<ExportedNumber>> NumbersAsync(PortalDb db, long userId, CancellationToken ct) => db.VerifiedNumbers.AsNoTracking()
        .Where(n => n.UserId == userId).Select(n => new ExportedNumber(n.Channel, n.Number, n.VerifiedAt)).ToListAsync(ct);

    private async Task<Dictionary<string, object>> MoreAsync(PortalDb db, long userId, CancellationToken ct)
    {
        var more = new Dictionary<string, object>();
        foreach (var room in rooms)
            more[room.Part] = await room.OfAsync(db, userId, ct);
        return more;
    }

    private static async Task<List<string>> PasskeysAsync(PortalDb db, long userId, CancellationToken ct) =>
        [.. (await db.Passkeys.AsNoTracking().Where(p => p.UserId == userId).ToListAsync(ct)).Select(p => p.Data.Name ?? "")];
}
