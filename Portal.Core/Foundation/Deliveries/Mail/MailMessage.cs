using System.Buffers;
using System.Globalization;
using System.Text;

namespace Portal.Core.Foundation;

/// <summary>
/// A delivery as an Internet message (RFC 5322). Written again it is the same, byte for byte, with the same Message-ID: so that whoever
/// gets it twice, because the first answer was lost, can see that it is one.
/// </summary>
internal static class MailMessage
{
    public static ArrayBufferWriter<byte> Write(Delivery delivery, MailSender sender, string ownName)
    {
        var id = Id(delivery);
        var message = new ArrayBufferWriter<byte>(Room(delivery));
        Header(message, "From", $"{MailText.Name(sender.Name)} <{sender.From}>");
        Header(message, "To", $"<{MailRecipient.Parse(delivery.Recipient)}>");
        if (sender.ReplyTo is { } replyTo)
            Header(message, "Reply-To", $"<{MailRecipient.Parse(replyTo)}>");
        Header(message, "Subject", MailText.Words(delivery.Title));
        Header(message, "Date", delivery.CreatedAt.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture));
        Header(message, "Message-ID", $"<{id}@{ownName}>");
        Header(message, "Auto-Submitted", "auto-generated"); // RFC 3834: nobody's holiday answers this
        Unsubscribe(message, delivery);
        Header(message, "MIME-Version", "1.0");
        Body(message, delivery, id);
        return message;
    }

    /// <summary>A text message in the shape of a mail, for the files of development.</summary>
    /// <param name="delivery">To a number.</param>
    /// <param name="header">Says by which channel.</param>
    public static ArrayBufferWriter<byte> WriteText(Delivery delivery, string header)
    {
        var message = new ArrayBufferWriter<byte>(Room(delivery));
        Header(message, "To", $"<{MailText.Words(delivery.Recipient)}>");
        Header(message, "Subject", MailText.Words(delivery.Title));
        Header(message, header, delivery.Channel);
        Header(message, "MIME-Version", "1.0");
        Part(message, "text/plain", delivery.Body);
        return message;
    }

    /// <summary>The headers for an admin to read. The address that ends what someone gets is theirs to press, so only that there is one is said.</summary>
    public static IReadOnlyList<MailHeader> Headers(Delivery delivery, MailSender sender, string ownName) =>
    [
        new("From", $"{sender.Name} <{sender.Address}>"),
        new("To", delivery.Recipient),
        .. sender.ReplyTo is { } replyTo ? new MailHeader[] { new("Reply-To", replyTo) } : [],
        new("Date", delivery.CreatedAt.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture)),
        new("Message-ID", $"<{Id(delivery)}@{ownName}>"),
        .. delivery.UnsubscribeUrl is null ? [] : new MailHeader[] { new("List-Unsubscribe-Post", "List-Unsubscribe=One-Click") },
    ];

    private static string Id(Delivery delivery) => Convert.ToHexStringLower(Tokens.Hash(delivery.Key)[..16]);

    // For most: what is long in its letters grows.
    private static int Room(Delivery delivery) => 2_048 + ((delivery.Body.Length + (delivery.Html?.Length ?? 0)) * 5 / 4);

    private static void Unsubscribe(ArrayBufferWriter<byte> message, Delivery delivery)
    {
        // An address is written as the parser understood it: nothing in it can end the header.
        if (!Uri.TryCreate(delivery.UnsubscribeUrl, UriKind.Absolute, out var address))
            return;
        Header(message, "List-Unsubscribe", $"<{address.AbsoluteUri}>");
        Header(message, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
    }

    private static void Body(ArrayBufferWriter<byte> message, Delivery delivery, string id)
    {
        if (delivery.Html is not { } html)
        {
            Part(message, "text/plain", delivery.Body);
            return;
        }

        // "=_" comes in neither of the two encodings, so no part can hold the line between them.
        var between = $"=_{id}";
        Header(message, "Content-Type", $"multipart/alternative;\r\n boundary=\"{between}\"");
        foreach (var (type, text) in new[] { ("text/plain", delivery.Body), ("text/html", html) })
        {
            Write(message, $"\r\n--{between}\r\n");
            Part(message, type, text);
        }

        Write(message, $"\r\n--{between}--\r\n");
    }

    private static void Part(ArrayBufferWriter<byte> message, string type, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));
        var isPrintable = MailText.IsMostlyPrintable(bytes);
        Header(message, "Content-Type", $"{type}; charset=utf-8");
        Header(message, "Content-Transfer-Encoding", isPrintable ? "quoted-printable" : "base64");
        Write(message, "\r\n");
        if (isPrintable)
            MailText.QuotedPrintable(message, bytes);
        else
            Write(message, Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks) + "\r\n");
    }

    private static void Header(ArrayBufferWriter<byte> message, string name, string value) => Write(message, $"{name}: {value}\r\n");

    private static void Write(ArrayBufferWriter<byte> message, string text) => Encoding.UTF8.GetBytes(text, message);
}
