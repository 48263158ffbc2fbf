namespace Portal.Core.Domains.Integrations;

/// <summary>Who a provider's no is about.</summary>
public enum RefusalOf
{
    /// <summary>What was asked for.</summary>
    Request,

    /// <summary>Whom it is for: an address, a number, a card.</summary>
    Recipient,

    /// <summary>Us: a key, a permission, a balance.</summary>
    Account,
}

/// <summary>The provider understood and said no.</summary>
/// <param name="provider">Which one.</param>
/// <param name="of">Who it is about.</param>
/// <param name="said">Its code and words, cleaned of anything secret. Whoever waits reads them too, unless they are about our account there.</param>
public sealed class ProviderRefused(Provider provider, RefusalOf of, string said) : PortalException(
    of is RefusalOf.Account ? "provider_account" : "provider_refused",
    of is RefusalOf.Account ? $"{ProviderNames.Of(provider)} does not accept how it is set up here. An admin has to look at its configuration." : said)
{
    public Provider Provider { get; } = provider;

    public RefusalOf Of { get; } = of;

    public string Said { get; } = said;

    /// <summary>The provider's own code, where it has codes.</summary>
    public string? ProviderCode { get; init; }

    /// <summary>Asking the same again is no use.</summary>
    public bool IsForGood { get; init; } = true;
}

/// <summary>The provider could not be asked, or gave no answer one can use.</summary>
public sealed class ProviderUnavailable(Provider provider, string said, Exception? cause = null)
    : PortalException("provider_unavailable", $"{ProviderNames.Of(provider)} cannot be reached at the moment. Please try again in a little while.", cause)
{
    public Provider Provider { get; } = provider;

    public string Said { get; } = said;

    /// <summary>It may have done what was asked, and only the answer was lost.</summary>
    public bool MayHaveArrived { get; internal set; }

    /// <summary>It was not even asked, because we ask it so much.</summary>
    internal bool IsOwnPace { get; init; }

    /// <summary>When it said one should come back.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>What a provider's trouble means for a delivery.</summary>
public static class ProviderTroubles
{
    /// <returns>Null for what is not a provider's trouble.</returns>
    public static Exception? ForChannel(Exception error) => error switch
    {
        ProviderRefused { Of: RefusalOf.Account } e => new OurTrouble(e.Said, e),
        ProviderRefused { IsForGood: true } e => new RefusedForGood(e.Said) { IsOfAddress = e.Of is RefusalOf.Recipient },
        ProviderRefused e => new RefusedForNow(e.Said, e),

        // Nobody got anything and no message is to blame, so none is given up however long it lasts.
        ProviderUnavailable { MayHaveArrived: false } e => new OurTrouble(e.Said, e),
        ProviderUnavailable e => new RefusedForNow(e.Said, e),
        RuleBroken { Code: ProviderNames.NotConfigured } e => new OurTrouble(e.Message, e),
        _ => null,
    };
}
