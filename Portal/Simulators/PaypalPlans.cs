using System.Text.Json.Nodes;
using Portal.Core.Domains.Integrations;
using static Portal.Simulators.PaypalBooks;

namespace Portal.Simulators;

/// <summary>What comes again every month.</summary>
internal static class PaypalPlans
{
    public static readonly IReadOnlyList<SimulatedRoute> Routes =
    [
        new("POST", "v1/catalogs/products", call => Task.FromResult(Good(Add(call.World, "product", Id("PROD-", 17), new() { ["name"] = call.Body.Text("name"), ["type"] = "SERVICE" }), StatusCodes.Status201Created))),
        new("POST", "v1/billing/plans", AddPlanAsync),
        new("POST", "v1/billing/subscriptions", SubscribeAsync),
        new("GET", "v1/billing/subscriptions/{id}", async call => Good(await GetAsync(call.World, Subscription, call["id"]))),
        new("POST", "v1/billing/subscriptions/{id}/revise", ReviseAsync),
        new("POST", "v1/billing/subscriptions/{id}/suspend", call => BecomeAsync(call, "SUSPENDED", "ACTIVE")),
        new("POST", "v1/billing/subscriptions/{id}/activate", call => BecomeAsync(call, "ACTIVE", "SUSPENDED")),
        new("POST", "v1/billing/subscriptions/{id}/cancel", call => BecomeAsync(call, "CANCELLED", "ACTIVE", "SUSPENDED")),
    ];

    public static readonly IReadOnlyList<SimulatedAct> Acts = [new("renew", Subscription, RenewAsync)];

    /// <summary>The person has agreed: it begins, and the first month is paid.</summary>
    public static async Task ApproveAsync(SimulatedWorld world, SimulatedThing subscription)
    {
        if (subscription.Data.Text("_wish") is { } wished)
        {
            (subscription.Data["plan_id"], subscription.Data["_wish"]) = (wished, null);
            Tell(world, "BILLING.SUBSCRIPTION.UPDATED", "subscription", subscription, 0.3);
            return;
        }

        Become(world, subscription, "ACTIVE");
        await RenewAsync(world, subscription);
    }

    private static async Task<SimulatedReply> AddPlanAsync(SimulatedCall call)
    {
        await GetAsync(call.World, "product", call.Body.Text("product_id"));
        if (call.Body.Items("billing_cycles").Count == 0)
            return Error(StatusCodes.Status400BadRequest, "INVALID_REQUEST", "MISSING_REQUIRED_PARAMETER", "A required field is missing: billing_cycles.");
        var plan = Add(call.World, Plan, Id("P-", 24), new() { ["product_id"] = call.Body.Text("product_id"), ["name"] = call.Body.Text("name"), ["status"] = "ACTIVE", ["billing_cycles"] = call.Body["billing_cycles"]!.DeepClone() });
        return Good(plan, StatusCodes.Status201Created);
    }

    private static async Task<SimulatedReply> SubscribeAsync(SimulatedCall call)
    {
        var (world, body, plan) = (call.World, call.Body, await GetAsync(call.World, Plan, call.Body.Text("plan_id")));
        var id = Id("I-", 12);
        var subscription = Add(world, Subscription, id, new()
        {
            ["plan_id"] = plan.Id,
            ["status"] = "APPROVAL_PENDING",
            ["quantity"] = body.Text("quantity") ?? "1",
            ["start_time"] = Time(world.Now),
            ["links"] = Links(world, ("approve", $"approve/{id}"), ("self", $"v1/billing/subscriptions/{id}")),
            ["_back"] = body.Text("application_context", "return_url"),
            ["_cancel"] = body.Text("application_context", "cancel_url"),
        });
        if (body.Text("custom_id") is { } custom)
            subscription.Data["custom_id"] = custom;
        Tell(world, "BILLING.SUBSCRIPTION.CREATED", "subscription", subscription, 0.1);
        return Good(subscription, StatusCodes.Status201Created);
    }

    private static async Task<SimulatedReply> ReviseAsync(SimulatedCall call)
    {
        var (world, subscription, plan) = (call.World, await GetAsync(call.World, Subscription, call["id"]), await GetAsync(call.World, Plan, call.Body.Text("plan_id")));
        if (subscription.Data.Text("status") is not "ACTIVE")
            throw Unprocessable("SUBSCRIPTION_STATUS_INVALID", "Invalid subscription status for revise action; subscription status should be active.");
        subscription.Data["_wish"] = plan.Id;
        return new(StatusCodes.Status200OK, new JsonObject { ["plan_id"] = plan.Id, ["links"] = Links(world, ("approve", $"approve/{subscription.Id}"), ("self", $"v1/billing/subscriptions/{subscription.Id}")) });
    }

    private static async Task<SimulatedReply> BecomeAsync(SimulatedCall call, string status, params string[] from)
    {
        var subscription = await GetAsync(call.World, Subscription, call["id"]);
        if (!from.Contains(subscription.Data.Text("status")))
            throw Unprocessable("SUBSCRIPTION_STATUS_INVALID", $"Invalid subscription status: {subscription.Data.Text("status")}.");
        Become(call.World, subscription, status);
        return new(StatusCodes.Status204NoContent);
    }

    private static void Become(SimulatedWorld world, SimulatedThing subscription, string status)
    {
        (subscription.Data["status"], subscription.Data["status_update_time"]) = (status, Time(world.Now));
        Tell(world, $"BILLING.SUBSCRIPTION.{(status is "ACTIVE" ? "ACTIVATED" : status)}", "subscription", subscription, 0.3);
    }

    /// <summary>A month is paid.</summary>
    private static async Task RenewAsync(SimulatedWorld world, SimulatedThing subscription)
    {
        if (subscription.Data.Text("status") is not "ACTIVE" || await world.FindAsync(Plan, subscription.Data.Text("plan_id")) is not { } plan)
            return;
        var price = plan.Data.Items("billing_cycles")[^1].Inside("pricing_scheme", "fixed_price");
        subscription.Data["billing_info"] = new JsonObject { ["next_billing_time"] = Time(world.Now.AddMonths(1)), ["failed_payments_count"] = 0, ["last_payment"] = new JsonObject { ["amount"] = price.DeepClone(), ["time"] = Time(world.Now) } };
        var sale = Add(world, "sale", Id("", 17), new()
        {
            ["billing_agreement_id"] = subscription.Id,
            ["state"] = "completed",
            ["status"] = "completed",
            ["amount"] = new JsonObject { ["total"] = price.Text("value"), ["currency"] = price.Text("currency_code") },
        }, subscription.Id);
        if (subscription.Data.Text("custom_id") is { } custom)
            sale.Data["custom"] = custom;
        Tell(world, "PAYMENT.SALE.COMPLETED", "sale", sale, 0.5);
    }
}
