using System.Globalization;
using System.Text.Json.Nodes;
using Portal.Core.Domains.Integrations;
using static Portal.Simulators.PaypalBooks;

namespace Portal.Simulators;

/// <summary>Orders, what is captured of them, and what goes back. An amount that ends in .91 is declined; one that ends in .92 waits for a while.</summary>
internal static class PaypalOrders
{
    private const double Waiting = 5;
    private static readonly string[] OursToo = ["custom_id", "invoice_id"];

    public static readonly IReadOnlyList<SimulatedRoute> Routes =
    [
        new("POST", "v2/checkout/orders", OrderAsync),
        new("GET", "v2/checkout/orders/{id}", async call => Good(await GetAsync(call.World, Order, call["id"]))),
        new("POST", "v2/checkout/orders/{id}/capture", CaptureAsync),
        new("GET", "v2/payments/captures/{id}", async call => Good(await GetAsync(call.World, Capture, call["id"]))),
        new("POST", "v2/payments/captures/{id}/refund", RefundAsync),
        new("GET", "v2/payments/refunds/{id}", async call => Good(await GetAsync(call.World, Refund, call["id"]))),
    ];

    public static readonly IReadOnlyList<SimulatedAct> Acts = [new("dispute", Capture, DisputeAsync), new("complete", Capture, SettleAsync)];

    /// <summary>The person has agreed on PayPal's page.</summary>
    public static void Approve(SimulatedWorld world, SimulatedThing order)
    {
        order.Data["status"] = "APPROVED";
        order.Data["payer"] = Payer();
        order.Data["payment_source"]!["paypal"]!["email_address"] = "buyer@example.com";
        Tell(world, "CHECKOUT.ORDER.APPROVED", "checkout-order", order, 0.3);
    }

    private static JsonObject Payer() => new() { ["email_address"] = "buyer@example.com", ["payer_id"] = "SIMULATEDBUYER", ["name"] = new JsonObject { ["given_name"] = "Simulated", ["surname"] = "Buyer" } };

    private static async Task<SimulatedReply> OrderAsync(SimulatedCall call)
    {
        var (world, body) = (call.World, call.Body);
        if (body.Items("purchase_units") is not [var unit, ..] || Value(unit.At("amount")) is null)
            return Error(StatusCodes.Status400BadRequest, "INVALID_REQUEST", "MISSING_REQUIRED_PARAMETER", "A required field is missing: purchase_units.");
        if (unit.Text("invoice_id") is { } invoice)
            await OnceAsync(world, invoice);
        var vault = body.Text("payment_source", "paypal", "vault_id");
        if (vault is not null)
            await GetAsync(world, Kept, vault);
        var id = Id("", 17);
        var order = Add(world, Order, id, new()
        {
            ["intent"] = "CAPTURE",
            ["status"] = "PAYER_ACTION_REQUIRED",
            ["purchase_units"] = Wire.Array(body.Items("purchase_units").Select(Unit)),
            ["payment_source"] = new JsonObject { ["paypal"] = new JsonObject() },
            ["links"] = Links(world, ("self", $"v2/checkout/orders/{id}"), ("payer-action", $"approve/{id}")),
            ["_keeps"] = body.Text("payment_source", "paypal", "attributes", "vault", "store_in_vault"),
            ["_back"] = body.Text("payment_source", "paypal", "experience_context", "return_url"),
            ["_cancel"] = body.Text("payment_source", "paypal", "experience_context", "cancel_url"),
        });
        if (vault is null)
            return Good(order);
        Take(world, order);
        return Good(order, StatusCodes.Status201Created);
    }

    private static JsonNode Unit(JsonNode asked)
    {
        var unit = asked.DeepClone();
        unit["reference_id"] ??= "default";
        return unit;
    }

    /// <summary>PayPal takes each invoice number once.</summary>
    private static async Task OnceAsync(SimulatedWorld world, string invoice)
    {
        var known = invoice.Length > 100 ? invoice[..100] : invoice;
        if (await world.FindAsync("invoice", known) is not null)
            throw Unprocessable("DUPLICATE_INVOICE_ID", "Duplicate Invoice ID detected.");
        world.Add("invoice", known, new() { ["status"] = "used" });
    }

    private static async Task<SimulatedReply> CaptureAsync(SimulatedCall call)
    {
        var (world, order) = (call.World, await GetAsync(call.World, Order, call["id"]));
        if (order.Data.Text("status") is "COMPLETED")
            throw Unprocessable("ORDER_ALREADY_CAPTURED", "Order already captured.");
        if (order.Data.Text("status") is not "APPROVED")
            throw Unprocessable("ORDER_NOT_APPROVED", "Payer has not yet approved the Order for payment.");
        Take(world, order);
        if (order.Data.Text("_keeps") is not null)
        {
            var kept = PaypalVault.Keep(world);
            order.Data["payment_source"]!["paypal"]!["attributes"] = new JsonObject { ["vault"] = new JsonObject { ["id"] = kept.Id, ["status"] = "VAULTED", ["customer"] = new JsonObject { ["id"] = kept.Data.Text("customer", "id") } } };
        }

        return Good(order, StatusCodes.Status201Created);
    }

    private static void Take(SimulatedWorld world, SimulatedThing order)
    {
        var unit = order.Data.Items("purchase_units")[0];
        var (value, id) = (unit.Text("amount", "value")!, Id("", 17));
        if (value.EndsWith(".91", StringComparison.Ordinal) || world.Fails)
            throw Unprocessable("INSTRUMENT_DECLINED", "The instrument presented was either declined by the processor or bank, or it can't be used for this payment.");
        var waits = value.EndsWith(".92", StringComparison.Ordinal);
        var capture = Add(world, Capture, id, new()
        {
            ["status"] = waits ? "PENDING" : "COMPLETED",
            ["amount"] = unit.Inside("amount"),
            ["final_capture"] = true,
            ["custom_id"] = unit.Text("custom_id"),
            ["invoice_id"] = unit.Text("invoice_id"),
            ["supplementary_data"] = new JsonObject { ["related_ids"] = new JsonObject { ["order_id"] = order.Id } },
            ["links"] = Links(world, ("self", $"v2/payments/captures/{id}"), ("refund", $"v2/payments/captures/{id}/refund")),
            ["_refunded"] = "0",
        }, order.Id);
        if (waits)
            capture.Data["status_details"] = new JsonObject { ["reason"] = "PENDING_REVIEW" };
        foreach (var name in OursToo.Where(n => capture.Data[n] is null))
            capture.Data.Remove(name);
        order.Data["status"] = "COMPLETED";
        unit["payments"] = new JsonObject { ["captures"] = new JsonArray(capture.Shown) };
        Tell(world, waits ? "PAYMENT.CAPTURE.PENDING" : "PAYMENT.CAPTURE.COMPLETED", "capture", capture, 0.3);
        if (waits)
            Tell(world, "PAYMENT.CAPTURE.COMPLETED", "capture", capture, Waiting, Settled(capture));
    }

    private static JsonObject Settled(SimulatedThing capture)
    {
        var shown = capture.Shown;
        shown["status"] = "COMPLETED";
        shown.Remove("status_details");
        return shown;
    }

    private static Task SettleAsync(SimulatedWorld world, SimulatedThing capture)
    {
        if (capture.Data.Text("status") is "PENDING")
        {
            capture.Data["status"] = "COMPLETED";
            capture.Data.Remove("status_details");
            Tell(world, "PAYMENT.CAPTURE.COMPLETED", "capture", capture, 0);
        }

        return Task.CompletedTask;
    }

    private static async Task<SimulatedReply> RefundAsync(SimulatedCall call)
    {
        var (world, body, capture) = (call.World, call.Body, await GetAsync(call.World, Capture, call["id"]));
        var (all, gone) = (Value(capture.Data["amount"])!.Value, decimal.Parse(capture.Data.Text("_refunded")!, CultureInfo.InvariantCulture));
        if (capture.Data.Text("status") is "PENDING")
            throw Unprocessable("PENDING_CAPTURE", "Cannot initiate a refund as the capture is pending.");
        if (gone >= all)
            throw Unprocessable("CAPTURE_FULLY_REFUNDED", "The capture has already been fully refunded.");
        var amount = body.At("amount") is null ? all - gone : Value(body["amount"]) ?? throw Unprocessable("CANNOT_BE_NEGATIVE", "Must be greater than zero.");
        if (gone + amount > all)
            throw Unprocessable("REFUND_AMOUNT_EXCEEDED", "The refund amount must be less than or equal to the capture amount that has not yet been refunded.");
        (capture.Data["_refunded"], capture.Data["status"]) = ((gone + amount).ToString(CultureInfo.InvariantCulture), gone + amount == all ? "REFUNDED" : "PARTIALLY_REFUNDED");
        var id = Id("", 17);
        var refund = Add(world, Refund, id, new()
        {
            ["status"] = "COMPLETED",
            ["amount"] = new JsonObject { ["currency_code"] = capture.Data.Text("amount", "currency_code"), ["value"] = amount.ToString(CultureInfo.InvariantCulture) },
            ["custom_id"] = body.Text("custom_id") ?? capture.Data.Text("custom_id") ?? "",
            ["links"] = Links(world, ("self", $"v2/payments/refunds/{id}"), ("up", $"v2/payments/captures/{capture.Id}")),
        }, capture.Id);
        Tell(world, "PAYMENT.CAPTURE.REFUNDED", "refund", refund, 0.3);
        return Good(refund, StatusCodes.Status201Created);
    }

    private static Task DisputeAsync(SimulatedWorld world, SimulatedThing capture)
    {
        var dispute = Add(world, "dispute", Id("PP-D-", 5), new()
        {
            ["dispute_id"] = null,
            ["reason"] = "UNAUTHORISED",
            ["status"] = "OPEN",
            ["dispute_amount"] = capture.Data.Inside("amount"),
            ["dispute_life_cycle_stage"] = "CHARGEBACK",
            ["disputed_transactions"] = new JsonArray(new JsonObject { ["seller_transaction_id"] = capture.Id, ["custom"] = capture.Data.Text("custom_id"), ["invoice_number"] = capture.Data.Text("invoice_id") }),
        }, capture.Id);
        dispute.Data["dispute_id"] = dispute.Id;
        Tell(world, "CUSTOMER.DISPUTE.CREATED", "dispute", dispute, 0);
        return Task.CompletedTask;
    }
}
