using System.Globalization;
using System.Text.Json;
using Portal.Benchmarks.Frame;
using Portal.Core.Foundation;

namespace Portal.Benchmarks.Hosts;

/// <summary>What the database says of it, read past both hosts.</summary>
internal sealed class HostsBooks(string file)
{
    private readonly Database database = new(new SqliteProvider($"Data Source={file};Default Timeout=10"), TimeProvider.System);

    /// <summary>Whether this process runs the job now.</summary>
    public async Task<bool> HoldsAsync(string job, int process)
    {
        await using var db = Open();
        var (holder, now) = (Holder(process), TimeProvider.System.Now());
        return await db.Jobs.AnyAsync(j => j.Name == job && j.Holder!.Contains(holder) && j.LeasedUntil > now);
    }

    /// <summary>Jobs that nobody else has begun since this process last did.</summary>
    public async Task<IReadOnlyList<string>> LeftByAsync(int process)
    {
        await using var db = Open();
        var holder = Holder(process);
        return await db.Jobs.Where(j => j.Holder!.Contains(holder)).Select(j => j.Name).OrderBy(n => n).ToListAsync();
    }

    public async Task<int> WaitingAsync()
    {
        await using var db = Open();
        return await db.Events.CountAsync(e => e.DoneAt == null || e.SealNo == null);
    }

    public async Task JudgeAsync(HostsLoad load, Report report)
    {
        await using var db = Open();
        var clients = (await db.Clients.AsNoTracking().Where(c => c.Name.StartsWith("Write ")).Select(c => new { c.Id, c.Name }).ToListAsync()).ToLookup(c => c.Name, c => c.Id);
        var opened = await IdsAsync(db, "client_opened");
        var assigned = await IdsAsync(db, "agent_assigned");
        var mails = (await db.Deliveries.AsNoTracking().Where(d => d.ClientId != null && d.EventId != null).Select(d => d.ClientId!.Value).ToListAsync()).ToLookup(id => id);
        var known = clients.SelectMany(c => c).ToHashSet();
        HostsVerb.Zero(report, "acknowledged clients that are lost or not the one that was answered", load.Opened.Count(o => !clients[HostsLoad.Name(o.Key)].Contains(o.Value)));
        HostsVerb.Zero(report, "clients that are there more than once", clients.Count(c => c.Count() > 1));
        HostsVerb.Zero(report, "acknowledged clients without exactly one event", load.Opened.Values.Count(id => opened[id].Count() != 1));
        HostsVerb.Zero(report, "acknowledged assignments without exactly one event", load.Assigned.Count(id => assigned[id].Count() != 1));
        HostsVerb.Zero(report, "assignments whose agent did not hear of them exactly once", assigned.Where(a => known.Contains(a.Key)).Count(a => mails[a.Key].Count() != 1));
        HostsVerb.Zero(report, "events that were given up", await db.Events.CountAsync(e => e.DoneAt == null && e.NextTryAt == null));
        report.Line($"{load.Asked} writes asked, {load.Opened.Count} clients and {load.Assigned.Count} assignments acknowledged; {clients.Count} clients there");
    }

    /// <summary>As the audit log's own check says it.</summary>
    public static async Task<JsonElement> ChainAsync(HttpClient client, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/audit/chain") { Headers = { { "Authorization", $"Bearer {token}" } } };
        using var answer = await client.SendAsync(request);
        return await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
    }

    private PortalDb Open() => database.Open(Actor.System("bench"), Can.KeepHouse);

    private static async Task<ILookup<long, long>> IdsAsync(PortalDb db, string type) =>
        (await db.Events.AsNoTracking().Where(e => e.Type == type && e.ClientId != null).Select(e => e.ClientId!.Value).ToListAsync()).ToLookup(id => id);

    private static string Holder(int process) => string.Create(CultureInfo.InvariantCulture, $"/{process}/");
}
