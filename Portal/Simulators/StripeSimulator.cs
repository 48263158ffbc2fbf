using System.Text.Json.Nodes;
using Portal.Core.Domains.Integrations;
using static Portal.Simulators.StripeBooks;

namespace Portal.Simulators;

/// <summary>Stripe, as far as the portal asks it: customers and their cards here, the rest beside.</summary>
internal sealed class StripeSimulator : Simulator
{
    public override Provider Provider => Provider.Stripe;

    public override IReadOnlyList<SimulatedRoute> Routes { get; } =
    [
        new("POST", "v1/customers", AddCustomerAsync),
        new("GET", "v1/customers/{id}", async call => Good(await GetAsync(call.World, Customer, call["id"]))),
        new("POST", "v1/customers/{id}", ChangeCustomerAsync),
        new("GET", "v1/customers/{id}/payment_methods", CardsAsync),
        new("POST", "v1/payment_methods/{id}/attach", AttachAsync),
        new("GET", "v1/balance", BalanceAsync),
        .. StripeIntents.Routes, .. StripeCheckout.Routes, .. StripeSubscriptions.Routes, .. StripeInvoices.Routes, .. StripeDisputes.Routes,
    ];

    public override IReadOnlyList<SimulatedAct> Acts { get; } = [.. StripeDisputes.Acts, .. StripeSubscriptions.Acts];

    /// <summary>Stripe takes a key either way: as a word of its own, or as the name of somebody without a password.</summary>
    public override (string? Name, string? Word) Credentials(SimulatorHttp http) => (null, Bearer(http) ?? Basic(http).Name);

    public override string? OnceKey(SimulatorHttp http) => http.Header("Idempotency-Key");

    public override SimulatedReply No(int status, string code, string words) =>
        Error(status, code is "idempotency_error" ? code : status >= StatusCodes.Status500InternalServerError ? "api_error" : "invalid_request_error", code, words);

    private static Task<SimulatedReply> AddCustomerAsync(SimulatedCall call)
    {
        var customer = Add(call.World, Customer, "cus_", IsLive(call), new() { ["invoice_settings"] = new JsonObject { ["default_payment_method"] = null }, ["metadata"] = call.Body.Inside("metadata") });
        Describe(customer, call.Body);
        Tell(call.World, "customer.created", customer, 0);
        return Task.FromResult(Good(customer));
    }

    private static async Task<SimulatedReply> ChangeCustomerAsync(SimulatedCall call)
    {
        var customer = await GetAsync(call.World, Customer, call["id"]);
        Describe(customer, call.Body);
        if (call.Body.Text("invoice_settings", "default_payment_method") is { } card)
        {
            if ((await GetAsync(call.World, Method, card, "invoice_settings[default_payment_method]")).Data.Text("customer") != customer.Id)
                throw Refuse("resource_missing", "The customer does not have a payment method with this ID.", "invoice_settings[default_payment_method]");
            customer.Data["invoice_settings"]!["default_payment_method"] = card;
        }

        Tell(call.World, "customer.updated", customer, 0);
        return Good(customer);
    }

    private static void Describe(SimulatedThing customer, JsonObject given)
    {
        foreach (var name in new[] { "email", "name", "phone" })
            customer.Data[name] = given.Text(name) ?? customer.Data.Text(name);
        foreach (var (name, value) in given.Inside("metadata"))
            customer.Data["metadata"]![name] = value?.DeepClone();
    }

    private static async Task<SimulatedReply> CardsAsync(SimulatedCall call)
    {
        await GetAsync(call.World, Customer, call["id"]);
        return await ListAsync(call, Method, call["id"], $"/v1/customers/{call["id"]}/payment_methods");
    }

    private static async Task<SimulatedReply> AttachAsync(SimulatedCall call)
    {
        var (method, customer) = (await StripeIntents.MethodAsync(call.World, call["id"], IsLive(call)), await GetAsync(call.World, Customer, call.Body.Text("customer"), "customer"));
        if (StripeCards.ByToken(method.Data.Text("_token")!) is { Decline: { } decline, IsKept: false })
        {
            var (code, declineCode, words) = StripeCards.Words(decline);
            var no = Error(StatusCodes.Status402PaymentRequired, "card_error", code, words);
            no.Body!["error"]!["decline_code"] = declineCode;
            throw new SimulatedRefusal(no);
        }

        method.Data["customer"] = customer.Id;
        method.GiveTo(customer.Id);
        Tell(call.World, "payment_method.attached", method, 0.3);
        return Good(method);
    }

    private static Task<SimulatedReply> BalanceAsync(SimulatedCall call) => Task.FromResult(new SimulatedReply(StatusCodes.Status200OK, new JsonObject
    {
        ["object"] = "balance",
        ["available"] = new JsonArray(new JsonObject { ["amount"] = 1_000_000, ["currency"] = "usd" }),
        ["pending"] = new JsonArray(new JsonObject { ["amount"] = 0, ["currency"] = "usd" }),
        ["livemode"] = IsLive(call),
    }));
}
