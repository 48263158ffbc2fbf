using System.Text.Json.Serialization;

namespace Portal.Core.Domains.Integrations;

/// <summary>
/// Publishing at TikTok, Content Posting API v2: it fetches the film from an address whose domain it knows as ours. Built to its public
/// documentation: unverified.
/// </summary>
public sealed class TiktokClient(ProviderHttp http) : IProviderProbe
{
    public Provider Provider => Provider.Tiktok;

    /// <summary>Asked before each post, as TikTok wants: who posts, and who may be allowed to see it.</summary>
    public async Task<TiktokCreator> CreatorAsync(ProviderAccount account, CancellationToken ct) =>
        (await AskAsync(account, "v2/post/publish/creator_info/query/", "read creator", null, isRead: true, ct)).Read(account, TiktokJson.Default.TiktokAnswerTiktokCreator).Data;

    /// <summary>TikTok has no key to say it once: after a lost answer, what is published has to be looked at.</summary>
    /// <returns>What its state is asked by.</returns>
    public async Task<string> PublishAsync(ProviderAccount account, TiktokPost post, Uri video, CancellationToken ct)
    {
        var content = ProviderJson.Content(new(post, new("PULL_FROM_URL", video.AbsoluteUri)), TiktokJson.Default.TiktokPublish);
        return (await AskAsync(account, "v2/post/publish/video/init/", "publish video", content, isRead: false, ct)).Read(account, TiktokJson.Default.TiktokAnswerTiktokPublishId).Data.PublishId;
    }

    /// <summary>PROCESSING_DOWNLOAD, PUBLISH_COMPLETE, FAILED …</summary>
    public async Task<TiktokState> FindAsync(ProviderAccount account, string publishId, CancellationToken ct)
    {
        var content = ProviderJson.Content(new(publishId), TiktokJson.Default.TiktokPublishId);
        return (await AskAsync(account, "v2/post/publish/status/fetch/", "read post", content, isRead: true, ct)).Read(account, TiktokJson.Default.TiktokAnswerTiktokState).Data;
    }

    public Task<ProbeAnswer> TryAsync(ProviderAccount account, CancellationToken ct) => ProviderProbes.AskAsync(async () =>
        new(true, $"The token works for @{(await CreatorAsync(account, ct)).CreatorUsername}."));

    private async Task<ProviderReply> AskAsync(ProviderAccount account, string path, string name, ProviderContent? content, bool isRead, CancellationToken ct)
    {
        var reply = await http.SendAsync(account, new(HttpMethod.Post, path, name)
        {
            Authorization = ProviderJson.Bearer(account.Token),
            Content = content ?? ProviderContent.Json("{}"u8.ToArray()),
            IsRepeatable = isRead,
            IsChange = !isRead,
            Reads = Read,
        }, ct);
        return ProviderWords.Fault(Read, reply) is { } fault ? throw ProviderWords.Refused(account, fault, reply.Status) : reply;
    }

    private static ProviderFault? Read(ProviderReply reply)
    {
        if (reply.Tree()?["error"] is not { } error || error.Text("code") is not { } code || code is "ok" or "internal_error")
            return null;
        var words = error.Text("message");
        return code switch
        {
            "access_token_invalid" or "scope_not_authorized" or "scope_permission_missed" or "url_ownership_unverified" or "unaudited_client_can_only_post_to_private_accounts" => new(code, words, RefusalOf.Account),
            "rate_limit_exceeded" when reply.Status is 429 => null,
            "rate_limit_exceeded" or "spam_risk_too_many_posts" or "spam_risk_too_many_pending_share" or "reached_active_user_cap" => new(code, words, RefusalOf.Request, IsForGood: false),
            _ => new(code, words),
        };
    }
}

/// <param name="Title">With its hashtags.</param>
/// <param name="PrivacyLevel">One of those that the creator may choose.</param>
public sealed record TiktokPost(string Title, string PrivacyLevel)
{
    public bool DisableComment { get; init; }

    public bool DisableDuet { get; init; }

    public bool DisableStitch { get; init; }
}

public sealed record TiktokCreator(string CreatorUsername, IReadOnlyList<string> PrivacyLevelOptions)
{
    public int? MaxVideoPostDurationSec { get; init; }
}

public sealed record TiktokState(string Status, string? FailReason = null)
{
    // Misspelt by TikTok.
    [JsonPropertyName("publicaly_available_post_id")]
    public IReadOnlyList<long>? PostIds { get; init; }
}

internal sealed record TiktokSource(string Source, string VideoUrl);

internal sealed record TiktokPublish(TiktokPost PostInfo, TiktokSource SourceInfo);

internal sealed record TiktokPublishId(string PublishId);

internal sealed record TiktokAnswer<T>(T Data);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(TiktokPublish))]
[JsonSerializable(typeof(TiktokPublishId))]
[JsonSerializable(typeof(TiktokAnswer<TiktokCreator>))]
[JsonSerializable(typeof(TiktokAnswer<TiktokPublishId>))]
[JsonSerializable(typeof(TiktokAnswer<TiktokState>))]
internal sealed partial class TiktokJson : JsonSerializerContext;
