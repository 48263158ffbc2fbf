using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Portal.Benchmarks.Odd;

namespace Portal.Benchmarks.Webhooks;

/// <summary>What has to become of a request.</summary>
internal enum WebhookFate
{
    Refused,
    Taken,

    /// <summary>What was signed is all there, and how it is said has changed: both are right.</summary>
    Either,
}

/// <summary>A webhook as its provider sends it, and what has been done to it since.</summary>
internal sealed class WebhookDraft
{
    public required string Provider { get; set; }

    /// <summary>What the provider calls the request, where it does.</summary>
    public required string Id { get; init; }

    /// <summary>What it may be stored as.</summary>
    public required List<string> EventIds { get; init; }

    public required byte[] Body { get; set; }

    public string Method { get; set; } = "POST";

    /// <summary>Path and query.</summary>
    public required string Target { get; set; }

    public string? ContentType { get; set; }

    public List<(string Name, string Value)> Headers { get; set; } = [];

    /// <summary>How long it says it is, where that is not how long it is.</summary>
    public string? Framing { get; set; }

    public WebhookFate Fate { get; set; }

    /// <summary>The same number is the same event, whatever came before it.</summary>
    public static WebhookDraft Of(string provider, int number, string root, DateTimeOffset now)
    {
        var (id, eventId, body) = Said(provider, number, now.ToUnixTimeSeconds());
        return new()
        {
            Provider = provider,
            Id = id,
            EventIds = [eventId],
            Body = Encoding.UTF8.GetBytes(body),
            Target = $"{root}/{provider}",
            ContentType = provider is "twilio" ? "application/x-www-form-urlencoded" : "application/json",
        };
    }

    /// <summary>SendGrid tells that a mail came back for good: it has a report and a refusing address as its effects.</summary>
    public static WebhookDraft Bounce(int number)
    {
        var draft = Of("sendgrid", number, "/webhooks", DateTimeOffset.UnixEpoch);
        draft.Body = Encoding.UTF8.GetBytes($$"""[{"sg_event_id":"sg-{{number}}","event":"bounce","sg_message_id":"m{{number}}.filter0001","email":"{{Address(number)}}","reason":"no such user","timestamp":1}]""");
        return draft;
    }

    public static string Address(int number) => string.Create(CultureInfo.InvariantCulture, $"nobody{number}@example.com");

    public WebhookDraft Signed(WebhookSigner signer, DateTimeOffset at)
    {
        Headers = [.. signer.Sign(Provider, Id, Target, Body, at)];
        return this;
    }

    /// <summary>Of something that says nothing we know, all that is known is what it is.</summary>
    public void Says(byte[] body)
    {
        Body = body;
        EventIds.Add("sha256:" + Convert.ToHexStringLower(SHA256.HashData(body)));
    }

    public OddRequest ToRequest()
    {
        var head = new StringBuilder($"{Method} {Target} HTTP/1.1\r\nHost: localhost");
        if (ContentType is not null)
            head.Append(CultureInfo.InvariantCulture, $"\r\nContent-Type: {ContentType}");
        foreach (var (name, value) in Headers)
            head.Append(CultureInfo.InvariantCulture, $"\r\n{name}: {value}");
        return new("nobody", head.Append(Framing).ToString(), Body);
    }

    private static (string Id, string EventId, string Body) Said(string provider, int number, long now) => provider switch
    {
        "stripe" => ($"evt_{number}", $"evt_{number}", $$$"""{"id":"evt_{{{number}}}","object":"event","type":"payment_intent.succeeded","data":{"object":{"id":"pi_{{{number}}}","amount":1999,"metadata":{"note":"für Äpfel"} } } }"""),
        "paypal" => ($"WH-{number}", $"WH-{number}", $$$"""{"id":"WH-{{{number}}}","event_type":"PAYMENT.CAPTURE.COMPLETED","resource":{"id":"{{{number}}}","amount":{"value":"19.99","currency_code":"USD"} } }"""),
        "twilio" => ($"SM{number}", $"SM{number}:delivered", $"MessageSid=SM{number}&MessageStatus=delivered&To=%2B263771234567&AccountSid=ACx&Note=a+b%C3%A9"),
        "sendgrid" => ($"sg-{number}", $"sg-{number}", $$"""[{"sg_event_id":"sg-{{number}}","event":"delivered","sg_message_id":"m{{number}}.filter0001","email":"ann@example.com","timestamp":{{now}}}]"""),
        "resend" => ($"msg_{number}", $"msg_{number}", $$$"""{"type":"email.delivered","created_at":"2026-11-22T10:00:00Z","data":{"email_id":"e{{{number}}}","to":["ann@example.com"]} }"""),
        _ => ("", $"wamid.{number}:delivered", $$$"""{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"statuses":[{"id":"wamid.{{{number}}}","status":"delivered","timestamp":"{{{now}}}"}]} }]}]}"""),
    };
}
