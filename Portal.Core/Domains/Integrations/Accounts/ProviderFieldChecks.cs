using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Portal.Core.Domains.Integrations;

/// <summary>What can be seen to be no good before a provider is asked: a webhook whose key is none would be refused without anybody hearing of it.</summary>
internal static partial class ProviderFieldChecks
{
    public static string? MetaVersion(string text) => IsMetaVersion().IsMatch(text) ? null : "Write the version like v23.0.";

    public static string? StripeVersion(string text) => IsStripeVersion().IsMatch(text) ? null : "Write the version like 2026-08-26.dahlia.";

    public static string? Digits(string text) => text.AsSpan().ContainsAnyExceptInRange('0', '9') ? "It has digits only." : null;

    public static string? Address(string text) => IPAddress.TryParse(text, out var address) && address.AddressFamily is AddressFamily.InterNetwork && address.ToString() == text ? null : "Write an IPv4 address like 203.0.113.7.";

    /// <summary>Numbers, messaging services, and names of up to eleven letters.</summary>
    public static string? Sender(string text) => IsSender().IsMatch(text) ? null : "Write a number like +263771234567, the SID of a messaging service (MG…), or a name of at most 11 letters and digits.";

    /// <summary>A key says by its beginning which environment it opens; one that does not may be of either.</summary>
    public static string? StripeKey(string text, bool isSandbox) => IsStripeKey().Match(text) is { Success: true } key && (key.Groups[1].Value is "test") != isSandbox
        ? isSandbox ? $"This is a key of the live environment ({key.Value}). Enter one of the test environment, or turn “Test environment” off." : $"This is a key of the test environment ({key.Value}). Enter the live one, or turn “Test environment” on."
        : null;

    public static string? SvixSecret(string text) =>
        text.StartsWith("whsec_", StringComparison.Ordinal) && Convert.TryFromBase64String(text[6..], new byte[text.Length], out var length) && length > 0 ? null : "It begins with whsec_; copy all of it.";

    public static string? EcKey(string text)
    {
        try
        {
            foreach (var one in SendgridWebhooks.Keys(text))
            {
                using var key = ECDsa.Create();
                if (one.Contains("-----BEGIN", StringComparison.Ordinal))
                    key.ImportFromPem(one);
                else
                    key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(one), out _);
            }

            return null;
        }
        catch (Exception e) when (e is FormatException or CryptographicException or ArgumentException)
        {
            return "That is not a verification key: copy all of it, as they show it.";
        }
    }

    [GeneratedRegex(@"^v\d{1,3}\.\d{1,2}$")]
    private static partial Regex IsMetaVersion();

    [GeneratedRegex("^(?:sk|rk|pk)_(live|test)_")]
    private static partial Regex IsStripeKey();

    [GeneratedRegex(@"^\d{4}-\d{2}-\d{2}(\.[a-z]+)?$")]
    private static partial Regex IsStripeVersion();

    [GeneratedRegex(@"^(\+[1-9]\d{5,14}|MG[0-9a-fA-F]{32}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11})$")]
    private static partial Regex IsSender();
}
