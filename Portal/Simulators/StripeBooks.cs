using System.Text.Json.Nodes;
using Portal.Core.Domains.Integrations;

namespace Portal.Simulators;

/// <summary>What all of the simulated Stripe has in common: how it says no, how it tells, and what its things look like.</summary>
internal static class StripeBooks
{
    public const string Customer = "customer";
    public const string Method = "payment_method";
    public const string Intent = "payment_intent";
    public const string Setup = "setup_intent";
    public const string Session = "checkout_session";
    public const string Charge = "charge";
    public const string Refund = "refund";
    public const string Dispute = "dispute";
    public const string Subscription = "subscription";
    public const string Invoice = "invoice";

    public static SimulatedReply Good(SimulatedThing thing) => new(StatusCodes.Status200OK, thing.Shown);

    public static SimulatedReply Error(int status, string type, string code, string words, string? param = null)
    {
        var error = new JsonObject { ["type"] = type, ["code"] = code, ["message"] = words, ["doc_url"] = $"https://stripe.com/docs/error-codes/{code.Replace('_', '-')}" };
        if (param is not null)
            error["param"] = param;
        return new(status, new JsonObject { ["error"] = error });
    }

    public static SimulatedRefusal Refuse(string code, string words, string? param = null) => new(Error(StatusCodes.Status400BadRequest, "invalid_request_error", code, words, param));

    public static async Task<SimulatedThing> GetAsync(SimulatedWorld world, string kind, string? id, string? param = null) => await world.FindAsync(kind, id)
        ?? throw new SimulatedRefusal(Error(param is null ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest, "invalid_request_error", "resource_missing", $"No such {kind}: '{id}'", param ?? "id"));

    /// <summary>A new one, with what all of them have.</summary>
    public static SimulatedThing Add(SimulatedWorld world, string kind, string prefix, bool isLive, JsonObject data, string? owner = null, string? name = null)
    {
        var id = SimulatedWorld.Id(prefix, 24);
        (data["id"], data["object"], data["created"], data["livemode"]) = (id, name ?? kind, world.Seconds, isLive);
        data["metadata"] ??= new JsonObject();
        return world.Add(kind, id, data, owner);
    }

    public static void Tell(SimulatedWorld world, string type, SimulatedThing about, double late)
    {
        var id = SimulatedWorld.Id("evt_", 24);
        world.CallBack(about.Id, type, id, new JsonObject
        {
            ["id"] = id,
            ["object"] = "event",
            ["api_version"] = "2026-08-26.dahlia",
            ["created"] = world.Seconds + (long)(world.Settings.CallbackSeconds * late),
            ["data"] = new JsonObject { ["object"] = about.Shown },
            ["livemode"] = about.Data.Flag("livemode"),
            ["pending_webhooks"] = 1,
            ["request"] = new JsonObject { ["id"] = null, ["idempotency_key"] = null },
            ["type"] = type,
        }.ToJsonString(), late);
    }

    public static JsonObject List(IReadOnlyList<SimulatedThing> things, int limit, string url) => new()
    {
        ["object"] = "list",
        ["url"] = url,
        ["has_more"] = things.Count > limit,
        ["data"] = Wire.Array(things.Take(limit).Select(t => t.Shown)),
    };

    public static async Task<SimulatedReply> ListAsync(SimulatedCall call, string kind, string? owner, string url, Func<SimulatedThing, bool>? fits = null)
    {
        var limit = (int)Math.Clamp(call.Query.Number("limit") ?? 10, 1, 100);
        var found = await call.World.ListAsync(kind, owner, fits is null ? limit + 1 : 1000, call.Query.Text("starting_after"));
        return new(StatusCodes.Status200OK, List(fits is null ? found : [.. found.Where(fits)], limit, url));
    }

    public static bool IsLive(SimulatedCall call) => call.Guest is { IsSandbox: false };
}
