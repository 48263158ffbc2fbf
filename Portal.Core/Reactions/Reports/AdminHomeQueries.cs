using Portal.Core.Domains.People;

namespace Portal.Core.Reactions.Reports;

/// <summary>An admin's Home: what needs them now, and how the agency does.</summary>
public sealed class AdminHomeQueries(Database database, MailCheck mail, TimeProvider time)
{
    private const int Shown = 4;
    private const int MostAgents = 12;

    /// <param name="actor">An admin.</param>
    /// <param name="days">The period's length.</param>
    public async Task<AdminHome> GetAsync(Actor actor, int days, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeAudit);
        var now = time.Now();
        var signIns = await SignInsAsync(db, now, days, ct);
        return new(
            await NeedsAsync(db, now, ct),
            await FiguresAsync(db, now, days, signIns, ct),
            signIns,
            await AgentsAsync(db, ct),
            await db.Events.LatestAsync(db, ct));
    }

    private async Task<AdminNeeds> NeedsAsync(PortalDb db, DateTime now, CancellationToken ct)
    {
        var pending = db.Clients.Where(c => c.Status == ClientStatus.Pending);
        var alone = db.Clients.Where(c => c.Status == ClientStatus.Active && !db.Access.Any(a => a.ClientId == c.Id && a.Level == AccessLevel.Worker));
        var late = db.Invitations.Where(i => i.AcceptedAt == null && i.WithdrawnAt == null && i.ExpiresAt <= now);
        return new(
            await pending.OrderBy(c => c.CreatedAt).Take(Shown).Select(c => new WaitingClient(
                c.Id, c.Name, c.CreatedAt,
                db.Access.Where(a => a.ClientId == c.Id).OrderBy(a => a.UserId).Select(a => db.Users.First(u => u.Id == a.UserId).FullName).FirstOrDefault(),
                db.Access.Any(a => a.ClientId == c.Id && db.Users.First(u => u.Id == a.UserId).EmailConfirmed))).ToListAsync(ct),
            await pending.CountAsync(ct),
            await alone.OrderBy(c => c.CreatedAt).Take(Shown).Select(c => new NamedClient(c.Id, c.Name)).ToListAsync(ct),
            await alone.CountAsync(ct),
            await db.Clients.Where(c => c.Status == ClientStatus.Closing).OrderBy(c => c.ClosesAt).Take(Shown).Select(c => new ClosingClient(c.Id, c.Name, c.ClosesAt!.Value)).ToListAsync(ct),
            await late.OrderByDescending(i => i.ExpiresAt).Take(Shown).Select(i => new LateInvitation(
                i.Id, i.FullName, i.ClientId, db.Clients.Where(c => c.Id == i.ClientId).Select(c => c.Name).FirstOrDefault(), i.ExpiresAt)).ToListAsync(ct),
            await late.CountAsync(ct),
            await CountAsync(db.Deliveries.Where(d => d.Status == DeliveryStatus.Dead), ct),
            await CountAsync(db.Events.Where(e => e.NextTryAt == null && e.DoneAt == null), ct),
            await mail.HasMailAsync(ct) ? null : await CountAsync(db.Deliveries.Where(d => d.Channel == MailSuppression.Channel && d.Status == DeliveryStatus.Waiting), ct),
            [.. (await db.Jobs.AsNoTracking().OrderBy(j => j.Name).ToListAsync(ct)).Where(j => j.IsFailing || j.IsLate(now) || j.IsPaused).Select(j => new JobTrouble(j.Name, j.IsFailing ? j.FailedInARow : 0, j.LookedAt, j.IsPaused ? j.PausedBy : null))]);
    }

    private static async Task<AdminFigures> FiguresAsync(PortalDb db, DateTime now, int days, List<DayCount> signIns, CancellationToken ct)
    {
        var (from, before, type) = (Start(now, days), Start(now, days * 2), EventTypes.Name(typeof(SignedIn)));
        var came = db.Events.Where(e => e.Type == type);
        return new(
            await db.Clients.CountAsync(c => c.Status == ClientStatus.Active, ct),
            await db.Clients.CountAsync(c => c.CreatedAt >= from, ct),
            await db.Clients.CountAsync(c => c.CreatedAt >= before && c.CreatedAt < from, ct),
            signIns.Sum(d => d.Count),
            signIns.Sum(d => d.Before),
            await came.Where(e => e.At >= from).Select(e => e.SubjectId).Distinct().CountAsync(ct),
            await came.Where(e => e.At >= before && e.At < from).Select(e => e.SubjectId).Distinct().CountAsync(ct),
            await db.Users.CountAsync(u => u.IsActive, ct));
    }

    /// <summary>Every day of the period, those without one too. Days are UTC, as in the audit log.</summary>
    private static async Task<List<DayCount>> SignInsAsync(PortalDb db, DateTime now, int days, CancellationToken ct)
    {
        var (from, type) = (Start(now, days * 2), EventTypes.Name(typeof(SignedIn)));
        var counts = await db.Events.Where(e => e.Type == type && e.At >= from).GroupBy(e => DateOnly.FromDateTime(e.At)).Select(g => new { Day = g.Key, Count = g.Count() }).ToListAsync(ct);
        var byDay = counts.ToDictionary(c => c.Day, c => c.Count);
        var first = DateOnly.FromDateTime(Start(now, days));
        return [.. Enumerable.Range(0, days).Select(first.AddDays).Select(day => new DayCount(day, byDay.GetValueOrDefault(day), byDay.GetValueOrDefault(day.AddDays(-days))))];
    }

    /// <summary>The fullest first.</summary>
    private static async Task<List<AgentLoad>> AgentsAsync(PortalDb db, CancellationToken ct)
    {
        var loads = await db.Users.Where(u => u.Role == Role.Agent && u.IsActive)
            .Select(u => new
            {
                u.Id,
                u.FullName,
                u.Department,
                u.Capacity,
                Clients = Assignments.Counted(db).Where(a => a.UserId == u.Id).Select(a => a.ClientId).Distinct().Count(),
            })
            .OrderByDescending(u => u.Clients * 100 / (u.Capacity + 1)).ThenBy(u => u.Id).Take(MostAgents).ToListAsync(ct);
        return [.. loads.Select(u => new AgentLoad(u.Id, u.FullName, u.Department, u.Clients, u.Capacity))];
    }

    /// <summary>Exact as far as lists go: a number that nobody reads exactly is not worth a walk through all of them at every visit.</summary>
    private static Task<int> CountAsync<T>(IQueryable<T> some, CancellationToken ct) => some.Take(PageRequest.DeepestRow).CountAsync(ct);

    private static DateTime Start(DateTime now, int days) => now.Date.AddDays(1 - days);
}
