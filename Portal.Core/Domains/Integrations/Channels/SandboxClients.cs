namespace Portal.Core.Domains.Integrations;

/// <summary>Which clients are only for trying things: what is theirs goes to no live account. Asked for each message, so what was read is good for some seconds.</summary>
internal sealed class SandboxClients(Database database, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private static readonly Actor Self = Actor.System("integrations");
    private volatile Known? known;

    public async ValueTask<bool> HasAsync(long? clientId, CancellationToken ct)
    {
        if (clientId is not { } id)
            return false;
        var now = time.Now();
        if (known is { } ready && ready.NewestId >= id && now - ready.At < Fresh)
            return ready.Ids.Contains(id);
        await using var db = database.Open(Self, Can.KeepHouse);
        var ids = await db.Clients.Where(c => c.IsSandbox).Select(c => c.Id).ToListAsync(ct);
        var newest = await db.Clients.MaxAsync(c => (long?)c.Id, ct) ?? 0;
        var all = known = new([.. ids], newest, now);
        return all.Ids.Contains(id);
    }

    private sealed record Known(HashSet<long> Ids, long NewestId, DateTime At);
}
