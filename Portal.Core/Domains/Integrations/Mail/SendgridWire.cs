using System.Text.Json.Serialization;

namespace Portal.Core.Domains.Integrations;

internal sealed record SendgridAddress(string Email, string? Name = null);

internal sealed record SendgridPersonalization(IReadOnlyList<SendgridAddress> To);

internal sealed record SendgridContent(string Type, string Value);

internal sealed record SendgridAttachment(string Content, string Filename, string Type, string Disposition);

internal sealed record SendgridSwitch(bool Enable);

internal sealed record SendgridMailSettings(SendgridSwitch SandboxMode);

/// <summary>POST /v3/mail/send.</summary>
internal sealed record SendgridMail(
    SendgridAddress From, SendgridAddress? ReplyTo, string Subject, IReadOnlyList<SendgridPersonalization> Personalizations, IReadOnlyList<SendgridContent> Content)
{
    public IReadOnlyList<SendgridAttachment>? Attachments { get; init; }

    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    public IReadOnlyDictionary<string, string>? CustomArgs { get; init; }

    public SendgridMailSettings? MailSettings { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SendgridMail))]
internal sealed partial class SendgridJson : JsonSerializerContext;
