using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;

namespace Portal.Core.Domains.Integrations;

/// <summary>What the simulated providers have and what they call back, for the admin.</summary>
public sealed class SimulatorBoard(SimulatorDesk desk, Lane lane, Database database, SecretBox box, TimeProvider time)
{
    private const int CallDays = 7;
    private const int ThingDays = 60;
    private static readonly Actor Self = Actor.System("cleaning");
    private static readonly string[] Inner = [SimulatorDesk.Call, SimulatorDesk.Once, SimulatorDesk.SettingsKind, "account", "token", "balance", "template_id"];
    private static readonly string[] Passing = [SimulatorDesk.Call, SimulatorDesk.Once, "token"];
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly Sorts<SimulatedObject> Newest = new Sorts<SimulatedObject>("-id", o => o.Id).By("id", o => o.Id);
    private static readonly Sorts<SimulatedCallback> NewestCallback = new Sorts<SimulatedCallback>("-id", c => c.Id).By("id", c => c.Id);

    public async Task<SimulatorSettings> SettingsAsync(Actor actor, Provider provider, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.ManageIntegrations);
        return await desk.SettingsAsync(db, provider, ct);
    }

    /// <summary>What it has taken from us and made of it; or, if that is wanted, what was asked of it.</summary>
    public async Task<Paged<SimulatedLine>> ListAsync(Actor actor, SimulatedPage page, CancellationToken ct = default)
    {
        Input.Check(page);
        await using var db = database.Open(actor, Can.ManageIntegrations);
        var found = db.SimulatedObjects.AsNoTracking().Where(o => o.Provider == page.Provider);
        found = page.Kind is { } kind ? found.Where(o => o.Kind == kind) : found.Where(o => !Inner.Contains(o.Kind));
        if (page.Q is { Length: > 0 } q)
            found = found.Where(o => Search.Begins(o.ExternalId, q));
        return await found.ToPagedAsync(page, Newest, o => new SimulatedLine(o.Id, o.Kind, o.ExternalId, o.Owner, o.Status, o.CreatedAt), ct);
    }

    public async Task<Paged<CallbackLine>> CallbacksAsync(Actor actor, SimulatedPage page, CancellationToken ct = default)
    {
        Input.Check(page);
        await using var db = database.Open(actor, Can.ManageIntegrations);
        return await db.SimulatedCallbacks.AsNoTracking().Where(c => c.Provider == page.Provider)
            .ToPagedAsync(page, NewestCallback, c => new CallbackLine(c.Id, c.Type, c.EventId, c.About, c.Answer, c.Trouble, c.Tries, c.CreatedAt, c.NextTryAt, c.DoneAt), ct);
    }

    public async Task<SimulatedDetail> GetAsync(Actor actor, long id, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.ManageIntegrations);
        var row = await db.SimulatedObjects.AsNoTracking().SingleOrDefaultAsync(o => o.Id == id && !Inner.Contains(o.Kind), ct) ?? throw new NotFound("simulated");
        var data = SimulatedThing.Open(row, box).Shown;
        return new(new(row.Id, row.Kind, row.ExternalId, row.Owner, row.Status, row.CreatedAt), row.Provider, data.ToJsonString(Readable));
    }

    /// <summary>Tells it once more, as providers can be asked to: the same event, signed anew.</summary>
    public Task SendAgainAsync(Actor actor, long id, CancellationToken ct = default) => lane.RunAsync(actor, Can.ManageIntegrations, async db =>
    {
        var row = await db.SimulatedCallbacks.SingleOrDefaultAsync(c => c.Id == id, ct) ?? throw new NotFound("callback");
        row.SendAgain(time.Now());
        db.Record(new SimulatorUsed(row.Provider, "send_again", row.EventId));
    }, ct);

    /// <summary>Lets go of what nobody looks at any more.</summary>
    public async Task<int> CleanUpAsync(CancellationToken ct)
    {
        var (now, gone) = (time.Now(), 0);
        foreach (var kind in Passing)
            gone += await ThingsAsync(kind, now.AddDays(-CallDays), ct);
        gone += await ThingsAsync("message", now.AddDays(-ThingDays), ct);
        return gone + await Batches.DeleteAsync(() => lane.RunAsync(Self, Can.KeepHouse, async db =>
        {
            var old = now.AddDays(-CallDays);
            var ids = await db.SimulatedCallbacks.Where(c => c.DoneAt < old).OrderBy(c => c.DoneAt).Take(Batches.Size).Select(c => c.Id).ToListAsync(ct);
            return ids.Count == 0 ? 0 : await db.SimulatedCallbacks.Where(c => ids.Contains(c.Id)).ExecuteDeleteAsync(ct);
        }, ct), ct);
    }

    private Task<int> ThingsAsync(string kind, DateTime before, CancellationToken ct) => Batches.DeleteAsync(() => lane.RunAsync(Self, Can.KeepHouse, async db =>
    {
        var ids = await db.SimulatedObjects.Where(o => o.Kind == kind && o.CreatedAt < before).OrderBy(o => o.CreatedAt).Take(Batches.Size).Select(o => o.Id).ToListAsync(ct);
        return ids.Count == 0 ? 0 : await db.SimulatedObjects.Where(o => ids.Contains(o.Id)).ExecuteDeleteAsync(ct);
    }, ct), ct);
}

/// <summary>A part of what a simulated provider has. Q is the beginning of an id.</summary>
public sealed class SimulatedPage : PageRequest
{
    [FromQuery(Name = "provider")]
    public Provider Provider { get; set; }

    [MaxLength(SimulatedObject.LongestKind), FromQuery(Name = "kind")]
    public string? Kind { get; set; }
}

/// <param name="Owner">Whom it went to, or whose it is there.</param>
public sealed record SimulatedLine(long Id, string Kind, string ExternalId, string? Owner, string? Status, DateTime CreatedAt);

public sealed record SimulatedDetail(SimulatedLine Line, Provider Provider, string Json);

public sealed record CallbackLine(long Id, string Type, string EventId, string About, int? Answer, string? Trouble, int Tries, DateTime CreatedAt, DateTime? NextTryAt, DateTime? DoneAt);
