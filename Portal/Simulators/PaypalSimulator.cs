using System.Text.Json.Nodes;
using Portal.Core.Domains.Integrations;
using static Portal.Simulators.PaypalBooks;

namespace Portal.Simulators;

/// <summary>PayPal: the word that opens it, the page on which a person agrees, and the rest beside.</summary>
internal sealed class PaypalSimulator : Simulator
{
    private const int WordLasts = 32_400;

    public override Provider Provider => Provider.Paypal;

    public override IReadOnlyList<SimulatedRoute> Routes { get; } =
    [
        new("POST", "v1/oauth2/token", TokenAsync),
        new("GET", "approve/{id}", async call => await PageAsync(call.World, await WaitingAsync(call))) { IsPage = true },
        new("POST", "approve/{id}", ApproveAsync) { IsPage = true },
        .. PaypalOrders.Routes.Concat(PaypalVault.Routes).Concat(PaypalPlans.Routes).Select(r => r.Behind(TokenFitsAsync)),
    ];

    public override IReadOnlyList<SimulatedAct> Acts { get; } = [.. PaypalOrders.Acts, .. PaypalPlans.Acts];

    public override (string? Name, string? Word) Credentials(SimulatorHttp http) => Basic(http);

    public override string? OnceKey(SimulatorHttp http) => http.Header("PayPal-Request-Id");

    public override SimulatedReply No(int status, string code, string words) => status switch
    {
        StatusCodes.Status401Unauthorized => new(status, new JsonObject { ["error"] = "invalid_client", ["error_description"] = "Client Authentication failed" }),
        StatusCodes.Status400BadRequest when code is "idempotency_error" => Error(StatusCodes.Status422UnprocessableEntity, "UNPROCESSABLE_ENTITY", "PAYPAL_REQUEST_ID_REUSED", words),
        >= StatusCodes.Status500InternalServerError => Error(status, "INTERNAL_SERVER_ERROR", "INTERNAL_SERVICE_ERROR", words),
        _ => Error(status, "INVALID_REQUEST", status is StatusCodes.Status429TooManyRequests ? "RATE_LIMIT_REACHED" : code.ToUpperInvariant(), words),
    };

    private static Task<SimulatedReply> TokenAsync(SimulatedCall call)
    {
        var word = SimulatedWorld.Id("A21AA", 80);
        call.World.Add(Token, Hash(word), new() { ["until"] = call.World.Seconds + WordLasts });
        return Task.FromResult(new SimulatedReply(StatusCodes.Status200OK, new JsonObject { ["scope"] = "https://uri.paypal.com/services/payments", ["access_token"] = word, ["token_type"] = "Bearer", ["app_id"] = "APP-SIMULATOR", ["expires_in"] = WordLasts, ["nonce"] = SimulatedWorld.Id("", 20) }));
    }

    private static async Task TokenFitsAsync(SimulatedCall call)
    {
        if (await call.World.FindAsync(Token, Hash(Bearer(call.Http) ?? "")) is not { } known || known.Data.Number("until") < call.World.Seconds)
            throw new SimulatedRefusal(new(StatusCodes.Status401Unauthorized, new JsonObject { ["error"] = "invalid_token", ["error_description"] = "Token signature verification failed" }));
    }

    private static string Hash(string word) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(word)));

    private static async Task<SimulatedThing> WaitingAsync(SimulatedCall call) =>
        await call.World.FindAsync(Order, call["id"]) ?? await call.World.FindAsync(Setup, call["id"]) ?? await call.World.FindAsync(Subscription, call["id"])
        ?? throw new SimulatedRefusal(SimulatorPages.NotFound());

    private static bool IsWaiting(SimulatedThing thing) => thing.Data.Text("status") is "PAYER_ACTION_REQUIRED" or "APPROVAL_PENDING" || thing.Data.Text("_wish") is not null;

    private static async Task<SimulatedReply> PageAsync(SimulatedWorld world, SimulatedThing thing)
    {
        var amount = Unit(thing).Inside("amount");
        var about = thing.Kind is Order ? Written(amount) : thing.Kind is Setup ? "Keep your PayPal for later" : "Agree to the subscription";
        var body = IsWaiting(thing) ? SimulatorPages.Buttons(("agree", "Agree"), ("refuse", "Cancel")) : SimulatorPages.Text("There is nothing to agree to here.");
        return SimulatorPages.Page("Simulated PayPal", about, null, body, new(await world.MerchantAsync(), await LinesAsync(world, thing)));
    }

    /// <summary>What is paid for: of an order its items, or what else it says of itself; of a subscription its plan.</summary>
    private static async Task<IReadOnlyList<(string What, string Cost)>> LinesAsync(SimulatedWorld world, SimulatedThing thing)
    {
        var unit = Unit(thing);
        if (unit.Items("items") is { Count: > 0 } items)
            return [.. items.Select(i => ($"{i.Text("name")}{(i.Text("quantity") is null or "1" ? "" : $" × {i.Text("quantity")}")}", Written(i.At("unit_amount"))))];
        if ((unit.Text("description") ?? (unit.Text("invoice_id") is { } invoice ? $"Invoice {invoice}" : null)) is { } what)
            return [(what, Written(unit.At("amount")))];
        return thing.Kind is Subscription && await world.FindAsync(Plan, thing.Data.Text("_wish") ?? thing.Data.Text("plan_id")) is { } plan
            ? [(plan.Data.Text("name") ?? plan.Id, Written(plan.Data.Items("billing_cycles") is [.., var cycle] ? cycle.At("pricing_scheme", "fixed_price") : null))]
            : [];
    }

    private static JsonNode? Unit(SimulatedThing thing) => thing.Data.Items("purchase_units") is [var unit, ..] ? unit : null;

    private static string Written(JsonNode? amount) => $"{amount.Text("value")} {amount.Text("currency_code")}".Trim();

    private static async Task<SimulatedReply> ApproveAsync(SimulatedCall call)
    {
        var (world, thing) = (call.World, await WaitingAsync(call));
        if (!IsWaiting(thing))
            return await PageAsync(world, thing);
        var agrees = call.Body.Text("act") is "agree";
        if (agrees && thing.Kind is Order)
            PaypalOrders.Approve(world, thing);
        else if (agrees && thing.Kind is Subscription)
            await PaypalPlans.ApproveAsync(world, thing);
        else if (agrees)
            thing.Data["status"] = "APPROVED";
        var back = thing.Data.Text(agrees ? "_back" : "_cancel");
        return back is null || !Uri.TryCreate(back, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")
            ? SimulatorPages.Page("Simulated PayPal", agrees ? "Agreed" : "Cancelled", null, SimulatorPages.Text("You can close this page."))
            : SimulatorPages.Go(Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString(back, Told(thing, agrees)));
    }

    /// <summary>What PayPal tells whoever comes back: which it was about, and who has agreed to pay.</summary>
    private static Dictionary<string, string?> Told(SimulatedThing thing, bool agrees) => thing.Kind switch
    {
        Subscription => new() { ["subscription_id"] = thing.Id },
        Order when agrees => new() { ["token"] = thing.Id, ["PayerID"] = thing.Data.Text("payer", "payer_id") },
        _ => new() { ["token"] = thing.Id },
    };
}
