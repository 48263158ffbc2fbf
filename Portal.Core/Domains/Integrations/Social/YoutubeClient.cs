using System.Globalization;
using System.Text.Json.Serialization;

namespace Portal.Core.Domains.Integrations;

/// <summary>Publishing at YouTube, Data API v3, by a resumable upload: what it is first, then the film.</summary>
public sealed class YoutubeClient(GoogleWay google) : IProviderProbe
{
    private static readonly TimeSpan UploadPatience = TimeSpan.FromMinutes(20);

    public Provider Provider => Provider.Youtube;

    /// <param name="account">Who was given access to the channel.</param>
    /// <param name="video">What it is called and who may see it.</param>
    /// <param name="type">Like video/mp4.</param>
    /// <param name="length">In bytes.</param>
    /// <param name="open">Opens the film at its beginning.</param>
    /// <param name="ct">Stops it.</param>
    /// <returns>The video's id.</returns>
    public async Task<string> UploadAsync(ProviderAccount account, YoutubeVideo video, string type, long length, Func<Stream> open, CancellationToken ct)
    {
        var begun = await google.SendAsync(account, new(HttpMethod.Post, "upload/youtube/v3/videos?uploadType=resumable&part=snippet,status", "begin upload")
        {
            Content = ProviderJson.Content(video, YoutubeJson.Default.YoutubeVideo),
            Headers = [("X-Upload-Content-Type", type), ("X-Upload-Content-Length", length.ToString(CultureInfo.InvariantCulture))],
            IsRepeatable = true, // an upload that nobody goes on with comes to nothing
        }, ct);
        var path = Place(account, begun);
        try
        {
            var reply = await google.SendAsync(account, new(HttpMethod.Put, path, "upload") { Content = ProviderContent.File(open, length, type), IsRepeatable = false, Patience = UploadPatience }, ct);
            return reply.Read(account, YoutubeJson.Default.YoutubeId).Id;
        }
        catch (ProviderUnavailable e) when (e.MayHaveArrived)
        {
            return await ArrivedAsync(account, path, length, ct) ?? throw new ProviderUnavailable(Provider, "The upload broke before YouTube had the whole film.", e);
        }
    }

    /// <summary>How what was uploaded stands.</summary>
    public async Task<YoutubeState?> FindAsync(ProviderAccount account, string id, CancellationToken ct) =>
        (await google.SendAsync(account, new(HttpMethod.Get, $"youtube/v3/videos{FormFields.Query(("part", "status,statistics"), ("id", id))}", "read video"), ct)).Read(account, YoutubeJson.Default.YoutubeVideos).Items is [var item, ..] ? item : null;

    public Task<ProbeAnswer> TryAsync(ProviderAccount account, CancellationToken ct) => ProviderProbes.AskAsync(async () =>
    {
        var reply = await google.SendAsync(account, new(HttpMethod.Get, "youtube/v3/channels?part=snippet&mine=true", "read channel"), ct);
        return reply.Read(account, YoutubeJson.Default.YoutubeChannels).Items is [var channel, ..] ? new(true, $"Access works, to the channel {channel.Snippet?.Title}.") : new(false, "Access works, but there is no channel behind it.");
    });

    /// <summary>Whether all of it arrived although its answer did not: asked by sending none of it.</summary>
    private async Task<string?> ArrivedAsync(ProviderAccount account, string path, long length, CancellationToken ct)
    {
        var reply = await google.SendAsync(account, new(HttpMethod.Put, path, "look after upload") { Part = new(length), Takes = status => status is 308 }, ct);
        return reply.IsGood ? reply.Read(account, YoutubeJson.Default.YoutubeId).Id : null;
    }

    /// <summary>Where the film goes: only ever to whom the account is of.</summary>
    private static string Place(ProviderAccount account, ProviderReply begun)
    {
        var home = $"{account.BaseUrl.GetLeftPart(UriPartial.Path).TrimEnd('/')}/";
        return begun.Headers.Location is { IsAbsoluteUri: true, AbsoluteUri: var place } && place.StartsWith(home, StringComparison.Ordinal)
            ? place[home.Length..]
            : throw new ProviderUnavailable(account.Provider, "YouTube did not say where the film is to go.");
    }
}

public sealed record YoutubeSnippet(string Title, string Description)
{
    public IReadOnlyList<string>? Tags { get; init; }

    public string? CategoryId { get; init; }
}

/// <param name="PrivacyStatus">private, unlisted or public.</param>
/// <param name="SelfDeclaredMadeForKids">The law wants to know.</param>
public sealed record YoutubeStatus(string PrivacyStatus, bool SelfDeclaredMadeForKids)
{
    /// <summary>When a private video becomes public, in RFC 3339.</summary>
    public string? PublishAt { get; init; }
}

public sealed record YoutubeVideo(YoutubeSnippet Snippet, YoutubeStatus Status);

public sealed record YoutubeUploadState(string? UploadStatus, string? FailureReason, string? RejectionReason, string? PrivacyStatus);

/// <summary>Figures as YouTube writes them: as texts.</summary>
public sealed record YoutubeFigures(string? ViewCount, string? LikeCount, string? CommentCount);

public sealed record YoutubeState(string Id, YoutubeUploadState? Status, YoutubeFigures? Statistics);

internal sealed record YoutubeId(string Id);

internal sealed record YoutubeVideos(IReadOnlyList<YoutubeState> Items);

internal sealed record YoutubeChannelSnippet(string Title);

internal sealed record YoutubeChannel(YoutubeChannelSnippet? Snippet);

internal sealed record YoutubeChannels(IReadOnlyList<YoutubeChannel>? Items);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(YoutubeVideo))]
[JsonSerializable(typeof(YoutubeId))]
[JsonSerializable(typeof(YoutubeVideos))]
[JsonSerializable(typeof(YoutubeChannels))]
internal sealed partial class YoutubeJson : JsonSerializerContext;
