namespace Portal.Core.Reactions.Notifications;

/// <summary>
/// The addresses in a mail. The one that unsubscribes works as long as the mail is kept, without signing in, for this person and this
/// topic; what it says is sealed, so that nobody reads it or makes another.
/// </summary>
public sealed class MailLinks(SecretBox box, PortalOptions options)
{
    /// <summary>The topic of what is about everything that is not critical.</summary>
    public const string Everything = "*";

    private const string Purpose = "unsubscribe";

    public string Unsubscribe(long userId, string topic) => $"{Root}/unsubscribe?token={box.Seal($"{userId}:{topic}", Purpose)}";

    public string Preferences(Role role) => $"{Root}/dashboard/{Input.Name(role.ToString())}/settings/notifications";

    public string Page(string? link) => Root + link;

    /// <returns>Null for what is no address of ours.</returns>
    internal (long UserId, string Topic)? Read(string? token) =>
        token is { Length: > 0 and < 400 } && box.TryOpen(token, Purpose)?.Split(':', 2) is [var id, var topic] && long.TryParse(id, out var userId) ? (userId, topic) : null;

    private string Root => options.PublicUrl.TrimEnd('/');
}
