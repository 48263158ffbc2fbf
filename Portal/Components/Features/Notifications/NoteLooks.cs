using Portal.Core.Reactions.Notifications;

namespace Portal.Components.Features.Notifications;

/// <summary>How a notification looks, by its type; one that this version does not know still shows.</summary>
public static class NoteLooks
{
    public static string Tone(NotificationLine note) => NotificationTypes.Find(note.Type)?.Tone ?? "neutral";

    public static string Icon(NotificationLine note) => NotificationTypes.Find(note.Type)?.Icon ?? "bell";

    /// <summary>How often it happened, where the title does not say so itself.</summary>
    public static int Times(NotificationLine note) => NotificationTypes.Find(note.Type)?.Many is null ? note.Times : 1;
}
