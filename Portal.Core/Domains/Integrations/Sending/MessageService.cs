using System.Globalization;

namespace Portal.Core.Domains.Integrations;

/// <summary>
/// Sends messages to given addresses and numbers: for any client or the agency itself by admins, for their clients by agents, for
/// themselves by a client's managers and owners. Each becomes a delivery, tried three times.
/// </summary>
public sealed class MessageService(Database database, IEnumerable<IChannel> channels, MailComposer mails, PortalOptions portal, RateLimits limits, TimeProvider time)
{
    /// <summary>What a client's own people may send in a day: the agency pays for it, and its name is on it.</summary>
    public static readonly RateLimit OfClient = new("messages-sent", 2_000, TimeSpan.FromDays(1));

    private readonly MessageWords words = new(mails, portal);

    public async Task<SentTo> SendAsync(Actor actor, SendMessage input, CancellationToken ct = default) => (await SendAllAsync(actor, input, ct)).Items[0];

    public Task<SentBatch> SendManyAsync(Actor actor, SendToMany input, CancellationToken ct = default) => SendAllAsync(actor, input, ct);

    /// <summary>Out of every list; what became of it stays. Hiding it again changes nothing.</summary>
    public async Task HideAsync(Actor actor, long id, MessageChannel? channel = null, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SendMessages);
        var message = await db.SentMessages.SingleOrDefaultAsync(m => m.Id == id && (channel == null || m.Channel == channel), ct) ?? throw new NotFound("message");
        if (!message.Hide(time.Now()))
            return;
        db.Record(new MessageHidden(message.Id, message.ClientId, message.Channel));
        await db.SaveChangesAsync(ct);
    }

    private async Task<SentBatch> SendAllAsync(Actor actor, NewMessage input, CancellationToken ct)
    {
        Input.Check(input);
        var to = MessageAddresses.Check(input);
        var clientId = ClientOf(actor, input);
        var batch = input.Key is { } key ? $"{actor.UserId}:{key}" : $"{Guid.CreateVersion7():N}";
        await using var db = clientId is { } id ? database.Open(actor, Can.SendMessages, id) : database.Open(actor, Can.SendMessages);
        if (await FindAsync(db, batch, ct) is { } sent)
            return sent;
        await CheckAsync(db, actor, clientId, input, ct);
        var content = await words.MakeAsync(db, input, ct);
        if (actor.Role is Role.Client)
            await CountAsync(clientId, to.Count, ct);
        var messages = to.Select((address, n) => Make(actor, clientId, input, content, batch, address, n)).ToList();
        db.AddRange(messages);
        db.Record(() => new MessagesSent(messages[0].Id, clientId, input.Channel, messages.Count));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (Conflict) when (input.Key is not null)
        {
            // The same was asked for in the same moment.
            await using var again = database.Open(actor, Can.SendMessages);
            return await FindAsync(again, batch, ct) ?? throw new Conflict("changed", "Someone else was first. Please try again.");
        }

        return new(batch, messages.Count, [.. messages.Select(m => new SentTo(m.Id, m.Recipient))]);
    }

    private static async Task<SentBatch?> FindAsync(PortalDb db, string batch, CancellationToken ct)
    {
        var sent = await db.SentMessages.AsNoTracking().Where(m => m.Batch == batch).OrderBy(m => m.Id).Select(m => new SentTo(m.Id, m.Recipient)).ToListAsync(ct);
        return sent.Count == 0 ? null : new(batch, sent.Count, sent);
    }

    /// <summary>A client's own people mean their own; only an admin sends for the agency itself.</summary>
    private static long? ClientOf(Actor actor, NewMessage input)
    {
        if (!actor.May(Can.SendMessages))
            throw new Forbidden(Can.SendMessages, actor);

        // As answers name it: whoever hands it back so would else send for the agency itself.
        if (input.Others?.ContainsKey("client_id") is true)
            throw new Invalid("client_id", "Write it as client.");
        if (input.Client is not null || actor.SeesAll)
            return input.Client;
        return actor.Role is Role.Client && actor.Grants.Select(g => g.ClientId).Distinct().ToList() is [var own] ? own : throw new Invalid("client", "Say for which client it is sent.");
    }

    private async Task CheckAsync(PortalDb db, Actor actor, long? clientId, NewMessage input, CancellationToken ct)
    {
        var client = clientId is { } id ? await db.Clients.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) ?? throw new NotFound("client") : null;
        if (client is { IsOpen: false })
            throw new RuleBroken("client_not_active", "Nothing is sent for a client that is not active.");
        if (input is { Channel: MessageChannel.Email, Template: not null } && actor.Role is Role.Client)
            throw new Invalid("template", "The agency's own templates are for its people. Write what you want to say.");
        var isSandbox = client is { IsSandbox: true };
        if (channels.FirstOrDefault(c => c.Name == NameOf(input.Channel)) is not { } channel || !await channel.IsSetUpForAsync(isSandbox, ct))
            throw new RuleBroken("provider_not_configured", $"No way to send {NameOf(input.Channel)} messages is configured{(isSandbox ? " for the test environment" : "")}: an admin can do so under Settings, Integrations.");
    }

    /// <summary>All of them or none: what somebody else takes in this moment is theirs.</summary>
    private async Task CountAsync(long? clientId, int count, CancellationToken ct)
    {
        var who = $"client {clientId}";
        if ((await limits.LookAsync(OfClient, who, ct)).Left < count || (await limits.TakeAsync(OfClient, who, count, ct)).Taken < count)
            throw new TooOften((await limits.LookAsync(OfClient, who, ct)).RetryAfter, $"At most {OfClient.Times.ToString("N0", CultureInfo.InvariantCulture)} messages in a day. Ask the agency if you need more.");
    }

    private SentMessage Make(Actor actor, long? clientId, NewMessage input, MessageContent content, string batch, string to, int number)
    {
        var now = time.Now();
        var delivery = new Delivery
        {
            Key = string.Create(CultureInfo.InvariantCulture, $"message:{batch}:{number}"),
            Kind = DeliveryKind.Message,
            Channel = NameOf(input.Channel),
            Recipient = to,
            Title = content.Subject,
            Body = content.Body,
            Html = content.Html,
            ClientId = clientId,
            CreatedAt = now,
        }.From(now);
        var language = input is { Channel: MessageChannel.Whatsapp, Template: not null } ? input.Language ?? "en" : null;
        return SentMessage.Of(delivery, new(input.Channel, batch, input.Template, language, content.Values), actor);
    }

    private static string NameOf(MessageChannel channel) => Input.Name(channel.ToString());
}
