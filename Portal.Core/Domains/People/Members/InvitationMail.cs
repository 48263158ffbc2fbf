namespace Portal.Core.Domains.People;

/// <summary>The one mail of an invitation. Only its reader can open the door, so who has an account is told to them and nobody else.</summary>
internal static class InvitationMail
{
    public static Delivery Of(Invitation to, string inviter, string where, string link, DateTime now) => SecretMail.To(
        to.Email,
        $"{inviter} invites you to {where}",
        $"Hello {to.FullName},\n\n{inviter} invites you to join {where} as {As(to)}.\n\nOpen this link, choose a password and you are in:\n\n    {link}\n\n" +
        $"It is good until {Day(to.ExpiresAt)} and works once. If you do not know {inviter}, just delete this mail.\n",
        now,
        to.ClientId);

    public static Delivery ForSomeoneKnown(Invitation to, string inviter, string where, DateTime now) => SecretMail.To(
        to.Email,
        $"{inviter} invites you to {where}",
        $"Hello {to.FullName},\n\n{inviter} wanted to invite you to join {where}. You already have an account with this address, and an account belongs to one team: " +
        $"ask {inviter} to invite you with another address.\n\nIf you do not know {inviter}, just delete this mail.\n",
        now,
        to.ClientId);

    private static string As(Invitation to) => to switch
    {
        { Role: Role.Admin } => "an administrator",
        { Department: { } department } => $"an agent for {department.ToString().ToLowerInvariant()}",
        { Level: AccessLevel.Owner } => "an owner",
        _ => $"a {to.Level.ToString()!.ToLowerInvariant()}",
    };

    private static string Day(DateTime at) => at.ToString("d MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture);
}
