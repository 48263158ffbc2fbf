using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Portal.Core.Domains.Integrations;

/// <summary>One thing of a simulated provider, opened. What is changed in its data is kept when the request is done.</summary>
public sealed class SimulatedThing
{
    private readonly string before;

    internal SimulatedThing(SimulatedObject row, JsonObject data)
    {
        (Row, Data) = (row, data);
        before = row.Sealed.Length == 0 ? "" : data.ToJsonString();
    }

    public string Id => Row.ExternalId;

    public string Kind => Row.Kind;

    public JsonObject Data { get; }

    /// <summary>What is shown of it outside: its fields, without those of the simulator's own, which begin with a line.</summary>
    public JsonObject Shown => new(Data.Where(p => !p.Key.StartsWith('_')).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));

    internal SimulatedObject Row { get; }

    /// <summary>Whose it is from now on.</summary>
    public void GiveTo(string? owner) => Row.Owner = owner;

    internal void Keep(SecretBox box)
    {
        var json = Data.ToJsonString();
        Row.Status = Data["status"] is JsonValue status && status.TryGetValue(out string? text) ? text : Row.Status;
        if (json != before)
            Row.Sealed = box.Seal(json, Purpose(Row.Provider, Row.Kind, Row.ExternalId));
    }

    internal static SimulatedThing Open(SimulatedObject row, SecretBox box) => new(row, JsonNode.Parse(box.Open(row.Sealed, Purpose(row.Provider, row.Kind, row.ExternalId)))!.AsObject());

    private static string Purpose(Provider provider, string kind, string id) => $"simulated {provider} {kind} {id}";
}

/// <summary>All that a simulated provider knows, for one request: what it does to it, and what it will call back, is one unit.</summary>
public sealed class SimulatedWorld
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private readonly Dictionary<(string Kind, string Id), SimulatedThing> things = [];
    private readonly PortalDb db;
    private readonly SecretBox box;
    private readonly CancellationToken ct;

    internal SimulatedWorld(PortalDb db, SecretBox box, Provider provider, SimulatorSettings settings, Uri home, DateTime now, CancellationToken ct)
    {
        (this.db, this.box, this.ct) = (db, box, ct);
        (Provider, Settings, Home, Now) = (provider, settings, home, now);
    }

    public Provider Provider { get; }

    public SimulatorSettings Settings { get; }

    /// <summary>This portal.</summary>
    public Uri Home { get; }

    public DateTime Now { get; }

    public long Seconds => (long)(Now - DateTime.UnixEpoch).TotalSeconds;

    /// <summary>Whether its settings want this one to go wrong.</summary>
    public bool Fails => RandomNumberGenerator.GetInt32(100) < Settings.FailurePercent;

    public static string Id(string prefix, int length) => prefix + RandomNumberGenerator.GetString(Letters, length);

    /// <summary>An address of this portal's.</summary>
    public string Url(string path) => Home.AbsoluteUri.TrimEnd('/') + path;

    public async Task<SimulatedThing?> FindAsync(string kind, string? id)
    {
        if (id is not { Length: > 0 and <= SimulatedObject.LongestId })
            return null;
        if (things.TryGetValue((kind, id), out var known))
            return known;
        var row = await db.SimulatedObjects.SingleOrDefaultAsync(o => o.Provider == Provider && o.Kind == kind && o.ExternalId == id, ct);
        return row is null ? null : Known(row);
    }

    public SimulatedThing Add(string kind, string id, JsonObject data, string? owner = null)
    {
        var row = db.Add(new SimulatedObject { Provider = Provider, Kind = kind, ExternalId = id, Owner = owner, Sealed = "", CreatedAt = Now }).Entity;
        return things[(kind, id)] = new(row, data);
    }

    public void Remove(SimulatedThing thing)
    {
        things.Remove((thing.Kind, thing.Id));
        db.Remove(thing.Row);
    }

    /// <summary>The newest first; those made in this very request with them.</summary>
    public async Task<IReadOnlyList<SimulatedThing>> ListAsync(string kind, string? owner, int most, string? after = null)
    {
        var from = after is null ? null : (await FindAsync(kind, after))?.Row.Id;
        var rows = await db.SimulatedObjects.Where(o => o.Provider == Provider && o.Kind == kind && (owner == null || o.Owner == owner) && (from == null || o.Id < from))
            .OrderByDescending(o => o.Id).Take(most).ToListAsync(ct);
        var fresh = things.Values.Where(t => t.Row.Id <= 0 && t.Kind == kind && (owner is null || t.Row.Owner == owner)).Reverse();
        return [.. (from is null ? fresh : []).Concat(rows.Select(Known)).Take(most)];
    }

    /// <summary>Who sells: the agency, as its own name is.</summary>
    public async Task<string> MerchantAsync() => (await db.Agency.AsNoTracking().SingleOrDefaultAsync(ct) ?? new Agency()).Name;

    /// <summary>Something to be told by our webhook, so many times after as an outcome usually takes.</summary>
    /// <param name="about">The id of the thing it tells of.</param>
    /// <param name="type">The provider's name of the event.</param>
    /// <param name="eventId">Its id there.</param>
    /// <param name="body">As it is sent, but for the signature.</param>
    /// <param name="late">How many times the usual time after now.</param>
    /// <param name="path">Where it is told, if not where the provider always does.</param>
    public void CallBack(string about, string type, string eventId, string body, double late, string? path = null)
    {
        var row = new SimulatedCallback
        {
            Provider = Provider,
            EventId = eventId,
            Type = type,
            About = about,
            Path = path ?? $"/webhooks/{Input.Name(Provider.ToString())}",
            Sealed = box.Seal(body, SimulatedCallback.Purpose(Provider, eventId)),
            CreatedAt = Now,
        };
        row.Due(Now + TimeSpan.FromSeconds(Settings.CallbackSeconds * late));
        db.Add(row);
    }

    internal void Keep()
    {
        foreach (var thing in things.Values)
            thing.Keep(box);
    }

    private SimulatedThing Known(SimulatedObject row) =>
        things.TryGetValue((row.Kind, row.ExternalId), out var known) ? known : things[(row.Kind, row.ExternalId)] = SimulatedThing.Open(row, box);
}
