using Microsoft.Playwright;
using Portal.Benchmarks.Frame;

namespace Portal.Benchmarks.Toasts;

/// <summary>A page in a real browser that says when a toast has been painted.</summary>
internal sealed class ToastScreen(IBrowserContext context, IPage page) : IAsyncDisposable
{
    // Painted: the frame after the one in which it came has begun.
    private const string SayWhenShown = """
        new MutationObserver(changes => {
            const came = changes.flatMap(c => [...c.addedNodes]).some(n => n.nodeType === 1 && (n.matches('.toast') || n.querySelector('.toast')));
            if (came) requestAnimationFrame(() => requestAnimationFrame(() => window.toastShown()));
        }).observe(document, { childList: true, subtree: true });
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private TaskCompletionSource shown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task<ToastScreen> OpenAsync(IBrowser browser, Uri address, string cookies)
    {
        // Of the whole site: given the page's address, they would be of its folder alone, and the circuit would not get them.
        var site = new Uri(address, "/").ToString();
        var context = await browser.NewContextAsync();
        await context.AddCookiesAsync(cookies.Split("; ").Select(c => c.Split('=', 2)).Select(c => new Cookie { Name = c[0], Value = c[1], Url = site }));
        var page = await context.NewPageAsync();
        var screen = new ToastScreen(context, page);
        await page.ExposeFunctionAsync("toastShown", () => screen.shown.TrySetResult());
        await page.AddInitScriptAsync(SayWhenShown);
        await page.GotoAsync(address.ToString());
        await page.Locator(".app[data-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        return screen;
    }

    public async Task NextAsync()
    {
        shown = new(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await shown.Task.WaitAsync(Patience);
        }
        catch (TimeoutException late)
        {
            throw new BenchmarkException("An event was raised and no toast came.", late);
        }
    }

    /// <summary>Dismisses what is shown, as a person would.</summary>
    public async Task ClearAsync()
    {
        while (await page.Locator(".toast button").CountAsync() is > 0 and var left)
        {
            await page.Locator(".toast button").First.ClickAsync();
            await Assertions.Expect(page.Locator(".toast")).ToHaveCountAsync(left - 1);
        }
    }

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
