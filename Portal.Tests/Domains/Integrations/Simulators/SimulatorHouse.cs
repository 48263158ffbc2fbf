using System.Net;
using System.Net.Sockets;
using Portal.Core.Domains.Integrations;

namespace Portal.Tests.Domains.Integrations.Simulators;

/// <summary>The real host on a port, with its simulators, which the real clients reach over the network. Its jobs do not ring: time passes when a test says so.</summary>
internal sealed class SimulatorHouse : IAsyncDisposable
{
    private SimulatorHouse(PortalServer server, Uri address, TestClock clock) => (Server, Address, Clock) = (server, address, clock);

    public PortalServer Server { get; }

    public Uri Address { get; }

    public TestClock Clock { get; }

    public Actor Admin { get; private set; } = Actor.Nobody;

    public static async Task<SimulatorHouse> NewAsync(params (string Name, string Value)[] settings)
    {
        var (clock, port) = (new TestClock(), FreePort());
        var address = new Uri($"http://localhost:{port}/");
        var server = new PortalServer { Clock = clock, HasSimulators = true, Settings = settings.Append(("Portal:PublicUrl", $"http://localhost:{port}")).ToDictionary() };
        server.Listen(port);
        var house = new SimulatorHouse(server, address, clock);
        await using (var db = house.Open())
            house.Admin = new((await db.Users.SingleAsync(u => u.Email == PortalServer.Admin, Ct)).Id, "Admin", Role.Admin, []);
        foreach (var provider in SimulatorAccounts.Simulated)
            await house.BehaveAsync(provider, _ => { });
        return house;
    }

    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    public T Get<T>()
        where T : notnull => Server.Get<T>();

    public PortalDb Open() => Get<Database>().Open(Actor.System("test"), Can.KeepHouse);

    public async Task<ProviderAccount> AccountAsync(Provider provider, bool sandbox = true)
    {
        var own = await Get<SimulatorAccounts>().AllAsync(Ct);
        return own[(provider, sandbox)];
    }

    /// <summary>Answers at once, and tells what became of something ten seconds later.</summary>
    public Task BehaveAsync(Provider provider, Action<ChangeSimulator> how)
    {
        var input = ChangeSimulator.Of(provider, new() { AnswerMilliseconds = 0, CallbackSeconds = 10 });
        how(input);
        return Get<SimulatorDesk>().ChangeAsync(Admin, input, Ct);
    }

    /// <summary>Time passes; what is due is called back over the network, and handled.</summary>
    public async Task<int> PassAsync(int seconds)
    {
        Clock.Forward(TimeSpan.FromSeconds(seconds));
        var taken = await Get<SimulatorCallbacks>().RunAsync(Ct);
        await Get<InboxPump>().RunAsync(Ct);
        return taken;
    }

    /// <summary>A message that the provider has taken, as the portal keeps it.</summary>
    public async Task<long> SentAsync(string channel, string to, string? receipt)
    {
        var delivery = new Delivery { Key = receipt!, Channel = channel, Recipient = to, Title = "Hello", Body = "Hello", CreatedAt = Clock.Now() }.From(Clock.Now());
        delivery.Sent(receipt, Clock.Now());
        await using var db = Open();
        db.Add(delivery);
        await db.SaveChangesAsync(Ct);
        return delivery.Id;
    }

    public async Task<ReportStatus?> StatusAsync(long delivery) => (await Get<ReportQueries>().OfAsync(Admin, delivery, Ct))?.Status;

    /// <summary>The kinds of event that have come in from a provider.</summary>
    public async Task<List<string>> HeardAsync(string provider)
    {
        await using var db = Open();
        return await db.Inbox.Where(r => r.Provider == provider && !r.EventId.Contains("demo")).OrderBy(r => r.Id).Select(r => r.Type).ToListAsync(Ct);
    }

    /// <summary>Which of these have not come in.</summary>
    public async Task<IEnumerable<string>> NotHeardAsync(string provider, params string[] types) => types.Except(await HeardAsync(provider));

    public async Task<SimulatedLine> ThingAsync(Provider provider, string kind) => (await Get<SimulatorBoard>().ListAsync(Admin, new() { Provider = provider, Kind = kind }, Ct)).Items[0];

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
