namespace Portal.Core.Foundation;

/// <summary>Seals what a message says for its own row, so that no row can be given another's words.</summary>
public sealed class InboxSeal(SecretBox box)
{
    public byte[] Seal(string provider, string eventId, ReadOnlySpan<byte> body) => box.SealBytes(body, Purpose(provider, eventId));

    public byte[] Open(InboxRow row) => box.OpenBytes(row.Body, Purpose(row.Provider, row.EventId));

    private static string Purpose(string provider, string eventId) => $"inbox:{provider}:{eventId}";
}
