using System.Text.Json.Serialization;

namespace Portal.Core.Domains.Integrations;

/// <summary>A template with its values filled in, in the order of their places.</summary>
/// <param name="Name">As it was approved.</param>
/// <param name="Language">Like en or en_GB, as it was approved.</param>
public sealed record WhatsappTemplate(string Name, string Language)
{
    public IReadOnlyList<string> Body { get; init; } = [];

    public string? HeaderText { get; init; }

    /// <summary>Above the text, where the template has a place for a picture, a film or a document.</summary>
    public WhatsappMedia? HeaderMedia { get; init; }

    /// <summary>The ends of the addresses behind its buttons, by the button's place.</summary>
    public IReadOnlyDictionary<int, string> ButtonUrls { get; init; } = new Dictionary<int, string>();
}

public enum WhatsappMediaKind
{
    Image,
    Video,
    Audio,
    Document,
}

/// <summary>Something uploaded before, or that Meta fetches from an address.</summary>
public sealed record WhatsappMedia(WhatsappMediaKind Kind, string? Id = null, Uri? Link = null)
{
    public string? Caption { get; init; }

    public string? FileName { get; init; }
}

/// <summary>What was approved, waits for it, or was refused; the states are Meta's own words.</summary>
public sealed record WhatsappTemplateState(string Id, string Name, string Language, string Status, string Category)
{
    public IReadOnlyList<WhatsappTemplatePart> Components { get; init; } = [];
}

public sealed record WhatsappTemplatePart(string Type)
{
    public string? Format { get; init; }

    public string? Text { get; init; }
}

internal sealed record WhatsappText(string Body, bool PreviewUrl);

internal sealed record WhatsappContext(string MessageId);

internal sealed record WhatsappMediaWire(string? Id = null, string? Link = null, string? Caption = null, string? Filename = null);

internal sealed record WhatsappLanguage(string Policy, string Code);

internal sealed record WhatsappParameter(string Type)
{
    public string? Text { get; init; }

    public WhatsappMediaWire? Image { get; init; }

    public WhatsappMediaWire? Video { get; init; }

    public WhatsappMediaWire? Document { get; init; }
}

internal sealed record WhatsappComponent(string Type, string? SubType, string? Index, IReadOnlyList<WhatsappParameter> Parameters);

internal sealed record WhatsappTemplateWire(string Name, WhatsappLanguage Language, IReadOnlyList<WhatsappComponent>? Components = null);

/// <summary>POST /{phone number id}/messages.</summary>
internal sealed record WhatsappMessage(string To, string Type)
{
    public string MessagingProduct { get; } = "whatsapp";

    public string RecipientType { get; } = "individual";

    public WhatsappContext? Context { get; init; }

    public WhatsappText? Text { get; init; }

    public WhatsappTemplateWire? Template { get; init; }

    public WhatsappMediaWire? Image { get; init; }

    public WhatsappMediaWire? Video { get; init; }

    public WhatsappMediaWire? Audio { get; init; }

    public WhatsappMediaWire? Document { get; init; }
}

internal sealed record WhatsappId(string Id);

internal sealed record WhatsappSent(IReadOnlyList<WhatsappId> Messages);

internal sealed record WhatsappCursors(string? After = null);

internal sealed record WhatsappPaging(WhatsappCursors? Cursors = null, string? Next = null);

internal sealed record WhatsappTemplates(IReadOnlyList<WhatsappTemplateState> Data, WhatsappPaging? Paging = null);

internal sealed record WhatsappNumber(string? DisplayPhoneNumber = null, string? VerifiedName = null, string? QualityRating = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(WhatsappMessage))]
[JsonSerializable(typeof(WhatsappSent))]
[JsonSerializable(typeof(WhatsappTemplates))]
[JsonSerializable(typeof(WhatsappTemplateState))]
[JsonSerializable(typeof(WhatsappId))]
[JsonSerializable(typeof(WhatsappNumber))]
internal sealed partial class WhatsappJson : JsonSerializerContext;
