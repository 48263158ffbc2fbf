using System.ComponentModel.DataAnnotations;

namespace Portal.Core.Domains.People;

/// <summary>An ISO 4217 currency; credits are none that anybody keeps books in.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CurrencyCodeAttribute() : ValidationAttribute("Choose a currency.")
{
    public override bool IsValid(object? value) => Currency.Find(value as string) is { } currency && currency != Currency.Credits;
}

/// <summary>An IANA time zone.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ZoneNameAttribute() : ValidationAttribute("Choose a time zone.")
{
    public override bool IsValid(object? value) => Zone.IsKnown(value as string);
}

/// <summary>A country by its two letters, or nothing.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class CountryCodeAttribute() : ValidationAttribute("Choose a country.")
{
    public override bool IsValid(object? value) => value is "" || Countries.IsKnown(value as string);
}

/// <summary>An e-mail address, or nothing.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OptionalEmailAttribute() : ValidationAttribute("That is not an e-mail address.")
{
    private static readonly EmailAddressAttribute Rule = new();

    public override bool IsValid(object? value) => value is null or "" || Rule.IsValid(value);
}

/// <summary>A web address with http or https in front.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class WebAddressAttribute() : ValidationAttribute("Write the whole address: https://example.com.")
{
    public override bool IsValid(object? value) =>
        value is null or "" || (Uri.TryCreate(value as string, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.Host.Contains('.', StringComparison.Ordinal));
}

/// <summary>See <see cref="InvoiceNumber"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InvoiceFormatAttribute() : ValidationAttribute("Write {number} or {number:4} once; {year} and {month} may stand beside it. At most 40 characters.")
{
    public override bool IsValid(object? value) => InvoiceNumber.IsGood(value as string);
}
