namespace Portal.Core.Reactions.Notifications;

/// <summary>What a notification is about, to filter by and to choose channels for.</summary>
public enum NotificationCategory
{
    Payments,
    Tasks,
    Messages,
    Content,
    Performance,
    Security,
    Account,
}

/// <summary>The parts of a person's notifications.</summary>
public enum NotificationFilter
{
    All,
    Unread,
    Payments,
    Tasks,
    Messages,
    Content,
    Performance,
    Snoozed,
    Archived,
}
