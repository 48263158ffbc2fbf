using Microsoft.Extensions.Logging.Abstractions;
using Portal.Core.Domains.People;
using Portal.Core.Reactions.Notifications;

namespace Portal.Tests.Reactions;

/// <summary>A client with three leaders and a viewer, an admin, and what tells them.</summary>
internal sealed class InboxHouse : IAsyncDisposable
{
    private InboxHouse(TestDatabase ground)
    {
        Ground = ground;
        Signals = new();
        Queries = new(ground.Database, ground.Clock);
        Watch = new(ground.Database, Signals, Queries, ground.Clock);
        Service = new(ground.Database, ground.Lane, Watch, ground.Clock);
        var options = new PortalOptions { DataPath = "", PublicUrl = "https://portal.test" };
        var mails = new MailComposer(options, ground.Clock);
        Links = new(ground.Box, options);
        Hearing = new(ground.Database, Channels, ground.Clock);
        Digests = new(ground.Database, ground.Lane, mails, Links, ground.Clock, NullLogger<Digests>.Instance);
        Sender = new(ground.Database, ground.Lane, Channels, ground.Clock, NullLogger<DeliverySender>.Instance, [new WaitingNews()]);
        var notify = new Notify(new(mails, Links, Channels, ground.Clock), ground.Clock);
        Relay = new(ground.Database, ground.Lane, [notify, new RaiseSamples(notify), new ForgetNotifications()], ground.Clock, NullLogger<EventRelay>.Instance);
    }

    public TestDatabase Ground { get; }

    public LiveSignals Signals { get; }

    public NotificationQueries Queries { get; }

    public InboxWatch Watch { get; }

    public NotificationService Service { get; }

    public EventRelay Relay { get; }

    public MailLinks Links { get; }

    public HearingService Hearing { get; }

    public Digests Digests { get; }

    public DeliverySender Sender { get; }

    /// <summary>What has left.</summary>
    public IReadOnlyList<SentBox> Channels { get; } = [new("email"), new("sms"), new("whatsapp")];

    public long Acme { get; private set; }

    public IReadOnlyList<Actor> Leaders { get; private set; } = [];

    public Actor Viewer { get; private set; } = Actor.Nobody;

    public Actor Admin { get; private set; } = Actor.Nobody;

    public static async Task<InboxHouse> NewAsync()
    {
        var house = new InboxHouse(await TestDatabase.NewAsync());
        house.Acme = await house.Ground.ClientAsync("Acme");
        house.Leaders = [await house.MemberAsync(AccessLevel.Owner), await house.MemberAsync(AccessLevel.Manager), await house.MemberAsync(AccessLevel.Manager)];
        house.Viewer = await house.MemberAsync(AccessLevel.Viewer);
        house.Admin = await house.Ground.PersonAsync(Role.Admin);
        return house;
    }

    /// <summary>The same database as another host has it.</summary>
    public InboxHouse Beside() => new(Ground.Beside()) { Acme = Acme, Leaders = Leaders, Viewer = Viewer, Admin = Admin };

    public async Task HappenAsync(Actor by, params DomainEvent[] events)
    {
        await using var db = Ground.Database.Open(by, Can.SeeSelf);
        foreach (var happened in events)
            db.Record(happened);
        await db.SaveChangesAsync(Ct);
    }

    public Task RaiseAsync(Actor person, params string[] types) =>
        HappenAsync(person, [.. types.Select(type => new SampleRaised(person.UserId, type))]);

    public async Task<IReadOnlyList<NotificationLine>> ListAsync(Actor actor, NotificationFilter part = NotificationFilter.All) =>
        (await Queries.ListAsync(actor, new() { Filter = part }, Ct)).Items;

    public async Task<int> UnreadAsync(Actor actor) => (await Queries.UnreadAsync(actor, Ct)).Unread;

    public ClientActivated Activated() => new(Acme, "Acme");

    public ValueTask DisposeAsync() => Ground.DisposeAsync();

    /// <summary>One of a type happens and is relayed.</summary>
    public async Task TellAsync(Actor person, params string[] types)
    {
        await RaiseAsync(person, types);
        await Relay.RunAsync(Ct);
    }

    public Task ChooseAsync(Actor person, string type, Channels channel, bool? on) => Hearing.ChooseAsync(person, new() { Type = type, Channel = channel, On = on }, Ct);

    /// <summary>Changes what a person said of when they hear; the rest stays.</summary>
    public async Task SetAsync(Actor person, Action<ChangeHearing> change)
    {
        var now = await Hearing.GetAsync(person, Ct);
        var input = new ChangeHearing { QuietFrom = now.QuietFrom, QuietTo = now.QuietTo, Digest = now.Digest, DigestHour = now.DigestHour, EmailPaused = now.EmailPaused, Version = now.Version };
        change(input);
        await Hearing.SaveAsync(person, input, Ct);
    }

    /// <summary>They have shown that a number is theirs, and want to hear by it.</summary>
    public async Task NumberAsync(Actor person, PhoneChannel channel, string number)
    {
        await Ground.AddAsync(new VerifiedNumber { UserId = person.UserId, Channel = channel, Number = number, VerifiedAt = Ground.Clock.Now() });
        await using var db = Ground.Open();
        await db.Users.Where(u => u.Id == person.UserId).ExecuteUpdateAsync(u => u.SetProperty(x => x.WhatsAppNotifications, x => x.WhatsAppNotifications || channel == PhoneChannel.Whatsapp), Ct);
    }

    public async Task<List<Delivery>> DeliveriesAsync(string channel = "email")
    {
        await using var db = Ground.Open();
        return await db.Deliveries.AsNoTracking().Where(d => d.Channel == channel).OrderBy(d => d.Id).ToListAsync(Ct);
    }

    private Task<Actor> MemberAsync(AccessLevel level) => Ground.PersonAsync(Role.Client, new Grant(Acme, null, level));
}

/// <summary>A channel that takes everything.</summary>
internal sealed class SentBox(string name) : IChannel
{
    public string Name => name;

    public System.Collections.Concurrent.ConcurrentQueue<string> Sent { get; } = new();

    public Task<string?> SendAsync(Delivery delivery, CancellationToken ct)
    {
        Sent.Enqueue(delivery.Recipient);
        return Task.FromResult<string?>($"taken {delivery.Id}");
    }
}
