using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Foundation;

/// <summary>A time that a message from outside could not be handled. The one that went well is told by the message's own row.</summary>
public sealed class InboxAttempt : IMayBelongToClient
{
    private const int LongestWords = 400;

    public long Id { get; init; }

    public required long WebhookId { get; init; }

    public long? ClientId { get; init; }

    public required DateTime At { get; init; }

    /// <summary>What was the matter, without anything that the message says.</summary>
    public required string Words { get; init; }

    public required string Host { get; init; }

    internal static InboxAttempt Of(InboxRow row, string words, DateTime now) => new()
    {
        WebhookId = row.Id,
        ClientId = row.ClientId,
        At = now,
        Words = words.Length > LongestWords ? words[..LongestWords] : words,
        Host = HostName.Own,
    };
}

internal sealed class InboxAttemptTable : IEntityTypeConfiguration<InboxAttempt>
{
    public void Configure(EntityTypeBuilder<InboxAttempt> builder)
    {
        builder.ToTable("InboxAttempts");
        builder.Property(a => a.Host).HasMaxLength(HostName.Longest);
        builder.HasOne<InboxRow>().WithMany().HasForeignKey(a => a.WebhookId);
        builder.HasIndex(a => new { a.WebhookId, a.Id });
    }
}
