namespace Portal.Core.Reactions.Notifications;

/// <summary>How news reads as a mail.</summary>
internal static class NewsMail
{
    /// <param name="news">What happened.</param>
    /// <param name="to">Who is told.</param>
    /// <param name="unsubscribeUrl">Null for what nobody can turn off.</param>
    /// <param name="preferencesUrl">Where they choose what they hear of.</param>
    public static (string Title, string Body) Compose(News news, PortalUser to, string? unsubscribeUrl, string preferencesUrl)
    {
        var (title, body) = NotificationTexts.For(news.Rule, news.Happened, to);
        return unsubscribeUrl is null
            ? (title, body)
            : (title, $"{body}\n-- \nChoose what we write to you about:\n{preferencesUrl}\n\nNo more e-mails of this kind:\n{unsubscribeUrl}\n");
    }
}
