using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Foundation;

/// <summary>A message from outside, verified, and kept once per provider's event id. What it says is personal data: it lies here sealed.</summary>
public sealed class InboxRow : QueuedRow, IMayBelongToClient
{
    public const int LongestProvider = 40;
    public const int LongestEventId = 200;
    public const int LongestType = 120;

    /// <summary>The types of what was signed and cannot be read: nobody will ever know what to do with it.</summary>
    public const string Unreadable = "unreadable";
    public const string Unknown = "unknown";

    /// <summary>What is noted where it tells of something that did not begin here.</summary>
    public const string NotOurs = "Not ours: no message that left from here is called that.";

    private const int LongestNote = 200;

    /// <summary>The wire name of whoever sent it: stripe, whatsapp.</summary>
    public required string Provider { get; init; }

    public required string EventId { get; init; }

    public required string Type { get; init; }

    /// <summary>In the secret box, for this very event: see <see cref="InboxSeal"/>.</summary>
    public required byte[] Body { get; init; }

    public required DateTime ReceivedAt { get; init; }

    /// <summary>Whom it is about, where the message itself names one of our clients.</summary>
    public long? ClientId { get; init; }

    /// <summary>An account for trying has signed it, or a simulator: what it tells of is not real.</summary>
    public bool IsSandbox { get; init; }

    public InboxState State { get; private set; }

    /// <summary>What was done about it, in words without personal data.</summary>
    public string? Note { get; private set; }

    protected override int MostTries => 12;

    /// <summary>It is due as soon as it is here.</summary>
    public void Due() => NextTryAt = ReceivedAt;

    public void Handled(string note, DateTime now)
    {
        Done(now);
        (State, Note) = (InboxState.Handled, note.Length > LongestNote ? note[..LongestNote] : note);
    }

    /// <summary>Nobody here knows what to do with it yet: it stays until somebody does.</summary>
    public void Keep() => (State, NextTryAt, Trouble) = (InboxState.Kept, null, null);

    public override void Failed(string trouble, DateTime now)
    {
        base.Failed(trouble, now);
        if (IsGivenUp)
            State = InboxState.Dead;
    }

    public void RunAgain(DateTime now)
    {
        if (State is InboxState.Waiting)
            throw new RuleBroken("webhook_waiting", "It waits to be handled already.");
        (State, DoneAt, Tries, Trouble, Note, NextTryAt) = (InboxState.Waiting, null, 0, null, null, now);
    }
}

public enum InboxState
{
    Waiting,
    Handled,

    /// <summary>Of a kind that no room handles yet.</summary>
    Kept,

    /// <summary>Given up after all its tries.</summary>
    Dead,
}

internal sealed class InboxTable : IEntityTypeConfiguration<InboxRow>
{
    public void Configure(EntityTypeBuilder<InboxRow> builder)
    {
        builder.ToTable("Inbox");
        builder.Property(r => r.Provider).HasMaxLength(InboxRow.LongestProvider);
        builder.Property(r => r.EventId).HasMaxLength(InboxRow.LongestEventId);
        builder.Property(r => r.Type).HasMaxLength(InboxRow.LongestType);

        // Who handles it and who runs it again do not overlook each other.
        builder.Property(r => r.DoneAt).IsConcurrencyToken();
        builder.Property(r => r.State).IsConcurrencyToken();

        // The id first: that is what is looked for by its beginning.
        builder.HasIndex(r => new { r.EventId, r.Provider }).IsUnique();
        builder.HasIndex(r => new { r.NextTryAt, r.Id }).HasFilter("\"NextTryAt\" IS NOT NULL"); // as small as the queue
        builder.HasIndex(r => new { r.Provider, r.Id });
        builder.HasIndex(r => new { r.State, r.Id });
        builder.HasIndex(r => new { r.ReceivedAt, r.Id });
    }
}
