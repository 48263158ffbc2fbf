using Portal.Core.Domains.People;

namespace Portal.Core.Reactions.Notifications;

/// <summary>What a notification says, by template.</summary>
public static class NotificationTexts
{
    public static (string Title, string Body) For(NotificationRule rule, DomainEvent happened, PortalUser to) => (rule.Template, happened) switch
    {
        ("sign-in-paused", SignInPaused e) => ("Sign-in to your account is paused",
            $"{Hello(to)}Someone entered a wrong password for your account several times, from {e.Address}. Sign-in is paused for {e.Minutes} minutes.\n\n" +
            "If it was you, just wait. If it was not, your password still holds; tell us if it happens again.\n"),
        ("token-reused", RefreshTokenReused e) => ("We ended one of your sessions",
            $"{Hello(to)}A refresh token of your account was used a second time, from {e.Address}. Tokens work once, so someone may have copied it, " +
            "and we ended the session it belongs to. Sign in again with your password.\n"),
        ("first-admin", FirstAdminCreated) => ("Your portal is ready",
            $"{Hello(to)}This portal now has its first administrator: you. Sign in with the password you chose.\n"),
        _ => throw new InvalidOperationException($"No text for {rule.Template} on {happened.GetType().Name}."),
    };

    private static string Hello(PortalUser to) => $"Hello {to.FullName},\n\n";
}
