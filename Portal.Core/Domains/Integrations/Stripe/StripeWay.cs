using System.Text.Json.Serialization.Metadata;

namespace Portal.Core.Domains.Integrations;

/// <summary>How Stripe is spoken to: forms, a version, and a key that makes saying the same twice harmless.</summary>
public sealed class StripeWay(ProviderHttp http)
{
    /// <summary>What the types here are written for; the setting api_version is another.</summary>
    internal const string Version = "2026-08-26.dahlia";
    private const int LongestKey = 255;

    internal async Task<TBack> GetAsync<TBack>(ProviderAccount account, string path, string name, JsonTypeInfo<TBack> back, CancellationToken ct)
        where TBack : class => (await SendAsync(account, new(HttpMethod.Get, $"v1/{path}", name) { Authorization = ProviderJson.Bearer(account.Key), Headers = Headers(account), Reads = Read }, ct)).Read(account, back);

    internal async Task<TBack> DeleteAsync<TBack>(ProviderAccount account, string path, string name, JsonTypeInfo<TBack> back, CancellationToken ct)
        where TBack : class => (await SendAsync(account, new(HttpMethod.Delete, $"v1/{path}", name) { Authorization = ProviderJson.Bearer(account.Key), Headers = Headers(account), Reads = Read }, ct)).Read(account, back);

    /// <param name="account">Whose money it is.</param>
    /// <param name="key">Of what is meant, not of the attempt: kept before the first, the same for each that follows.</param>
    /// <param name="path">Below v1.</param>
    /// <param name="name">What it does.</param>
    /// <param name="value">What is said.</param>
    /// <param name="type">How it is written.</param>
    /// <param name="back">How the answer is read.</param>
    /// <param name="ct">Stops it.</param>
    internal async Task<TBack> PostAsync<T, TBack>(ProviderAccount account, string key, string path, string name, T value, JsonTypeInfo<T> type, JsonTypeInfo<TBack> back, CancellationToken ct)
        where TBack : class => (await SendAsync(account, Post(account, key, path, name, FormFields.Content(value, type)), ct)).Read(account, back);

    /// <summary>A charge whose refusal is read by the caller: what became of it stands inside.</summary>
    internal Task<ProviderReply> ChargeAsync(ProviderAccount account, string key, string path, string name, ProviderContent content, CancellationToken ct) =>
        SendAsync(account, Post(account, key, path, name, content, status => status is 402), ct);

    internal static ProviderFault? Read(ProviderReply reply)
    {
        if (reply.Tree()?["error"] is not { } error || error.Text("type") is not { } type)
            return null;
        var (code, words) = (error.Text("decline_code") ?? error.Text("code") ?? type, error.Text("message"));
        return (type, code) switch
        {
            ("card_error", _) => new(code, words, RefusalOf.Recipient),
            ("api_error", _) or (_, "rate_limit") => null,
            (_, "lock_timeout" or "idempotency_key_in_use") => new(code, words, IsForGood: false),
            (_, "api_key_expired" or "platform_api_key_expired" or "account_invalid" or "secret_key_required" or "testmode_charges_only") => new(code, words, RefusalOf.Account),
            _ => new(code, words),
        };
    }

    private static ProviderRequest Post(ProviderAccount account, string key, string path, string name, ProviderContent content, Func<int, bool>? takes = null) =>
        new(HttpMethod.Post, $"v1/{path}", name)
        {
            Authorization = ProviderJson.Bearer(account.Key),
            Headers = [.. Headers(account), ("Idempotency-Key", key.Length is > 0 and <= LongestKey ? key : throw new ArgumentOutOfRangeException(nameof(key), key.Length, "1 to 255 letters"))],
            Content = content,
            IsRepeatable = true,
            Takes = takes ?? (_ => false),
            Reads = Read,

            // A bank may think for a while, and giving up would leave us not knowing.
            Patience = TimeSpan.FromSeconds(40),
        };

    private static (string Name, string Value)[] Headers(ProviderAccount account) => [("Stripe-Version", account.Settings["api_version"] ?? Version)];

    private Task<ProviderReply> SendAsync(ProviderAccount account, ProviderRequest request, CancellationToken ct) => http.SendAsync(account, request, ct);
}
