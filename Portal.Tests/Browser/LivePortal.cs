using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Playwright;

namespace Portal.Tests.Browser;

/// <summary>One portal on a port for a class of browser tests, where everyone signs in once.</summary>
public sealed class LivePortal : IAsyncLifetime
{
    private readonly ConcurrentDictionary<string, string> cookies = new();

    public PortalServer Server { get; } = new() { JobsRun = true, HasSimulators = true, Settings = { ["Bench:Enabled"] = "false" } };

    public Uri Address { get; private set; } = null!;

    public string Mailbox => Path.Combine(Server.DataPath, "mailbox");

    public ValueTask InitializeAsync()
    {
        // It reaches its own simulators, and they its webhooks, by its public address.
        var port = FreePort();
        Server.Settings["Portal:PublicUrl"] = $"http://localhost:{port}";
        Address = Server.Listen(port);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <summary>A client that has registered and waits.</summary>
    public async Task<long> PendingAsync(string name)
    {
        await using var db = Server.Get<Database>().Open(Actor.System("test"), Can.KeepHouse);
        var client = new Client { Name = name, CreatedAt = Server.Get<TimeProvider>().Now() };
        db.Add(client);
        await db.SaveChangesAsync(Ct);
        return client.Id;
    }

    /// <summary>A browser of this person's, signed in already.</summary>
    public async Task<Visitor> VisitAsync(Chromium chromium, string person, int width = 1440, ColorScheme scheme = ColorScheme.Light)
    {
        if (!cookies.TryGetValue(person, out var kept))
        {
            await using var first = await chromium.VisitAsync(Address);
            await first.SignInAsync(person);
            cookies[person] = kept = await first.Page.Context.StorageStateAsync();
        }

        return await chromium.VisitAsync(Address, width, scheme, kept);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
