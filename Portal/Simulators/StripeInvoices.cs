using System.Text.Json.Nodes;
using Portal.Core.Domains.Integrations;
using static Portal.Simulators.StripeBooks;

namespace Portal.Simulators;

/// <summary>What is owed for a period of a subscription, and what is paid of it.</summary>
internal static class StripeInvoices
{
    public static readonly IReadOnlyList<SimulatedRoute> Routes =
    [
        new("GET", "v1/invoices", call => ListAsync(call, Invoice, call.Query.Text("customer"), "/v1/invoices")),
        new("GET", "v1/invoices/{id}", async call => Good(await GetAsync(call.World, Invoice, call["id"]))),
        new("POST", "v1/invoices/{id}/pay", PayInvoiceAsync),
        new("POST", "v1/invoices/{id}/void", VoidAsync),
    ];

    /// <summary>The invoice of a period, and a try to have it paid from the card that is kept.</summary>
    public static async Task BillAsync(SimulatedWorld world, SimulatedThing subscription, bool isPaid, bool waits)
    {
        var invoice = AddInvoice(world, subscription);
        subscription.Data["latest_invoice"] = invoice.Id;
        if (isPaid)
            await PaidAsync(world, invoice);
        else if (!waits && await MethodOfAsync(world, subscription) is { } method)
            await PayAsync(world, invoice, method);
    }

    private static async Task<SimulatedReply> PayAsync(SimulatedWorld world, SimulatedThing invoice, SimulatedThing method)
    {
        var intent = StripeIntents.Begin(world, invoice.Data.Flag("livemode"), invoice.Data.Number("amount_due")!.Value, invoice.Data.Text("currency")!, invoice.Data.Text("customer"), invoice.Data.Inside("metadata"), null);
        var paid = await StripeIntents.ConfirmAsync(world, intent, method, isOffSession: true);
        invoice.Data["attempt_count"] = invoice.Data.Number("attempt_count") + 1;
        invoice.Data["attempted"] = true;
        if (paid.Status is StatusCodes.Status200OK)
            await PaidAsync(world, invoice);
        else
            await NotPaidAsync(world, invoice);
        return paid.Status is StatusCodes.Status200OK ? Good(invoice) : paid;
    }

    private static async Task PaidAsync(SimulatedWorld world, SimulatedThing invoice)
    {
        (invoice.Data["status"], invoice.Data["amount_paid"], invoice.Data["amount_remaining"], invoice.Data["paid"]) = ("paid", invoice.Data.Number("amount_due"), 0, true);
        Tell(world, "invoice.paid", invoice, 0.3);
        await StandAsync(world, invoice, "active");
    }

    private static async Task NotPaidAsync(SimulatedWorld world, SimulatedThing invoice)
    {
        Tell(world, "invoice.payment_failed", invoice, 0.3);
        await StandAsync(world, invoice, "past_due");
    }

    private static async Task StandAsync(SimulatedWorld world, SimulatedThing invoice, string status)
    {
        if (await world.FindAsync(Subscription, invoice.Data.Text("parent", "subscription_details", "subscription")) is not { } subscription)
            return;
        var before = subscription.Data.Text("status");
        subscription.Data["status"] = status is "past_due" && before is "incomplete" ? before : status;
        if (before != subscription.Data.Text("status"))
            Tell(world, "customer.subscription.updated", subscription, 0.5);
    }

    private static SimulatedThing AddInvoice(SimulatedWorld world, SimulatedThing subscription)
    {
        var (items, customer) = (StripeSubscriptions.Items(subscription), subscription.Data.Text("customer"));
        var total = items.Sum(i => i.Number("price", "unit_amount")!.Value * i.Number("quantity")!.Value);
        var invoice = Add(world, Invoice, "in_", subscription.Data.Flag("livemode"), new()
        {
            ["customer"] = customer,
            ["currency"] = items[0].Text("price", "currency"),
            ["number"] = SimulatedWorld.Id("SIM-", 8).ToUpperInvariant(),
            ["status"] = "open",
            ["amount_due"] = total,
            ["amount_paid"] = 0,
            ["amount_remaining"] = total,
            ["subtotal"] = total,
            ["total"] = total,
            ["paid"] = false,
            ["attempted"] = false,
            ["attempt_count"] = 0,
            ["collection_method"] = "charge_automatically",
            ["automatic_tax"] = new JsonObject { ["enabled"] = false },
            ["period_start"] = world.Seconds,
            ["period_end"] = items[0].Number("current_period_end"),
            ["lines"] = new JsonObject { ["object"] = "list", ["has_more"] = false, ["data"] = Wire.Array(items.Select(Line)) },
            ["parent"] = new JsonObject { ["type"] = "subscription_details", ["subscription_details"] = new JsonObject { ["subscription"] = subscription.Id, ["metadata"] = subscription.Data.Inside("metadata") } },
            ["metadata"] = subscription.Data.Inside("metadata"),
        }, customer);
        (invoice.Data["hosted_invoice_url"], invoice.Data["invoice_pdf"]) = (world.Url($"/simulators/stripe/invoice/{invoice.Id}"), null);
        Tell(world, "invoice.created", invoice, 0);
        return invoice;
    }

    private static JsonObject Line(JsonNode item) => new() { ["id"] = SimulatedWorld.Id("il_", 24), ["object"] = "line_item", ["amount"] = item.Number("price", "unit_amount")!.Value * item.Number("quantity")!.Value, ["currency"] = item.Text("price", "currency"), ["description"] = item.Text("price", "id"), ["quantity"] = item.Number("quantity") };

    /// <summary>Its own, the customer's, or the one that was kept last.</summary>
    private static async Task<SimulatedThing?> MethodOfAsync(SimulatedWorld world, SimulatedThing subscription)
    {
        var customer = subscription.Data.Text("customer");
        var named = subscription.Data.Text("default_payment_method") ?? (await world.FindAsync(Customer, customer))?.Data.Text("invoice_settings", "default_payment_method");
        return await world.FindAsync(Method, named) ?? (await world.ListAsync(Method, customer, 1) is [var last, ..] ? last : null);
    }

    private static async Task<SimulatedReply> PayInvoiceAsync(SimulatedCall call)
    {
        var (world, invoice) = (call.World, await GetAsync(call.World, Invoice, call["id"]));
        if (invoice.Data.Text("status") is not "open")
            throw Refuse("invoice_not_open", $"Invoice is {invoice.Data.Text("status")}.");
        var method = call.Body.Text("payment_method") is { } id ? await StripeIntents.MethodAsync(world, id, IsLive(call))
            : await world.FindAsync(Subscription, invoice.Data.Text("parent", "subscription_details", "subscription")) is { } subscription ? await MethodOfAsync(world, subscription) : null;
        return await PayAsync(world, invoice, method ?? throw Refuse("resource_missing", "There is no default_payment_method set on this Customer or Invoice."));
    }

    private static async Task<SimulatedReply> VoidAsync(SimulatedCall call)
    {
        var invoice = await GetAsync(call.World, Invoice, call["id"]);
        if (invoice.Data.Text("status") is not "open")
            throw Refuse("invoice_not_open", $"Invoice is {invoice.Data.Text("status")}.");
        invoice.Data["status"] = "void";
        Tell(call.World, "invoice.voided", invoice, 0.3);
        return Good(invoice);
    }
}
