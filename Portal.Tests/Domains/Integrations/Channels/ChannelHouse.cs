using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Portal.Core.Domains.Integrations;

namespace Portal.Tests.Domains.Integrations.Channels;

/// <summary>The channels on a database of their own, with a provider on loopback that takes only what its description allows; and the pump that uses them.</summary>
internal sealed class ChannelHouse : IAsyncDisposable
{
    public const string TwilioKey = "AC0123456789abcdef0123456789abcdef";
    private readonly AccountMails mails;

    private ChannelHouse(IntegrationsHouse room, DescribedServer server, IChannel? own)
    {
        (Room, Server) = (room, server);
        var (ground, ours) = (room.Ground, new OwnWay(own));
        var (sandbox, handing) = (new SandboxClients(ground.Database, ground.Clock), new Handing(ground.Lane, ground.Clock));
        mails = new(new() { OwnName = "portal.test" }, ground.Database, ground.Clock);
        Resend = new(server.Http);
        Twilio = new(server.Http);
        Email = new EmailChannel(ours, sandbox, room.Accounts, mails, handing, new(server.Http), Resend);
        Sms = new SmsChannel(ours, sandbox, room.Accounts, handing, Twilio, ground.Database, new() { DataPath = "x", PublicUrl = "https://portal.example" });
        Whatsapp = new WhatsappChannel(ours, sandbox, room.Accounts, handing, new(server.Http), ground.Database);
        Sender = new(ground.Database, ground.Lane, [Email, Sms, Whatsapp], ground.Clock, NullLogger<DeliverySender>.Instance);
        Messages = new(ground.Database, [Email, Sms, Whatsapp], ground.Mails, new() { DataPath = "x" }, room.Limits, ground.Clock);
        Queries = new(ground.Database, new([MailReasons.Book, TwilioReasons.Book, WhatsappReasons.Book, SendgridReasons.Book]));
        Templates = new(ground.Database, ground.Mails, new() { DataPath = "x" });
        Checks = new(ground.Database, ground.Lane, room.Accounts, Resend, Twilio, ground.Clock, NullLogger<StatusChecks>.Instance);
    }

    public IntegrationsHouse Room { get; }

    public TestDatabase Ground => Room.Ground;

    public DescribedServer Server { get; }

    public IChannel Email { get; }

    public IChannel Sms { get; }

    public IChannel Whatsapp { get; }

    public ResendClient Resend { get; }

    public TwilioClient Twilio { get; }

    public DeliverySender Sender { get; }

    public MessageService Messages { get; }

    public MessageQueries Queries { get; }

    public MessageTemplates Templates { get; }

    public StatusChecks Checks { get; }

    public static async Task<ChannelHouse> NewAsync(string description, IChannel? own = null) =>
        new(await IntegrationsHouse.NewAsync(), await DescribedServer.StartAsync(description), own);

    public Task<ApiConfigView> UseAsync(Provider provider, bool isSandbox = false) => Room.AddAsync(new()
    {
        Provider = provider,
        Name = $"{provider} {isSandbox}",
        IsSandbox = isSandbox,
        IsActive = true,
        ApiUrl = Server.Url.AbsoluteUri.TrimEnd('/'),
        ApiKey = provider is Provider.Twilio ? TwilioKey : provider is Provider.Whatsapp ? null : "key-of-account",
        ApiSecret = provider is Provider.Twilio ? "secret-of-account" : null,
        AccessToken = provider is Provider.Whatsapp ? "token-of-account" : null,
        ConfigData = provider switch
        {
            Provider.Twilio => new() { ["from"] = "+15005550006" },
            Provider.Whatsapp => new() { ["phone_number_id"] = "106540352242922", ["api_version"] = "v24.0" },
            _ => new JsonObject { ["from"] = "desk@agency.example", ["requests_per_second"] = "1000" },
        },
    });

    public Task<Delivery> WriteAsync(string channel, string to, long? clientId = null, bool isCritical = false, DeliveryKind kind = DeliveryKind.Notice, string? unsubscribe = null) => Ground.AddAsync(new Delivery
    {
        Key = $"{Guid.NewGuid()}",
        Channel = channel,
        Recipient = to,
        Title = "Hello",
        Body = "Hello, Ann",
        ClientId = clientId,
        IsCritical = isCritical,
        Kind = kind,
        UnsubscribeUrl = unsubscribe,
        CreatedAt = Ground.Clock.Now(),
    }.From(Ground.Clock.Now()));

    public async Task<Delivery> ReadAsync(long id)
    {
        await using var db = Ground.Open();
        return await db.Deliveries.AsNoTracking().SingleAsync(d => d.Id == id, Ct);
    }

    public int Posts(string end) => Server.Requests.Count(r => r.Method == "POST" && r.Path.EndsWith(end, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        await mails.DisposeAsync();
        await Server.DisposeAsync();
        await Room.DisposeAsync();
    }
}
