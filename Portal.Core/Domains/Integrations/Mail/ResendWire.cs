using System.Text.Json.Serialization;

namespace Portal.Core.Domains.Integrations;

internal sealed record ResendTag(string Name, string Value);

internal sealed record ResendAttachment(string Content, string Filename, string ContentType);

/// <summary>POST /emails.</summary>
internal sealed record ResendMail(string From, IReadOnlyList<string> To, string Subject)
{
    public string? ReplyTo { get; init; }

    public string? Text { get; init; }

    public string? Html { get; init; }

    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    public IReadOnlyList<ResendTag>? Tags { get; init; }

    public IReadOnlyList<ResendAttachment>? Attachments { get; init; }
}

internal sealed record ResendTaken(string Id);

/// <summary>What became of a mail; the states are Resend's own words.</summary>
public sealed record ResendState(string Id, string? LastEvent = null);

internal sealed record ResendDomain(string Name, string Status);

internal sealed record ResendDomains(IReadOnlyList<ResendDomain> Data);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ResendMail))]
[JsonSerializable(typeof(ResendTaken))]
[JsonSerializable(typeof(ResendState))]
[JsonSerializable(typeof(ResendDomains))]
internal sealed partial class ResendJson : JsonSerializerContext;
