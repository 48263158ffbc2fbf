using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Foundation;

internal sealed class EventTable : IEntityTypeConfiguration<EventRow>
{
    public void Configure(EntityTypeBuilder<EventRow> builder)
    {
        builder.ToTable("Events");
        builder.Property(e => e.Type).HasMaxLength(64);
        builder.Property(e => e.SubjectKind).HasMaxLength(64);
        builder.Property(e => e.ActorName).HasMaxLength(200);
        builder.Property(e => e.ActorSearch).HasMaxLength(200);
        builder.HasIndex(e => new { e.ActorSearch, e.Id });
        builder.Property(e => e.Data).HasMaxLength(-1);
        builder.Property(e => e.TraceId).HasMaxLength(32);
        builder.Property(e => e.DoneAt).IsConcurrencyToken();
        builder.Property(e => e.Seal).HasMaxLength(32);
        builder.HasIndex(e => new { e.NextTryAt, e.Id });
        builder.HasIndex(e => e.SealNo).IsUnique();
        builder.HasIndex(e => new { e.SubjectKind, e.SubjectId, e.Id });
        builder.HasIndex(e => new { e.ClientId, e.Id });
        builder.HasIndex(e => new { e.Type, e.Id });
        builder.HasIndex(e => new { e.ActorId, e.Id });
        builder.HasIndex(e => e.At);
        builder.HasIndex(e => new { e.SubjectKind, e.Id });
        builder.HasIndex(e => new { e.Type, e.At, e.SubjectId }); // what Homes count
        builder.HasIndex(e => e.DoneAt).HasFilter("[DoneAt] IS NULL AND [NextTryAt] IS NULL"); // what was given up: a few among all there ever were
    }
}
