using System.Text.Json.Serialization;

namespace Portal.Core.Domains.Integrations;

/// <summary>A domain that Cloudflare answers for once its name servers are entered where it is registered.</summary>
public sealed record CloudflareZone(string Id, string Name, string? Status = null)
{
    public IReadOnlyList<string> NameServers { get; init; } = [];
}

/// <summary>A record of a zone. A ttl of 1 leaves it to Cloudflare.</summary>
public sealed record CloudflareRecord(string Type, string Name, string Content)
{
    public string? Id { get; init; }

    public int Ttl { get; init; } = 1;

    public int? Priority { get; init; }

    public bool? Proxied { get; init; }

    public string? Comment { get; init; }
}

/// <summary>How a zone's certificate stands; the states are Cloudflare's own words.</summary>
public sealed record CloudflareCertificate(string CertificateStatus)
{
    public bool? VerificationStatus { get; init; }

    public string? ValidationMethod { get; init; }
}

internal sealed record CloudflareAccount(string Id);

internal sealed record CloudflareNewZone(string Name, CloudflareAccount Account, string Type = "full");

internal sealed record CloudflareValue(string Value);

internal sealed record CloudflareSwitch(bool Enabled);

internal sealed record CloudflareToken(string Status, DateTime? ExpiresOn = null);

internal sealed record CloudflareInfo(int? TotalPages = null);

internal sealed record CloudflareAnswer<T>([property: JsonPropertyName("result")] T Said, CloudflareInfo? ResultInfo = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(CloudflareNewZone))]
[JsonSerializable(typeof(CloudflareRecord))]
[JsonSerializable(typeof(CloudflareValue))]
[JsonSerializable(typeof(CloudflareSwitch))]
[JsonSerializable(typeof(CloudflareAnswer<CloudflareZone>))]
[JsonSerializable(typeof(CloudflareAnswer<IReadOnlyList<CloudflareZone>>))]
[JsonSerializable(typeof(CloudflareAnswer<CloudflareRecord>))]
[JsonSerializable(typeof(CloudflareAnswer<IReadOnlyList<CloudflareRecord>>))]
[JsonSerializable(typeof(CloudflareAnswer<IReadOnlyList<CloudflareCertificate>>))]
[JsonSerializable(typeof(CloudflareAnswer<CloudflareToken>))]
internal sealed partial class CloudflareJson : JsonSerializerContext;
