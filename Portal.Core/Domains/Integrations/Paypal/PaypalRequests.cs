namespace Portal.Core.Domains.Integrations;

public sealed record PaypalUnit(PaypalAmount Amount)
{
    /// <summary>Ours, on events: which of our clients and what for.</summary>
    public string? CustomId { get; init; }

    /// <summary>PayPal takes each of ours once.</summary>
    public string? InvoiceId { get; init; }

    public string? Description { get; init; }
}

public sealed record PaypalExperience(string ReturnUrl, string CancelUrl)
{
    public string? BrandName { get; init; }

    public string ShippingPreference { get; } = "NO_SHIPPING";

    public string UserAction { get; } = "PAY_NOW";
}

public sealed record PaypalVaultWish(string UsageType, string StoreInVault)
{
    public static PaypalVaultWish OnSuccess { get; } = new("MERCHANT", "ON_SUCCESS");
}

public sealed record PaypalWalletAttributes(PaypalVaultWish Vault);

public sealed record PaypalWallet
{
    /// <summary>Of what was kept before: charged at once, without the person.</summary>
    public string? VaultId { get; init; }

    public PaypalWalletAttributes? Attributes { get; init; }

    public PaypalExperience? ExperienceContext { get; init; }
}

public sealed record PaypalSource(PaypalWallet Paypal);

/// <summary>Something to be paid.</summary>
public sealed record PaypalNewOrder(IReadOnlyList<PaypalUnit> PurchaseUnits, PaypalSource PaymentSource)
{
    public string Intent { get; } = "CAPTURE";

    /// <summary>Paid by a person on PayPal's page; kept for later charges where that is wanted.</summary>
    public static PaypalNewOrder ByPerson(PaypalUnit unit, PaypalExperience experience, bool keepForLater) => new([unit], new(new PaypalWallet
    {
        ExperienceContext = experience,
        Attributes = keepForLater ? new(PaypalVaultWish.OnSuccess) : null,
    }));

    /// <summary>Charged to what was kept, while nobody is there.</summary>
    public static PaypalNewOrder FromVault(PaypalUnit unit, string vaultId) => new([unit], new(new PaypalWallet { VaultId = vaultId }));
}

public sealed record PaypalNewRefund
{
    /// <summary>All of it, where nothing is said.</summary>
    public PaypalAmount? Amount { get; init; }

    public string? CustomId { get; init; }

    public string? NoteToPayer { get; init; }
}

public sealed record PaypalNewProduct(string Name)
{
    public string Type { get; } = "SERVICE";

    public string? Description { get; init; }
}

public sealed record PaypalFrequency(string IntervalUnit, int IntervalCount);

public sealed record PaypalPricing(PaypalAmount FixedPrice);

public sealed record PaypalCycle(PaypalFrequency Frequency, string TenureType, int Sequence, int TotalCycles)
{
    public PaypalPricing? PricingScheme { get; init; }
}

public sealed record PaypalPreferences(bool AutoBillOutstanding, int PaymentFailureThreshold);

/// <summary>What a subscription costs and how often.</summary>
public sealed record PaypalNewPlan(string ProductId, string Name, IReadOnlyList<PaypalCycle> BillingCycles)
{
    public PaypalPreferences PaymentPreferences { get; init; } = new(true, 3);

    /// <summary>The same every so many months, without an end.</summary>
    public static PaypalNewPlan Monthly(string productId, string name, Money price, int months = 1) =>
        new(productId, name, [new(new("MONTH", months), "REGULAR", 1, 0) { PricingScheme = new(PaypalAmount.Of(price)) }]);
}

public sealed record PaypalEmail(string EmailAddress);

public sealed record PaypalSubscribeExperience(string ReturnUrl, string CancelUrl)
{
    public string? BrandName { get; init; }

    public string ShippingPreference { get; } = "NO_SHIPPING";

    public string UserAction { get; } = "SUBSCRIBE_NOW";
}

public sealed record PaypalNewSubscription(string PlanId, PaypalSubscribeExperience ApplicationContext)
{
    public string? CustomId { get; init; }

    public string? Quantity { get; init; }

    public PaypalEmail? Subscriber { get; init; }
}

internal sealed record PaypalReason(string Reason);

internal sealed record PaypalRevision(string PlanId, string? Quantity);

internal sealed record PaypalNothing;

internal sealed record PaypalSetupSource(PaypalSetupWallet Paypal);

internal sealed record PaypalSetupWallet(string UsageType, PaypalExperience ExperienceContext);

internal sealed record PaypalNewSetup(PaypalSetupSource PaymentSource);

internal sealed record PaypalTokenSource(PaypalTokenRef Token);

internal sealed record PaypalTokenRef(string Id, string Type);

internal sealed record PaypalNewToken(PaypalTokenSource PaymentSource);
