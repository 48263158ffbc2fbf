using System.Net;
using Portal.Core.Domains.Integrations;
using Portal.Simulators;

namespace Portal.Tests.Domains.Integrations.Simulators;

/// <summary>Stripe and PayPal: asked by the real clients, paid on their pages, told back by signed webhooks.</summary>
public sealed class PaymentSimulatorTests : IAsyncLifetime
{
    private static readonly Dictionary<string, string> Ours = new() { ["client_id"] = "1" };
    private static readonly Money Price = new(2500, Currency.Usd);
    private readonly HttpClient browser = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private SimulatorHouse house = null!;

    public async ValueTask InitializeAsync() => house = await SimulatorHouse.NewAsync();

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await house.DisposeAsync();
    }

    [Fact]
    public async Task A_kept_card_is_charged_declined_or_asks_for_the_person_as_its_number_says()
    {
        var (payments, account) = (house.Get<StripePayments>(), await house.AccountAsync(Provider.Stripe));
        var customer = await payments.AddCustomerAsync(account, "c1", new() { Email = "ann@example.com", Name = "Ann", Metadata = Ours }, Ct);
        Task<StripePayment> PayAsync(string key, string card) => payments.PayAsync(account, key, StripeNewPayment.OffSessionOf(Price, customer.Id, card) with { Metadata = Ours }, Ct);

        var paid = await PayAsync("p1", "pm_card_visa");
        Assert.Equal((true, Price, Price), (paid.IsPaid, paid.Total, paid.Received));
        Assert.Equal((await PayAsync("p1", "pm_card_visa")).Id, paid.Id); // the same key is the same charge
        Assert.Equal("idempotency_error", (await Assert.ThrowsAsync<ProviderRefused>(() => PayAsync("p1", "pm_card_mastercard"))).ProviderCode);
        var declined = await PayAsync("p2", "pm_card_visa_chargeDeclinedInsufficientFunds");
        Assert.Equal((true, false, "insufficient_funds"), (declined.IsDeclined, declined.NeedsPerson, declined.LastPaymentError!.DeclineCode));
        var asks = await PayAsync("p3", "pm_card_authenticationRequired");
        Assert.Equal((false, true), (asks.IsDeclined, asks.NeedsPerson));
        Assert.Equal("resource_missing", (await Assert.ThrowsAsync<ProviderRefused>(() => payments.FindPaymentAsync(account, "pi_none", Ct))).ProviderCode);

        await house.PassAsync(10);
        var heard = await house.HeardAsync("stripe");
        Assert.Equal((1, 2, 1), (heard.Count(t => t == "payment_intent.succeeded"), heard.Count(t => t == "payment_intent.payment_failed"), heard.Count(t => t == "charge.succeeded")));
        await using var db = house.Open();
        Assert.Equal(1, (await db.Inbox.FirstAsync(r => r.Type == "payment_intent.succeeded" && !r.EventId.Contains("demo"), Ct)).ClientId);
    }

    [Fact]
    public async Task Money_goes_back_once_and_a_dispute_is_raised_answered_and_won()
    {
        var (payments, billing, account) = (house.Get<StripePayments>(), house.Get<StripeBilling>(), await house.AccountAsync(Provider.Stripe));
        var customer = await payments.AddCustomerAsync(account, "c1", new() { Email = "ann@example.com" }, Ct);
        var paid = await payments.PayAsync(account, "p1", StripeNewPayment.OffSessionOf(Price, customer.Id, "pm_card_visa"), Ct);
        Assert.Equal(("succeeded", 1000), await payments.RefundAsync(account, "r1", StripeNewRefund.Of(paid.Id, new(1000, Currency.Usd)), Ct) is var part ? (part.Status, part.Amount) : default);
        Assert.Equal("amount_too_large", (await Assert.ThrowsAsync<ProviderRefused>(() => payments.RefundAsync(account, "r2", StripeNewRefund.Of(paid.Id, Price), Ct))).ProviderCode);
        Assert.Equal(1500, (await payments.RefundAsync(account, "r3", StripeNewRefund.Of(paid.Id, null), Ct)).Amount);
        Assert.Equal("charge_already_refunded", (await Assert.ThrowsAsync<ProviderRefused>(() => payments.RefundAsync(account, "r4", StripeNewRefund.Of(paid.Id, null), Ct))).ProviderCode);

        await payments.PayAsync(account, "p2", StripeNewPayment.OffSessionOf(Price, customer.Id, "pm_card_visa"), Ct);
        await house.Get<SimulatorActs>().DoAsync(house.Admin, Provider.Stripe, (await house.ThingAsync(Provider.Stripe, "charge")).Id, "dispute", Ct);
        var dispute = Assert.Single((await billing.DisputesAsync(account, house.Clock.Now().AddDays(-1), null, Ct)).Data);
        Assert.Equal(("needs_response", 2500), (dispute.Status, dispute.Amount));
        var answered = await billing.AnswerDisputeAsync(account, "d1", dispute.Id, new(new Dictionary<string, string> { ["uncategorized_text"] = "winning_evidence" }, true), Ct);
        Assert.Equal("under_review", answered.Status);
        await house.PassAsync(60);
        Assert.Equal("won", (await billing.FindDisputeAsync(account, dispute.Id, Ct)).Status);
        Assert.Empty(await house.NotHeardAsync("stripe", "charge.refunded", "charge.dispute.created", "charge.dispute.updated", "charge.dispute.closed", "charge.dispute.funds_reinstated"));
    }

    [Fact]
    public async Task A_person_pays_on_the_hosted_page_after_a_declined_card_and_their_banks_question()
    {
        var (payments, account) = (house.Get<StripePayments>(), await house.AccountAsync(Provider.Stripe));
        var customer = await payments.AddCustomerAsync(account, "c1", new() { Email = "ann@example.com" }, Ct);
        var session = await payments.BeginCheckoutAsync(account, "s1", new("payment", $"{house.Address}?s={{CHECKOUT_SESSION_ID}}") { Customer = customer.Id, CancelUrl = $"{house.Address}no", LineItems = [StripeLine.Of(Price, "Top-up")], PaymentIntentData = new() { SetupFutureUsage = "off_session", Metadata = Ours }, Metadata = Ours }, Ct);
        Assert.Equal(("open", "unpaid"), (session.Status, session.PaymentStatus));
        var page = await browser.GetStringAsync(session.Url, Ct);
        Assert.Contains("25.00 USD", page, StringComparison.Ordinal);
        Assert.Contains("<dt>Top-up</dt><dd>25.00 USD</dd>", page, StringComparison.Ordinal);
        Assert.Contains("nothing here is real", page, StringComparison.Ordinal);

        var (status, text, _) = await PostAsync(session.Url!, ("number", "4000 0000 0000 0002"));
        Assert.Equal(HttpStatusCode.PaymentRequired, status);
        Assert.Contains("Your card was declined.", text, StringComparison.Ordinal);
        var (_, _, bank) = await PostAsync(session.Url!, ("number", "4000002500003155"));
        Assert.StartsWith("/simulators/stripe/3ds/pi_", bank, StringComparison.Ordinal);
        Assert.Contains("Is it you", await browser.GetStringAsync(new Uri(house.Address, bank), Ct), StringComparison.Ordinal);
        var (_, _, back) = await PostAsync(new Uri(house.Address, bank).AbsoluteUri, ("act", "agree"));
        Assert.Equal($"{house.Address}?s={session.Id}", back);

        var done = await payments.FindCheckoutAsync(account, session.Id, Ct);
        Assert.Equal(("complete", "paid", 2500), (done.Status, done.PaymentStatus, done.AmountTotal));
        Assert.True((await payments.FindPaymentAsync(account, done.PaymentIntent!, Ct)).IsPaid);
        var kept = Assert.Single((await payments.CardsAsync(account, customer.Id, Ct)).Data);
        Assert.True((await payments.PayAsync(account, "p1", StripeNewPayment.OffSessionOf(Price, customer.Id, kept.Id), Ct)).IsPaid); // they agreed when it was kept
        Assert.Equal("checkout_session_not_open", (await Assert.ThrowsAsync<ProviderRefused>(() => payments.ExpireCheckoutAsync(account, "e1", session.Id, Ct))).ProviderCode);
        await house.PassAsync(10);
        Assert.Empty(await house.NotHeardAsync("stripe", "payment_intent.payment_failed", "payment_intent.requires_action", "checkout.session.completed", "payment_method.attached"));
    }

    [Fact]
    public async Task A_card_is_left_for_later_and_a_subscription_is_paid_renewed_and_ended()
    {
        var (payments, billing, account) = (house.Get<StripePayments>(), house.Get<StripeBilling>(), await house.AccountAsync(Provider.Stripe));
        var customer = await payments.AddCustomerAsync(account, "c1", new() { Email = "ann@example.com" }, Ct);
        var session = await payments.BeginCheckoutAsync(account, "s1", new("setup", $"{house.Address}ok") { Customer = customer.Id, Currency = "usd" }, Ct);
        await PostAsync(session.Url!, ("card", "4242424242424242"));
        var card = Assert.Single((await payments.CardsAsync(account, customer.Id, Ct)).Data);
        Assert.Equal("4242", card.Card!.Last4);
        await payments.SetDefaultCardAsync(account, "c2", customer.Id, card.Id, Ct);

        var subscription = await billing.SubscribeAsync(account, "sub1", new(customer.Id, [new() { Price = "price_4900_usd_month" }]) { Metadata = Ours }, Ct);
        Assert.Equal(("active", house.Clock.Now().AddMonths(1)), (subscription.Status, subscription.PaidUntil));
        var invoice = await billing.FindInvoiceAsync(account, subscription.LatestInvoice!, Ct);
        Assert.Equal(("paid", 4900, subscription.Id), (invoice.Status, invoice.AmountPaid, invoice.Subscription));
        await house.Get<SimulatorActs>().DoAsync(house.Admin, Provider.Stripe, (await house.ThingAsync(Provider.Stripe, "subscription")).Id, "renew", Ct);
        Assert.Equal(2, (await billing.InvoicesAsync(account, customer.Id, null, Ct)).Data.Count);
        Assert.True((await billing.ChangeSubscriptionAsync(account, "sub2", subscription.Id, new() { CancelAtPeriodEnd = true }, Ct)).CancelAtPeriodEnd);
        Assert.Equal("canceled", (await billing.CancelAsync(account, subscription.Id, Ct)).Status);

        var broken = await billing.SubscribeAsync(account, "sub3", new(customer.Id, [new() { Price = "price_900" }]) { DefaultPaymentMethod = "pm_card_chargeCustomerFail" }, Ct);
        Assert.Equal("incomplete", broken.Status);
        Assert.Equal(("generic_decline", RefusalOf.Recipient), await Assert.ThrowsAsync<ProviderRefused>(() => billing.PayInvoiceAsync(account, "i1", broken.LatestInvoice!, null, Ct)) is var no ? (no.ProviderCode, no.Of) : default);
        Assert.Equal("paid", (await billing.PayInvoiceAsync(account, "i2", broken.LatestInvoice!, "pm_card_visa", Ct)).Status);
        var open = await billing.SubscribeAsync(account, "sub4", new(customer.Id, [new() { Price = "price_900" }]) { PaymentBehavior = "default_incomplete" }, Ct);
        Assert.Equal("void", (await billing.VoidInvoiceAsync(account, "i3", open.LatestInvoice!, Ct)).Status);
        Assert.Contains("SIM-", await browser.GetStringAsync((await payments.OpenPortalAsync(account, "po1", new(customer.Id, $"{house.Address}"), Ct)).Url, Ct), StringComparison.Ordinal);
        await house.PassAsync(10);
        Assert.Empty(await house.NotHeardAsync("stripe", "setup_intent.succeeded", "checkout.session.completed", "customer.subscription.created", "invoice.paid", "invoice.payment_failed", "customer.subscription.deleted", "invoice.voided"));
    }

    [Fact]
    public async Task Stripe_takes_its_key_either_way_and_no_currency_that_it_does_not_know()
    {
        var key = (await house.AccountAsync(Provider.Stripe)).Key!;
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(new("Bearer", key), "usd")).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{key}:"))), "JPY")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(new("Basic", Convert.ToBase64String("sk_test_of_nobody:"u8)), "usd")).Status);
        var (status, said) = await AskAsync(new("Bearer", key), "xyz");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("Invalid currency: xyz. Stripe currently supports these currencies: usd, aed", said, StringComparison.Ordinal);
        Assert.Contains("\"param\":\"currency\"", said, StringComparison.Ordinal);

        async Task<(HttpStatusCode Status, string Said)> AskAsync(System.Net.Http.Headers.AuthenticationHeaderValue who, string currency)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(house.Address, "simulators/stripe/v1/payment_intents")) { Content = new FormUrlEncodedContent([new("amount", "2500"), new("currency", currency)]) };
            request.Headers.Authorization = who;
            using var answer = await browser.SendAsync(request, Ct);
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct));
        }
    }

    [Fact]
    public async Task An_order_is_agreed_to_captured_kept_for_later_and_refunded()
    {
        var (paypal, account) = (house.Get<PaypalPayments>(), await house.AccountAsync(Provider.Paypal));
        var unit = new PaypalUnit(PaypalAmount.Of(Price)) { CustomId = "1", InvoiceId = "INV-1" };
        var order = await paypal.OrderAsync(account, "o1", PaypalNewOrder.ByPerson(unit, new($"{house.Address}ok", $"{house.Address}no"), keepForLater: true), Ct);
        Assert.Equal("ORDER_NOT_APPROVED", (await Assert.ThrowsAsync<ProviderRefused>(() => paypal.CaptureAsync(account, "c0", order.Id, Ct))).ProviderCode);
        Assert.Contains("25.00 USD", await browser.GetStringAsync(order.ApproveUrl, Ct), StringComparison.Ordinal);
        var (_, _, back) = await PostAsync(order.ApproveUrl!, ("act", "agree"));
        Assert.Equal($"{house.Address}ok?token={order.Id}&PayerID=SIMULATEDBUYER", back);

        var captured = await paypal.CaptureAsync(account, "c1", order.Id, Ct);
        Assert.Equal(("COMPLETED", "COMPLETED", Price), (captured.Status, captured.Capture!.Status, captured.Capture.Amount!.ToMoney()));
        Assert.Equal(captured.Capture.Id, (await paypal.CaptureAsync(account, "c1", order.Id, Ct)).Capture!.Id);
        Assert.Equal("COMPLETED", (await paypal.RefundAsync(account, "r1", captured.Capture.Id, new() { Amount = PaypalAmount.Of(new(1000, Currency.Usd)) }, Ct)).Status);
        Assert.Equal("REFUND_AMOUNT_EXCEEDED", (await Assert.ThrowsAsync<ProviderRefused>(() => paypal.RefundAsync(account, "r2", captured.Capture.Id, new() { Amount = PaypalAmount.Of(Price) }, Ct))).ProviderCode);
        Assert.Equal("PARTIALLY_REFUNDED", (await paypal.FindCaptureAsync(account, captured.Capture.Id, Ct)).Status);

        var later = await paypal.OrderAsync(account, "o2", PaypalNewOrder.FromVault(unit with { InvoiceId = "INV-2" }, captured.VaultId!), Ct);
        Assert.Equal(("COMPLETED", "COMPLETED"), (later.Status, later.Capture!.Status));
        Assert.Equal("DUPLICATE_INVOICE_ID", (await Assert.ThrowsAsync<ProviderRefused>(() => paypal.OrderAsync(account, "o3", PaypalNewOrder.FromVault(unit, captured.VaultId!), Ct))).ProviderCode);
        var declined = new PaypalUnit(new("USD", "10.91"));
        Assert.Equal(("INSTRUMENT_DECLINED", RefusalOf.Recipient), await Assert.ThrowsAsync<ProviderRefused>(() => paypal.OrderAsync(account, "o4", PaypalNewOrder.FromVault(declined, captured.VaultId!), Ct)) is var no ? (no.ProviderCode, no.Of) : default);
        await house.PassAsync(20);
        Assert.Empty(await house.NotHeardAsync("paypal", "CHECKOUT.ORDER.APPROVED", "PAYMENT.CAPTURE.COMPLETED", "PAYMENT.CAPTURE.REFUNDED", "VAULT.PAYMENT-TOKEN.CREATED"));
    }

    [Fact]
    public async Task A_wallet_is_kept_without_a_charge_and_a_subscription_begins_when_it_is_agreed_to()
    {
        var (paypal, billing, account) = (house.Get<PaypalPayments>(), house.Get<PaypalBilling>(), await house.AccountAsync(Provider.Paypal));
        var setup = await paypal.SetUpAsync(account, "v1", new($"{house.Address}ok", $"{house.Address}no"), Ct);
        Assert.Equal("TOKEN_NOT_APPROVED", (await Assert.ThrowsAsync<ProviderRefused>(() => paypal.KeepAsync(account, "v2", setup.Id, Ct))).ProviderCode);
        await PostAsync(setup.ApproveUrl!, ("act", "agree"));
        var kept = await paypal.KeepAsync(account, "v3", setup.Id, Ct);
        Assert.Equal("COMPLETED", (await paypal.OrderAsync(account, "o1", PaypalNewOrder.FromVault(new(PaypalAmount.Of(Price)), kept), Ct)).Status);
        await paypal.ForgetAsync(account, kept, Ct);
        await Assert.ThrowsAsync<ProviderRefused>(() => paypal.OrderAsync(account, "o2", PaypalNewOrder.FromVault(new(PaypalAmount.Of(Price)), kept), Ct));

        var plan = await billing.AddPlanAsync(account, "pl1", PaypalNewPlan.Monthly(await billing.AddProductAsync(account, "pr1", new("Care"), Ct), "Care", Price), Ct);
        var subscription = await billing.SubscribeAsync(account, "s1", new(plan, new($"{house.Address}ok", $"{house.Address}no")) { CustomId = "1" }, Ct);
        Assert.Equal("APPROVAL_PENDING", subscription.Status);
        await PostAsync(subscription.ApproveUrl!, ("act", "agree"));
        Assert.Equal("ACTIVE", (await billing.FindSubscriptionAsync(account, subscription.Id, Ct)).Status);
        Assert.NotNull((await billing.ReviseAsync(account, "rv1", subscription.Id, plan, "2", Ct)).ApproveUrl);
        await billing.SuspendAsync(account, "su1", subscription.Id, "holiday", Ct);
        await billing.ActivateAsync(account, "ac1", subscription.Id, "back", Ct);
        await billing.CancelAsync(account, "ca1", subscription.Id, "enough", Ct);
        Assert.Equal("CANCELLED", (await billing.FindSubscriptionAsync(account, subscription.Id, Ct)).Status);
        await house.PassAsync(20);
        Assert.Empty(await house.NotHeardAsync("paypal", "BILLING.SUBSCRIPTION.CREATED", "BILLING.SUBSCRIPTION.ACTIVATED", "PAYMENT.SALE.COMPLETED", "BILLING.SUBSCRIPTION.SUSPENDED", "BILLING.SUBSCRIPTION.CANCELLED"));
    }

    private async Task<(HttpStatusCode Status, string Text, string? Location)> PostAsync(string url, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var answer = await browser.PostAsync(url, form, Ct);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct), answer.Headers.Location?.OriginalString);
    }
}
