using System.Globalization;
using System.Text.Json.Nodes;
using Portal.Core.Domains.Integrations;

namespace Portal.Simulators;

/// <summary>What all of the simulated PayPal has in common.</summary>
internal static class PaypalBooks
{
    public const string Order = "order";
    public const string Capture = "capture";
    public const string Refund = "refund";
    public const string Setup = "setup_token";
    public const string Kept = "payment_token";
    public const string Plan = "plan";
    public const string Subscription = "subscription";
    public const string Token = "token";
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789";

    public static string Id(string prefix, int length) => prefix + System.Security.Cryptography.RandomNumberGenerator.GetString(Letters, length);

    public static SimulatedReply Error(int status, string name, string issue, string words) => new(status, new JsonObject
    {
        ["name"] = name,
        ["message"] = words,
        ["debug_id"] = Guid.CreateVersion7().ToString("N")[..13],
        ["details"] = new JsonArray(new JsonObject { ["issue"] = issue, ["description"] = words }),
        ["links"] = new JsonArray(),
    });

    public static SimulatedRefusal Unprocessable(string issue, string words) => new(Error(StatusCodes.Status422UnprocessableEntity, "UNPROCESSABLE_ENTITY", issue, words));

    public static async Task<SimulatedThing> GetAsync(SimulatedWorld world, string kind, string? id) => await world.FindAsync(kind, id)
        ?? throw new SimulatedRefusal(Error(StatusCodes.Status404NotFound, "RESOURCE_NOT_FOUND", "INVALID_RESOURCE_ID", "The specified resource does not exist."));

    public static SimulatedThing Add(SimulatedWorld world, string kind, string id, JsonObject data, string? owner = null)
    {
        (data["id"], data["create_time"], data["update_time"]) = (id, Time(world.Now), Time(world.Now));
        return world.Add(kind, id, data, owner);
    }

    public static SimulatedReply Good(SimulatedThing thing, int status = StatusCodes.Status200OK) => new(status, thing.Shown);

    public static void Tell(SimulatedWorld world, string type, string resourceType, SimulatedThing about, double late, JsonObject? resource = null)
    {
        var id = Id("WH-", 17) + Id("-", 17);
        world.CallBack(about.Id, type, id, new JsonObject
        {
            ["id"] = id,
            ["event_version"] = "1.0",
            ["create_time"] = Time(world.Now.AddSeconds(world.Settings.CallbackSeconds * late)),
            ["resource_type"] = resourceType,
            ["resource_version"] = "2.0",
            ["event_type"] = type,
            ["summary"] = $"{type} (simulated)",
            ["resource"] = resource ?? about.Shown,
            ["links"] = new JsonArray(),
        }.ToJsonString(), late);
    }

    public static JsonArray Links(SimulatedWorld world, params IReadOnlyList<(string Rel, string Path)> links) =>
        Wire.Array(links.Select(l => new JsonObject { ["href"] = world.Url($"/simulators/paypal/{l.Path}"), ["rel"] = l.Rel, ["method"] = l.Rel is "capture" or "refund" ? "POST" : "GET" }));

    public static string Time(DateTime at) => at.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>Null for what is no amount.</summary>
    public static decimal? Value(JsonNode? amount) =>
        decimal.TryParse(amount.Text("value"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value > 0 && amount.Text("currency_code") is { Length: 3 } ? value : null;
}
