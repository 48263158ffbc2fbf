using System.Security.Claims;
using Portal.Core.Foundation;
using Portal.Startup;

namespace Portal.Api;

public static class MailApi
{
    public static void MapMail(this RouteGroupBuilder api)
    {
        var mail = api.MapGroup("/admin/mail").WithTags("Deliveries");

        mail.MapGet("/", (ClaimsPrincipal user, MailCheck check, CancellationToken ct) => check.SeeAsync(user.ToActor(), ct))
            .Says("How e-mail leaves the portal", "By which way (a provider's account of Integrations, a mail server, files in development, or none), the mail server as it is configured, never its password; how many mails wait, and how many addresses have refused mail for good.")
            .For(Can.ManageAgency).Produces<MailSetupView>();

        mail.MapPost("/test", (ClaimsPrincipal user, MailCheck check, CancellationToken ct) => check.TryAsync(user.ToActor(), ct))
            .Says("Send a test mail to yourself", "By the way that mail leaves now. With a mail server over a connection of its own, and the answer says of each step how it went; with a provider's account as a delivery, and the answer says what became of it within a quarter of a minute, or that it still waits. A server that refuses is an answer too: look at worked. 409 while there is no way.")
            .For(Can.ManageAgency).Produces<MailCheckReport>().Refuses(400, 409, 422);
    }
}
