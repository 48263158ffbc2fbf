using System.Globalization;
using System.Text.Json;

namespace Portal.Core.Domains.Integrations;

/// <summary>Reads what each provider tells of messages. What it does not know, or what tells of no message, is null.</summary>
public static class MessageStatuses
{
    private const string Email = MailSuppression.Channel;
    private const string Sms = "sms";
    private const string Whatsapp = "whatsapp";

    private static readonly string[] TailsOfSendgrid = [".filter", ".recvd"];

    public static MessageStatusChange? Of(InboxMessage message)
    {
        if (message.Provider is "twilio")
            return OfTwilio(TwilioWebhooks.Fields(message.Body, isForm: !message.Body.AsSpan().TrimStart((byte)' ').StartsWith("{"u8)), message.ReceivedAt);
        using var json = EventJson.TryParse(message.Body);
        try
        {
            return (message.Provider, json?.RootElement) switch
            {
                ("sendgrid", { } mail) => OfSendgrid(mail, message.ReceivedAt),
                ("resend", { } mail) => OfResend(mail, message.ReceivedAt),
                ("whatsapp", { } all) => OfWhatsapp(all, message.ReceivedAt),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            return null; // half a character in a name
        }
    }

    /// <summary>What Resend says last happened to a mail.</summary>
    /// <param name="happened">In its own word.</param>
    /// <param name="isForGood">Whether a mail that came back will always come back.</param>
    internal static ReportStatus? OfResend(string? happened, bool isForGood) => happened switch
    {
        "scheduled" or "queued" => ReportStatus.Queued,
        "sent" => ReportStatus.Sent,
        "delivery_delayed" => ReportStatus.Delayed,
        "failed" or "canceled" => ReportStatus.Failed,
        "delivered" => ReportStatus.Delivered,
        "opened" or "clicked" => ReportStatus.Read,
        "bounced" => isForGood ? ReportStatus.Bounced : ReportStatus.Failed,
        "suppressed" => ReportStatus.Bounced,
        "complained" => ReportStatus.Complained,
        _ => null,
    };

    /// <summary>Twilio's word for how far a message is.</summary>
    internal static ReportStatus? OfTwilio(string? status) => status switch
    {
        "accepted" or "scheduled" or "queued" or "sending" => ReportStatus.Queued,
        "sent" => ReportStatus.Sent,
        "delivered" => ReportStatus.Delivered,
        "read" => ReportStatus.Read,
        "undelivered" or "failed" or "canceled" => ReportStatus.Failed,
        _ => null,
    };

    private static MessageStatusChange? OfSendgrid(JsonElement mail, DateTime now)
    {
        var (isBlocked, reason) = (mail.TextAt("type") is "blocked", mail.TextAt("reason") ?? mail.TextAt("response"));
        ReportStatus? status = mail.TextAt("event") switch
        {
            "processed" => ReportStatus.Sent,
            "deferred" => ReportStatus.Delayed,
            "delivered" => ReportStatus.Delivered,
            "open" or "click" => ReportStatus.Read,
            "bounce" => isBlocked ? ReportStatus.Failed : ReportStatus.Bounced, // blocked is for now
            "dropped" => reason is "Bounced Address" or "Invalid" or "Spam Reporting Address" ? ReportStatus.Bounced : ReportStatus.Failed,
            "spamreport" => ReportStatus.Complained,
            _ => null,
        };
        return Mail(Provider.Sendgrid, Begun(mail.TextAt("sg_message_id")), status, EventJson.Time(mail.TextAt("timestamp"), now), status is ReportStatus.Delivered ? null : reason, mail.TextAt("email"), mail.TextAt("delivery"));
    }

    // They add where it was handled to what they called it when they took it.
    private static string? Begun(string? id)
    {
        var end = id is null ? -1 : TailsOfSendgrid.Select(tail => id.IndexOf(tail, StringComparison.Ordinal)).Where(at => at > 0).DefaultIfEmpty(-1).Min();
        return end < 0 ? id : id![..end];
    }

    private static MessageStatusChange? OfResend(JsonElement mail, DateTime now)
    {
        var data = mail.Child("data");
        var bounce = data.Child("bounce");
        var status = OfResend(mail.TextAt("type") is ['e', 'm', 'a', 'i', 'l', '.', .. var happened] ? happened : null, bounce.TextAt("type") is "Permanent");
        var error = bounce.TextAt("message") ?? data.Child("suppressed").TextAt("message") ?? data.Child("failed").TextAt("reason");
        return Mail(Provider.Resend, data.TextAt("email_id"), status, EventJson.Time(mail.TextAt("created_at"), now), error, OnlyOne(data.Child("to")), data.Child("tags").TextAt("delivery"));
    }

    private static MessageStatusChange? OfWhatsapp(JsonElement all, DateTime now)
    {
        var status = all.Child("entry").Items().SelectMany(e => e.Child("changes").Items()).SelectMany(c => c.Child("value").Child("statuses").Items()).Cast<JsonElement?>().FirstOrDefault();
        ReportStatus? far = status.TextAt("status") switch
        {
            "sent" => ReportStatus.Sent,
            "delivered" => ReportStatus.Delivered,
            "read" or "played" => ReportStatus.Read,
            "failed" => ReportStatus.Failed,
            _ => null,
        };
        var error = status.Child("errors").Items().Cast<JsonElement?>().FirstOrDefault();
        var (code, words) = (error.TextAt("code"), error.TextAt("title") ?? error.TextAt("message"));
        return Made(Provider.Whatsapp, Whatsapp, status.TextAt("id"), far, EventJson.Time(status.TextAt("timestamp"), now), code is null ? words : $"{code}: {words}", null);
    }

    private static MessageStatusChange? OfTwilio(Dictionary<string, string> fields, DateTime now)
    {
        var status = OfTwilio(fields.GetValueOrDefault("MessageStatus") ?? fields.GetValueOrDefault("SmsStatus"));
        var (code, isWhatsapp) = (fields.GetValueOrDefault("ErrorCode"), fields.GetValueOrDefault("To")?.StartsWith("whatsapp:", StringComparison.Ordinal) is true);
        return Made(
            Provider.Twilio, isWhatsapp ? Whatsapp : Sms, fields.GetValueOrDefault("MessageSid") ?? fields.GetValueOrDefault("SmsSid"), status, now,
            string.IsNullOrEmpty(code) ? null : $"Error {code}", null);
    }

    private static MessageStatusChange? Mail(Provider provider, string? id, ReportStatus? status, DateTime at, string? error, string? address, string? delivery)
    {
        var isFinal = status is ReportStatus.Bounced or ReportStatus.Complained;
        var made = Made(provider, Email, id, status, at, error, isFinal && address is { Length: > 0 and <= 320 } ? address : null);
        return long.TryParse(delivery, NumberStyles.None, CultureInfo.InvariantCulture, out var own) ? made is null ? null : made with { DeliveryId = own } : made;
    }

    private static MessageStatusChange? Made(Provider provider, string channel, string? id, ReportStatus? status, DateTime at, string? error, string? address) =>
        status is { } far && id is { Length: > 0 and <= DeliveryReport.LongestReceipt } ? new(provider, channel, id, far, at, error, address) : null;

    // Of several it does not say which.
    private static string? OnlyOne(JsonElement? to) => to.Items().ToList() is [{ ValueKind: JsonValueKind.String } one] && one.GetString() is { } text
        ? text.LastIndexOf('<') is var begin and >= 0 && text.EndsWith('>') ? text[(begin + 1)..^1] : text
        : null;
}
