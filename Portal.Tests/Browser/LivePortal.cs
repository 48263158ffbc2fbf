using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Portal.Tests.Browser;

/// <summary>One portal on a port for a class of browser tests, where everyone signs in once.</summary>
public sealed class LivePortal : IAsyncLifetime
{
    private readonly PortalServer server = new() { JobsRun = true, Settings = { ["Bench:Enabled"] = "false" } };
    private readonly ConcurrentDictionary<string, string> cookies = new();

    public Uri Address { get; private set; } = null!;

    public string Mailbox => Path.Combine(server.DataPath, "mailbox");

    public ValueTask InitializeAsync()
    {
        Address = server.Listen();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

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
}
