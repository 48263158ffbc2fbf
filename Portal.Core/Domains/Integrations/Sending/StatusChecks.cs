using Microsoft.Extensions.Logging;

namespace Portal.Core.Domains.Integrations;

/// <summary>
/// Asks providers what became of messages of which they have told nothing final: for when a webhook is lost, or none is set up. After three
/// days nobody asks any more.
/// </summary>
public sealed class StatusChecks(Database database, Lane lane, ProviderAccounts accounts, ResendClient resend, TwilioClient twilio, TimeProvider time, ILogger<StatusChecks> log)
{
    private const int MostAtOnce = 200;
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(4);
    private static readonly List<ReportStatus> Final = [.. Enum.GetValues<ReportStatus>().Where(IsFinal)];
    private static readonly TimeSpan Longest = TimeSpan.FromDays(3);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);
    private static readonly Actor Self = Actor.System("integrations");

    public async Task<bool> HasWorkAsync(Provider provider, CancellationToken ct)
    {
        var now = time.Now();
        await using var db = database.Open(Self, Can.KeepHouse);
        return await db.ProviderHandovers.AnyAsync(h => h.Provider == provider && h.NextLookAt <= now, ct);
    }

    /// <returns>How many were asked for, and how many are further than we knew.</returns>
    public async Task<(int Asked, int Moved)> RunAsync(Provider provider, CancellationToken ct)
    {
        await SettleAsync(provider, ct);
        var (began, asked, moved) = (time.GetTimestamp(), 0, 0);
        foreach (var isSandbox in new[] { false, true })
        {
            var isThere = true;
            while (isThere && time.GetElapsedTime(began) < LongestRun && await DueAsync(provider, isSandbox, ct) is { Count: > 0 } some)
            {
                var (more, further, all) = await AskAsync(provider, isSandbox, some, ct);
                (asked, moved, isThere) = (asked + more, moved + further, all);
            }
        }

        return (asked, moved);
    }

    /// <summary>Lets go of what was handed over long ago: nobody comes back to it.</summary>
    public Task<int> CleanUpAsync(CancellationToken ct) => Batches.DeleteAsync(() => lane.RunAsync(Self, Can.KeepHouse, async db =>
    {
        var before = time.Now() - Kept;
        var old = await db.ProviderHandovers.Where(h => h.BeganAt < before && h.NextLookAt == null).OrderBy(h => h.BeganAt).Take(Batches.Size).Select(h => h.DeliveryId).ToListAsync(ct);
        return old.Count == 0 ? 0 : await db.ProviderHandovers.Where(h => old.Contains(h.DeliveryId)).ExecuteDeleteAsync(ct);
    }, ct), ct);

    /// <summary>Of what a webhook has told the end of, nobody is asked.</summary>
    private Task SettleAsync(Provider provider, CancellationToken ct) => lane.RunAsync(Self, Can.KeepHouse, db =>
    {
        var now = time.Now();
        return db.ProviderHandovers
            .Where(h => h.Provider == provider && h.NextLookAt <= now && db.Deliveries.Any(d => d.Id == h.DeliveryId && db.DeliveryReports.Any(r => r.Receipt == d.Receipt && r.Channel == d.Channel && Final.Contains(r.Status))))
            .ExecuteUpdateAsync(h => h.SetProperty(x => x.NextLookAt, (DateTime?)null), ct);
    }, ct);

    private async Task<List<Due>> DueAsync(Provider provider, bool isSandbox, CancellationToken ct)
    {
        var now = time.Now();
        await using var db = database.Open(Self, Can.KeepHouse);
        var rows = await (from h in db.ProviderHandovers.Where(h => h.Provider == provider && h.IsSandbox == isSandbox && h.NextLookAt <= now).OrderBy(h => h.NextLookAt).Take(MostAtOnce)
                          join d in db.Deliveries on h.DeliveryId equals d.Id into found
                          from d in found.DefaultIfEmpty()
                          select new { h.DeliveryId, h.BeganAt, d.Channel, d.Receipt, Status = (DeliveryStatus?)d.Status }).ToListAsync(ct);
        return rows.ConvertAll(r => new Due(r.DeliveryId, r.BeganAt, r.Channel, r.Receipt, r.Status is DeliveryStatus.Sent, r.Status is DeliveryStatus.Waiting or DeliveryStatus.Sending));
    }

    /// <returns>How many were asked for, how many are further than we knew, and whether somebody was there for all of them.</returns>
    private async Task<(int Asked, int Moved, bool All)> AskAsync(Provider provider, bool isSandbox, List<Due> some, CancellationToken ct)
    {
        var (asked, moved) = (0, 0);
        foreach (var due in some)
        {
            if (due is { Receipt: not null, IsSent: true } && await accounts.FindAsync(provider, isSandbox, ct) is { } account)
            {
                asked++;
                if (await AskAsync(account, due, ct) is not { } answer)
                {
                    await PutOffAsync(provider, isSandbox, due, ct);
                    return (asked, moved, false); // nobody is there: the others can wait too
                }

                moved += await NoteAsync(due, answer, ct) ? 1 : 0;
            }
            else
            {
                await NoteAsync(due, new(null, null), ct);
            }
        }

        return (asked, moved, true);
    }

    /// <summary>The next time another one is asked for first, for it may be this one that nothing is said of; and what is old by now is let be.</summary>
    private Task PutOffAsync(Provider provider, bool isSandbox, Due due, CancellationToken ct) => lane.RunAsync(Self, Can.KeepHouse, async db =>
    {
        var now = time.Now();
        var old = now - Longest;
        await db.ProviderHandovers.Where(h => h.DeliveryId == due.DeliveryId).ExecuteUpdateAsync(h => h.SetProperty(x => x.NextLookAt, now), ct);
        await db.ProviderHandovers.Where(h => h.Provider == provider && h.IsSandbox == isSandbox && h.NextLookAt <= now && h.BeganAt < old).ExecuteUpdateAsync(h => h.SetProperty(x => x.NextLookAt, (DateTime?)null), ct);
    }, ct);

    /// <returns>Null when nobody could be asked.</returns>
    private async Task<Answer?> AskAsync(ProviderAccount account, Due due, CancellationToken ct)
    {
        try
        {
            if (account.Provider is Provider.Resend)
                return new(MessageStatuses.OfResend((await resend.FindAsync(account, due.Receipt!, ct)).LastEvent, isForGood: false), null);
            var message = await twilio.FindAsync(account, due.Receipt!, ct);
            return new(MessageStatuses.OfTwilio(message.Status), message.ErrorCode is { } code ? $"Error {code}" : null);
        }
        catch (ProviderRefused e) when (e is { Of: not RefusalOf.Account, IsForGood: true })
        {
            return new(null, null, IsUnknown: true);
        }
        catch (PortalException e) when (e is ProviderRefused or ProviderUnavailable)
        {
            log.LogWarning("{Account} cannot be asked what became of messages: {Why}", account, ProviderWords.ForLog(e));
            return null;
        }
    }

    /// <returns>Whether it is further than we knew.</returns>
    private Task<bool> NoteAsync(Due due, Answer answer, CancellationToken ct) => lane.RunAsync(Self, Can.KeepHouse, async db =>
    {
        if (await db.ProviderHandovers.SingleOrDefaultAsync(h => h.DeliveryId == due.DeliveryId, ct) is not { } row)
            return false;
        var now = time.Now();
        var isOver = answer.IsUnknown || (answer.Status is { } s && IsFinal(s)) || now - due.BeganAt > Longest || !(due.IsSent || due.Waits);
        row.NextLookAt = isOver ? null : now + Every(row.Provider, now - due.BeganAt);
        return answer.Status is { } status && (await HeardReports.AddAsync(db, [new(due.Channel!, due.Receipt!, Input.Name(row.Provider.ToString()), status, now, answer.Trouble, null)], now, ct))[0];
    }, ct);

    /// <summary>E-mail every five minutes while it is young, then every hour like the others.</summary>
    private static TimeSpan Every(Provider provider, TimeSpan age) => provider is Provider.Resend && age < TimeSpan.FromHours(1) ? TimeSpan.FromMinutes(5) : TimeSpan.FromHours(1);

    private static bool IsFinal(ReportStatus status) => status >= ReportStatus.Failed;

    private sealed record Due(long DeliveryId, DateTime BeganAt, string? Channel, string? Receipt, bool IsSent, bool Waits);

    private sealed record Answer(ReportStatus? Status, string? Trouble, bool IsUnknown = false);
}
