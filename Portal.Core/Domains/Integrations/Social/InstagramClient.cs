using System.Text.Json.Serialization;

namespace Portal.Core.Domains.Integrations;

/// <summary>
/// Publishing at Instagram: Meta fetches what is to be shown from an address, and once it has it, it is published. Its description here is
/// derived from Meta's code, not Meta's own.
/// </summary>
public sealed class InstagramClient(ProviderHttp http) : IProviderProbe
{
    public Provider Provider => Provider.Instagram;

    /// <returns>What is to be published once it is ready: nothing is seen of it yet.</returns>
    public async Task<string> PrepareAsync(ProviderAccount account, InstagramPost post, CancellationToken ct)
    {
        var reply = await AskAsync(account, HttpMethod.Post, $"{Owner(account)}/media", "prepare post", ct, ProviderJson.Content(post, InstagramJson.Default.InstagramPost));
        return reply.Read(account, InstagramJson.Default.InstagramId).Id;
    }

    /// <summary>IN_PROGRESS, FINISHED, PUBLISHED, ERROR or EXPIRED.</summary>
    public async Task<InstagramState> FindAsync(ProviderAccount account, string prepared, CancellationToken ct) =>
        (await AskAsync(account, HttpMethod.Get, $"{Uri.EscapeDataString(prepared)}?fields=status_code,status", "read post", ct)).Read(account, InstagramJson.Default.InstagramState);

    /// <summary>What is published once cannot be published again, so a repeat is refused and does no harm.</summary>
    /// <returns>The post's id.</returns>
    public async Task<string> PublishAsync(ProviderAccount account, string prepared, CancellationToken ct)
    {
        var reply = await AskAsync(account, HttpMethod.Post, $"{Owner(account)}/media_publish", "publish post", ct, ProviderJson.Content(new(prepared), InstagramJson.Default.InstagramPublish));
        return reply.Read(account, InstagramJson.Default.InstagramId).Id;
    }

    /// <summary>How many posts of the last 24 hours count against what Instagram allows, which is a hundred.</summary>
    public async Task<int> PublishedLatelyAsync(ProviderAccount account, CancellationToken ct) =>
        (await AskAsync(account, HttpMethod.Get, $"{Owner(account)}/content_publishing_limit?fields=quota_usage", "read limit", ct)).Read(account, InstagramJson.Default.InstagramLimits).Data is [var limit, ..] ? limit.QuotaUsage : 0;

    public Task<ProbeAnswer> TryAsync(ProviderAccount account, CancellationToken ct) => ProviderProbes.AskAsync(async () =>
    {
        var reply = await AskAsync(account, HttpMethod.Get, $"{Owner(account)}?fields=id,username", "read account", ct);
        return new(true, $"The token works for {(reply.Read(account, InstagramJson.Default.InstagramAccount).Username is { } name ? $"@{name}" : "this account")}.");
    });

    private static string Owner(ProviderAccount account) => MetaGraph.Need(account, "account_id");

    private Task<ProviderReply> AskAsync(ProviderAccount account, HttpMethod method, string path, string name, CancellationToken ct, ProviderContent? content = null) =>
        http.SendAsync(account, new(method, MetaGraph.Path(account, path), name) { Authorization = ProviderJson.Bearer(account.Token), Content = content, Reads = MetaGraph.Read }, ct);
}

/// <summary>A picture, a reel, a story, or several of them.</summary>
public sealed record InstagramPost
{
    /// <summary>IMAGE, REELS, STORIES or CAROUSEL.</summary>
    public string? MediaType { get; init; }

    public string? ImageUrl { get; init; }

    public string? VideoUrl { get; init; }

    public string? Caption { get; init; }

    public string? AltText { get; init; }

    public bool? IsCarouselItem { get; init; }

    /// <summary>What was prepared for a carousel, in its order.</summary>
    public IReadOnlyList<string>? Children { get; init; }

    public bool? ShareToFeed { get; init; }
}

public sealed record InstagramState(string StatusCode, string? Status);

internal sealed record InstagramId(string Id);

internal sealed record InstagramPublish(string CreationId);

internal sealed record InstagramLimit(int QuotaUsage);

internal sealed record InstagramLimits(IReadOnlyList<InstagramLimit> Data);

internal sealed record InstagramAccount(string? Username);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(InstagramPost))]
[JsonSerializable(typeof(InstagramId))]
[JsonSerializable(typeof(InstagramPublish))]
[JsonSerializable(typeof(InstagramState))]
[JsonSerializable(typeof(InstagramLimits))]
[JsonSerializable(typeof(InstagramAccount))]
internal sealed partial class InstagramJson : JsonSerializerContext;
