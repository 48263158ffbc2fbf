namespace Portal.Core.Domains.People;

/// <summary>A mail that holds something that opens a door. It goes out in the unit of work that made the secret, and is forgotten once sent.</summary>
internal static class SecretMail
{
    public static Delivery To(string email, ComposedMail mail, DateTime now, long? clientId = null) => new Delivery
    {
        Key = $"secret:{Guid.CreateVersion7():N}",
        Channel = "email",
        Recipient = email,
        Title = mail.Subject,
        Body = mail.Text,
        Html = mail.Html,
        IsSecret = true,
        IsCritical = true,
        ClientId = clientId,
        CreatedAt = now,
    }.From(now);
}
