namespace Portal.Core.Foundation;

/// <summary>Where letters and invoices go. All of it may be unknown.</summary>
public sealed class PostalAddress
{
    public string Line1 { get; set; } = "";

    public string Line2 { get; set; } = "";

    public string City { get; set; } = "";

    public string Region { get; set; } = "";

    public string PostalCode { get; set; } = "";

    /// <summary>ISO 3166-1, two letters; empty when nobody has said.</summary>
    public string Country { get; set; } = "";
}
