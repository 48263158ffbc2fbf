namespace Portal.Core.Foundation;

/// <summary>Whom our mail comes from, and who gets the answers where that is someone else.</summary>
public sealed record MailSender(string Name, string Address, string? ReplyTo);

/// <summary>One mail for one address, ready for the wire: its dots are stuffed and its end is marked.</summary>
internal sealed record Mailing(string From, string To, bool NeedsUtf8, ReadOnlyMemory<byte> Content)
{
    public static Mailing Of(Delivery delivery, MailSender sender, string ownName)
    {
        var (from, to) = (MailRecipient.Parse(sender.Address), MailRecipient.Parse(delivery.Recipient));
        var needsUtf8 = from.NeedsUtf8 || to.NeedsUtf8 || (sender.ReplyTo is { } replyTo && MailRecipient.Parse(replyTo).NeedsUtf8);
        return new(from.ToString(), to.ToString(), needsUtf8, Stuffed(MailMessage.Write(delivery, sender, ownName)));
    }

    /// <summary>A line that begins with a dot gets another one, so that none of ours ends the mail (RFC 5321, 4.5.2).</summary>
    internal static byte[] Stuffed(ReadOnlySpan<byte> message)
    {
        var stuffed = new List<byte>(message.Length + 16);
        while (!message.IsEmpty)
        {
            if (message[0] is (byte)'.')
                stuffed.Add((byte)'.');
            var end = message.IndexOf((byte)'\n') is var found && found < 0 ? message.Length : found + 1;
            stuffed.AddRange(message[..end]);
            message = message[end..];
        }

        if (stuffed is not [.., (byte)'\r', (byte)'\n'])
            stuffed.AddRange("\r\n"u8);
        stuffed.AddRange(".\r\n"u8);
        return [.. stuffed];
    }
}
