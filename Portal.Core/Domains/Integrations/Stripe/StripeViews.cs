using System.Text.Json.Serialization;

namespace Portal.Core.Domains.Integrations;

public sealed record StripeCustomer(string Id, string? Email = null, string? Name = null)
{
    /// <summary>A deleted customer is still answered with.</summary>
    public bool Deleted { get; init; }
}

public sealed record StripeCard(string Brand, string Last4, int ExpMonth, int ExpYear);

public sealed record StripePaymentMethod(string Id, string Type)
{
    public StripeCard? Card { get; init; }
}

public sealed record StripeSetup(string Id, string Status, string? ClientSecret = null, string? PaymentMethod = null)
{
    /// <summary>What opens it in the browser is nobody else's.</summary>
    public override string ToString() => $"{Id} {Status}";
}

public sealed record StripeError(string? Code = null, string? DeclineCode = null, string? Message = null, string? Type = null);

/// <summary>A charge and how it stands: succeeded, processing, requires_action, requires_payment_method, canceled …</summary>
public sealed record StripePayment(string Id, string Status, long Amount, string Currency, string? ClientSecret = null)
{
    public long AmountReceived { get; init; }

    public string? Customer { get; init; }

    public string? PaymentMethod { get; init; }

    public string? LatestCharge { get; init; }

    public StripeError? LastPaymentError { get; init; }

    [JsonIgnore]
    public bool IsPaid => Status is "succeeded";

    /// <summary>The bank wants to hear from the person: they have to come and confirm it. An off-session charge ends so with a refusal.</summary>
    [JsonIgnore]
    public bool NeedsPerson => Status is "requires_action" || LastPaymentError is { Code: "authentication_required" } or { DeclineCode: "authentication_required" };

    [JsonIgnore]
    public bool IsDeclined => LastPaymentError is not null && !NeedsPerson;

    [JsonIgnore]
    public Money Total => StripeMoney.Back(Amount, Currency);

    [JsonIgnore]
    public Money Received => StripeMoney.Back(AmountReceived, Currency);

    public override string ToString() => $"{Id} {Status}";
}

public sealed record StripeCheckout(string Id, string? Url = null, string? Status = null, string? PaymentStatus = null)
{
    public string? PaymentIntent { get; init; }

    public string? SetupIntent { get; init; }

    public string? Subscription { get; init; }

    public string? Customer { get; init; }

    public long? AmountTotal { get; init; }

    public string? Currency { get; init; }
}

public sealed record StripePrice(string Id, long? UnitAmount = null, string? Currency = null);

/// <summary>Since 2025-03-31 the period stands here and not at the subscription.</summary>
public sealed record StripeItem(string Id, StripePrice? Price = null, long? Quantity = null, long? CurrentPeriodStart = null, long? CurrentPeriodEnd = null);

public sealed record StripeItems(IReadOnlyList<StripeItem> Data);

public sealed record StripeSubscription(string Id, string Status, StripeItems Items)
{
    public string? Customer { get; init; }

    public bool CancelAtPeriodEnd { get; init; }

    public string? LatestInvoice { get; init; }

    [JsonIgnore]
    public DateTime? PaidUntil => Items.Data.Max(i => i.CurrentPeriodEnd) is { } end ? DateTimeOffset.FromUnixTimeSeconds(end).UtcDateTime : null;
}

public sealed record StripeInvoice(string Id, string? Status, long AmountDue, long AmountPaid, string Currency)
{
    public string? Number { get; init; }

    public string? Customer { get; init; }

    public string? HostedInvoiceUrl { get; init; }

    public string? InvoicePdf { get; init; }

    public StripeParent? Parent { get; init; }

    /// <summary>Since 2025-03-31 it stands below its parent.</summary>
    [JsonIgnore]
    public string? Subscription => Parent?.SubscriptionDetails?.Subscription;
}

public sealed record StripeParent(StripeParentSubscription? SubscriptionDetails = null);

public sealed record StripeParentSubscription(string? Subscription = null);

public sealed record StripeRefund(string Id, string? Status, long Amount, string Currency)
{
    public string? PaymentIntent { get; init; }

    public string? FailureReason { get; init; }
}

public sealed record StripeEvidenceDetails(long? DueBy, bool HasEvidence, bool PastDue);

public sealed record StripeDispute(string Id, string Status, string Reason, long Amount, string Currency)
{
    public string? PaymentIntent { get; init; }

    public string? Charge { get; init; }

    public StripeEvidenceDetails? EvidenceDetails { get; init; }
}

public sealed record StripePage(string Id, string Url);

/// <summary>A part of a list, the newest first.</summary>
public sealed record StripeList<T>(IReadOnlyList<T> Data, bool HasMore);

internal sealed record StripeAmount(long Amount, string Currency);

internal sealed record StripeBalance(IReadOnlyList<StripeAmount> Available, bool Livemode);

/// <summary>How a declined charge is answered: the payment stands inside of the refusal.</summary>
internal sealed record StripeDeclined(StripeDeclinedError? Error = null);

internal sealed record StripeDeclinedError(StripePayment? PaymentIntent = null);
