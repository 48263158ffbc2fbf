using System.ComponentModel.DataAnnotations;

namespace Portal.Core.Domains.People;

/// <summary>One row of a list of existing clients. Its columns are named as these fields are.</summary>
public sealed class ImportedClient
{
    [Required(ErrorMessage = "The name is missing."), MaxLength(200)]
    public string Name { get; set; } = "";

    [MaxLength(200)]
    public string OwnerName { get; set; } = "";

    [MailAddress, MaxLength(256)]
    public string OwnerEmail { get; set; } = "";

    [MaxLength(40)]
    public string Phone { get; set; } = "";

    [WebAddress, MaxLength(200)]
    public string Website { get; set; } = "";

    [MaxLength(50)]
    public string TaxId { get; set; } = "";

    /// <summary>The agency's own, unless said.</summary>
    [CurrencyCode]
    public string Currency { get; set; } = "";

    /// <summary>The agency's own, unless said.</summary>
    [ZoneName]
    public string Zone { get; set; } = "";

    [MaxLength(200)]
    public string Line1 { get; set; } = "";

    [MaxLength(200)]
    public string Line2 { get; set; } = "";

    [MaxLength(100)]
    public string City { get; set; } = "";

    [MaxLength(100)]
    public string Region { get; set; } = "";

    [MaxLength(20)]
    public string PostalCode { get; set; } = "";

    [CountryCode(ErrorMessage = "Use the country’s two letters, like ZW.")]
    public string Country { get; set => field = value.Trim().ToUpperInvariant(); } = "";

    [MaxLength(4000)]
    [DataType(DataType.MultilineText)]
    public string Note { get; set; } = "";

    internal Client Open(Agency agency, DateTime now)
    {
        var client = new Client
        {
            Name = Name,
            Phone = Phone,
            Website = WebAddressAttribute.Whole(Website),
            TaxId = TaxId,
            CurrencyCode = Foundation.Currency.Find(Currency)?.Code ?? agency.CurrencyCode,
            ZoneId = Zone.Length > 0 ? Zone : agency.ZoneId,
            AgencyNote = Note,
            BillingAddress = new() { Line1 = Line1, Line2 = Line2, City = City, Region = Region, PostalCode = PostalCode, Country = Country.ToUpperInvariant() },
            CreatedAt = now,
        };
        client.Approve(now);
        return client;
    }
}
