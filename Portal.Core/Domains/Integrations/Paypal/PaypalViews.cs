using System.Text.Json.Serialization;

namespace Portal.Core.Domains.Integrations;

public sealed record PaypalLink(string Href, string Rel);

public sealed record PaypalVaulted(string? Id = null, string? Status = null);

public sealed record PaypalVaultedAttributes(PaypalVaulted? Vault = null);

public sealed record PaypalVaultedWallet(string? EmailAddress = null, PaypalVaultedAttributes? Attributes = null);

public sealed record PaypalVaultedSource(PaypalVaultedWallet? Paypal = null);

public sealed record PaypalStatusDetails(string? Reason = null);

/// <summary>Money that was taken, or not: COMPLETED, PENDING, DECLINED, REFUNDED, PARTIALLY_REFUNDED, FAILED.</summary>
public sealed record PaypalCapture(string Id, string Status, PaypalAmount? Amount = null)
{
    public string? CustomId { get; init; }

    public string? InvoiceId { get; init; }

    public PaypalStatusDetails? StatusDetails { get; init; }
}

public sealed record PaypalUnitPayments(IReadOnlyList<PaypalCapture>? Captures = null);

public sealed record PaypalUnitView(PaypalUnitPayments? Payments = null);

/// <summary>CREATED, PAYER_ACTION_REQUIRED, APPROVED, COMPLETED, VOIDED.</summary>
public sealed record PaypalOrder(string Id, string Status)
{
    public IReadOnlyList<PaypalLink> Links { get; init; } = [];

    public IReadOnlyList<PaypalUnitView> PurchaseUnits { get; init; } = [];

    public PaypalVaultedSource? PaymentSource { get; init; }

    /// <summary>Where the person is to go.</summary>
    [JsonIgnore]
    public string? ApproveUrl => Links.FirstOrDefault(l => l.Rel is "payer-action" or "approve")?.Href;

    [JsonIgnore]
    public PaypalCapture? Capture => PurchaseUnits.SelectMany(u => u.Payments?.Captures ?? []).FirstOrDefault();

    /// <summary>To charge later without the person; null while it was not kept.</summary>
    [JsonIgnore]
    public string? VaultId => PaymentSource?.Paypal?.Attributes?.Vault?.Id;
}

public sealed record PaypalRefund(string Id, string? Status = null, PaypalAmount? Amount = null);

public sealed record PaypalId(string Id);

/// <summary>APPROVAL_PENDING, APPROVED, ACTIVE, SUSPENDED, CANCELLED, EXPIRED.</summary>
public sealed record PaypalSubscription(string Id, string? Status = null)
{
    public string? PlanId { get; init; }

    public string? CustomId { get; init; }

    public IReadOnlyList<PaypalLink> Links { get; init; } = [];

    public PaypalBillingInfo? BillingInfo { get; init; }

    [JsonIgnore]
    public string? ApproveUrl => Links.FirstOrDefault(l => l.Rel is "approve")?.Href;
}

/// <summary>What became of a wish for another plan.</summary>
public sealed record PaypalRevised
{
    public string? PlanId { get; init; }

    public IReadOnlyList<PaypalLink> Links { get; init; } = [];

    /// <summary>Where the person agrees to a higher price.</summary>
    [JsonIgnore]
    public string? ApproveUrl => Links.FirstOrDefault(l => l.Rel is "approve")?.Href;
}

public sealed record PaypalBillingInfo(string? NextBillingTime = null, int? FailedPaymentsCount = null);

public sealed record PaypalSetup(string Id, string Status)
{
    public IReadOnlyList<PaypalLink> Links { get; init; } = [];

    [JsonIgnore]
    public string? ApproveUrl => Links.FirstOrDefault(l => l.Rel is "approve" or "payer-action")?.Href;
}

internal sealed record PaypalToken(string AccessToken, int ExpiresIn)
{
    public override string ToString() => $"{ExpiresIn}";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PaypalToken))]
[JsonSerializable(typeof(PaypalNewOrder))]
[JsonSerializable(typeof(PaypalOrder))]
[JsonSerializable(typeof(PaypalCapture))]
[JsonSerializable(typeof(PaypalNewRefund))]
[JsonSerializable(typeof(PaypalRefund))]
[JsonSerializable(typeof(PaypalNewProduct))]
[JsonSerializable(typeof(PaypalNewPlan))]
[JsonSerializable(typeof(PaypalId))]
[JsonSerializable(typeof(PaypalNewSubscription))]
[JsonSerializable(typeof(PaypalSubscription))]
[JsonSerializable(typeof(PaypalRevised))]
[JsonSerializable(typeof(PaypalReason))]
[JsonSerializable(typeof(PaypalRevision))]
[JsonSerializable(typeof(PaypalNothing))]
[JsonSerializable(typeof(PaypalNewSetup))]
[JsonSerializable(typeof(PaypalNewToken))]
[JsonSerializable(typeof(PaypalSetup))]
internal sealed partial class PaypalJson : JsonSerializerContext;
