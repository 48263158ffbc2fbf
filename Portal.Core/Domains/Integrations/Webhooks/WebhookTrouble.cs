namespace Portal.Core.Domains.Integrations;

/// <summary>
/// Which providers call and are refused. Anybody can send what is refused, so the admins are told only of a provider that is set up, when several of its
/// calls were refused and none was taken since, and at most once a day.
/// </summary>
public sealed class WebhookTrouble(Database database, RefusalCount refusals, IEnumerable<WebhookSource> sources, ProviderAccounts accounts, TimeProvider time)
{
    /// <summary>Fewer than these may be anybody's; a provider tries again and again.</summary>
    public const int Fewest = 3;
    private static readonly TimeSpan LooksBack = TimeSpan.FromDays(1);
    private static readonly TimeSpan Lately = TimeSpan.FromHours(1);
    private static readonly TimeSpan TellsAgain = TimeSpan.FromDays(1);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);
    private static readonly Actor Self = Actor.System("webhooks");

    /// <summary>What was refused within a day and is not over, the latest first: since then a call of the same provider may have been taken.</summary>
    public async Task<IReadOnlyList<RefusedCallsView>> ListAsync(Actor actor, CancellationToken ct = default)
    {
        if (!actor.May(Can.ManageIntegrations))
            throw new Forbidden(Can.ManageIntegrations, actor);
        await refusals.FlushAsync();
        await using var db = database.Open(actor, Can.ManageIntegrations);
        var (shown, now) = (new List<RefusedCallsView>(), time.Now());
        foreach (var calls in (await RefusedAsync(db, now, ct)).GroupBy(r => r.Provider))
        {
            var taken = await TakenAsync(db, calls.Key, ct);
            shown.AddRange(calls.GroupBy(r => r.Reason)
                .Select(r => new RefusedCallsView(calls.Key, r.Key, r.Sum(x => x.Count), r.Min(x => x.FirstAt), r.Max(x => x.LastAt), taken))
                .Where(r => taken is null || r.LastAt > taken || r.LastAt > now - Lately));
        }

        return [.. shown.OrderByDescending(r => r.LastAt)];
    }

    /// <returns>Of how many providers no call is taken.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        await refusals.FlushAsync();
        await using var db = database.Open(Self, Can.KeepHouse);
        var now = time.Now();
        await db.WebhookRefusals.Where(r => r.LastAt < now - Kept).ExecuteDeleteAsync(ct);
        var (known, all, troubled) = (await db.RefusedProviders.ToDictionaryAsync(r => r.Provider, ct), await RefusedAsync(db, now, ct), 0);
        foreach (var source in sources)
        {
            var of = all.Where(r => r.Provider == source.Provider && (r.Reason is not RefusedFor.NotSigned || source.MayComeUnsigned)).ToList();
            var refused = await NoneTakenSinceAsync(db, source.Provider, of, ct);
            troubled += refused.Count > 0 ? 1 : 0;
            Note(db, known.GetValueOrDefault(source.Provider), refused, now);
        }

        await db.SaveChangesAsync(ct);
        return troubled;
    }

    private static void Note(PortalDb db, RefusedProvider? known, List<WebhookRefusal> refused, DateTime now)
    {
        if (refused.Count == 0)
        {
            End(db, known, now);
            return;
        }

        if (known is not null && (known.EndedAt is null || now - known.ToldAt < TellsAgain))
            return;
        var row = known ?? db.Add(new RefusedProvider { Provider = refused[0].Provider, ToldAt = now }).Entity;
        (row.ToldAt, row.EndedAt) = (now, null);
        var most = refused.GroupBy(r => r.Reason).MaxBy(r => r.Sum(x => x.Count))!;
        db.Record(() => new ProviderCallsRefused(row.Id, row.Provider, most.Key, most.Sum(r => r.Count), most.Min(r => r.FirstAt)));
    }

    private static void End(PortalDb db, RefusedProvider? known, DateTime now)
    {
        if (known is null)
            return;
        known.EndedAt ??= now;
        if (now - known.ToldAt >= TellsAgain)
            db.Remove(known);
    }

    private static Task<List<WebhookRefusal>> RefusedAsync(PortalDb db, DateTime now, CancellationToken ct) =>
        db.WebhookRefusals.AsNoTracking().Where(r => r.LastAt > now - LooksBack).OrderBy(r => r.LastAt).ToListAsync(ct);

    /// <returns>What was refused since the last call that was taken; none where that is too little to say anything, or nobody uses the provider.</returns>
    private async Task<List<WebhookRefusal>> NoneTakenSinceAsync(PortalDb db, Provider provider, List<WebhookRefusal> refused, CancellationToken ct)
    {
        if (refused.Count == 0 || (await accounts.AllAsync(provider, ct)).All(a => a.Source is AccountSource.Simulator))
            return [];

        // What was refused in the hour of that call may have come before it.
        var taken = await TakenAsync(db, provider, ct);
        var since = refused.Where(r => taken is null || r.FirstAt > taken).ToList();
        return since.Sum(r => r.Count) < Fewest ? [] : since;
    }

    /// <summary>When the last call was taken: of the live account, where there is one, for that of the sandbox may have another secret.</summary>
    private async Task<DateTime?> TakenAsync(PortalDb db, Provider provider, CancellationToken ct)
    {
        var (name, hasLive) = (Input.Name(provider.ToString()), (await accounts.AllAsync(provider, ct)).Any(a => !a.IsSandbox && a.Source is not AccountSource.Simulator));
        return await db.Inbox.Where(r => r.Provider == name && (!hasLive || !r.IsSandbox)).OrderByDescending(r => r.Id).Select(r => (DateTime?)r.ReceivedAt).FirstOrDefaultAsync(ct);
    }
}

/// <summary>Calls of the last day that were not taken.</summary>
/// <param name="Since">When the first of them came.</param>
/// <param name="LastTakenAt">When a call of this provider was taken last.</param>
public sealed record RefusedCallsView(Provider Provider, RefusedFor Reason, int Count, DateTime Since, DateTime LastAt, DateTime? LastTakenAt);
