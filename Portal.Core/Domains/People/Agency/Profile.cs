using System.ComponentModel.DataAnnotations;

namespace Portal.Core.Domains.People;

/// <summary>What an organisation says of itself, the agency like its clients: read as a whole and written as a whole. The version says on which state an edit was made.</summary>
public abstract class Profile
{
    [Required(ErrorMessage = "Enter the name."), MaxLength(200)]
    public string Name { get; set => field = Clean(value); } = "";

    [MaxLength(200)]
    public string LegalName { get; set => field = Clean(value); } = "";

    [MaxLength(50)]
    public string TaxId { get; set => field = Clean(value); } = "";

    [MaxLength(200)]
    public string Line1 { get; set => field = Clean(value); } = "";

    [MaxLength(200)]
    public string Line2 { get; set => field = Clean(value); } = "";

    [MaxLength(100)]
    public string City { get; set => field = Clean(value); } = "";

    [MaxLength(100)]
    public string Region { get; set => field = Clean(value); } = "";

    [MaxLength(20)]
    public string PostalCode { get; set => field = Clean(value); } = "";

    /// <summary>ISO 3166-1, two letters; empty when nobody has said.</summary>
    [CountryCode]
    public string Country { get; set => field = Clean(value).ToUpperInvariant(); } = "";

    [Required(ErrorMessage = "Choose a currency."), CurrencyCode]
    public string Currency { get; set => field = Clean(value).ToUpperInvariant(); } = "USD";

    [Required(ErrorMessage = "Choose a time zone."), ZoneName]
    public string Zone { get; set => field = Clean(value); } = "UTC";

    public long Version { get; set; }

    protected static string Clean(string? text) => text?.Trim() ?? "";

    protected void Read(PostalAddress address) => (Line1, Line2, City, Region, PostalCode, Country) =
        (address.Line1, address.Line2, address.City, address.Region, address.PostalCode, address.Country);

    protected void Write(PostalAddress address) => (address.Line1, address.Line2, address.City, address.Region, address.PostalCode, address.Country) =
        (Line1, Line2, City, Region, PostalCode, Country);
}

/// <summary>The agency's own profile: on invoices, in mails and in front of the terms.</summary>
public sealed class AgencyProfile : Profile
{
    /// <summary>Whom mails come from.</summary>
    [Required(ErrorMessage = "Enter a name that people know you by."), MaxLength(200)]
    public string SenderName { get; set => field = Clean(value); } = "";

    [MailAddress, MaxLength(256)]
    public string SenderEmail { get; set => field = Clean(value); } = "";

    [InvoiceFormat]
    public string InvoiceNumberFormat { get; set => field = Clean(value); } = "";

    public static AgencyProfile Of(Agency agency)
    {
        var profile = new AgencyProfile
        {
            Name = agency.Name,
            LegalName = agency.LegalName,
            TaxId = agency.TaxId,
            Currency = agency.CurrencyCode,
            Zone = agency.ZoneId,
            SenderName = agency.SenderName,
            SenderEmail = agency.SenderEmail,
            InvoiceNumberFormat = agency.InvoiceNumberFormat,
            Version = agency.Version,
        };
        profile.Read(agency.Address);
        return profile;
    }

    internal void WriteTo(Agency agency)
    {
        (agency.Name, agency.LegalName, agency.TaxId, agency.CurrencyCode, agency.ZoneId) = (Name, LegalName, TaxId, Currency, Zone);
        (agency.SenderName, agency.SenderEmail, agency.InvoiceNumberFormat) = (SenderName, SenderEmail, InvoiceNumberFormat);
        Write(agency.Address);
    }
}

/// <summary>A client's own profile: what stands on its invoices, and how it is reached.</summary>
public sealed class OrganisationProfile : Profile
{
    [MaxLength(40)]
    public string Phone { get; set => field = Clean(value); } = "";

    [WebAddress, MaxLength(200)]
    public string Website { get; set => field = WebAddressAttribute.Whole(Clean(value)); } = "";

    public static OrganisationProfile Of(Client client)
    {
        var profile = new OrganisationProfile
        {
            Name = client.Name,
            LegalName = client.LegalName,
            TaxId = client.TaxId,
            Currency = client.CurrencyCode,
            Zone = client.ZoneId,
            Phone = client.Phone,
            Website = client.Website,
            Version = client.Version,
        };
        profile.Read(client.BillingAddress);
        return profile;
    }

    internal void WriteTo(Client client)
    {
        (client.Name, client.LegalName, client.TaxId, client.CurrencyCode, client.ZoneId) = (Name, LegalName, TaxId, Currency, Zone);
        (client.Phone, client.Website) = (Phone, Website);
        Write(client.BillingAddress);
    }
}
