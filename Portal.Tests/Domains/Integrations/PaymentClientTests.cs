using System.Text.Json.Nodes;
using Portal.Core.Domains.Integrations;

namespace Portal.Tests.Domains.Integrations;

public class PaymentClientTests
{
    private static readonly Dictionary<string, string> Ours = new() { ["portal_client"] = "42" };

    [Fact]
    public async Task Stripe_is_asked_for_payments_as_it_describes_them()
    {
        await using var server = await DescribedServer.StartAsync("stripe-2026-08-26");
        var (payments, billing) = Stripe(server);
        var account = server.Account(Provider.Stripe);

        await payments.AddCustomerAsync(account, "k1", new() { Email = "ann@example.com", Name = "Ann & co", Metadata = Ours }, Ct);
        Assert.Equal(("k1", "2026-08-26.dahlia", "Bearer key-of-account"), (server.Last["Idempotency-Key"], server.Last["Stripe-Version"], server.Last["Authorization"]));
        await payments.ChangeCustomerAsync(account, "k2", "cus_1", new() { Phone = "+263771234567" }, Ct);
        await payments.SetDefaultCardAsync(account, "k3", "cus_1", "pm_1", Ct);
        await payments.FindCustomerAsync(account, "cus_1", Ct);
        await payments.CardsAsync(account, "cus_1", Ct);
        await payments.BeginSetupAsync(account, "k4", new("cus_1") { Metadata = Ours }, Ct);
        await payments.FindSetupAsync(account, "seti_1", Ct);
        await payments.PayAsync(account, "k5", StripeNewPayment.OffSessionOf(new(2500, Currency.Usd), "cus_1", "pm_1") with { Metadata = Ours, Description = "Top-up" }, Ct);
        await payments.PayAsync(account, "k6", new(new(2500, Currency.Usd), "cus_1") { SetupFutureUsage = "off_session", AutomaticPaymentMethods = new(true) }, Ct);
        await payments.FindPaymentAsync(account, "pi_1", Ct);
        await payments.CancelPaymentAsync(account, "k7", "pi_1", Ct);
        await payments.BeginCheckoutAsync(account, "k8", new("payment", "https://portal.example/ok?s={CHECKOUT_SESSION_ID}")
        {
            CancelUrl = "https://portal.example/no",
            Customer = "cus_1",
            ClientReferenceId = "42",
            LineItems = [StripeLine.Of(new(2500, Currency.Usd), "Top-up")],
            PaymentIntentData = new() { SetupFutureUsage = "off_session", Metadata = Ours },
            Metadata = Ours,
        }, Ct);
        await payments.BeginCheckoutAsync(account, "k9", new("setup", "https://portal.example/ok") { Customer = "cus_1", Currency = "usd" }, Ct);
        await payments.BeginCheckoutAsync(account, "k10", new("subscription", "https://portal.example/ok") { CustomerEmail = "ann@example.com", LineItems = [new(1) { Price = "price_1" }], SubscriptionData = new() { TrialPeriodDays = 14, Metadata = Ours } }, Ct);
        await payments.FindCheckoutAsync(account, "cs_1", Ct);
        await payments.ExpireCheckoutAsync(account, "k11", "cs_1", Ct);
        await payments.OpenPortalAsync(account, "k12", new("cus_1", "https://portal.example/"), Ct);
        await payments.RefundAsync(account, "k13", StripeNewRefund.Of("pi_1", new(100, Currency.Usd)) with { Reason = "requested_by_customer", Metadata = Ours }, Ct);
        await payments.FindRefundAsync(account, "re_1", Ct);
        await payments.TryAsync(account, Ct);
        await BillAsync(billing, account);
        server.AllWasAsDescribed();
        Assert.InRange(server.WrongBodiesAreRefused(), 60, int.MaxValue);
    }

    [Fact]
    public async Task A_declined_charge_and_one_the_bank_wants_the_person_for_are_answers()
    {
        await using var server = await DescribedServer.StartAsync("stripe-2026-08-26");
        var (payments, _) = Stripe(server);
        Task<StripePayment> ChargeAsync(string sample)
        {
            var intent = Payload("stripe", sample)["data"]!["object"]!;
            server.Answers = _ => new(402, new JsonObject { ["error"] = new JsonObject { ["type"] = "card_error", ["code"] = "card_declined", ["payment_intent"] = intent.DeepClone() } }.ToJsonString());
            return payments.PayAsync(server.Account(Provider.Stripe), "k1", StripeNewPayment.OffSessionOf(new(2500, Currency.Usd), "cus_1", "pm_1"), Ct);
        }

        var declined = await ChargeAsync("payment_intent.payment_failed.json");
        Assert.Equal((true, false, false), (declined.IsDeclined, declined.NeedsPerson, declined.IsPaid));
        var needs = await ChargeAsync("payment_intent.payment_failed.authentication_required.json");
        Assert.Equal((false, true, false), (needs.IsDeclined, needs.NeedsPerson, needs.IsPaid));
        Assert.Equal(new Money(2500, Currency.Usd), needs.Total);
    }

    [Fact]
    public async Task A_refusal_of_Stripe_is_not_charged_again_and_says_why()
    {
        await using var server = await DescribedServer.StartAsync("stripe-2026-08-26");
        server.Answers = _ => new(400, """{"error":{"type":"invalid_request_error","code":"parameter_unknown","param":"emial","message":"Received unknown parameter: emial"}}""");
        var no = await Assert.ThrowsAsync<ProviderRefused>(() => Stripe(server).Payments.RefundAsync(server.Account(Provider.Stripe), "k1", new("pi_1"), Ct));
        Assert.Equal(("parameter_unknown", RefusalOf.Request, "provider_refused"), (no.ProviderCode, no.Of, no.Code));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_live_key_in_the_test_environment_is_found_out_by_trying_it()
    {
        await using var server = await DescribedServer.StartAsync("stripe-2026-08-26");
        server.Answers = _ => new(200, """{"object":"balance","available":[{"amount":0,"currency":"usd"}],"livemode":true}""");
        Assert.False((await Stripe(server).Payments.TryAsync(server.Account(Provider.Stripe, sandbox: true), Ct)).Works);
        Assert.True((await Stripe(server).Payments.TryAsync(server.Account(Provider.Stripe, sandbox: false), Ct)).Works);
    }

    [Theory]
    [InlineData("USD", 2500, 2500)]
    [InlineData("JPY", 2500, 2500)]
    [InlineData("ISK", 25, 2500)]
    [InlineData("UGX", 25, 2500)]
    [InlineData("MGA", 2500, 25)]
    [InlineData("KWD", 2500, 2500)]
    public void Amounts_are_written_as_Stripe_counts_them(string currency, long ours, long theirs)
    {
        var money = new Money(ours, Currency.Of(currency));
        Assert.Equal(theirs, StripeMoney.Of(money));
        Assert.Equal(money, StripeMoney.Back(theirs, currency));
    }

    [Fact]
    public void What_Stripe_cannot_count_is_refused_before_it_is_sent()
    {
        Assert.Throws<Invalid>(() => StripeMoney.Of(new(2550, Currency.Of("MGA"))));
        Assert.Throws<Invalid>(() => StripeMoney.Of(new(2505, Currency.Of("KWD"))));
        Assert.Throws<Invalid>(() => PaypalAmount.Of(new(2550, Currency.Of("HUF"))));
        Assert.Equal(new("HUF", "25"), PaypalAmount.Of(new(2500, Currency.Of("HUF"))));
        Assert.Equal(new("USD", "25.00"), PaypalAmount.Of(new(2500, Currency.Usd)));
        Assert.Equal(new(2500, Currency.Usd), new PaypalAmount("USD", "25.00").ToMoney());
    }

    [Fact]
    public async Task PayPal_is_asked_for_payments_as_it_describes_them()
    {
        await using var server = await DescribedServer.StartAsync("paypal");
        var way = new PaypalWay(server.Http, TimeProvider.System);
        var (payments, billing, account) = (new PaypalPayments(way), new PaypalBilling(way), server.Account(Provider.Paypal));
        var unit = new PaypalUnit(PaypalAmount.Of(new(2500, Currency.Usd))) { CustomId = "42", InvoiceId = "top-up-1", Description = "Top-up" };

        var order = await payments.OrderAsync(account, "k1", PaypalNewOrder.ByPerson(unit, new("https://portal.example/ok", "https://portal.example/no") { BrandName = "The Agency" }, keepForLater: true), Ct);
        Assert.StartsWith("https://", order.ApproveUrl, StringComparison.Ordinal);
        Assert.Equal(("k1", "Bearer A21AAFmock"), (server.Last["PayPal-Request-Id"], server.Last["Authorization"]));
        await payments.OrderAsync(account, "k2", PaypalNewOrder.FromVault(unit, "8kk8451t"), Ct);
        await payments.FindOrderAsync(account, "5O190127TN364715T", Ct);
        var captured = await payments.CaptureAsync(account, "k3", "5O190127TN364715T", Ct);
        Assert.Equal("COMPLETED", captured.Capture!.Status);
        await payments.FindCaptureAsync(account, "12A34567BC123456S", Ct);
        await payments.RefundAsync(account, "k4", "12A34567BC123456S", new() { Amount = new("USD", "1.00"), NoteToPayer = "Sorry" }, Ct);
        await payments.RefundAsync(account, "k5", "12A34567BC123456S", new(), Ct);
        await payments.FindRefundAsync(account, "1Y107995YT783435V", Ct);
        await billing.AddProductAsync(account, "k6", new("Care") { Description = "Monthly care" }, Ct);
        await billing.AddPlanAsync(account, "k7", PaypalNewPlan.Monthly("PROD-XXCD1234QWER65782", "Care", new(4900, Currency.Usd)), Ct);
        await billing.SubscribeAsync(account, "k8", new("P-5ML4271244454362WXNWU5NQ", new("https://portal.example/ok", "https://portal.example/no")) { CustomId = "42", Subscriber = new("ann@example.com") }, Ct);
        await billing.FindSubscriptionAsync(account, "I-BW452GLLEP1G", Ct);
        await billing.ReviseAsync(account, "k9", "I-BW452GLLEP1G", "P-5ML4271244454362WXNWU5NQ", "2", Ct);
        await billing.SuspendAsync(account, "k10", "I-BW452GLLEP1G", "Not paid", Ct);
        await billing.ActivateAsync(account, "k11", "I-BW452GLLEP1G", "Paid", Ct);
        await billing.CancelAsync(account, "k12", "I-BW452GLLEP1G", "Asked for", Ct);
        Assert.True((await payments.TryAsync(account, Ct)).Works);
        server.AllWasAsDescribed();
        Assert.Single(server.Requests, r => r.Path == "/v1/oauth2/token");
        Assert.InRange(server.WrongBodiesAreRefused(), 25, int.MaxValue);
    }

    [Fact]
    public async Task A_word_of_PayPals_that_ended_early_is_fetched_anew_once()
    {
        await using var server = await DescribedServer.StartAsync("paypal");
        var fetched = 0;
        server.Answers = asked => asked.Path == "/v1/oauth2/token" ? new(200, $$"""{"access_token":"word-{{++fetched}}","expires_in":32400}""")
            : asked["Authorization"] == "Bearer word-1" ? new(401, """{"error":"invalid_token","error_description":"Access Token not found in cache"}""") : null;
        var payments = new PaypalPayments(new(server.Http, TimeProvider.System));
        await payments.FindOrderAsync(server.Account(Provider.Paypal), "5O190127TN364715T", Ct);
        await payments.FindOrderAsync(server.Account(Provider.Paypal), "5O190127TN364715T", Ct);
        Assert.Equal(2, fetched);
    }

    [Fact]
    public async Task Wrong_keys_of_PayPal_are_the_accounts_trouble()
    {
        await using var server = await DescribedServer.StartAsync("paypal");
        server.Answers = _ => new(401, """{"error":"invalid_client","error_description":"Client Authentication failed"}""");
        var answer = await new PaypalPayments(new(server.Http, TimeProvider.System)).TryAsync(server.Account(Provider.Paypal), Ct);
        Assert.Equal((false, "PayPal said 401 (invalid_client): Client Authentication failed"), (answer.Works, answer.Words));
    }

    [Fact]
    public async Task A_wallet_that_declines_is_the_payers_trouble()
    {
        await using var server = await DescribedServer.StartAsync("paypal");
        server.Answers = asked => asked.Path.EndsWith("/capture", StringComparison.Ordinal) ? new(422, """{"name":"UNPROCESSABLE_ENTITY","details":[{"issue":"INSTRUMENT_DECLINED","description":"The instrument was declined."}],"message":"No."}""") : null;
        var no = await Assert.ThrowsAsync<ProviderRefused>(() => new PaypalPayments(new(server.Http, TimeProvider.System)).CaptureAsync(server.Account(Provider.Paypal), "k1", "5O190127TN364715T", Ct));
        Assert.Equal(("INSTRUMENT_DECLINED", RefusalOf.Recipient), (no.ProviderCode, no.Of));
    }

    [Fact]
    public async Task A_wallet_is_kept_for_later_with_its_owners_leave()
    {
        await using var server = await DescribedServer.StartAsync("paypal");
        server.Answers = asked => asked.Path switch
        {
            "/v3/vault/setup-tokens" => new(201, """{"id":"5C991763VB2781612","status":"PAYER_ACTION_REQUIRED","links":[{"rel":"approve","href":"https://paypal.com/agree"}]}"""),
            "/v3/vault/payment-tokens" => new(201, """{"id":"8kk8451t"}"""),
            "/v3/vault/payment-tokens/8kk8451t" => new(204),
            _ => null,
        };
        var (payments, account) = (new PaypalPayments(new(server.Http, TimeProvider.System)), server.Account(Provider.Paypal));
        var setup = await payments.SetUpAsync(account, "k1", new("https://portal.example/ok", "https://portal.example/no"), Ct);
        Assert.Equal("https://paypal.com/agree", setup.ApproveUrl);
        Assert.Equal("8kk8451t", await payments.KeepAsync(account, "k2", setup.Id, Ct));
        Assert.Equal("""{"payment_source":{"token":{"id":"5C991763VB2781612","type":"SETUP_TOKEN"}}}""", server.Last.Body);
        await payments.ForgetAsync(account, "8kk8451t", Ct);
        Assert.Equal("DELETE", server.Last.Method);
    }

    internal static JsonNode Payload(string provider, string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(ApiDescription.Folder, "Payloads", provider, name)))!;

    private static (StripePayments Payments, StripeBilling Billing) Stripe(DescribedServer server)
    {
        var way = new StripeWay(server.Http);
        return (new(way), new(way));
    }

    private static async Task BillAsync(StripeBilling billing, ProviderAccount account)
    {
        await billing.SubscribeAsync(account, "b1", new("cus_1", [new() { Price = "price_1", Quantity = 3 }]) { TrialPeriodDays = 14, PaymentBehavior = "default_incomplete", Metadata = Ours }, Ct);
        await billing.SubscriptionsAsync(account, "cus_1", "sub_0", Ct);
        await billing.FindSubscriptionAsync(account, "sub_1", Ct);
        await billing.ChangeSubscriptionAsync(account, "b2", "sub_1", new() { CancelAtPeriodEnd = true, Items = [new() { Id = "si_1", Price = "price_2" }, new() { Id = "si_2", Deleted = true }], ProrationBehavior = "create_prorations" }, Ct);
        await billing.CancelAsync(account, "sub_1", Ct);
        await billing.InvoicesAsync(account, "cus_1", null, Ct);
        await billing.FindInvoiceAsync(account, "in_1", Ct);
        await billing.PayInvoiceAsync(account, "b3", "in_1", "pm_1", Ct);
        await billing.VoidInvoiceAsync(account, "b4", "in_1", Ct);
        await billing.DisputesAsync(account, new(2026, 11, 1, 0, 0, 0, DateTimeKind.Utc), null, Ct);
        await billing.FindDisputeAsync(account, "dp_1", Ct);
        await billing.AnswerDisputeAsync(account, "b5", "dp_1", new(new Dictionary<string, string> { ["customer_email_address"] = "ann@example.com", ["uncategorized_text"] = "She had it." }, true), Ct);
        await billing.AcceptDisputeAsync(account, "b6", "dp_1", Ct);
    }
}
