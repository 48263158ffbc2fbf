using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using Portal.Core.Domains.Integrations;
using Portal.Core.Foundation;
using Portal.Startup;

namespace Portal.Api;

/// <summary>Messages to given addresses and numbers. They stand under /services too, where programs of earlier systems look for them.</summary>
public static class MessagesApi
{
    private const string Services = "/services";
    private const string Fields = " For a client's own people, client (its id, which answers name client_id) may be left out; an admin who leaves it out sends for the agency itself. Each becomes a delivery, tried three times; what becomes of it is in its status.";

    /// <summary>The same doors at the root: before it is asked whose credentials count, so under the same rules. Webhooks have doors of their own there.</summary>
    public static void UseServicesAtRoot(this WebApplication app) => app.Use((http, next) =>
    {
        if (http.Request.Path.StartsWithSegments(Services, out var rest) && !rest.StartsWithSegments("/webhooks"))
            http.Request.Path = new PathString("/api").Add(http.Request.Path);
        return next(http);
    });

    public static void MapMessages(this RouteGroupBuilder api)
    {
        var services = api.MapGroup(Services).WithTags("Messages");
        Way(services.MapGroup("/email"), MessageChannel.Email, "e-mails", "With subject and body, or with template, one of the portal's own templates, and values for its places; templates are for the agency's people.");
        Way(services.MapGroup("/sms"), MessageChannel.Sms, "text messages", "With body, at most 1,600 characters.");
        Way(services.MapGroup("/whatsapp"), MessageChannel.Whatsapp, "WhatsApp messages", "With body, which Meta takes only within a day of the other side's last message; or with template, its language and body_values for its places.");

        services.MapGet("/sms/balance", (ClaimsPrincipal user, SmsBalance balance, bool? sandbox, CancellationToken ct) => balance.GetAsync(user.ToActor(), sandbox is true, ct))
            .Says("What is left for text messages", "Asks Twilio, in the test environment where sandbox is true. 409 provider_not_configured where there is no account, provider_account or provider_unavailable where Twilio does not say.")
            .For(Can.ManageIntegrations).Produces<SmsBalanceView>().Refuses(400, 409);
    }

    private static void Way(RouteGroupBuilder way, MessageChannel channel, string what, string how)
    {
        Reading(way, channel, what);
        way.MapPost("/", async (ClaimsPrincipal user, MessageService messages, MessageQueries queries, SendMessage input, HttpContext http, CancellationToken ct) =>
            {
                Prepare(http, input, channel);
                var (actor, path) = (user.ToActor(), Input.Name(channel.ToString()));
                var sent = await messages.SendAsync(actor, input, ct);
                return TypedResults.Created(string.Create(CultureInfo.InvariantCulture, $"/api/services/{path}/{sent.Id}"), (await queries.GetAsync(actor, sent.Id, channel, ct)).Message);
            })
            .Says($"Send one of the {what}", how + Fields)
            .For(Can.SendMessages).Refuses(400, 404, 409, 413, 415, 422);

        way.MapPost("/bulk", async (ClaimsPrincipal user, MessageService messages, SendToMany input, HttpContext http, CancellationToken ct) =>
            {
                Prepare(http, input, channel);
                return TypedResults.Created((string?)null, await messages.SendManyAsync(user.ToActor(), input, ct));
            })
            .Says($"Send {what} to many", $"The same to up to {SendToMany.Most.ToString("N0", CultureInfo.InvariantCulture)} recipients, each of whom sees only themselves. One that is no address, or comes twice, is named by its place (recipients[3]) and nothing is sent. " + how + Fields)
            .For(Can.SendMessages).Refuses(400, 404, 409, 413, 415, 422);

        way.MapDelete("/{id:long}", async (ClaimsPrincipal user, MessageService messages, long id, CancellationToken ct) =>
            {
                await messages.HideAsync(user.ToActor(), id, channel, ct);
                return TypedResults.NoContent();
            })
            .Says($"Hide one of the {what}", "From every list. What was sent stays sent, and its delivery stays where it is.")
            .For(Can.SendMessages).Refuses(404, 409, 422);
    }

    /// <summary>
    /// The key stands with the messages too: a host that dies after it wrote them, and before it kept its answer, sends none of them twice. With what is
    /// said, for the same key may stand for something else after a day.
    /// </summary>
    private static void Prepare<T>(HttpContext http, T input, MessageChannel channel)
        where T : NewMessage
    {
        input.Channel = channel;
        if (http.Request.Headers[OncePerKey.Header].ToString() is { Length: > 0 } key)
            input.Key = Convert.ToHexStringLower(Tokens.Hash($"{channel}\n{key}\n{JsonSerializer.Serialize(input)}"));
    }

    private static void Reading(RouteGroupBuilder way, MessageChannel channel, string what)
    {
        way.MapList("/", (ClaimsPrincipal user, MessageQueries queries, [AsParameters] MessagePage page, CancellationToken ct) => queries.ListAsync(user.ToActor(), channel, page, ct))
            .Says($"List {what}", "That somebody had sent: newest first, or by to or subject. Filter by status and client; q is the beginning of the recipient, subject that of the subject. error says in plain words why one did not arrive, error_code is the provider's own.")
            .For(Can.SeeMessages).Produces<Paged<MessageRow>>().Refuses(400, 422);

        way.MapGet("/{id:long}", (ClaimsPrincipal user, MessageQueries queries, long id, CancellationToken ct) => queries.GetAsync(user.ToActor(), id, channel, ct))
            .Says($"One of the {what}", "With what it says, who told last what became of it, and every attempt.")
            .For(Can.SeeMessages).Produces<MessageDetail>().Refuses(404);
    }
}
