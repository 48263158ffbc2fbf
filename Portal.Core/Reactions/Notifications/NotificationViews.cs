using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace Portal.Core.Reactions.Notifications;

/// <summary>A part of one's own notifications; all that are in the inbox unless said.</summary>
public sealed class NotificationPage : PageRequest
{
    [FromQuery(Name = "filter")]
    public Choice<NotificationFilter>? Filter { get; set; }
}

public sealed class SnoozeNotification
{
    [JsonIgnore]
    public long NotificationId { get; set; }

    [Required]
    public DateTime? Until { get; set; }
}

/// <param name="Id">The row.</param>
/// <param name="Type">One of the types that the portal tells of.</param>
/// <param name="Category">What it is filtered by.</param>
/// <param name="Title">What happened.</param>
/// <param name="Text">More about it.</param>
/// <param name="Link">Where the exact item is, within the portal.</param>
/// <param name="Times">How often it happened, when several became one.</param>
/// <param name="At">Its place in the list.</param>
/// <param name="ReadAt">Null while it is unread.</param>
/// <param name="SnoozedUntil">When it comes back, or came back.</param>
/// <param name="IsArchived">Whether it was put away.</param>
public sealed record NotificationLine(
    long Id, string Type, NotificationCategory Category, string Title, string Text, string? Link, int Times, DateTime At, DateTime? ReadAt, DateTime? SnoozedUntil, bool IsArchived);

public sealed record UnreadNotifications(int Unread);

/// <summary>How many notifications each part has.</summary>
public sealed record NotificationCounts(int All, int Unread, IReadOnlyDictionary<NotificationCategory, int> ByCategory)
{
    /// <summary>Null for what was put aside: nobody waits for it.</summary>
    public int? Of(NotificationFilter part) => part switch
    {
        NotificationFilter.All => All,
        NotificationFilter.Unread => Unread,
        NotificationFilter.Snoozed or NotificationFilter.Archived => null,
        _ => ByCategory.GetValueOrDefault(Enum.Parse<NotificationCategory>(part.ToString())),
    };
}

/// <summary>What the bell shows: how many are unread, and the newest.</summary>
public sealed record Inbox(int Unread, IReadOnlyList<NotificationLine> Latest)
{
    public const int Most = 20;

    public static Inbox Empty { get; } = new(0, []);
}
