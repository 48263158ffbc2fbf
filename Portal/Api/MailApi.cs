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
            .Says("How e-mail leaves the portal", "The mail server as it is configured, never its password; how many mails wait, and how many addresses have refused mail for good.")
            .For(Can.ManageAgency).Produces<MailSetupView>();

        mail.MapPost("/test", (ClaimsPrincipal user, MailCheck check, CancellationToken ct) => check.TryAsync(user.ToActor(), ct))
            .Says("Send a test mail to yourself", "Over a connection of its own; the answer says of each step how it went. A server that refuses is an answer too: look at worked. 409 while no server is set up.")
            .For(Can.ManageAgency).Produces<MailCheckReport>().Refuses(400, 409, 422);
    }
}
