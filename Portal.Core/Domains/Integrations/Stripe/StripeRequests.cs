using System.Text.Json.Serialization;

namespace Portal.Core.Domains.Integrations;

/// <summary>Whose cards they are. The metadata says which of our clients.</summary>
public sealed record StripeNewCustomer
{
    public string? Email { get; init; }

    public string? Name { get; init; }

    public string? Phone { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}

/// <summary>To keep a card for later without charging it.</summary>
public sealed record StripeNewSetup(string Customer)
{
    public string Usage { get; } = "off_session";

    public StripeAutomatic AutomaticPaymentMethods { get; } = new(true);

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}

public sealed record StripeAutomatic(bool Enabled);

/// <summary>A charge. With a payment method and off session it is made at once, from a card that was kept; else the person confirms it in the browser.</summary>
[method: JsonConstructor]
public sealed record StripeNewPayment(long Amount, string Currency, string Customer)
{
    public StripeNewPayment(Money amount, string customer)
        : this(StripeMoney.Of(amount), StripeMoney.Code(amount.Currency), customer)
    {
    }

    public string? PaymentMethod { get; init; }

    public bool? OffSession { get; init; }

    public bool? Confirm { get; init; }

    public string? Description { get; init; }

    public string? SetupFutureUsage { get; init; }

    public StripeAutomatic? AutomaticPaymentMethods { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>From a card that was kept, while nobody is there to answer the bank.</summary>
    public static StripeNewPayment OffSessionOf(Money amount, string customer, string paymentMethod) => new(amount, customer) { PaymentMethod = paymentMethod, OffSession = true, Confirm = true };
}

public sealed record StripeProductData(string Name);

public sealed record StripePriceData(string Currency, long UnitAmount, StripeProductData ProductData);

public sealed record StripeLine(long Quantity)
{
    public string? Price { get; init; }

    public StripePriceData? PriceData { get; init; }

    public static StripeLine Of(Money amount, string name, long quantity = 1) => new(quantity) { PriceData = new(StripeMoney.Code(amount.Currency), StripeMoney.Of(amount), new(name)) };
}

public sealed record StripePaymentData
{
    public string? SetupFutureUsage { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}

public sealed record StripeSubscriptionData
{
    public int? TrialPeriodDays { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}

/// <summary>Stripe's own page on which somebody pays, once or for a subscription, or leaves a card.</summary>
/// <param name="Mode">payment, subscription or setup.</param>
/// <param name="SuccessUrl">Where they come back to. {CHECKOUT_SESSION_ID} in it is filled in.</param>
public sealed record StripeNewCheckout(string Mode, string SuccessUrl)
{
    public string? CancelUrl { get; init; }

    public string? Customer { get; init; }

    public string? CustomerEmail { get; init; }

    public string? ClientReferenceId { get; init; }

    /// <summary>Needed for a setup, which has no amount to tell it by.</summary>
    public string? Currency { get; init; }

    public IReadOnlyList<StripeLine>? LineItems { get; init; }

    public StripePaymentData? PaymentIntentData { get; init; }

    public StripeSubscriptionData? SubscriptionData { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}

public sealed record StripeNewItem
{
    /// <summary>Of an item that is there and changes.</summary>
    public string? Id { get; init; }

    public string? Price { get; init; }

    public long? Quantity { get; init; }

    public bool? Deleted { get; init; }
}

public sealed record StripeNewSubscription(string Customer, IReadOnlyList<StripeNewItem> Items)
{
    public string? DefaultPaymentMethod { get; init; }

    /// <summary>default_incomplete: it begins once the first invoice is paid.</summary>
    public string? PaymentBehavior { get; init; }

    public int? TrialPeriodDays { get; init; }

    public bool? OffSession { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}

/// <summary>Only what is set changes.</summary>
public sealed record StripeSubscriptionChange
{
    public bool? CancelAtPeriodEnd { get; init; }

    public IReadOnlyList<StripeNewItem>? Items { get; init; }

    public string? DefaultPaymentMethod { get; init; }

    public string? ProrationBehavior { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}

/// <summary>All of a payment goes back, or as much as is said.</summary>
public sealed record StripeNewRefund(string PaymentIntent)
{
    public long? Amount { get; init; }

    /// <summary>duplicate, fraudulent or requested_by_customer.</summary>
    public string? Reason { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    public static StripeNewRefund Of(string paymentIntent, Money? amount) => new(paymentIntent) { Amount = amount is { } part ? StripeMoney.Of(part) : null };
}

public sealed record StripePortal(string Customer, string ReturnUrl);

/// <summary>What is said against a dispute. Once submitted it is final.</summary>
public sealed record StripeEvidence(IReadOnlyDictionary<string, string> Evidence, bool Submit);

internal sealed record StripeInvoicePay
{
    public string? PaymentMethod { get; init; }

    public bool? OffSession { get; init; }
}

internal sealed record StripeNothing;

internal sealed record StripeCustomerDefault(StripeInvoiceSettings InvoiceSettings);

internal sealed record StripeInvoiceSettings(string DefaultPaymentMethod);
