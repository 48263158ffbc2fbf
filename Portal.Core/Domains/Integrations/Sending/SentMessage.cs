using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Domains.Integrations;

/// <summary>By what a message goes. The names in lower case are those of the channels.</summary>
public enum MessageChannel
{
    Email,
    Sms,
    Whatsapp,
}

/// <summary>A message that somebody had sent to one address or number. How it goes is said by its delivery; it is never deleted, only hidden.</summary>
public sealed class SentMessage : IMayBelongToClient
{
    private const int LongestSearch = 80;

    public long Id { get; init; }

    /// <summary>For whom it was sent; null for the agency itself.</summary>
    public long? ClientId { get; init; }

    public required MessageChannel Channel { get; init; }

    public long DeliveryId { get; private set; }

    /// <summary>All that were sent with one request.</summary>
    public required string Batch { get; init; }

    public required string Recipient
    {
        get;
        init => (field, RecipientSearch) = (value, Search.Normal(value));
    }

    public string RecipientSearch { get; private set; } = "";

    /// <summary>The subject of a mail; of the others, how they begin.</summary>
    public required string Subject
    {
        get;
        init => (field, SubjectSearch) = (value, Search.Normal(value) is { Length: > LongestSearch } text ? text[..LongestSearch] : Search.Normal(value));
    }

    public string SubjectSearch { get; private set; } = "";

    /// <summary>The name of the template it was made from, where it was.</summary>
    public string? Template { get; init; }

    /// <summary>Of a template of WhatsApp, as it was approved.</summary>
    public string? Language { get; init; }

    /// <summary>What stands in the places of a template of WhatsApp: a JSON array of texts.</summary>
    public string? Values { get; init; }

    public required long SentById { get; init; }

    public required string SentByName { get; init; }

    public required DateTime CreatedAt { get; init; }

    public DateTime? HiddenAt { get; private set; }

    /// <summary>As it leaves.</summary>
    internal Delivery Delivery { get; private set; } = null!;

    /// <summary>Out of sight; what became of it stays where it is.</summary>
    /// <returns>Whether it was to be seen until now.</returns>
    public bool Hide(DateTime now)
    {
        if (HiddenAt is not null)
            return false;
        HiddenAt = now;
        return true;
    }

    /// <summary>A message that leaves as this delivery.</summary>
    internal static SentMessage Of(Delivery delivery, NewMessageOf what, Actor by) => new()
    {
        Delivery = delivery,
        ClientId = delivery.ClientId,
        Channel = what.Channel,
        Batch = what.Batch,
        Recipient = delivery.Recipient,
        Subject = delivery.Title,
        Template = what.Template,
        Language = what.Language,
        Values = what.Values,
        SentById = by.UserId,
        SentByName = by.TrueName,
        CreatedAt = delivery.CreatedAt,
    };
}

/// <summary>What of a message its delivery does not say.</summary>
internal sealed record NewMessageOf(MessageChannel Channel, string Batch, string? Template = null, string? Language = null, string? Values = null);

internal sealed class SentMessageTable : IEntityTypeConfiguration<SentMessage>
{
    public void Configure(EntityTypeBuilder<SentMessage> builder)
    {
        builder.ToTable("SentMessages");
        builder.Property(m => m.Batch).HasMaxLength(160);
        builder.Property(m => m.RecipientSearch).HasMaxLength(320);
        builder.Property(m => m.SubjectSearch).HasMaxLength(80);
        builder.Property(m => m.Template).HasMaxLength(100);
        builder.Property(m => m.Language).HasMaxLength(16);
        builder.Property(m => m.Values).HasMaxLength(-1);
        builder.HasOne(m => m.Delivery).WithMany().HasForeignKey(m => m.DeliveryId);
        builder.HasIndex(m => m.Batch);
        builder.HasIndex(m => new { m.Channel, m.Id });
        builder.HasIndex(m => new { m.ClientId, m.Id });
        builder.HasIndex(m => new { m.RecipientSearch, m.Id });
        builder.HasIndex(m => new { m.SubjectSearch, m.Id });
    }
}
