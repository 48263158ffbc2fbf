using System.Text.Json.Nodes;
using Portal.Core.Domains.Integrations;
using static Portal.Simulators.StripeBooks;

namespace Portal.Simulators;

/// <summary>Charges and kept cards: what Stripe's test cards make of them.</summary>
internal static class StripeIntents
{
    public static readonly IReadOnlyList<SimulatedRoute> Routes =
    [
        new("POST", "v1/payment_intents", PayAsync),
        new("GET", "v1/payment_intents/{id}", async call => Good(await GetAsync(call.World, Intent, call["id"]))),
        new("POST", "v1/payment_intents/{id}/confirm", ConfirmPaymentAsync),
        new("POST", "v1/payment_intents/{id}/cancel", CancelAsync),
        new("POST", "v1/setup_intents", BeginSetupAsync),
        new("GET", "v1/setup_intents/{id}", async call => Good(await GetAsync(call.World, Setup, call["id"]))),
        new("POST", "v1/setup_intents/{id}/confirm", async call => await ConfirmAsync(call.World, await GetAsync(call.World, Setup, call["id"]), await MethodAsync(call.World, call.Body.Text("payment_method"), IsLive(call)), isOffSession: false)),
    ];

    /// <summary>A charge that is not made yet.</summary>
    public static SimulatedThing Begin(SimulatedWorld world, bool isLive, long amount, string currency, string? customer, JsonObject metadata, string? keeps)
    {
        var intent = Add(world, Intent, "pi_", isLive, new()
        {
            ["amount"] = amount,
            ["amount_received"] = 0,
            ["currency"] = currency,
            ["customer"] = customer,
            ["status"] = "requires_payment_method",
            ["setup_future_usage"] = keeps,
            ["capture_method"] = "automatic",
            ["confirmation_method"] = "automatic",
            ["payment_method_types"] = new JsonArray("card"),
            ["payment_method"] = null,
            ["latest_charge"] = null,
            ["last_payment_error"] = null,
            ["next_action"] = null,
            ["metadata"] = metadata,
        }, customer);
        intent.Data["client_secret"] = $"{intent.Id}_secret_{SimulatedWorld.Id("", 25)}";
        return intent;
    }

    public static SimulatedThing BeginSetup(SimulatedWorld world, bool isLive, string? customer, JsonObject metadata)
    {
        var setup = Add(world, Setup, "seti_", isLive, new()
        {
            ["customer"] = customer,
            ["status"] = "requires_payment_method",
            ["usage"] = "off_session",
            ["payment_method_types"] = new JsonArray("card"),
            ["payment_method"] = null,
            ["last_setup_error"] = null,
            ["next_action"] = null,
            ["metadata"] = metadata,
        }, customer);
        setup.Data["client_secret"] = $"{setup.Id}_secret_{SimulatedWorld.Id("", 25)}";
        return setup;
    }

    /// <summary>A card that was kept, or one of the test cards by its name.</summary>
    public static async Task<SimulatedThing> MethodAsync(SimulatedWorld world, string? id, bool isLive) =>
        StripeCards.ByToken(id ?? "") is { } card ? AddMethod(world, card, isLive) : await GetAsync(world, Method, id, "payment_method");

    public static SimulatedThing AddMethod(SimulatedWorld world, StripeCard card, bool isLive) => Add(world, Method, "pm_", isLive, new()
    {
        ["type"] = "card",
        ["billing_details"] = new JsonObject { ["address"] = null, ["email"] = null, ["name"] = null, ["phone"] = null },
        ["card"] = new JsonObject { ["brand"] = card.Brand, ["last4"] = card.Last4, ["exp_month"] = 12, ["exp_year"] = world.Now.Year + 3, ["country"] = "US", ["funding"] = "credit" },
        ["customer"] = null,
        ["_token"] = card.Token,
    });

    /// <summary>Charges or keeps a card. What the card does not like is an answer, and stays with the intent.</summary>
    public static Task<SimulatedReply> ConfirmAsync(SimulatedWorld world, SimulatedThing intent, SimulatedThing method, bool isOffSession)
    {
        if (intent.Data.Text("status") is "succeeded" or "canceled")
            throw Refuse($"{intent.Kind}_unexpected_state", $"This {intent.Kind} has a status of {intent.Data.Text("status")} and cannot be confirmed.");
        var card = StripeCards.ByToken(method.Data.Text("_token")!)!;
        intent.Data["payment_method"] = method.Id;
        if (card.Decline is { } decline && (intent.Kind is Intent || !card.IsKept))
            return Task.FromResult(Declined(world, intent, method, decline));
        if (card.AsksPerson || (card.AsksOnce && !method.Data.Flag("_agreed")))
            return Task.FromResult(isOffSession ? Declined(world, intent, method, "authentication_required") : Ask(world, intent));
        if (intent.Kind is Intent && world.Fails)
            return Task.FromResult(Declined(world, intent, method, "generic_decline"));
        Succeed(world, intent, method);
        return Task.FromResult(Good(intent));
    }

    public static void Succeed(SimulatedWorld world, SimulatedThing intent, SimulatedThing method)
    {
        (intent.Data["status"], intent.Data["next_action"], intent.Data["payment_method"]) = ("succeeded", null, method.Id);
        if (intent.Kind is Setup || intent.Data.Text("setup_future_usage") is not null)
            Keep(world, method, intent.Data.Text("customer"));
        if (intent.Kind is Setup)
        {
            method.Data["_agreed"] = true;
            Tell(world, "setup_intent.succeeded", intent, 0.3);
            return;
        }

        var charge = AddCharge(world, intent, method, "succeeded");
        (intent.Data["amount_received"], intent.Data["latest_charge"], intent.Data["last_payment_error"]) = (intent.Data.Number("amount"), charge.Id, null);
        Tell(world, "payment_intent.succeeded", intent, 0.3);
        Tell(world, "charge.succeeded", charge, 0.3);
        if (StripeCards.ByToken(method.Data.Text("_token")!)!.Dispute is { } reason)
            StripeDisputes.Open(world, charge, reason, 4);
    }

    /// <summary>Whoever was asked by their bank has answered no.</summary>
    public static void NotAgreed(SimulatedWorld world, SimulatedThing intent)
    {
        var error = new JsonObject { ["type"] = "invalid_request_error", ["code"] = $"{intent.Kind}_authentication_failure", ["message"] = "The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again." };
        (intent.Data["status"], intent.Data["next_action"], intent.Data[ErrorOf(intent)]) = ("requires_payment_method", null, error);
        Tell(world, intent.Kind is Setup ? "setup_intent.setup_failed" : "payment_intent.payment_failed", intent, 0.3);
    }

    private static void Keep(SimulatedWorld world, SimulatedThing method, string? customer)
    {
        if (customer is null || method.Data.Text("customer") == customer)
            return;
        method.Data["customer"] = customer;
        method.GiveTo(customer);
        Tell(world, "payment_method.attached", method, 0.3);
    }

    private static SimulatedReply Ask(SimulatedWorld world, SimulatedThing intent)
    {
        intent.Data["status"] = "requires_action";
        intent.Data["next_action"] = new JsonObject { ["type"] = "redirect_to_url", ["redirect_to_url"] = new JsonObject { ["url"] = world.Url($"/simulators/stripe/3ds/{intent.Id}"), ["return_url"] = intent.Data.Text("_return") } };
        Tell(world, $"{intent.Kind}.requires_action", intent, 0.3);
        return Good(intent);
    }

    private static SimulatedReply Declined(SimulatedWorld world, SimulatedThing intent, SimulatedThing method, string decline)
    {
        var (code, declineCode, words) = StripeCards.Words(decline);
        var error = new JsonObject { ["type"] = "card_error", ["code"] = code, ["decline_code"] = declineCode, ["message"] = words, ["payment_method"] = method.Shown };
        (intent.Data["status"], intent.Data["payment_method"], intent.Data["next_action"], intent.Data[ErrorOf(intent)]) = ("requires_payment_method", null, null, error);
        if (intent.Kind is Intent)
        {
            var charge = AddCharge(world, intent, method, "failed");
            (charge.Data["failure_code"], charge.Data["failure_message"], error["charge"], intent.Data["latest_charge"]) = (code, words, charge.Id, charge.Id);
            Tell(world, "charge.failed", charge, 0.3);
        }

        Tell(world, intent.Kind is Setup ? "setup_intent.setup_failed" : "payment_intent.payment_failed", intent, 0.3);
        var said = error.DeepClone().AsObject();
        said[intent.Kind] = intent.Shown;
        return new(StatusCodes.Status402PaymentRequired, new JsonObject { ["error"] = said });
    }

    private static string ErrorOf(SimulatedThing intent) => intent.Kind is Setup ? "last_setup_error" : "last_payment_error";

    private static SimulatedThing AddCharge(SimulatedWorld world, SimulatedThing intent, SimulatedThing method, string status) => Add(world, Charge, "ch_", intent.Data.Flag("livemode"), new()
    {
        ["amount"] = intent.Data.Number("amount"),
        ["amount_captured"] = status is "succeeded" ? intent.Data.Number("amount") : 0,
        ["amount_refunded"] = 0,
        ["currency"] = intent.Data.Text("currency"),
        ["customer"] = intent.Data.Text("customer"),
        ["payment_intent"] = intent.Id,
        ["payment_method"] = method.Id,
        ["billing_details"] = method.Data.Inside("billing_details"),
        ["payment_method_details"] = new JsonObject { ["type"] = "card", ["card"] = method.Data.Inside("card") },
        ["paid"] = status is "succeeded",
        ["captured"] = status is "succeeded",
        ["refunded"] = false,
        ["disputed"] = false,
        ["status"] = status,
        ["metadata"] = intent.Data.Inside("metadata"),
    }, intent.Id);

    private static async Task<SimulatedReply> PayAsync(SimulatedCall call)
    {
        var (world, body) = (call.World, call.Body);
        if (body.Number("amount") is not { } amount || amount < 1)
            throw Refuse("parameter_invalid_integer", "Invalid positive integer", "amount");
        var currency = StripeCurrencies.Check(body.Text("currency"), "currency");
        if (body.Text("customer") is { } customer)
            await GetAsync(world, Customer, customer, "customer");
        var intent = Begin(world, IsLive(call), amount, currency, body.Text("customer"), body.Inside("metadata"), body.Text("setup_future_usage"));
        (intent.Data["description"], intent.Data["_return"]) = (body.Text("description"), body.Text("return_url"));
        Tell(world, "payment_intent.created", intent, 0);
        if (body.Text("payment_method") is not { } method)
            return Good(intent);
        var card = await MethodAsync(world, method, IsLive(call));
        if (card.Data.Text("customer") is { } owner && owner != body.Text("customer"))
            throw Refuse("payment_method_unexpected_state", "The PaymentMethod belongs to another customer.", "payment_method");
        intent.Data["payment_method"] = card.Id;
        intent.Data["status"] = "requires_confirmation";
        return body.Flag("confirm") ? await ConfirmAsync(world, intent, card, body.Flag("off_session")) : Good(intent);
    }

    private static async Task<SimulatedReply> ConfirmPaymentAsync(SimulatedCall call)
    {
        var intent = await GetAsync(call.World, Intent, call["id"]);
        intent.Data["_return"] = call.Body.Text("return_url") ?? intent.Data.Text("_return");
        return await ConfirmAsync(call.World, intent, await MethodAsync(call.World, call.Body.Text("payment_method") ?? intent.Data.Text("payment_method"), IsLive(call)), call.Body.Flag("off_session"));
    }

    private static async Task<SimulatedReply> CancelAsync(SimulatedCall call)
    {
        var intent = await GetAsync(call.World, Intent, call["id"]);
        if (intent.Data.Text("status") is "succeeded" or "canceled")
            throw Refuse("payment_intent_unexpected_state", $"You cannot cancel this PaymentIntent because it has a status of {intent.Data.Text("status")}.");
        (intent.Data["status"], intent.Data["canceled_at"]) = ("canceled", call.World.Seconds);
        Tell(call.World, "payment_intent.canceled", intent, 0.3);
        return Good(intent);
    }

    private static async Task<SimulatedReply> BeginSetupAsync(SimulatedCall call)
    {
        if (call.Body.Text("customer") is { } customer)
            await GetAsync(call.World, Customer, customer, "customer");
        var setup = BeginSetup(call.World, IsLive(call), call.Body.Text("customer"), call.Body.Inside("metadata"));
        Tell(call.World, "setup_intent.created", setup, 0);
        return call.Body.Text("payment_method") is { } method && call.Body.Flag("confirm")
            ? await ConfirmAsync(call.World, setup, await MethodAsync(call.World, method, IsLive(call)), isOffSession: false)
            : Good(setup);
    }
}
