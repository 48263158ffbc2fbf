namespace Portal.Core.Foundation;

/// <summary>The agency itself: one row, made with the database's first use.</summary>
public sealed class Agency : IVersioned
{
    /// <summary>There is one agency, and this is its id.</summary>
    public const long TheId = 1;

    public long Id { get; init; } = TheId;

    public string Name { get; set; } = "Portal";

    /// <summary>As it stands on invoices, where it differs.</summary>
    public string LegalName { get; set; } = "";

    public string TaxId { get; set; } = "";

    public PostalAddress Address { get; init; } = new();

    public string CurrencyCode { get; set; } = "USD";

    public string ZoneId { get; set; } = "UTC";

    /// <summary>Whom mails come from.</summary>
    public string SenderName { get; set; } = "Portal";

    public string SenderEmail { get; set; } = "";

    /// <summary>For example INV-{year}-{number:4}.</summary>
    public string InvoiceNumberFormat { get; set; } = "INV-{year}-{number:4}";

    public long? LogoId { get; set; }

    /// <summary>Grows with each change of the terms, so that it is known which ones a person accepted.</summary>
    public int TermsVersion { get; private set; } = 1;

    /// <summary>Empty as long as the portal's own standard terms hold: version 1.</summary>
    public string Terms { get; private set; } = "";

    public DateTime? TermsChangedAt { get; private set; }

    public long Version { get; set; }

    /// <returns>Whether they are other terms than before.</returns>
    public bool SetTerms(string terms, DateTime now)
    {
        if (terms == Terms)
            return false;
        (Terms, TermsVersion, TermsChangedAt) = (terms, TermsVersion + 1, now);
        return true;
    }
}
