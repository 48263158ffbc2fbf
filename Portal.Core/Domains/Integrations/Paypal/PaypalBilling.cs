namespace Portal.Core.Domains.Integrations;

/// <summary>PayPal: what comes again every month.</summary>
public sealed class PaypalBilling(PaypalWay paypal)
{
    /// <returns>The product's id, which plans are made for.</returns>
    public async Task<string> AddProductAsync(ProviderAccount account, string key, PaypalNewProduct product, CancellationToken ct) =>
        (await paypal.PostAsync(account, key, "v1/catalogs/products", "add product", product, PaypalJson.Default.PaypalNewProduct, PaypalJson.Default.PaypalId, ct)).Id;

    /// <returns>The plan's id, which people subscribe to.</returns>
    public async Task<string> AddPlanAsync(ProviderAccount account, string key, PaypalNewPlan plan, CancellationToken ct) =>
        (await paypal.PostAsync(account, key, "v1/billing/plans", "add plan", plan, PaypalJson.Default.PaypalNewPlan, PaypalJson.Default.PaypalId, ct)).Id;

    /// <summary>It begins once the person has agreed at its address.</summary>
    public Task<PaypalSubscription> SubscribeAsync(ProviderAccount account, string key, PaypalNewSubscription subscription, CancellationToken ct) =>
        paypal.PostAsync(account, key, "v1/billing/subscriptions", "subscribe", subscription, PaypalJson.Default.PaypalNewSubscription, PaypalJson.Default.PaypalSubscription, ct);

    public Task<PaypalSubscription> FindSubscriptionAsync(ProviderAccount account, string id, CancellationToken ct) =>
        paypal.GetAsync(account, Path(id), "read subscription", PaypalJson.Default.PaypalSubscription, ct);

    /// <summary>Another plan or quantity; the person agrees to a higher price at the address in the answer.</summary>
    public Task<PaypalRevised> ReviseAsync(ProviderAccount account, string key, string id, string planId, string? quantity, CancellationToken ct) =>
        paypal.PostAsync(account, key, Path(id, "revise"), "revise subscription", new(planId, quantity), PaypalJson.Default.PaypalRevision, PaypalJson.Default.PaypalRevised, ct);

    public Task SuspendAsync(ProviderAccount account, string key, string id, string reason, CancellationToken ct) => SayAsync(account, key, id, "suspend", reason, ct);

    public Task ActivateAsync(ProviderAccount account, string key, string id, string reason, CancellationToken ct) => SayAsync(account, key, id, "activate", reason, ct);

    public Task CancelAsync(ProviderAccount account, string key, string id, string reason, CancellationToken ct) => SayAsync(account, key, id, "cancel", reason, ct);

    private static string Path(string id, string? verb = null) => $"v1/billing/subscriptions/{PaypalPayments.Id(id)}{(verb is null ? "" : $"/{verb}")}";

    private Task SayAsync(ProviderAccount account, string key, string id, string verb, string reason, CancellationToken ct) =>
        paypal.SendAsync(account, HttpMethod.Post, key, Path(id, verb), $"{verb} subscription", ProviderJson.Content(new(reason), PaypalJson.Default.PaypalReason), ct);
}
