using System.ComponentModel.DataAnnotations;

namespace Portal.Core.Domains.People;

// What these say of a field they say of one that is filled in; that it must be is Required's to say.

/// <summary>An address that mail can go to: by the same rule as when it goes.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MailAddressAttribute : ValidationAttribute
{
    public MailAddressAttribute() => ErrorMessage = "That is not an e-mail address.";

    public override bool IsValid(object? value) => value is null or "" || (value is string address && !address.Any(char.IsWhiteSpace) && MailRecipient.TryParse(address) is not null);
}

/// <summary>A password that someone chooses.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NewPasswordAttribute : StringLengthAttribute
{
    public const int Shortest = 12;

    public NewPasswordAttribute()
        : base(200) => (MinimumLength, ErrorMessage) = (Shortest, $"Use at least {Shortest} characters.");
}

/// <summary>A currency that invoices are written in: credits are none.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CurrencyCodeAttribute : ValidationAttribute
{
    public CurrencyCodeAttribute() => ErrorMessage = "Use a currency’s three letters, like USD.";

    public override bool IsValid(object? value) => value is null or "" || (Currency.Find((string)value) is { } currency && currency != Currency.Credits);
}

/// <summary>A time zone by its IANA name.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ZoneNameAttribute : ValidationAttribute
{
    public ZoneNameAttribute() => ErrorMessage = "Use a time zone like Africa/Harare.";

    public override bool IsValid(object? value) => value is null or "" || Zone.IsKnown((string)value);
}

/// <summary>A country by its two letters.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CountryCodeAttribute : ValidationAttribute
{
    public CountryCodeAttribute() => ErrorMessage = "Choose a country.";

    public override bool IsValid(object? value) => value is null or "" || Countries.IsKnown((string)value);
}

/// <summary>A web address with or without its scheme. Nothing but the web: it becomes a link.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WebAddressAttribute : ValidationAttribute
{
    public WebAddressAttribute() => ErrorMessage = "Use an address like https://example.com.";

    public static string Whole(string address) => address.Length == 0 || address.Contains("://", StringComparison.Ordinal) ? address : "https://" + address;

    public override bool IsValid(object? value) => value is null or "" ||
        (Uri.TryCreate(Whole((string)value), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Contains('.', StringComparison.Ordinal));
}

/// <summary>Something to read, or left out.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NotBlankAttribute : ValidationAttribute
{
    public NotBlankAttribute() => ErrorMessage = "This is needed.";

    public override bool IsValid(object? value) => value is null || !string.IsNullOrWhiteSpace((string)value);
}

/// <summary>See <see cref="InvoiceNumber"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class InvoiceFormatAttribute : ValidationAttribute
{
    public InvoiceFormatAttribute() => ErrorMessage = "Write {number} or {number:4} once; {year} and {month} may stand beside it. At most 40 characters.";

    public override bool IsValid(object? value) => InvoiceNumber.IsGood(value as string);
}
