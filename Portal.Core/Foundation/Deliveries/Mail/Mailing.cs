using System.Buffers;

namespace Portal.Core.Foundation;

/// <summary>Whom our mail comes from, and who gets the answers where that is someone else.</summary>
public sealed record MailSender(string Name, string Address, string? ReplyTo)
{
    /// <summary>One that is no address spoils every mail, so no mail is given up for it.</summary>
    internal MailRecipient From => from ?? throw new OurTrouble("The address that our mail comes from is not an e-mail address.");

    // Parsed once and not for every mail.
    private readonly MailRecipient? from = MailRecipient.TryParse(Address);
}

/// <summary>One mail for one address, ready for the wire: its dots are stuffed and its end is marked.</summary>
/// <param name="From">Its sender.</param>
/// <param name="To">Whom it is for.</param>
/// <param name="NeedsUtf8">The server must know SMTPUTF8 to take it.</param>
/// <param name="IsOurs">That is because of an address of our own, so every mail does.</param>
/// <param name="Content">All of it.</param>
internal sealed record Mailing(string From, string To, bool NeedsUtf8, bool IsOurs, ReadOnlyMemory<byte> Content)
{
    public static Mailing Of(Delivery delivery, MailSender sender, string ownName)
    {
        var (from, to) = (sender.From, MailRecipient.Parse(delivery.Recipient));
        var isOurs = from.NeedsUtf8 || (sender.ReplyTo is { } replyTo && MailRecipient.Parse(replyTo).NeedsUtf8);
        return new(from.ToString(), to.ToString(), isOurs || to.NeedsUtf8, isOurs, Stuffed(MailMessage.Write(delivery, sender, ownName)));
    }

    /// <summary>A line that begins with a dot gets another one, so that none of ours ends the mail (RFC 5321, 4.5.2).</summary>
    internal static ReadOnlyMemory<byte> Stuffed(ArrayBufferWriter<byte> message)
    {
        var stuffed = message.WrittenSpan is [(byte)'.', ..] || message.WrittenSpan.IndexOf("\n."u8) >= 0 ? WithDots(message.WrittenSpan) : message;
        stuffed.Write(stuffed.WrittenSpan.EndsWith("\r\n"u8) ? ".\r\n"u8 : "\r\n.\r\n"u8);
        return stuffed.WrittenMemory;
    }

    private static ArrayBufferWriter<byte> WithDots(ReadOnlySpan<byte> message)
    {
        var stuffed = new ArrayBufferWriter<byte>(message.Length + 64);
        if (message is [(byte)'.', ..])
            stuffed.Write("."u8);
        while (message.IndexOf("\n."u8) is >= 0 and var end)
        {
            stuffed.Write(message[..(end + 1)]);
            stuffed.Write("."u8);
            message = message[(end + 1)..];
        }

        stuffed.Write(message);
        return stuffed;
    }
}
