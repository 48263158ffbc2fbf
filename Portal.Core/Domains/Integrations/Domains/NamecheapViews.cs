namespace Portal.Core.Domains.Integrations;

/// <summary>Whether a name is free. A premium name has a price of its own.</summary>
public sealed record NamecheapAvailability(string Domain, bool IsAvailable, bool IsPremium, decimal? PremiumPrice);

/// <summary>Who a domain belongs to; Namecheap wants it four times and gets the same.</summary>
public sealed record NamecheapContact(string FirstName, string LastName, string Address1, string City, string StateProvince, string PostalCode, string Country, string Phone, string EmailAddress)
{
    public string? OrganizationName { get; init; }
}

/// <param name="Domain">The name.</param>
/// <param name="IsRegistered">Whether it is ours now.</param>
/// <param name="Charged">In dollars, which Namecheap counts in.</param>
/// <param name="OrderId">Namecheap's.</param>
public sealed record NamecheapRegistration(string Domain, bool IsRegistered, decimal? Charged, string? OrderId);

/// <summary>A record of a zone.</summary>
/// <param name="Name">@ for the domain itself.</param>
/// <param name="Type">A, AAAA, CNAME, MX, TXT …</param>
/// <param name="Address">What it says.</param>
/// <param name="MxPref">The order of mail servers.</param>
/// <param name="Ttl">In seconds.</param>
public sealed record NamecheapHost(string Name, string Type, string Address, int? MxPref, int Ttl);

/// <param name="IsUsingOurDns">Whether Namecheap's own name servers answer for it.</param>
/// <param name="EmailType">How mail for it is handled.</param>
/// <param name="Hosts">All of its records.</param>
public sealed record NamecheapHosts(bool IsUsingOurDns, string? EmailType, IReadOnlyList<NamecheapHost> Hosts);

public sealed record NamecheapDomain(string Name, DateOnly? CreatedOn, DateOnly? ExpiresOn, bool IsExpired, bool AutoRenews);
