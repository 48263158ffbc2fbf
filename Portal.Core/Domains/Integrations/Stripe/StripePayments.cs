namespace Portal.Core.Domains.Integrations;

/// <summary>Stripe: customers, their cards, and charges. Each change takes the key of what is meant, so that a retry is no second charge.</summary>
public sealed class StripePayments(StripeWay stripe) : IProviderProbe
{
    public Provider Provider => Provider.Stripe;

    public Task<StripeCustomer> AddCustomerAsync(ProviderAccount account, string key, StripeNewCustomer customer, CancellationToken ct) =>
        stripe.PostAsync(account, key, "customers", "add customer", customer, StripeJson.Default.StripeNewCustomer, StripeJson.Default.StripeCustomer, ct);

    public Task<StripeCustomer> ChangeCustomerAsync(ProviderAccount account, string key, string id, StripeNewCustomer customer, CancellationToken ct) =>
        stripe.PostAsync(account, key, $"customers/{Id(id)}", "change customer", customer, StripeJson.Default.StripeNewCustomer, StripeJson.Default.StripeCustomer, ct);

    public Task<StripeCustomer> FindCustomerAsync(ProviderAccount account, string id, CancellationToken ct) =>
        stripe.GetAsync(account, $"customers/{Id(id)}", "read customer", StripeJson.Default.StripeCustomer, ct);

    /// <summary>The cards that were kept, the newest first.</summary>
    public Task<StripeList<StripePaymentMethod>> CardsAsync(ProviderAccount account, string customer, CancellationToken ct) =>
        stripe.GetAsync(account, $"customers/{Id(customer)}/payment_methods?type=card&limit=20", "list cards", StripeJson.Default.StripeListStripePaymentMethod, ct);

    /// <summary>What invoices of subscriptions are paid with.</summary>
    public Task<StripeCustomer> SetDefaultCardAsync(ProviderAccount account, string key, string customer, string paymentMethod, CancellationToken ct) =>
        stripe.PostAsync(account, key, $"customers/{Id(customer)}", "set default card", new(new(paymentMethod)), StripeJson.Default.StripeCustomerDefault, StripeJson.Default.StripeCustomer, ct);

    public Task<StripeSetup> BeginSetupAsync(ProviderAccount account, string key, StripeNewSetup setup, CancellationToken ct) =>
        stripe.PostAsync(account, key, "setup_intents", "set up card", setup, StripeJson.Default.StripeNewSetup, StripeJson.Default.StripeSetup, ct);

    public Task<StripeSetup> FindSetupAsync(ProviderAccount account, string id, CancellationToken ct) =>
        stripe.GetAsync(account, $"setup_intents/{Id(id)}", "read setup", StripeJson.Default.StripeSetup, ct);

    /// <summary>A declined charge, and one for which the bank wants the person, is an answer: it says so itself.</summary>
    public async Task<StripePayment> PayAsync(ProviderAccount account, string key, StripeNewPayment payment, CancellationToken ct) =>
        Charged(account, await stripe.ChargeAsync(account, key, "payment_intents", "charge", FormFields.Content(payment, StripeJson.Default.StripeNewPayment), ct));

    public Task<StripePayment> FindPaymentAsync(ProviderAccount account, string id, CancellationToken ct) =>
        stripe.GetAsync(account, $"payment_intents/{Id(id)}", "read payment", StripeJson.Default.StripePayment, ct);

    public Task<StripePayment> CancelPaymentAsync(ProviderAccount account, string key, string id, CancellationToken ct) =>
        stripe.PostAsync(account, key, $"payment_intents/{Id(id)}/cancel", "cancel payment", new(), StripeJson.Default.StripeNothing, StripeJson.Default.StripePayment, ct);

    public Task<StripeCheckout> BeginCheckoutAsync(ProviderAccount account, string key, StripeNewCheckout checkout, CancellationToken ct) =>
        stripe.PostAsync(account, key, "checkout/sessions", "begin checkout", checkout, StripeJson.Default.StripeNewCheckout, StripeJson.Default.StripeCheckout, ct);

    public Task<StripeCheckout> FindCheckoutAsync(ProviderAccount account, string id, CancellationToken ct) =>
        stripe.GetAsync(account, $"checkout/sessions/{Id(id)}", "read checkout", StripeJson.Default.StripeCheckout, ct);

    public Task<StripeCheckout> ExpireCheckoutAsync(ProviderAccount account, string key, string id, CancellationToken ct) =>
        stripe.PostAsync(account, key, $"checkout/sessions/{Id(id)}/expire", "end checkout", new(), StripeJson.Default.StripeNothing, StripeJson.Default.StripeCheckout, ct);

    /// <summary>Where customers see their invoices and change their cards themselves.</summary>
    public Task<StripePage> OpenPortalAsync(ProviderAccount account, string key, StripePortal portal, CancellationToken ct) =>
        stripe.PostAsync(account, key, "billing_portal/sessions", "open customer portal", portal, StripeJson.Default.StripePortal, StripeJson.Default.StripePage, ct);

    public Task<StripeRefund> RefundAsync(ProviderAccount account, string key, StripeNewRefund refund, CancellationToken ct) =>
        stripe.PostAsync(account, key, "refunds", "refund", refund, StripeJson.Default.StripeNewRefund, StripeJson.Default.StripeRefund, ct);

    public Task<StripeRefund> FindRefundAsync(ProviderAccount account, string id, CancellationToken ct) =>
        stripe.GetAsync(account, $"refunds/{Id(id)}", "read refund", StripeJson.Default.StripeRefund, ct);

    public Task<ProbeAnswer> TryAsync(ProviderAccount account, CancellationToken ct) => ProviderProbes.AskAsync(async () =>
    {
        var balance = await stripe.GetAsync(account, "balance", "read balance", StripeJson.Default.StripeBalance, ct);
        return balance.Livemode == account.IsSandbox
            ? new(false, account.IsSandbox ? "The key works, but it is a live one: charges with it would be real." : "The key works, but only for tests: nobody would be charged.")
            : new(true, $"The key works{(account.IsSandbox ? " for tests" : "")}.");
    });

    internal static string Id(string id) => Uri.EscapeDataString(id);

    private static StripePayment Charged(ProviderAccount account, ProviderReply reply) => reply.Status is not 402
        ? reply.Read(account, StripeJson.Default.StripePayment)
        : reply.Read(account, StripeJson.Default.StripeDeclined).Error?.PaymentIntent
            ?? throw ProviderWords.Refused(account, StripeWay.Read(reply) ?? new(null, null, RefusalOf.Recipient), reply.Status);
}
