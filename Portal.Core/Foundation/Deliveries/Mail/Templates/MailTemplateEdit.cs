using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Foundation;

public enum MailTemplateEditKind
{
    Edited,

    /// <summary>An earlier text holds again.</summary>
    Restored,

    /// <summary>Our own words hold again.</summary>
    Reset,
}

/// <summary>
/// One change of a template in one language: who, when and what. Rows are only added, so they are the history; the newest says what
/// holds. Each has the next number, and the same number twice is refused: of two who edit at once, the second is told.
/// </summary>
public sealed class MailTemplateEdit
{
    public long Id { get; init; }

    /// <summary>The key of its <see cref="MailTemplate"/>.</summary>
    public required string Template { get; init; }

    public required string Language { get; init; }

    /// <summary>From 1.</summary>
    public required int Number { get; init; }

    public required MailTemplateEditKind Kind { get; init; }

    public required string Subject { get; init; }

    public required string Body { get; init; }

    public required long EditedBy { get; init; }

    public required string EditedByName { get; init; }

    public required DateTime EditedAt { get; init; }

    /// <summary>Of each template in each language the last change.</summary>
    internal static IQueryable<MailTemplateEdit> Newest(PortalDb db) => db.MailTemplateEdits.AsNoTracking()
        .Where(e => !db.MailTemplateEdits.Any(later => later.Template == e.Template && later.Language == e.Language && later.Number > e.Number));
}

internal sealed class MailTemplateEditTable : IEntityTypeConfiguration<MailTemplateEdit>
{
    public void Configure(EntityTypeBuilder<MailTemplateEdit> builder)
    {
        builder.ToTable("MailTemplateEdits");
        builder.Property(e => e.Template).HasMaxLength(64);
        builder.Property(e => e.Language).HasMaxLength(8);
        builder.Property(e => e.Subject).HasMaxLength(TemplateRules.LongestSubject);
        builder.Property(e => e.Body).HasMaxLength(-1);
        builder.Property(e => e.EditedByName).HasMaxLength(200);
        builder.HasIndex(e => new { e.Template, e.Language, e.Number }).IsUnique();
    }
}
