namespace Portal.Simulators;

/// <summary>How a card of Stripe's test cards behaves.</summary>
/// <param name="Number">As one types it.</param>
/// <param name="Token">As a program names it.</param>
/// <param name="Brand">Whose it is.</param>
internal sealed record StripeCard(string Number, string Token, string Brand = "visa")
{
    /// <summary>Refused with this each time.</summary>
    public string? Decline { get; init; }

    /// <summary>It can be kept; only charges are refused.</summary>
    public bool IsKept { get; init; }

    /// <summary>The bank wants to hear from the person: each time, or unless they agreed when it was kept.</summary>
    public bool AsksPerson { get; init; }

    public bool AsksOnce { get; init; }

    /// <summary>The charge is disputed a little later.</summary>
    public string? Dispute { get; init; }

    public string Last4 => Number[^4..];
}

/// <summary>https://docs.stripe.com/testing, those that a portal meets.</summary>
internal static class StripeCards
{
    public static readonly IReadOnlyList<StripeCard> All =
    [
        new("4242424242424242", "pm_card_visa"),
        new("4000056655665556", "pm_card_visa_debit"),
        new("5555555555554444", "pm_card_mastercard", "mastercard"),
        new("378282246310005", "pm_card_amex", "amex"),
        new("4000000000000002", "pm_card_visa_chargeDeclined") { Decline = "generic_decline" },
        new("4000000000009995", "pm_card_visa_chargeDeclinedInsufficientFunds") { Decline = "insufficient_funds" },
        new("4000000000009987", "pm_card_visa_chargeDeclinedLostCard") { Decline = "lost_card" },
        new("4000000000009979", "pm_card_visa_chargeDeclinedStolenCard") { Decline = "stolen_card" },
        new("4000000000000069", "pm_card_chargeDeclinedExpiredCard") { Decline = "expired_card" },
        new("4000000000000127", "pm_card_chargeDeclinedIncorrectCvc") { Decline = "incorrect_cvc" },
        new("4000000000000119", "pm_card_chargeDeclinedProcessingError") { Decline = "processing_error" },
        new("4000000000000341", "pm_card_chargeCustomerFail") { Decline = "generic_decline", IsKept = true },
        new("4000002500003155", "pm_card_authenticationRequiredOnSetup") { AsksOnce = true },
        new("4000002760003184", "pm_card_authenticationRequired") { AsksPerson = true },
        new("4000000000003220", "pm_card_threeDSecure2Required") { AsksPerson = true },
        new("4000000000000259", "pm_card_createDispute") { Dispute = "fraudulent" },
        new("4000000000002685", "pm_card_createDisputeProductNotReceived") { Dispute = "product_not_received" },
    ];

    /// <summary>Older names of the same.</summary>
    private static readonly Dictionary<string, string> Also = new()
    {
        ["pm_card_chargeDeclined"] = "pm_card_visa_chargeDeclined",
        ["pm_card_chargeDeclinedInsufficientFunds"] = "pm_card_visa_chargeDeclinedInsufficientFunds",
        ["pm_card_threeDSecureRequired"] = "pm_card_threeDSecure2Required",
        ["pm_card_authenticationRequiredSetupForOffSession"] = "pm_card_authenticationRequiredOnSetup",
        ["tok_visa"] = "pm_card_visa",
        ["tok_chargeDeclined"] = "pm_card_visa_chargeDeclined",
    };

    public static StripeCard? ByToken(string token) => All.FirstOrDefault(c => c.Token == (Also.TryGetValue(token, out var other) ? other : token));

    public static StripeCard? ByNumber(string? number) => All.FirstOrDefault(c => c.Number == new string([.. (number ?? "").Where(char.IsAsciiDigit)]));

    public static (string Code, string? DeclineCode, string Words) Words(string decline) => decline switch
    {
        "expired_card" => ("expired_card", "expired_card", "Your card has expired."),
        "incorrect_cvc" => ("incorrect_cvc", "incorrect_cvc", "Your card's security code is incorrect."),
        "processing_error" => ("processing_error", "processing_error", "An error occurred while processing your card. Try again in a little bit."),
        "insufficient_funds" => ("card_declined", decline, "Your card has insufficient funds."),
        "authentication_required" => ("authentication_required", decline, "Your card was declined. This transaction requires authentication."),
        _ => ("card_declined", decline, "Your card was declined."),
    };
}
