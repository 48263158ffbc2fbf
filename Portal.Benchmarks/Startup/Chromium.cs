using System.Text.Json;
using Microsoft.Playwright;
using Portal.Benchmarks.Frame;
using Portal.Benchmarks.Toasts;

namespace Portal.Benchmarks.Startup;

/// <summary>One browser; each load gets a context of its own and with it an empty cache.</summary>
internal sealed class Chromium(IPlaywright playwright, IBrowser browser) : IAsyncDisposable
{
    // Interactive means that clicks change what is read on the page. The first change may be the circuit's own first render, so the second counts.
    private const string ClickUntilAnswered = """
        (() => {
            let before, changes = 0;
            const timer = setInterval(() => {
                if (document.readyState === 'loading') return;
                const button = document.querySelector('main button') ?? document.querySelector('button');
                if (!button) return;
                // Not innerText: it would lay the page out at every look, and the bigger page would pay for being watched.
                const text = document.body.textContent;
                if (before !== undefined && text !== before && ++changes === 2) {
                    clearInterval(timer);
                    window.clickAnswered(performance.now());
                    return;
                }
                before = text;
                button.click();
            }, 10);
        })();
        """;

    // Before a load: the page before it is still being torn down, and its own process is still starting; no reader of a page pays for that.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1);

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    public static async Task<Chromium> LaunchAsync()
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Find(),
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        return new(playwright, browser);
    }

    public async Task<PageLoad> LoadAsync(Uri address)
    {
        await using var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 900 } });
        var page = await context.NewPageAsync();
        var transfer = await TransferAsync(context, page);
        // A binding and not a polled expression: pages with a strict CSP refuse eval.
        var answered = new TaskCompletionSource<double>(TaskCreationOptions.RunContinuationsAsynchronously);
        await page.ExposeFunctionAsync("clickAnswered", (double millis) => { answered.TrySetResult(millis); });
        await page.AddInitScriptAsync(ClickUntilAnswered);
        await Task.Delay(Settling);
        await page.GotoAsync(address.ToString());
        var interactiveAfter = await WaitAsync(answered.Task, address);
        // What is still under way (fonts, icons) belongs to the first load too.
        await page.WaitForLoadStateAsync(LoadState.Load);
        await Task.Delay(Settling);
        return new(transfer.Bytes, transfer.Requests, interactiveAfter);
    }

    public Task<ToastScreen> WatchToastsAsync(Uri address, string cookies) => ToastScreen.OpenAsync(browser, address, cookies);

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    private static async Task<TimeSpan> WaitAsync(Task<double> answered, Uri address)
    {
        try
        {
            return TimeSpan.FromMilliseconds(await answered.WaitAsync(TimeSpan.FromSeconds(20)));
        }
        catch (TimeoutException late)
        {
            throw new BenchmarkException($"No click on the first button of {address} changed its text twice.", late);
        }
    }

    private static async Task<Transfer> TransferAsync(IBrowserContext context, IPage page)
    {
        var transfer = new Transfer();
        var devTools = await context.NewCDPSessionAsync(page);
        devTools.Event("Network.loadingFinished").OnEvent += (_, message) => transfer.Add(message);
        await devTools.SendAsync("Network.enable");
        return transfer;
    }

    private static string Find() =>
        Environment.GetEnvironmentVariable("PORTAL_CHROMIUM") is { Length: > 0 } chosen ? chosen
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names, Path.Combine)
            .FirstOrDefault(File.Exists)
        ?? throw new BenchmarkException("No Chromium on PATH: install one, or set PORTAL_CHROMIUM to its path.");

    private sealed class Transfer
    {
        public long Bytes { get; private set; }

        public int Requests { get; private set; }

        // encodedDataLength is what came over the wire, headers included.
        public void Add(JsonElement? finished)
        {
            Bytes += (long)(finished?.GetProperty("encodedDataLength").GetDouble() ?? 0);
            Requests++;
        }
    }
}
