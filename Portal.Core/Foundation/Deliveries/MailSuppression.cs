using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Foundation;

/// <summary>
/// An address that has refused mail for good. Writing there again and again is what gives a sender a bad name, so only what guards an
/// account is still tried. It ends when such a mail is taken, or when an admin sends one again. What the owner of an address has complained of ends
/// only when an admin lifts it, or sends them that very message again.
/// </summary>
public sealed class MailSuppression
{
    /// <summary>The channel whose addresses these are.</summary>
    public const string Channel = "email";

    public long Id { get; init; }

    /// <summary>As <see cref="Of"/> writes it.</summary>
    public required string Address { get; init; }

    public required string Reason { get; set; }

    /// <summary>Not a server refused, but somebody called our mail unwanted: that their server takes the next one says nothing.</summary>
    public bool IsComplaint { get; private set; }

    public required DateTime Since { get; init; }

    /// <summary>What stands at a delivery that was not sent because of this.</summary>
    public string Words => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Not sent: this address has refused mail since {Since:d MMMM yyyy}. {Reason}");

    /// <summary>The last word on an address, whatever its server said before.</summary>
    public void Complain() => (IsComplaint, Reason) = (true, "The recipient called our mail unwanted.");

    /// <summary>One spelling for an address, however it was written.</summary>
    public static string Of(string recipient) => recipient.Trim().ToLowerInvariant();
}

internal sealed class MailSuppressionTable : IEntityTypeConfiguration<MailSuppression>
{
    public void Configure(EntityTypeBuilder<MailSuppression> builder)
    {
        builder.ToTable("MailSuppressions");
        builder.Ignore(s => s.Words);
        builder.HasIndex(s => s.Address).IsUnique();
    }
}
