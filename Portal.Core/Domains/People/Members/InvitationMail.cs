namespace Portal.Core.Domains.People;

/// <summary>The one mail of an invitation. Only its reader can open the door, so who has an account is told to them and nobody else.</summary>
internal static class InvitationMail
{
    public static async Task<Delivery> OfAsync(MailComposer mails, PortalDb db, Invitation to, string inviter, string where, string token, DateTime now, CancellationToken ct)
    {
        var values = new Dictionary<string, object?> { ["who"] = inviter, ["where"] = where, ["role"] = As(to), ["link"] = $"/invited?token={token}", ["expires"] = to.ExpiresAt };
        return SecretMail.To(to.Email, await mails.ComposeAsync(db, "invitation", Addressee.Of(to.FullName), values, ct: ct), now, to.ClientId);
    }

    public static async Task<Delivery> ForSomeoneKnownAsync(MailComposer mails, PortalDb db, Invitation to, string inviter, string where, DateTime now, CancellationToken ct)
    {
        var values = new Dictionary<string, object?> { ["who"] = inviter, ["where"] = where };
        return SecretMail.To(to.Email, await mails.ComposeAsync(db, "invitation_known", Addressee.Of(to.FullName), values, ct: ct), now, to.ClientId);
    }

    private static string As(Invitation to) => to switch
    {
        { Role: Role.Admin } => "an administrator",
        { Department: { } department } => $"an agent for {department.ToString().ToLowerInvariant()}",
        { Level: AccessLevel.Owner } => "an owner",
        _ => $"a {to.Level.ToString()!.ToLowerInvariant()}",
    };
}
