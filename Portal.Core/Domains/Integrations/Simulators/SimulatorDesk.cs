using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Portal.Core.Domains.Integrations;

/// <summary>Does one request at a simulated provider: what changes there, what will be called back and what was answered are one unit.</summary>
public sealed class SimulatorDesk(Database database, Lane lane, SecretBox box, PortalOptions portal, TimeProvider time)
{
    internal const string Call = "call";
    internal const string Once = "once";
    internal const string SettingsKind = "settings";
    private const int MostTries = 5;
    private static readonly Actor Self = Actor.System("simulators");

    public async Task<SimulatorSettings> SettingsAsync(Provider provider, CancellationToken ct)
    {
        await using var db = database.Open(Self, Can.KeepHouse);
        return await SettingsAsync(db, provider, ct);
    }

    /// <summary>Answers a request. With a key that came before, as it was answered then.</summary>
    /// <param name="request">As it came.</param>
    /// <param name="work">What the provider does; it may run twice, and touches nothing but its world.</param>
    /// <param name="mismatch">How the provider refuses a key that came with another request.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<SimulatedReply> AnswerAsync(SimulatedRequest request, Func<SimulatedWorld, Task<SimulatedReply>> work, Func<SimulatedReply> mismatch, CancellationToken ct)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await lane.RunAsync(Self, Can.KeepHouse, async db => await OnceAsync(await WorldAsync(db, request.Provider, ct), request, work, mismatch), ct);
            }
            catch (SimulatedRefusal no)
            {
                await NoteAsync(request, no.Reply, ct);
                return no.Reply;
            }
            catch (Conflict) when (tries < MostTries)
            {
                // Another host did something to the same in the same moment: again, with what it left.
            }
        }
    }

    /// <summary>What was not even done.</summary>
    public Task NoteAsync(SimulatedRequest request, SimulatedReply reply, CancellationToken ct) => !IsNoted(request, reply) ? Task.CompletedTask : lane.RunAsync(Self, Can.KeepHouse, async db =>
    {
        var world = await WorldAsync(db, request.Provider, ct);
        Note(world, request, reply);
        world.Keep();
    }, ct);

    /// <summary>An admin makes something happen to one of its things.</summary>
    public Task ActAsync(Actor actor, Provider provider, long id, string what, Func<SimulatedWorld, SimulatedThing, Task> act, CancellationToken ct) => HappenAsync(actor, provider, what, async (db, world) =>
    {
        var row = await db.SimulatedObjects.AsNoTracking().SingleOrDefaultAsync(o => o.Id == id && o.Provider == provider, ct) ?? throw new NotFound("simulated");
        await act(world, (await world.FindAsync(row.Kind, row.ExternalId))!);
        return row.ExternalId;
    }, ct);

    /// <summary>An admin makes something happen that begins with none of its things.</summary>
    public Task ActAsync(Actor actor, Provider provider, string what, Func<SimulatedWorld, Task> act, CancellationToken ct) => HappenAsync(actor, provider, what, async (_, world) =>
    {
        await act(world);
        return null;
    }, ct);

    private async Task HappenAsync(Actor actor, Provider provider, string what, Func<PortalDb, SimulatedWorld, Task<string?>> act, CancellationToken ct)
    {
        if (!actor.May(Can.ManageIntegrations))
            throw new Forbidden(Can.ManageIntegrations, actor);
        await lane.RunAsync(actor, Can.ManageIntegrations, async db =>
        {
            var world = await WorldAsync(db, provider, ct);
            var of = await act(db, world);
            world.Keep();
            db.Record(new SimulatorUsed(provider, what, of));
        }, ct);
    }

    /// <summary>Its behaviour is one of the things it has.</summary>
    public Task ChangeAsync(Actor actor, ChangeSimulator input, CancellationToken ct = default)
    {
        Input.Check(input);
        if (!SimulatorAccounts.Simulated.Contains(input.Provider))
            throw new NotFound("simulator");
        return lane.RunAsync(actor, Can.ManageIntegrations, async db =>
        {
            var world = await WorldAsync(db, input.Provider, ct);
            var settings = await world.FindAsync(SettingsKind, SettingsKind) ?? world.Add(SettingsKind, SettingsKind, []);
            foreach (var (name, value) in JsonSerializer.SerializeToNode(input.Settings)!.AsObject())
                settings.Data[name] = value?.DeepClone();
            world.Keep();
            db.Record(new SimulatorUsed(input.Provider, "settings", null));
        }, ct);
    }

    internal async Task<SimulatorSettings> SettingsAsync(PortalDb db, Provider provider, CancellationToken ct)
    {
        var row = await db.SimulatedObjects.AsNoTracking().SingleOrDefaultAsync(o => o.Provider == provider && o.Kind == SettingsKind && o.ExternalId == SettingsKind, ct);
        return row is null ? SimulatorSettings.Usual : SimulatedThing.Open(row, box).Data.Deserialize<SimulatorSettings>()!;
    }

    private async Task<SimulatedWorld> WorldAsync(PortalDb db, Provider provider, CancellationToken ct) => new(db, box, provider, await SettingsAsync(db, provider, ct), new(portal.PublicUrl), time.Now(), ct);

    private static async Task<SimulatedReply> OnceAsync(SimulatedWorld world, SimulatedRequest request, Func<SimulatedWorld, Task<SimulatedReply>> work, Func<SimulatedReply> mismatch)
    {
        var (key, hash) = request.OnceKey is { } given ? (Hash(Encoding.UTF8.GetBytes(given)), Hash([.. Encoding.UTF8.GetBytes($"{request.Method} {request.Path}\n"), .. request.Body.Span])) : (null, null);
        if (key is not null && await world.FindAsync(Once, key) is { } before)
        {
            return before.Data["hash"]!.GetValue<string>() == hash
                ? new(before.Data["answer"]!.GetValue<int>(), before.Data["body"]?.DeepClone()) { Headers = [("Idempotent-Replayed", "true")] }
                : throw new SimulatedRefusal(mismatch());
        }

        var reply = await work(world);
        if (key is not null)
            world.Add(Once, key, new() { ["hash"] = hash, ["answer"] = reply.Status, ["body"] = reply.Body?.DeepClone() });
        if (IsNoted(request, reply))
            Note(world, request, reply);
        world.Keep();
        return reply;
    }

    private static bool IsNoted(SimulatedRequest request, SimulatedReply reply) => reply.Status < 400 || (request.IsByGuest && reply.Status != 401);

    /// <summary>Which was asked and how it ended; not what was said, nor by whom.</summary>
    private static void Note(SimulatedWorld world, SimulatedRequest request, SimulatedReply reply) =>
        world.Add(Call, Guid.CreateVersion7().ToString("N"), new() { ["status"] = reply.Status.ToString(System.Globalization.CultureInfo.InvariantCulture), ["method"] = request.Method, ["path"] = Short(request.Path) }, owner: Short($"{request.Method} {request.Path}"));

    private static string Short(string text) => text.Length > 300 ? text[..300] : text;

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
