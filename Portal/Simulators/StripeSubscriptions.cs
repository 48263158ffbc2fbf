using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Portal.Core.Domains.Integrations;
using static Portal.Simulators.StripeBooks;

namespace Portal.Simulators;

/// <summary>What comes again every month. A price says what it costs by its name, price_2500_usd_month; others cost ten dollars a month.</summary>
internal static partial class StripeSubscriptions
{
    public static readonly IReadOnlyList<SimulatedRoute> Routes =
    [
        new("POST", "v1/subscriptions", SubscribeAsync),
        new("GET", "v1/subscriptions", call => ListAsync(call, Subscription, call.Query.Text("customer"), "/v1/subscriptions")),
        new("GET", "v1/subscriptions/{id}", async call => Good(await GetAsync(call.World, Subscription, call["id"]))),
        new("POST", "v1/subscriptions/{id}", ChangeAsync),
        new("DELETE", "v1/subscriptions/{id}", CancelAsync),
    ];

    public static readonly IReadOnlyList<SimulatedAct> Acts = [new("renew", Subscription, RenewAsync)];

    /// <summary>With a first invoice: paid already, to be paid from the card, or waiting for the person; none while it is tried out.</summary>
    public static async Task<SimulatedThing> AddAsync(SimulatedWorld world, bool isLive, string customer, IEnumerable<JsonNode> items, long trialDays, JsonObject metadata, SimulatedThing? method, bool isPaid = false, bool waits = false)
    {
        var subscription = Add(world, Subscription, "sub_", isLive, new()
        {
            ["customer"] = customer,
            ["status"] = trialDays > 0 ? "trialing" : "incomplete",
            ["cancel_at_period_end"] = false,
            ["collection_method"] = "charge_automatically",
            ["billing_cycle_anchor"] = world.Seconds,
            ["start_date"] = world.Seconds,
            ["automatic_tax"] = new JsonObject { ["enabled"] = false },
            ["default_payment_method"] = method?.Id,
            ["latest_invoice"] = null,
            ["trial_end"] = trialDays > 0 ? world.Seconds + (trialDays * 86_400) : null,
            ["metadata"] = metadata,
        }, customer);
        subscription.Data["items"] = new JsonObject { ["object"] = "list", ["has_more"] = false, ["url"] = $"/v1/subscription_items?subscription={subscription.Id}", ["data"] = Wire.Array(items.Select(i => Item(world, subscription, i, trialDays))) };
        subscription.Data["currency"] = Items(subscription)[0].Text("price", "currency");
        Tell(world, "customer.subscription.created", subscription, 0.3);
        if (trialDays == 0)
            await StripeInvoices.BillAsync(world, subscription, isPaid, waits);
        return subscription;
    }

    public static IReadOnlyList<JsonNode> Items(SimulatedThing subscription) => subscription.Data.Items("items", "data");

    private static JsonObject Item(SimulatedWorld world, SimulatedThing subscription, JsonNode asked, long trialDays)
    {
        var price = Price(world, asked);
        return new()
        {
            ["id"] = SimulatedWorld.Id("si_", 14),
            ["object"] = "subscription_item",
            ["created"] = world.Seconds,
            ["current_period_start"] = world.Seconds,
            ["current_period_end"] = trialDays > 0 ? world.Seconds + (trialDays * 86_400) : Next(world.Now, price),
            ["metadata"] = new JsonObject(),
            ["price"] = price,
            ["quantity"] = asked.Number("quantity") ?? 1,
            ["subscription"] = subscription.Id,
        };
    }

    public static JsonObject Price(SimulatedWorld world, JsonNode asked)
    {
        var (id, data) = (asked.Text("price") ?? SimulatedWorld.Id("price_", 24), asked.Inside("price_data"));
        var named = Named().Match(id);
        return new()
        {
            ["id"] = id,
            ["object"] = "price",
            ["active"] = true,
            ["billing_scheme"] = "per_unit",
            ["created"] = world.Seconds,
            ["currency"] = StripeCurrencies.Check(data.Count > 0 ? data.Text("currency") : named.Groups[2].Success ? named.Groups[2].Value : "usd", "currency"),
            ["livemode"] = false,
            ["metadata"] = new JsonObject(),
            ["product"] = "prod_simulated",
            ["type"] = "recurring",
            ["recurring"] = new JsonObject { ["interval"] = named.Groups[3].Success ? named.Groups[3].Value : "month", ["interval_count"] = 1, ["usage_type"] = "licensed" },
            ["unit_amount"] = data.Number("unit_amount") ?? (named.Success ? long.Parse(named.Groups[1].Value, CultureInfo.InvariantCulture) : 1_000),
        };
    }

    private static long Next(DateTime from, JsonObject price) => (long)((price.Text("recurring", "interval") switch
    {
        "day" => from.AddDays(1),
        "week" => from.AddDays(7),
        "year" => from.AddYears(1),
        _ => from.AddMonths(1),
    }) - DateTime.UnixEpoch).TotalSeconds;

    private static async Task<SimulatedReply> SubscribeAsync(SimulatedCall call)
    {
        var (world, body) = (call.World, call.Body);
        var customer = await GetAsync(world, Customer, body.Text("customer"), "customer");
        if (body.Items("items") is not { Count: > 0 } items)
            throw Refuse("parameter_missing", "Missing required param: items.", "items");
        var method = body.Text("default_payment_method") is { } id ? await StripeIntents.MethodAsync(world, id, IsLive(call)) : null;
        return Good(await AddAsync(world, IsLive(call), customer.Id, items, body.Number("trial_period_days") ?? 0, body.Inside("metadata"), method, waits: body.Text("payment_behavior") is "default_incomplete"));
    }

    private static async Task<SimulatedReply> ChangeAsync(SimulatedCall call)
    {
        var (world, body, subscription) = (call.World, call.Body, await GetAsync(call.World, Subscription, call["id"]));
        if (subscription.Data.Text("status") is "canceled")
            throw Refuse("resource_missing", $"No such subscription: '{subscription.Id}'", "id");
        if (body.Text("cancel_at_period_end") is not null)
            subscription.Data["cancel_at_period_end"] = body.Flag("cancel_at_period_end");
        if (body.Text("default_payment_method") is { } method)
            subscription.Data["default_payment_method"] = (await StripeIntents.MethodAsync(world, method, IsLive(call))).Id;
        foreach (var (name, value) in body.Inside("metadata"))
            subscription.Data["metadata"]![name] = value?.DeepClone();
        foreach (var asked in body.Items("items"))
            Change(world, subscription, asked);
        Tell(world, "customer.subscription.updated", subscription, 0.3);
        return Good(subscription);
    }

    private static void Change(SimulatedWorld world, SimulatedThing subscription, JsonNode asked)
    {
        var items = subscription.Data["items"]!["data"]!.AsArray();
        var known = items.OfType<JsonObject>().FirstOrDefault(i => i.Text("id") == asked.Text("id"));
        if (known is null)
            items.Add(Item(world, subscription, asked, 0));
        else if (asked.Flag("deleted"))
            items.Remove(known);
        else
            (known["price"], known["quantity"]) = (asked.Text("price") is null ? known["price"]!.DeepClone() : Price(world, asked), asked.Number("quantity") ?? known.Number("quantity"));
    }

    private static async Task<SimulatedReply> CancelAsync(SimulatedCall call)
    {
        var subscription = await GetAsync(call.World, Subscription, call["id"]);
        End(call.World, subscription);
        return Good(subscription);
    }

    private static void End(SimulatedWorld world, SimulatedThing subscription)
    {
        (subscription.Data["status"], subscription.Data["canceled_at"], subscription.Data["ended_at"]) = ("canceled", world.Seconds, world.Seconds);
        Tell(world, "customer.subscription.deleted", subscription, 0.3);
    }

    /// <summary>A month has passed.</summary>
    private static async Task RenewAsync(SimulatedWorld world, SimulatedThing subscription)
    {
        if (subscription.Data.Flag("cancel_at_period_end") || subscription.Data.Text("status") is "canceled")
        {
            End(world, subscription);
            return;
        }

        foreach (var item in Items(subscription).OfType<JsonObject>())
        {
            var begin = item.Number("current_period_end")!.Value;
            (item["current_period_start"], item["current_period_end"]) = (begin, Next(DateTime.UnixEpoch.AddSeconds(begin), item["price"]!.AsObject()));
        }

        await StripeInvoices.BillAsync(world, subscription, isPaid: false, waits: false);
    }

    [GeneratedRegex(@"^price_(\d{1,9})(?:_([a-z]{3}))?(?:_(day|week|month|year))?$")]
    private static partial Regex Named();
}
