using System.Text.Json.Nodes;
using Portal.Core.Domains.Integrations;

namespace Portal.Tests.Domains.Integrations;

/// <summary>For the same call, ours says what the providers' own SDKs say.</summary>
public class GoldenRequestTests
{
    private const string Zone = "023e105f4ecef8ad9ca31a8372d0c353";

    [Fact]
    public async Task Stripe_node()
    {
        await using var server = await DescribedServer.StartAsync("stripe-2026-08-26");
        var (way, account) = (new StripeWay(server.Http), server.Account(Provider.Stripe));
        var (payments, billing) = (new StripePayments(way), new StripeBilling(way));
        var golden = Golden("stripe-node-22.6.2");
        var customer = "cus_oqabdo90IALR";

        await payments.AddCustomerAsync(account, "k", new() { Email = "a@b.co", Name = "Foo", Metadata = new Dictionary<string, string> { ["org"] = "42" } }, Ct);
        SameForm(golden[0], server.Last);
        await payments.FindCustomerAsync(account, customer, Ct);
        SameForm(golden[1], server.Last);
        await payments.PayAsync(account, "k1", StripeNewPayment.OffSessionOf(new(2500, Currency.Usd), customer, "pm_card_visa") with { Metadata = new Dictionary<string, string> { ["wallet"] = "1" } }, Ct);
        SameForm(golden[3], server.Last);
        await payments.BeginCheckoutAsync(account, "k", new("payment", "https://x/ok?s={CHECKOUT_SESSION_ID}")
        {
            Customer = customer,
            CancelUrl = "https://x/no",
            LineItems = [StripeLine.Of(new(2500, Currency.Usd), "Top-up")],
            Metadata = new Dictionary<string, string> { ["org"] = "42" },
            PaymentIntentData = new() { SetupFutureUsage = "off_session", Metadata = new Dictionary<string, string> { ["w"] = "1" } },
        }, Ct);
        SameForm(golden[8], server.Last);
        await payments.OpenPortalAsync(account, "k", new(customer, "https://x"), Ct);
        SameForm(golden[9], server.Last);
        await billing.SubscribeAsync(account, "k", new(customer, [new() { Price = "price_1", Quantity = 3 }]) { TrialPeriodDays = 14 }, Ct);
        SameForm(golden[10], server.Last);
        await billing.ChangeSubscriptionAsync(account, "k", "sub_0kRno14PnhvV", new() { CancelAtPeriodEnd = true }, Ct);
        SameForm(golden[11], server.Last);
        await billing.CancelAsync(account, "sub_0kRno14PnhvV", Ct);
        SameForm(golden[12], server.Last);
        await payments.RefundAsync(account, "k", StripeNewRefund.Of("pi_SKxyMHg4a7EA", new(1000, Currency.Usd)), Ct);
        SameForm(golden[13], server.Last);
        Assert.Equal(golden[0]!["version"]!.GetValue<string>(), server.Last["Stripe-Version"]);
    }

    [Fact]
    public async Task Stripe_dotnet()
    {
        await using var server = await DescribedServer.StartAsync("stripe-2026-08-26");
        var (way, account) = (new StripeWay(server.Http), server.Account(Provider.Stripe));
        var (payments, billing) = (new StripePayments(way), new StripeBilling(way));
        var golden = Golden("stripe-dotnet-52.2.0");

        await payments.BeginCheckoutAsync(account, "k", new("subscription", "https://x/ok") { LineItems = [new(1) { Price = "price_1" }], SubscriptionData = new() { TrialPeriodDays = 14 } }, Ct);
        SameForm(golden[3], server.Last);
        await billing.SubscribeAsync(account, "k", new("cus_1", [new() { Price = "price_1", Quantity = 3 }]) { PaymentBehavior = "default_incomplete", TrialPeriodDays = 14 }, Ct);
        SameForm(golden[5], server.Last);
        await billing.ChangeSubscriptionAsync(account, "k", "sub_1", new() { CancelAtPeriodEnd = true, Items = [new() { Id = "si_1", Price = "price_2" }], ProrationBehavior = "create_prorations" }, Ct);
        SameForm(golden[6], server.Last);
        await payments.RefundAsync(account, "k", StripeNewRefund.Of("pi_1", new(100, Currency.Usd)) with { Reason = "requested_by_customer" }, Ct);
        SameForm(golden[8], server.Last);
        await billing.DisputesAsync(account, DateTime.UnixEpoch.AddDays(1), null, Ct);
        Assert.Contains(KeyValuePair.Create("created[gt]", "86400"), server.Last.Query);
        await payments.TryAsync(account, Ct);
        SameForm(golden[11], server.Last);
    }

    [Fact]
    public async Task Twilio()
    {
        await using var server = await DescribedServer.StartAsync("twilio");
        var (client, golden) = (new TwilioClient(server.Http), Golden("twilio-npm"));
        var account = server.Account(Provider.Twilio, key: "AC0123456789abcdef0123456789abcdef");
        await client.SendAsync(account, new("+15005550006", "hi") { From = "+15005550001", StatusCallback = new("https://x/cb") }, Ct);
        Same(golden[0], server.Last);
        Assert.Equal(golden[0]!["body"]!.GetValue<string>(), string.Join('&', server.Last.Body.Split('&')));
        await client.BalanceAsync(account, Ct);
        Same(golden[3], server.Last);
        await client.FindAsync(account, "SM0123456789abcdef0123456789abcdef", Ct);
        Same(golden[4], server.Last);
    }

    [Fact]
    public async Task SendGrid()
    {
        await using var server = await DescribedServer.StartAsync("sendgrid");
        var golden = Golden("sendgrid-npm");
        await new SendgridClient(server.Http).SendAsync(server.Account(Provider.Sendgrid), new("x@y.co", "a@b.co", "s", "t") { FromName = "X", Html = "<b>t</b>", Tags = [new("org", "1")] }, Ct);
        Same(golden[0], server.Last);

        // It says more there: categories, an unsubscribe group and tracking, which we do not use.
        var theirs = JsonNode.Parse(golden[0]!["body"]!.GetValue<string>())!;
        Assert.All(server.Last.Json!.AsObject(), ours => Assert.True(JsonNode.DeepEquals(theirs[ours.Key], ours.Value), ours.Key));
        await new SendgridClient(server.Http).SendAsync(server.Account(Provider.Sendgrid), new("x@y.co", "a@b.co", "s", "t") { Attachments = [new("a.txt", "text/plain", "hi"u8.ToArray())] }, Ct);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(golden[1]!["body"]!.GetValue<string>())!["attachments"], server.Last.Json!["attachments"]));
    }

    [Fact]
    public async Task Resend()
    {
        await using var server = await DescribedServer.StartAsync("resend");
        var golden = Golden("resend-npm");
        await new ResendClient(server.Http).SendAsync(server.Account(Provider.Resend), new("a@b.co", "c@d.co", "s", "x") { FromName = "Acme", Html = "<p>x</p>", Headers = [new("X-Y", "z")], Tags = [new("org", "1")] }, Ct);
        Same(golden[0], server.Last);
        var ours = server.Last.Json!.AsObject();
        ours.Remove("text"); // ours has both
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(golden[0]!["body"]!.GetValue<string>()), ours), ours.ToJsonString());
    }

    [Fact]
    public async Task Cloudflare()
    {
        await using var server = await DescribedServer.StartAsync("cloudflare");
        var (client, golden) = (new CloudflareClient(server.Http), Golden("cloudflare-npm"));
        var account = server.Account(Provider.Cloudflare, settings: [("account_id", Zone), ("requests_per_second", "100")]);
        await client.AddZoneAsync(account, "example.com", Ct);
        SameJson(golden[0], server.Last);
        await client.AddRecordAsync(account, Zone, new("A", "www.example.com", "192.0.2.1") { Ttl = 300, Proxied = true }, Ct);
        SameJson(golden[1], server.Last);
        await client.AddRecordAsync(account, Zone, new("CNAME", "s.example.com", "t.example.com"), Ct);
        SameJson(golden[2], server.Last);
        await client.AddRecordAsync(account, Zone, new("TXT", "example.com", "\"v=spf1 -all\""), Ct);
        SameJson(golden[3], server.Last);
        await client.AddRecordAsync(account, Zone, new("MX", "example.com", "mx.example.com") { Priority = 10 }, Ct);
        SameJson(golden[4], server.Last);
        await client.SetEncryptionAsync(account, Zone, "strict", Ct);
        SameJson(golden[5], server.Last);
        await client.TryAsync(account, Ct);
        Same(golden[7], server.Last);
        Assert.Empty(server.Faults);
    }

    private static JsonArray Golden(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(ApiDescription.Folder, "Golden", $"{name}.json")))!.AsArray();

    private static void Same(JsonNode? theirs, Asked ours)
    {
        Assert.Equal((theirs!["method"]!.GetValue<string>(), theirs["path"]!.GetValue<string>()), (ours.Method, ours.Path));
        Assert.Equal(theirs["contentType"]?.GetValue<string>() ?? "", ours.ContentType);
        if (theirs["authScheme"]?.GetValue<string>() is { } scheme)
            Assert.Equal(scheme, ours["Authorization"].Split(' ')[0]);
    }

    private static void SameJson(JsonNode? theirs, Asked ours)
    {
        Same(theirs, ours);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(theirs!["body"]!.GetValue<string>()), ours.Json), ours.Body);
    }

    private static void SameForm(JsonNode? theirs, Asked ours)
    {
        Assert.Equal((theirs!["method"]!.GetValue<string>(), theirs["path"]!.GetValue<string>()), (ours.Method, ours.Path));
        Assert.Equal(Fields(theirs["form"]!.GetValue<string>()), Fields(ours.Body));
        Assert.Equal(ours.Method is "POST", ours["Idempotency-Key"].Length > 0);
    }

    private static IEnumerable<string> Fields(string form) => ApiDescription.FormOf(form).Select(f => $"{f.Key}={f.Value}").Order(StringComparer.Ordinal);
}
