using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace Portal.Core.Domains.Integrations;

/// <summary>What is to be said, whoever it is said to: words of one's own, or a template.</summary>
public abstract class NewMessage
{
    [JsonIgnore]
    public MessageChannel Channel { get; set; }

    /// <summary>For which client. A client's own people may leave it out; an admin, for what the agency itself sends.</summary>
    public long? Client { get; set; }

    /// <summary>Of a mail without a template.</summary>
    [MaxLength(300)]
    public string? Subject { get; set => field = Given(value); }

    [MaxLength(20_000), DataType(DataType.MultilineText)]
    public string? Body { get; set => field = Given(value)?.ReplaceLineEndings("\n"); }

    /// <summary>Of a mail: one of the portal's own templates, for the agency's people. Of WhatsApp: one that Meta has approved.</summary>
    [MaxLength(100)]
    public string? Template { get; set => field = Given(value); }

    /// <summary>Of a template of WhatsApp, like en or en_GB; en when left out.</summary>
    [RegularExpression("^[a-z]{2,3}(_[A-Z]{2})?$", ErrorMessage = "Write it like en or en_GB.")]
    public string? Language { get; set => field = Given(value); }

    /// <summary>What stands in the places of a mail's template, by their names: texts, numbers, days (2026-11-28), instants (2026-11-28T08:00:00Z), amounts of money.</summary>
    public Dictionary<string, JsonElement>? Values { get; set; }

    /// <summary>What stands in the places of a WhatsApp template's body, in their order.</summary>
    [MaxLength(20, ErrorMessage = "At most 20.")]
    public IReadOnlyList<string>? BodyValues { get; set; }

    /// <summary>Whoever asks again with the same key gets the first answer: what Idempotency-Key is over HTTP.</summary>
    [JsonIgnore, MaxLength(100)]
    public string? Key { get; set; }

    /// <summary>What no field of ours is called.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Others { get; set; }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

/// <summary>A message to one address or number.</summary>
public sealed class SendMessage : NewMessage
{
    /// <summary>An e-mail address, or a number in the international form: +263771234567, with or without the plus.</summary>
    [Required, MaxLength(320)]
    public string? To { get; set; }
}

/// <summary>The same message to many, each of whom sees only themselves.</summary>
public sealed class SendToMany : NewMessage
{
    public const int Most = 1_000;

    [Required, MinLength(1, ErrorMessage = "Name at least one."), MaxLength(Most, ErrorMessage = "At most 1,000 at once.")]
    public IReadOnlyList<string>? Recipients { get; set; }
}

/// <summary>A part of the messages that were sent. Q is the beginning of the address or number.</summary>
public sealed class MessagePage : PageRequest
{
    [FromQuery(Name = "status")]
    public Choice<MessageState>? Status { get; set; }

    [FromQuery(Name = "client")]
    public long? Client { get; set; }

    /// <summary>The beginning of the subject.</summary>
    [MaxLength(200), FromQuery(Name = "subject")]
    public string? Subject { get; set; }
}
