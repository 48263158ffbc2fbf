using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Foundation;

/// <summary>Something that is to leave the portal: written down with its cause, sent after, kept with how it went.</summary>
public sealed class Delivery : QueuedRow, IMayBelongToClient
{
    internal const int LongestSearch = 80;
    private static readonly TimeSpan ShortestPutOff = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPutOff = TimeSpan.FromMinutes(10);

    public long? ClientId { get; init; }

    /// <summary>Says the same thing once: an event's id and the rule, for instance.</summary>
    public required string Key { get; init; }

    /// <summary>The name of the <see cref="IChannel"/> that takes it.</summary>
    public required string Channel { get; init; }

    public required string Recipient
    {
        get;
        init => (field, RecipientSearch) = (value, Search.Normal(value));
    }

    /// <summary>The recipient as it is searched.</summary>
    public string RecipientSearch { get; private set; } = "";

    public required string Title
    {
        get;
        init => (field, TitleSearch) = (value, Cut(Search.Normal(value)));
    }

    /// <summary>The title as it is searched: its beginning.</summary>
    public string TitleSearch { get; private set; } = "";

    public required string Body { get => Text?.Body ?? ""; init => Said.Body = value; }

    /// <summary>The same as the body for whoever reads mail with pictures and buttons, where there is such a thing.</summary>
    public string? Html { get => Text?.Html; init => Said.Html = value; }

    /// <summary>Where one press says that no more of this kind is wanted (RFC 8058).</summary>
    public string? UnsubscribeUrl { get => Text?.UnsubscribeUrl; init => Said.UnsubscribeUrl = value; }

    /// <summary>It holds a code or a link that opens something: that is forgotten once it is sent or given up.</summary>
    public bool IsSecret { get; init; }

    /// <summary>It guards an account: it goes before the others, and is tried even at an address that has refused mail.</summary>
    public bool IsCritical { get; init; }

    public DeliveryKind Kind { get; init; }

    /// <summary>The event it follows from.</summary>
    public long? EventId { get; init; }

    /// <summary>Whom it tells something, where that is somebody with an account.</summary>
    public long? UserId { get; init; }

    /// <summary>What it is about, as people choose what they hear of. Without one it is sent whatever happens meanwhile.</summary>
    public string? Topic { get; init; }

    public required DateTime CreatedAt { get; init; }

    public DeliveryStatus Status { get; private set; }

    public string? Holder { get; private set; }

    /// <summary>What the other side called it.</summary>
    public string? Receipt { get; private set; }

    /// <summary>When the last attempt began. One that went well is told here and by the receipt; the others have a <see cref="DeliveryAttempt"/> each.</summary>
    public DateTime? TriedAt { get; private set; }

    public int? TookMs { get; private set; }

    /// <summary>Who made the last attempt.</summary>
    public string? Host { get; private set; }

    /// <summary>Nothing more becomes of it by itself.</summary>
    public bool IsOver => Status is not (DeliveryStatus.Waiting or DeliveryStatus.Sending);

    protected override int MostTries => Kind is DeliveryKind.Message ? 3 : 8;

    /// <summary>Null where it was left out on purpose: by whoever only writes down how it went.</summary>
    internal DeliveryText? Text { get; private set; }

    private DeliveryText Said => Text ??= new DeliveryText();

    /// <summary>Due at once, or later.</summary>
    public Delivery From(DateTime due)
    {
        (Status, NextTryAt) = (DeliveryStatus.Waiting, due);
        return this;
    }

    public void Tried(DateTime began, TimeSpan took, string host) => (TriedAt, TookMs, Host) = (began, Milliseconds(took), host);

    public void Sent(string? receipt, DateTime now)
    {
        Tries++;
        Done(now);
        (Status, Receipt, Holder) = (DeliveryStatus.Sent, receipt, null);
        Forget();
    }

    /// <summary>Nobody has to be told any more: it is done without being sent.</summary>
    public void NotNeeded(string why, DateTime now)
    {
        Done(now);
        (Status, Trouble, Holder) = (DeliveryStatus.NotNeeded, why, null);
        Forget();
    }

    public override void Failed(string trouble, DateTime now)
    {
        base.Failed(trouble, now);
        (Status, Holder) = (IsGivenUp ? DeliveryStatus.Dead : DeliveryStatus.Waiting, null);
        if (IsGivenUp)
            Forget();
    }

    /// <summary>The other side will never take it: trying again is no use.</summary>
    public void Refused(string trouble, DateTime now)
    {
        Failed(trouble, now);
        (Status, NextTryAt) = (DeliveryStatus.Dead, null);
        Forget();
    }

    /// <summary>
    /// The trouble is our own, and no other delivery would have fared better: it waits as long again as it has waited, within bounds, and
    /// all its tries are left for when the trouble is over.
    /// </summary>
    public void PutOff(string trouble, DateTime now)
    {
        var waited = now - CreatedAt;
        TryLater(trouble, now + (waited < ShortestPutOff ? ShortestPutOff : waited > LongestPutOff ? LongestPutOff : waited));
        (Status, Holder) = (DeliveryStatus.Waiting, null);
    }

    public void SendAgain(DateTime now)
    {
        if (Status is not (DeliveryStatus.Dead or DeliveryStatus.Stopped))
            throw new RuleBroken("delivery_not_dead", "Only what was given up can be sent again.");
        if (IsSecret)
            throw new RuleBroken("delivery_forgotten", "What it held was only good then. Have the person ask for a new one.");
        (Status, Tries, Trouble, NextTryAt) = (DeliveryStatus.Waiting, 0, null, now);
    }

    /// <summary>Somebody wants it to be tried no more. What is just being sent is not called back.</summary>
    public void Stop()
    {
        if (Status is not DeliveryStatus.Waiting)
            throw new RuleBroken("delivery_not_waiting", "Only what waits can be stopped.");
        (Status, NextTryAt) = (DeliveryStatus.Stopped, null);
        Forget();
    }

    internal static int Milliseconds(TimeSpan took) => (int)Math.Min(took.TotalMilliseconds, int.MaxValue);

    private static string Cut(string text) => text.Length > LongestSearch ? text[..LongestSearch] : text;

    private void Forget()
    {
        if (!IsSecret)
            return;
        if (Text is null)
            throw new InvalidOperationException("A secret is loaded with its text, or it would not be forgotten.");
        Text.Forget();
    }
}

/// <summary>Why something leaves, and so for how long it is tried.</summary>
public enum DeliveryKind
{
    /// <summary>The portal tells somebody something: tried for hours, for it is still news then.</summary>
    Notice,

    /// <summary>Somebody had it sent: after three tries they hear that it did not arrive. It is kept for good.</summary>
    Message,
}

public enum DeliveryStatus
{
    Waiting,
    Sending,
    Sent,
    Dead,

    /// <summary>Not sent, because nobody had to be told any more.</summary>
    NotNeeded,

    /// <summary>An admin has ended the tries.</summary>
    Stopped,
}

internal sealed class DeliveryTable : IEntityTypeConfiguration<Delivery>
{
    public void Configure(EntityTypeBuilder<Delivery> builder)
    {
        builder.ToTable("Deliveries");
        builder.Property(d => d.Key).HasMaxLength(200);
        builder.Property(d => d.Channel).HasMaxLength(40);
        builder.Ignore(d => d.Body).Ignore(d => d.Html).Ignore(d => d.UnsubscribeUrl);
        builder.HasOne(d => d.Text).WithOne().HasForeignKey<DeliveryText>(t => t.Id);
        builder.Navigation(d => d.Text).AutoInclude();
        builder.Property(d => d.Topic).HasMaxLength(40);
        builder.Property(d => d.Holder).HasMaxLength(64);
        builder.Property(d => d.Host).HasMaxLength(HostName.Longest);
        builder.Property(d => d.TitleSearch).HasMaxLength(Delivery.LongestSearch);
        builder.Property(d => d.Kind).HasDefaultValue(DeliveryKind.Notice).HasSentinel(DeliveryKind.Notice);

        // Who stops one and who is about to send it do not overlook each other, and whoever claimed it since has the last word.
        builder.Property(d => d.Status).IsConcurrencyToken();
        builder.Property(d => d.Holder).IsConcurrencyToken();
        builder.Ignore(d => d.IsOver);
        Index(builder);
    }

    private static void Index(EntityTypeBuilder<Delivery> builder)
    {
        builder.HasIndex(d => d.Key).IsUnique();

        // What is over is in neither of these two, so they stay as small as the queue.
        builder.HasIndex(d => new { d.Channel, d.IsCritical, d.NextTryAt, d.Id }).HasFilter("\"NextTryAt\" IS NOT NULL");
        builder.HasIndex(d => new { d.Receipt, d.Channel }).HasFilter("\"Kind\" = 'Message'");
        builder.HasIndex(d => d.Holder).HasFilter("\"Holder\" IS NOT NULL");
        builder.HasIndex(d => new { d.RecipientSearch, d.Id });
        builder.HasIndex(d => new { d.Status, d.Id });
        builder.HasIndex(d => new { d.ClientId, d.Id });
        builder.HasIndex(d => new { d.UserId, d.Id });

        // None of these three changes after the first save: they cost nothing while mail is sent.
        builder.HasIndex(d => new { d.TitleSearch, d.Id });
        builder.HasIndex(d => new { d.CreatedAt, d.Id });
        builder.HasIndex(d => new { d.Channel, d.Id });
    }
}
