namespace Portal.Core.Domains.Integrations;

/// <summary>PayPal: orders, what is captured of them, what goes back, and what is kept for later charges. The vault has no official description here: unverified.</summary>
public sealed class PaypalPayments(PaypalWay paypal) : IProviderProbe
{
    public Provider Provider => Provider.Paypal;

    /// <summary>One from the vault is paid at once; another is paid by a person at its address and then captured.</summary>
    public Task<PaypalOrder> OrderAsync(ProviderAccount account, string key, PaypalNewOrder order, CancellationToken ct) =>
        paypal.PostAsync(account, key, "v2/checkout/orders", "create order", order, PaypalJson.Default.PaypalNewOrder, PaypalJson.Default.PaypalOrder, ct);

    public Task<PaypalOrder> FindOrderAsync(ProviderAccount account, string id, CancellationToken ct) =>
        paypal.GetAsync(account, $"v2/checkout/orders/{Id(id)}", "read order", PaypalJson.Default.PaypalOrder, ct);

    public Task<PaypalOrder> CaptureAsync(ProviderAccount account, string key, string orderId, CancellationToken ct) =>
        paypal.PostAsync(account, key, $"v2/checkout/orders/{Id(orderId)}/capture", "capture order", new(), PaypalJson.Default.PaypalNothing, PaypalJson.Default.PaypalOrder, ct);

    public Task<PaypalCapture> FindCaptureAsync(ProviderAccount account, string id, CancellationToken ct) =>
        paypal.GetAsync(account, $"v2/payments/captures/{Id(id)}", "read capture", PaypalJson.Default.PaypalCapture, ct);

    public Task<PaypalRefund> RefundAsync(ProviderAccount account, string key, string captureId, PaypalNewRefund refund, CancellationToken ct) =>
        paypal.PostAsync(account, key, $"v2/payments/captures/{Id(captureId)}/refund", "refund", refund, PaypalJson.Default.PaypalNewRefund, PaypalJson.Default.PaypalRefund, ct);

    public Task<PaypalRefund> FindRefundAsync(ProviderAccount account, string id, CancellationToken ct) =>
        paypal.GetAsync(account, $"v2/payments/refunds/{Id(id)}", "read refund", PaypalJson.Default.PaypalRefund, ct);

    /// <summary>To keep a wallet for later without charging it: the person agrees at its address, then it becomes a token.</summary>
    public Task<PaypalSetup> SetUpAsync(ProviderAccount account, string key, PaypalExperience experience, CancellationToken ct) =>
        paypal.PostAsync(account, key, "v3/vault/setup-tokens", "set up wallet", new(new(new("MERCHANT", experience))), PaypalJson.Default.PaypalNewSetup, PaypalJson.Default.PaypalSetup, ct);

    /// <returns>What <see cref="PaypalNewOrder.FromVault"/> charges.</returns>
    public async Task<string> KeepAsync(ProviderAccount account, string key, string setupId, CancellationToken ct) =>
        (await paypal.PostAsync(account, key, "v3/vault/payment-tokens", "keep wallet", new(new(new(setupId, "SETUP_TOKEN"))), PaypalJson.Default.PaypalNewToken, PaypalJson.Default.PaypalId, ct)).Id;

    public Task ForgetAsync(ProviderAccount account, string vaultId, CancellationToken ct) =>
        paypal.SendAsync(account, HttpMethod.Delete, null, $"v3/vault/payment-tokens/{Id(vaultId)}", "forget wallet", null, ct);

    public Task<ProbeAnswer> TryAsync(ProviderAccount account, CancellationToken ct) => ProviderProbes.AskAsync(async () =>
    {
        await paypal.TokenAsync(account, ct);
        return new(true, $"The client ID and its secret work{(account.IsSandbox ? " in PayPal's sandbox" : "")}.");
    });

    internal static string Id(string id) => Uri.EscapeDataString(id);
}
