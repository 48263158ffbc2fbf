using System.Net.Http.Headers;
using System.Text;

namespace Portal.Core.Domains.Integrations;

/// <summary>One question to a provider, as it goes out. It may be sent more than once, so it holds what it says and no stream.</summary>
internal sealed class ProviderRequest(HttpMethod method, string path, string name)
{
    public HttpMethod Method => method;

    /// <summary>Below the account's address, escaped, with its query. Secrets are never in it: addresses end up in logs on the way.</summary>
    public string Path => path;

    /// <summary>What it does, in words for logs and meters: no ids.</summary>
    public string Name => name;

    public ProviderContent? Content { get; init; }

    public AuthenticationHeaderValue? Authorization { get; init; }

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Which part of the whole is sent, where it comes in parts.</summary>
    public ContentRangeHeaderValue? Part { get; init; }

    /// <summary>Asking twice is the same as asking once: by its method, or because a key travels with it.</summary>
    public bool IsRepeatable { get; init; } = method == HttpMethod.Get || method == HttpMethod.Head || method == HttpMethod.Put || method == HttpMethod.Delete;

    /// <summary>
    /// It asks for something to be done. Whether it may be done says whether the account works; what may only be read, or not even that,
    /// a key may be made so on purpose.
    /// </summary>
    public bool IsChange { get; init; } = method != HttpMethod.Get && method != HttpMethod.Head;

    /// <summary>How long one attempt may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    public int LongestReply { get; init; } = 1024 * 1024;

    /// <summary>Answers that are neither good nor a refusal to this client, which reads them itself.</summary>
    public Func<int, bool> Takes { get; init; } = _ => false;

    /// <summary>Finds the provider's code and words in an answer that is not good.</summary>
    public Func<ProviderReply, ProviderFault?> Reads { get; init; } = _ => null;

    public override string ToString() => $"{Method} ({Name})";
}

/// <summary>What is sent along.</summary>
internal sealed record ProviderContent(ReadOnlyMemory<byte> Bytes, string Type)
{
    public static ProviderContent Json(byte[] utf8) => new(utf8, "application/json");

    /// <summary>The fields in their order; a name may come more than once.</summary>
    public static ProviderContent Form(IEnumerable<KeyValuePair<string, string>> fields) =>
        new(Encoding.UTF8.GetBytes(string.Join('&', fields.Select(f => $"{Uri.EscapeDataString(f.Key)}={Uri.EscapeDataString(f.Value)}"))), "application/x-www-form-urlencoded");

    /// <summary>What is too big to hold: opened for each attempt anew.</summary>
    public static ProviderContent File(Func<Stream> open, long length, string type) => new(ReadOnlyMemory<byte>.Empty, type) { Open = open, Length = length };

    public Func<Stream>? Open { get; private init; }

    public long Length { get; private init; }

    public HttpContent Write()
    {
        HttpContent content = Open is { } open ? new StreamContent(open()) { Headers = { ContentLength = Length } } : new ReadOnlyMemoryContent(Bytes);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(Type);
        return content;
    }

    public override string ToString() => Type;
}

/// <summary>What came back.</summary>
internal sealed record ProviderReply(int Status, byte[] Body, HttpResponseHeaders Headers)
{
    public bool IsGood => Status is >= 200 and < 300;

    public override string ToString() => $"{Status}";
}

/// <summary>A provider's no in its own terms.</summary>
/// <param name="Code">Its code, where it has one.</param>
/// <param name="Words">Its words.</param>
/// <param name="Of">Who it is about; without it the status tells.</param>
/// <param name="IsForGood">Whether asking again is no use; without it the status tells.</param>
internal sealed record ProviderFault(string? Code, string? Words, RefusalOf? Of = null, bool? IsForGood = null);
