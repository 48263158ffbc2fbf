using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Portal.Core.Domains.Integrations;

/// <summary>How Google is spoken to: as a service account, as a client that somebody gave access, or with a word that lasts an hour.</summary>
public sealed class GoogleWay(ProviderHttp http, TimeProvider time)
{
    private const string TokenServer = "https://oauth2.googleapis.com";
    private static readonly TimeSpan AssertionLasts = TimeSpan.FromMinutes(55);
    private readonly BearerTokens tokens = new(time);

    internal async Task<ProviderReply> SendAsync(ProviderAccount account, ProviderRequest request, CancellationToken ct)
    {
        var word = await TokenAsync(account, ct);
        if (!IsFetched(account))
            return await http.SendAsync(account, With(request, word, request.Takes), ct);
        var reply = await http.SendAsync(account, With(request, word, status => status is 401 || request.Takes(status)), ct);
        if (reply.Status is not 401)
            return reply;

        // A word may end before its time: once more with another.
        tokens.Forget(account, word);
        return await http.SendAsync(account, With(request, await TokenAsync(account, ct), request.Takes), ct);
    }

    internal static ProviderFault? Read(ProviderReply reply)
    {
        var tree = reply.Tree();
        if (tree.Text("error") is { } refusal)
            return new(refusal, tree.Text("error_description"), RefusalOf.Account);
        if (tree?["error"] is not { } error)
            return null;
        var reason = (error["errors"] as JsonArray)?.FirstOrDefault().Text("reason") ?? error.Text("status");
        return reason switch
        {
            "rateLimitExceeded" or "userRateLimitExceeded" or "backendError" or "internalError" or "RESOURCE_EXHAUSTED" or "UNAVAILABLE" or "INTERNAL" when reply.Status is 429 or >= 500 => null,
            "rateLimitExceeded" or "userRateLimitExceeded" => new(reason, error.Text("message"), RefusalOf.Request, IsForGood: false),
            "quotaExceeded" or "dailyLimitExceeded" or "uploadLimitExceeded" => new(reason, error.Text("message"), RefusalOf.Account, IsForGood: false),
            _ => new(reason, error.Text("message")),
        };
    }

    private static ProviderRequest With(ProviderRequest request, string word, Func<int, bool> takes) => new(request.Method, request.Path, request.Name)
    {
        Authorization = ProviderJson.Bearer(word),
        Headers = request.Headers,
        Content = request.Content,
        Part = request.Part,
        IsRepeatable = request.IsRepeatable,
        IsChange = request.IsChange,
        Patience = request.Patience,
        LongestReply = request.LongestReply,
        Takes = takes,
        Reads = Read,
    };

    /// <summary>Or else it is one that somebody entered, and there is no other.</summary>
    private static bool IsFetched(ProviderAccount account) => account.Settings["service_account"] is not null || account.Secret is not null;

    private Task<string> TokenAsync(ProviderAccount account, CancellationToken ct)
    {
        if (account.Settings["service_account"] is { } key)
            return tokens.GetAsync(account, stop => FetchAsync(account, Assertion(account, key), stop), ct);
        if (account.Secret is null)
            return account.Token is { } word ? Task.FromResult(word) : throw new RuleBroken(ProviderNames.NotConfigured, $"{ProviderNames.Of(account.Provider)} has neither a service account nor a token: an admin can enter one under Settings, Integrations.");
        return tokens.GetAsync(account, stop => FetchAsync(account, [new("grant_type", "refresh_token"), new("client_id", account.Key ?? ""), new("client_secret", account.Secret), new("refresh_token", account.Token ?? "")], stop), ct);
    }

    private async Task<BearerToken> FetchAsync(ProviderAccount account, KeyValuePair<string, string>[] form, CancellationToken ct)
    {
        var server = account with { BaseUrl = new(account.Settings["token_url"] ?? TokenServer) };
        var reply = await http.SendAsync(server, new(HttpMethod.Post, "token", "get token") { Content = ProviderContent.Form(form), IsRepeatable = true, Reads = Read }, ct);
        var token = reply.Read(account, GoogleJson.Default.GoogleToken);
        return new(token.AccessToken, TimeSpan.FromSeconds(token.ExpiresIn));
    }

    /// <summary>A service account vouches for itself with its private key (RFC 7523).</summary>
    private KeyValuePair<string, string>[] Assertion(ProviderAccount account, string key)
    {
        try
        {
            var file = JsonSerializer.Deserialize(key, GoogleJson.Default.GoogleServiceAccount);
            var now = time.GetUtcNow();
            var claims = new GoogleClaims(file!.ClientEmail, Scope(account.Provider), $"{TokenServer}/token", now.ToUnixTimeSeconds(), (now + AssertionLasts).ToUnixTimeSeconds());
            var said = $"{Base64Url.EncodeToString("""{"alg":"RS256","typ":"JWT"}"""u8)}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims, GoogleJson.Default.GoogleClaims))}";
            using var rsa = RSA.Create();
            rsa.ImportFromPem(file.PrivateKey);
            var signature = rsa.SignData(Encoding.ASCII.GetBytes(said), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            return [new("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), new("assertion", $"{said}.{Base64Url.EncodeToString(signature)}")];
        }
        catch (Exception e) when (e is JsonException or ArgumentException or CryptographicException)
        {
            // The cause may quote the key, so it is not passed on.
            throw ProviderWords.Refused(account, new("service_account", "The key of the service account cannot be read. Enter the whole JSON file.", RefusalOf.Account));
        }
    }

    private static string Scope(Provider provider) => provider switch
    {
        Provider.SearchConsole => "https://www.googleapis.com/auth/webmasters",
        Provider.Analytics => "https://www.googleapis.com/auth/analytics.readonly",
        _ => "https://www.googleapis.com/auth/youtube.upload https://www.googleapis.com/auth/youtube.readonly",
    };
}

internal sealed record GoogleToken(string AccessToken, int ExpiresIn)
{
    public override string ToString() => $"{ExpiresIn}";
}

internal sealed record GoogleServiceAccount(string ClientEmail, string PrivateKey)
{
    public override string ToString() => ClientEmail;
}

internal sealed record GoogleClaims(string Iss, string Scope, string Aud, long Iat, long Exp);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(GoogleToken))]
[JsonSerializable(typeof(GoogleServiceAccount))]
[JsonSerializable(typeof(GoogleClaims))]
internal sealed partial class GoogleJson : JsonSerializerContext;
