using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Portal.Core.Domains.Integrations;

/// <summary>How PayPal is spoken to: with a word that is fetched by the client's id and secret, and a request id that makes repeats harmless.</summary>
public sealed class PaypalWay(ProviderHttp http, TimeProvider time)
{
    private const int LongestKey = 108;
    private readonly BearerTokens tokens = new(time);

    internal Task<TBack> GetAsync<TBack>(ProviderAccount account, string path, string name, JsonTypeInfo<TBack> back, CancellationToken ct)
        where TBack : class => AskAsync(account, HttpMethod.Get, null, path, name, null, back, ct);

    internal Task<TBack> PostAsync<T, TBack>(ProviderAccount account, string key, string path, string name, T value, JsonTypeInfo<T> type, JsonTypeInfo<TBack> back, CancellationToken ct)
        where TBack : class => AskAsync(account, HttpMethod.Post, key, path, name, ProviderJson.Content(value, type), back, ct);

    internal async Task<TBack> AskAsync<TBack>(ProviderAccount account, HttpMethod method, string? key, string path, string name, ProviderContent? content, JsonTypeInfo<TBack> back, CancellationToken ct)
        where TBack : class => (await SendAsync(account, method, key, path, name, content, ct)).Read(account, back);

    /// <summary>For what is answered with nothing.</summary>
    /// <param name="account">Whose money it is.</param>
    /// <param name="method">How.</param>
    /// <param name="key">Of what is meant, not of the attempt: the same for each. Null where repeating it does no harm by itself.</param>
    /// <param name="path">Below the address.</param>
    /// <param name="name">What it does.</param>
    /// <param name="content">What is said.</param>
    /// <param name="ct">Stops it.</param>
    internal async Task<ProviderReply> SendAsync(ProviderAccount account, HttpMethod method, string? key, string path, string name, ProviderContent? content, CancellationToken ct)
    {
        if (key is { Length: 0 or > LongestKey })
            throw new ArgumentOutOfRangeException(nameof(key), key.Length, "1 to 108 letters");
        var word = await TokenAsync(account, ct);
        var reply = await http.SendAsync(account, Request(word, status => status is 401), ct);
        if (reply.Status is not 401)
            return reply;

        // A word may end before its time: once more with another.
        tokens.Forget(account, word);
        return await http.SendAsync(account, Request(await TokenAsync(account, ct), _ => false), ct);

        ProviderRequest Request(string bearer, Func<int, bool> takes) => new(method, path, name)
        {
            Authorization = ProviderJson.Bearer(bearer),
            Headers = key is null ? [] : [("PayPal-Request-Id", key), ("Prefer", "return=representation")],
            Content = content,
            IsRepeatable = method == HttpMethod.Get || key is not null,
            Patience = TimeSpan.FromSeconds(40),
            Takes = takes,
            Reads = Read,
        };
    }

    internal Task<string> TokenAsync(ProviderAccount account, CancellationToken ct) => tokens.GetAsync(account, async stop =>
    {
        var reply = await http.SendAsync(account, new(HttpMethod.Post, "v1/oauth2/token", "get token")
        {
            Authorization = ProviderJson.Basic(account.Key, account.Secret),
            Content = ProviderContent.Form([new("grant_type", "client_credentials")]),
            IsRepeatable = true,
            Reads = Read,
        }, stop);
        var token = reply.Read(account, PaypalJson.Default.PaypalToken);
        return new(token.AccessToken, TimeSpan.FromSeconds(token.ExpiresIn));
    }, ct);

    private static ProviderFault? Read(ProviderReply reply)
    {
        if (reply.Tree() is not { } error)
            return null;
        if (error.Text("error") is { } refusal)
            return new(refusal, error.Text("error_description"), RefusalOf.Account);
        var detail = (error["details"] as JsonArray)?.FirstOrDefault();
        if ((detail.Text("issue") ?? error.Text("name")) is not { } code)
            return null;
        var words = detail.Text("description") ?? error.Text("message");
        return code switch
        {
            "INSTRUMENT_DECLINED" or "PAYER_ACTION_REQUIRED" or "PAYER_CANNOT_PAY" or "PAYER_ACCOUNT_RESTRICTED" or "PAYER_ACCOUNT_LOCKED_OR_CLOSED" or "TRANSACTION_REFUSED"
                or "TRANSACTION_LIMIT_EXCEEDED" or "CARD_EXPIRED" or "ORDER_NOT_APPROVED" or "REDIRECT_PAYER_FOR_ALTERNATE_FUNDING" => new(code, words, RefusalOf.Recipient),
            "PAYEE_ACCOUNT_RESTRICTED" or "PAYEE_ACCOUNT_LOCKED_OR_CLOSED" or "PAYEE_BLOCKED_TRANSACTION" or "PERMISSION_DENIED" or "NOT_AUTHORIZED" => new(code, words, RefusalOf.Account),
            "INTERNAL_SERVER_ERROR" or "INTERNAL_SERVICE_ERROR" or "RATE_LIMIT_REACHED" => null,
            _ => new(code, words),
        };
    }
}
