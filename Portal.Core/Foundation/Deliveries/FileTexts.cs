namespace Portal.Core.Foundation;

/// <summary>Text messages in development: they lie among the mails, and say which way they would have gone.</summary>
public sealed class FileTexts(FileMailbox mailbox, string name) : IChannel
{
    internal const string Header = "X-Portal-Channel";

    public string Name => name;

    public Task<string?> SendAsync(Delivery delivery, CancellationToken ct) => mailbox.KeepAsync(delivery, MailMessage.WriteText(delivery, Header).WrittenMemory, ct);
}
