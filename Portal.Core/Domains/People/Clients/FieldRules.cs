using System.ComponentModel.DataAnnotations;

namespace Portal.Core.Domains.People;

/// <summary>An address that mail can go to, or nothing.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MailOrNothingAttribute : ValidationAttribute
{
    private static readonly EmailAddressAttribute Rule = new();

    public MailOrNothingAttribute() => ErrorMessage = "That is not an e-mail address.";

    public override bool IsValid(object? value) => value is null or "" || (Rule.IsValid(value) && !((string)value).Any(char.IsWhiteSpace));
}

/// <summary>A currency that invoices are written in, or nothing.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class CurrencyOrNothingAttribute : ValidationAttribute
{
    public CurrencyOrNothingAttribute() => ErrorMessage = "Use a currency’s three letters, like USD.";

    public override bool IsValid(object? value) => value is null or "" || (Currency.Find((string)value) is { } currency && currency != Currency.Credits);
}

/// <summary>A time zone by its IANA name, or nothing.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ZoneOrNothingAttribute : ValidationAttribute
{
    public ZoneOrNothingAttribute() => ErrorMessage = "Use a time zone like Africa/Harare.";

    public override bool IsValid(object? value) => value is null or "" || Zone.IsKnown((string)value);
}

/// <summary>A web address with or without its scheme, or nothing. Nothing but the web: it becomes a link.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class WebOrNothingAttribute : ValidationAttribute
{
    public WebOrNothingAttribute() => ErrorMessage = "Use an address like https://example.com.";

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
