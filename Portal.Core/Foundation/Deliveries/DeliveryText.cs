using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Foundation;

/// <summary>What a delivery says. It lies apart from how it goes, which is written several times: a mail of ten thousand letters would be written as often. It is reached through the delivery alone, and fenced by it.</summary>
internal sealed class DeliveryText
{
    public long Id { get; init; }

    public string Body { get; set; } = "";

    public string? Html { get; set; }

    public string? UnsubscribeUrl { get; set; }

    /// <summary>What it held is gone; that there was something stays.</summary>
    public void Forget() => (Body, Html, UnsubscribeUrl) = ("", null, null);
}

internal static class DeliveryTexts
{
    /// <summary>Does to all of them what <see cref="DeliveryText.Forget"/> does to one.</summary>
    public static Task<int> ForgetAsync(this IQueryable<DeliveryText> texts, CancellationToken ct = default) => texts.ExecuteUpdateAsync(t => t
        .SetProperty(x => x.Body, "").SetProperty(x => x.Html, (string?)null).SetProperty(x => x.UnsubscribeUrl, (string?)null), ct);
}

internal sealed class DeliveryTextTable : IEntityTypeConfiguration<DeliveryText>
{
    public void Configure(EntityTypeBuilder<DeliveryText> builder)
    {
        builder.ToTable("DeliveryTexts");
        builder.Property(t => t.Body).HasMaxLength(-1);
        builder.Property(t => t.Html).HasMaxLength(-1);
        builder.Property(t => t.UnsubscribeUrl).HasMaxLength(1000);
    }
}
