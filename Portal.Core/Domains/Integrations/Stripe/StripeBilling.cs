namespace Portal.Core.Domains.Integrations;

/// <summary>Stripe: what comes again every month, its invoices, and disputes.</summary>
public sealed class StripeBilling(StripeWay stripe)
{
    public Task<StripeSubscription> SubscribeAsync(ProviderAccount account, string key, StripeNewSubscription subscription, CancellationToken ct) =>
        stripe.PostAsync(account, key, "subscriptions", "subscribe", subscription, StripeJson.Default.StripeNewSubscription, StripeJson.Default.StripeSubscription, ct);

    public Task<StripeSubscription> FindSubscriptionAsync(ProviderAccount account, string id, CancellationToken ct) =>
        stripe.GetAsync(account, $"subscriptions/{StripePayments.Id(id)}", "read subscription", StripeJson.Default.StripeSubscription, ct);

    /// <summary>Those of all customers or of one, whatever became of them.</summary>
    public Task<StripeList<StripeSubscription>> SubscriptionsAsync(ProviderAccount account, string? customer, string? after, CancellationToken ct) =>
        stripe.GetAsync(account, $"subscriptions{FormFields.Query(("limit", "100"), ("status", "all"), ("customer", customer), ("starting_after", after))}", "list subscriptions", StripeJson.Default.StripeListStripeSubscription, ct);

    public Task<StripeSubscription> ChangeSubscriptionAsync(ProviderAccount account, string key, string id, StripeSubscriptionChange change, CancellationToken ct) =>
        stripe.PostAsync(account, key, $"subscriptions/{StripePayments.Id(id)}", "change subscription", change, StripeJson.Default.StripeSubscriptionChange, StripeJson.Default.StripeSubscription, ct);

    /// <summary>At once. At the end of what is paid: <see cref="StripeSubscriptionChange.CancelAtPeriodEnd"/>.</summary>
    public Task<StripeSubscription> CancelAsync(ProviderAccount account, string id, CancellationToken ct) =>
        stripe.DeleteAsync(account, $"subscriptions/{StripePayments.Id(id)}", "cancel subscription", StripeJson.Default.StripeSubscription, ct);

    public Task<StripeInvoice> FindInvoiceAsync(ProviderAccount account, string id, CancellationToken ct) =>
        stripe.GetAsync(account, $"invoices/{StripePayments.Id(id)}", "read invoice", StripeJson.Default.StripeInvoice, ct);

    public Task<StripeList<StripeInvoice>> InvoicesAsync(ProviderAccount account, string? customer, string? after, CancellationToken ct) =>
        stripe.GetAsync(account, $"invoices{FormFields.Query(("limit", "100"), ("customer", customer), ("starting_after", after))}", "list invoices", StripeJson.Default.StripeListStripeInvoice, ct);

    public Task<StripeInvoice> PayInvoiceAsync(ProviderAccount account, string key, string id, string? paymentMethod, CancellationToken ct) =>
        stripe.PostAsync(account, key, $"invoices/{StripePayments.Id(id)}/pay", "pay invoice", new() { PaymentMethod = paymentMethod, OffSession = true }, StripeJson.Default.StripeInvoicePay, StripeJson.Default.StripeInvoice, ct);

    public Task<StripeInvoice> VoidInvoiceAsync(ProviderAccount account, string key, string id, CancellationToken ct) =>
        stripe.PostAsync(account, key, $"invoices/{StripePayments.Id(id)}/void", "void invoice", new(), StripeJson.Default.StripeNothing, StripeJson.Default.StripeInvoice, ct);

    public Task<StripeDispute> FindDisputeAsync(ProviderAccount account, string id, CancellationToken ct) =>
        stripe.GetAsync(account, $"disputes/{StripePayments.Id(id)}", "read dispute", StripeJson.Default.StripeDispute, ct);

    public Task<StripeList<StripeDispute>> DisputesAsync(ProviderAccount account, DateTime since, string? after, CancellationToken ct) =>
        stripe.GetAsync(account, $"disputes{FormFields.Query(("limit", "100"), ("created[gt]", Seconds(since)), ("starting_after", after))}", "list disputes", StripeJson.Default.StripeListStripeDispute, ct);

    public Task<StripeDispute> AnswerDisputeAsync(ProviderAccount account, string key, string id, StripeEvidence evidence, CancellationToken ct) =>
        stripe.PostAsync(account, key, $"disputes/{StripePayments.Id(id)}", "answer dispute", evidence, StripeJson.Default.StripeEvidence, StripeJson.Default.StripeDispute, ct);

    /// <summary>Gives the dispute up: the money is the other side's.</summary>
    public Task<StripeDispute> AcceptDisputeAsync(ProviderAccount account, string key, string id, CancellationToken ct) =>
        stripe.PostAsync(account, key, $"disputes/{StripePayments.Id(id)}/close", "accept dispute", new(), StripeJson.Default.StripeNothing, StripeJson.Default.StripeDispute, ct);

    private static string Seconds(DateTime since) => new DateTimeOffset(since).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
}
