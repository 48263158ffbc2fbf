using System.Text.Json.Nodes;
using Portal.Core.Domains.Integrations;
using static Portal.Simulators.StripeBooks;

namespace Portal.Simulators;

/// <summary>Stripe's own pages: where somebody pays or leaves a card, where their bank asks them, and where they see what they have.</summary>
internal static class StripeCheckout
{
    public static readonly IReadOnlyList<SimulatedRoute> Routes =
    [
        new("POST", "v1/checkout/sessions", BeginAsync),
        new("GET", "v1/checkout/sessions/{id}", async call => Good(await GetAsync(call.World, Session, call["id"]))),
        new("POST", "v1/checkout/sessions/{id}/expire", ExpireAsync),
        new("POST", "v1/billing_portal/sessions", PortalAsync),
        new("GET", "pay/{id}", async call => await PayPageAsync(call.World, await PayableAsync(call), null)) { IsPage = true },
        new("POST", "pay/{id}", PayAsync) { IsPage = true },
        new("GET", "3ds/{id}", async call => await BankPageAsync(call.World, await PayableAsync(call))) { IsPage = true },
        new("POST", "3ds/{id}", BankAsync) { IsPage = true },
        new("GET", "portal/{id}", PortalPageAsync) { IsPage = true },
        new("GET", "invoice/{id}", InvoicePageAsync) { IsPage = true },
    ];

    private static async Task<SimulatedReply> BeginAsync(SimulatedCall call)
    {
        var (world, body, mode) = (call.World, call.Body, call.Body.Text("mode") ?? "payment");
        if (body.Text("success_url") is not { } success || !Uri.TryCreate(success, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw Refuse("url_invalid", "Not a valid URL", "success_url");
        if (body.Text("customer") is { } customer)
            await GetAsync(world, Customer, customer, "customer");
        var lines = body.Items("line_items").Select(l => (Price: StripeSubscriptions.Price(world, l), Quantity: l.Number("quantity") ?? 1)).ToList();
        if (mode is not "setup" && lines.Count == 0)
            throw Refuse("parameter_missing", "You must provide line_items.", "line_items");
        var (total, isTrial) = (lines.Sum(l => l.Price.Number("unit_amount")!.Value * l.Quantity), body.Number("subscription_data", "trial_period_days") > 0);
        var session = Add(world, Session, IsLive(call) ? "cs_live_" : "cs_test_", IsLive(call), Described(call, mode), body.Text("customer"), "checkout.session");
        session.Data["payment_status"] = mode is "setup" || isTrial ? "no_payment_required" : "unpaid";
        if (mode is not "setup")
            (session.Data["amount_subtotal"], session.Data["amount_total"]) = (isTrial ? 0 : total, isTrial ? 0 : total);
        session.Data["currency"] = lines.Count > 0 ? lines[0].Price.Text("currency") : body.Text("currency") is { } wished ? StripeCurrencies.Check(wished, "currency") : null;
        session.Data["url"] = world.Url($"/simulators/stripe/pay/{session.Id}");
        return Good(session);
    }

    /// <summary>As it was asked for.</summary>
    private static JsonObject Described(SimulatedCall call, string mode)
    {
        var (world, body) = (call.World, call.Body);
        return new()
        {
            ["mode"] = mode,
            ["status"] = "open",
            ["customer"] = body.Text("customer"),
            ["customer_email"] = body.Text("customer_email"),
            ["client_reference_id"] = body.Text("client_reference_id"),
            ["expires_at"] = world.Seconds + 86_400,
            ["success_url"] = body.Text("success_url"),
            ["cancel_url"] = body.Text("cancel_url"),
            ["automatic_tax"] = new JsonObject { ["enabled"] = false, ["status"] = null },
            ["custom_fields"] = new JsonArray(),
            ["custom_text"] = new JsonObject(),
            ["payment_method_types"] = new JsonArray("card"),
            ["shipping_options"] = new JsonArray(),
            ["payment_intent"] = null,
            ["setup_intent"] = null,
            ["subscription"] = null,
            ["metadata"] = body.Inside("metadata"),
            ["_lines"] = body.At("line_items")?.DeepClone(),
            ["_payment"] = body.Inside("payment_intent_data"),
            ["_subscription"] = body.Inside("subscription_data"),
        };
    }

    private static async Task<SimulatedReply> ExpireAsync(SimulatedCall call)
    {
        var session = await GetAsync(call.World, Session, call["id"]);
        if (session.Data.Text("status") is not "open")
            throw Refuse("checkout_session_not_open", $"Only Checkout Sessions with a status in [\"open\"] can be expired. This Checkout Session has a status of {session.Data.Text("status")}.");
        (session.Data["status"], session.Data["url"]) = ("expired", null);
        Tell(call.World, "checkout.session.expired", session, 0.3);
        return Good(session);
    }

    private static async Task<SimulatedThing> PayableAsync(SimulatedCall call) =>
        await call.World.FindAsync(Session, call["id"]) ?? await call.World.FindAsync(Intent, call["id"]) ?? await call.World.FindAsync(Setup, call["id"])
        ?? throw new SimulatedRefusal(SimulatorPages.NotFound());

    private static async Task<SimulatedReply> PayPageAsync(SimulatedWorld world, SimulatedThing payable, string? trouble)
    {
        var isOpen = payable.Data.Text("status") is "open" or "requires_payment_method" or "requires_confirmation";
        var form = isOpen
            ? SimulatorPages.Form("Pay", SimulatorPages.Choice("card", "Test card", StripeCards.All.Select(c => (c.Number, $"{c.Number} {c.Token["pm_card_".Length..].Replace('_', ' ')}"))) + SimulatorPages.Field("number", "Or its number"), payable.Data.Text("cancel_url"))
            : SimulatorPages.Text($"There is nothing to pay here: {payable.Data.Text("status")}.");
        return SimulatorPages.Page("Simulated Stripe", Amount(payable), trouble, form, await BillAsync(world, payable));
    }

    private static async Task<SimulatedReply> BankPageAsync(SimulatedWorld world, SimulatedThing intent) => SimulatorPages.Page(
        "Simulated bank", "Is it you who pays?", null,
        intent.Data.Text("status") is "requires_action" ? SimulatorPages.Buttons(("agree", "Yes, it is me"), ("refuse", "No")) : SimulatorPages.Text("There is nothing to answer here."),
        new(await world.MerchantAsync(), [("To pay", Amount(intent))]));

    private static string Amount(SimulatedThing payable) =>
        (payable.Data.Number("amount_total") ?? payable.Data.Number("amount")) is { } amount ? StripeCurrencies.Amount(amount, payable.Data.Text("currency")) : "Keep a card for later";

    private static async Task<SimulatedBill> BillAsync(SimulatedWorld world, SimulatedThing payable)
    {
        var lines = payable.Data.Items("_lines").Select(l => (Asked: l, Price: StripeSubscriptions.Price(world, l), Quantity: l.Number("quantity") ?? 1));
        return new(await world.MerchantAsync(), payable.Kind is Session
            ? [.. lines.Select(l => ($"{l.Asked.Text("price_data", "product_data", "name") ?? l.Price.Text("id")}{(l.Quantity == 1 ? "" : Wire.Invariant($" × {l.Quantity}"))}", StripeCurrencies.Amount(l.Price.Number("unit_amount") * l.Quantity, l.Price.Text("currency"))))]
            : payable.Data.Text("description") is { } what ? [(what, Amount(payable))] : []);
    }

    private static async Task<SimulatedReply> PayAsync(SimulatedCall call)
    {
        var (world, payable) = (call.World, await PayableAsync(call));
        if (StripeCards.ByNumber(call.Body.Text("number") ?? call.Body.Text("card")) is not { } card)
            return await PayPageAsync(world, payable, "Your card number is incorrect.");
        if (payable.Data.Text("status") is not ("open" or "requires_payment_method" or "requires_confirmation"))
            return await PayPageAsync(world, payable, null);
        var intent = payable.Kind is Session ? await IntentAsync(world, payable) : payable;
        var method = StripeIntents.AddMethod(world, card, payable.Data.Flag("livemode"));
        var answer = await StripeIntents.ConfirmAsync(world, intent, method, isOffSession: false);
        if (answer.Status is StatusCodes.Status402PaymentRequired)
            return await PayPageAsync(world, payable, answer.Body.Text("error", "message"));
        intent.Data["_method"] = method.Id;
        return intent.Data.Text("status") is "requires_action" ? SimulatorPages.Go($"/simulators/stripe/3ds/{intent.Id}") : await DoneAsync(world, intent);
    }

    private static async Task<SimulatedReply> BankAsync(SimulatedCall call)
    {
        var (world, intent) = (call.World, await PayableAsync(call));
        if (intent.Data.Text("status") is not "requires_action")
            return await BankPageAsync(world, intent);
        if (call.Body.Text("act") is "agree")
        {
            var method = await GetAsync(world, Method, intent.Data.Text("payment_method"));
            method.Data["_agreed"] = true;
            StripeIntents.Succeed(world, intent, method);
            return await DoneAsync(world, intent);
        }

        StripeIntents.NotAgreed(world, intent);
        return SimulatorPages.Go($"/simulators/stripe/pay/{intent.Data.Text("_session") ?? intent.Id}");
    }

    /// <summary>What a session charges or keeps; one for all tries.</summary>
    private static async Task<SimulatedThing> IntentAsync(SimulatedWorld world, SimulatedThing session)
    {
        if (await world.FindAsync(Intent, session.Data.Text("_intent")) is { } known)
            return known;
        if (await world.FindAsync(Setup, session.Data.Text("_intent")) is { } setup)
            return setup;
        if (session.Data.Text("customer") is null && session.Data.Text("mode") is not "payment")
            session.Data["customer"] = Add(world, Customer, "cus_", session.Data.Flag("livemode"), new() { ["email"] = session.Data.Text("customer_email"), ["invoice_settings"] = new JsonObject { ["default_payment_method"] = null } }).Id;
        var (isLive, customer, total) = (session.Data.Flag("livemode"), session.Data.Text("customer"), session.Data.Number("amount_total") ?? 0);
        var keeps = session.Data.Text("mode") is "subscription" ? "off_session" : session.Data.Text("_payment", "setup_future_usage");
        var intent = total == 0
            ? StripeIntents.BeginSetup(world, isLive, customer, session.Data.Inside("metadata"))
            : StripeIntents.Begin(world, isLive, total, session.Data.Text("currency")!, customer, session.Data.Inside("_payment", "metadata"), keeps);
        (session.Data["_intent"], intent.Data["_session"]) = (intent.Id, session.Id);
        return intent;
    }

    /// <summary>It is paid, or kept: the person goes back to where they came from.</summary>
    private static async Task<SimulatedReply> DoneAsync(SimulatedWorld world, SimulatedThing intent)
    {
        if (await world.FindAsync(Session, intent.Data.Text("_session")) is not { } session)
            return intent.Data.Text("_return") is { } back ? SimulatorPages.Go(back) : SimulatorPages.Page("Simulated Stripe", "Done", null, SimulatorPages.Text("You can close this page."));
        (session.Data["status"], session.Data["url"]) = ("complete", null);
        session.Data[intent.Kind] = session.Data.Text("mode") is "subscription" ? null : intent.Id;
        if (intent.Kind is Intent)
            session.Data["payment_status"] = "paid";
        if (session.Data.Text("mode") is "subscription")
        {
            var wished = session.Data.Inside("_subscription");
            var method = await world.FindAsync(Method, intent.Data.Text("payment_method"));
            session.Data["subscription"] = (await StripeSubscriptions.AddAsync(world, session.Data.Flag("livemode"), session.Data.Text("customer")!, session.Data.Items("_lines"), wished.Number("trial_period_days") ?? 0, wished.Inside("metadata"), method, isPaid: intent.Kind is Intent)).Id;
        }

        Tell(world, "checkout.session.completed", session, 0.3);
        return SimulatorPages.Go(session.Data.Text("success_url")!.Replace("{CHECKOUT_SESSION_ID}", session.Id, StringComparison.Ordinal));
    }

    private static async Task<SimulatedReply> PortalAsync(SimulatedCall call)
    {
        var customer = await GetAsync(call.World, Customer, call.Body.Text("customer"), "customer");
        var portal = Add(call.World, "portal", "bps_", IsLive(call), new() { ["customer"] = customer.Id, ["configuration"] = "bpc_simulated", ["return_url"] = call.Body.Text("return_url") }, customer.Id, "billing_portal.session");
        portal.Data["url"] = call.World.Url($"/simulators/stripe/portal/{portal.Id}");
        return Good(portal);
    }

    private static async Task<SimulatedReply> PortalPageAsync(SimulatedCall call)
    {
        if (await call.World.FindAsync("portal", call["id"]) is not { } portal)
            return SimulatorPages.NotFound();
        var customer = portal.Data.Text("customer");
        var (cards, invoices) = (await call.World.ListAsync(Method, customer, 20), await call.World.ListAsync(Invoice, customer, 20));
        return SimulatorPages.Page("Simulated Stripe", "Your billing", null,
            SimulatorPages.Lines("Cards", cards.Select(c => $"{c.Data.Text("card", "brand")} {c.Data.Text("card", "last4")}"))
            + SimulatorPages.Lines("Invoices", invoices.Select(i => $"{i.Data.Text("number")}: {StripeCurrencies.Amount(i.Data.Number("total"), i.Data.Text("currency"))}, {i.Data.Text("status")}"))
            + SimulatorPages.Back(portal.Data.Text("return_url")));
    }

    private static async Task<SimulatedReply> InvoicePageAsync(SimulatedCall call) => await call.World.FindAsync(Invoice, call["id"]) is { } invoice
        ? SimulatorPages.Page("Simulated Stripe", $"Invoice {invoice.Data.Text("number")}", null, SimulatorPages.Text($"{StripeCurrencies.Amount(invoice.Data.Number("total"), invoice.Data.Text("currency"))}, {invoice.Data.Text("status")}"))
        : SimulatorPages.NotFound();
}
