using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Portal.Core.Reactions.Audit;

/// <summary>What happened, by whom and to what: the events, read.</summary>
public sealed class AuditQueries(Database database, Sealer sealer)
{
    private static readonly Sorts<EventRow> Orders = new Sorts<EventRow>("-id", e => e.Id)
        .By("id", e => e.Id).By("at", e => e.At).By("type", e => e.Type).By("actor", e => e.ActorSearch);

    // Events are written down as they happen, so their ids are sorted by when they did. Days are found by the time and then kept in its order.
    private static readonly Sorts<EventRow> OrdersOfDays = new Sorts<EventRow>("-id", e => e.Id)
        .By("id", e => e.At).By("at", e => e.At).By("type", e => e.Type).By("actor", e => e.ActorSearch);

    public async Task<Paged<AuditLine>> ListAsync(Actor actor, AuditPage page, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeAudit);
        var found = await Found(db, page).ToPagedAsync(page, OrdersOf(page), Line(db), ct);
        return found with { Items = [.. found.Items.Select(Named)] };
    }

    public async Task<AuditLine> GetAsync(Actor actor, long id, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeAudit);
        return Named(await db.Events.Where(e => e.Id == id).Select(Line(db)).SingleOrDefaultAsync(ct) ?? throw new NotFound("event"));
    }

    /// <summary>Exactly what the filter shows, newest first, read while it is written.</summary>
    public Sheet Export(Actor actor, AuditPage page, CancellationToken ct = default)
    {
        if (!actor.May(Can.SeeAudit))
            throw new Forbidden(Can.SeeAudit);
        Check(page);
        return new("Audit log", ["Id", "At (UTC)", "What", "Who", "Role", "Subject", "Subject id", "Subject name", "Client", "Details", "Trace id", "Seal"], RowsAsync(actor, page, ct));
    }

    public async Task<ChainReport> VerifyAsync(Actor actor, CancellationToken ct = default) =>
        actor.May(Can.SeeAudit) ? await sealer.VerifyAsync(ct) : throw new Forbidden(Can.SeeAudit);

    private async IAsyncEnumerable<object?[]> RowsAsync(Actor actor, AuditPage page, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var db = database.Open(actor, Can.SeeAudit);
        await foreach (var line in Found(db, page).OrderByDescending(e => e.Id).Select(Line(db)).AsAsyncEnumerable().WithCancellation(ct))
        {
            var e = Named(line);
            yield return [e.Id, e.At, e.Type, e.ActorName, e.ActorRole, e.SubjectKind, e.SubjectId, e.SubjectName, e.ClientName, e.Data, e.TraceId, e.SealNo];
        }
    }

    /// <summary>What an admin may delete is called as the event itself called it.</summary>
    private static AuditLine Named(AuditLine line)
    {
        if (line.SubjectKind is not "api_config")
            return line;
        using var data = JsonDocument.Parse(line.Data);
        return data.RootElement.TryGetProperty("name", out var name) ? line with { SubjectName = name.GetString() } : line;
    }

    private static Expression<Func<EventRow, AuditLine>> Line(PortalDb db) => e => new AuditLine(
        e.Id, e.At, e.Type, e.ActorId, e.ActorName, e.ActorRole, e.SubjectKind, e.SubjectId,
        e.SubjectKind == "user" ? db.Users.Where(u => u.Id == e.SubjectId).Select(u => u.FullName).FirstOrDefault()
            : e.SubjectKind == "client" ? db.Clients.Where(c => c.Id == e.SubjectId).Select(c => c.Name).FirstOrDefault() : null,
        e.ClientId, db.Clients.Where(c => c.Id == e.ClientId).Select(c => c.Name).FirstOrDefault(), e.Data, e.TraceId, e.SealNo);

    /// <summary>Before the first row of an export has left, for after it there is no refusing.</summary>
    private static void Check(AuditPage page)
    {
        Input.Check(page);
        if (page.Type is not null && !EventTypes.Names.Contains(page.Type))
            throw new Invalid("type", "There is no such kind of event.");
        if (page.SubjectId is not null && page.SubjectKind is null)
            throw new Invalid("subject_id", "Say which kind of thing it is: subject_kind.");
        if (page.Zone is not null)
            _ = Zone.Of(page.Zone);
    }

    private static Sorts<EventRow> OrdersOf(AuditPage page) => page.From is null && page.To is null ? Orders : OrdersOfDays;

    private static IQueryable<EventRow> Found(PortalDb db, AuditPage page)
    {
        Check(page);
        var events = db.Events.AsNoTracking();
        var name = Search.Normal(page.Q);
        if (name.Length > 0)
            events = events.Where(e => Search.Begins(e.ActorSearch, name));
        if (page.Type is not null)
            events = events.Where(e => e.Type == page.Type);
        if (page.Actor is not null)
            events = events.Where(e => e.ActorId == page.Actor);
        if (page.Client is not null)
            events = events.Where(e => e.ClientId == page.Client);
        if (page.SubjectKind is not null)
            events = events.Where(e => e.SubjectKind == page.SubjectKind && (page.SubjectId == null || e.SubjectId == page.SubjectId));
        return Between(events, page.From, page.To, page.Zone is null ? Zone.Utc : Zone.Of(page.Zone));
    }

    private static IQueryable<EventRow> Between(IQueryable<EventRow> events, DateOnly? from, DateOnly? to, Zone zone)
    {
        var (begin, end) = zone.Span(from, to);
        if (begin is not null)
            events = events.Where(e => e.At >= begin);
        if (end is not null)
            events = events.Where(e => e.At < end);
        return events;
    }
}
