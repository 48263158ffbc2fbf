using System.Collections.Concurrent;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Portal.Tests.Browser;

/// <summary>Someone with a browser, who notices what goes wrong on the way.</summary>
public sealed class Visitor : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> troubles = new();
    private readonly Uri portal;

    internal Visitor(IPage page, Uri portal)
    {
        (Page, this.portal) = (page, portal);

        // A refused page is one of the things that are tried; everything else the browser complains of is a bug.
        page.Console += (_, said) =>
        {
            if (said.Type is "error" && !said.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                troubles.Enqueue($"{page.Url}: {said.Text}");
        };
        page.PageError += (_, error) => troubles.Enqueue($"{page.Url}: {error}");
        page.Request += (_, request) =>
        {
            if (new Uri(request.Url) is var asked && asked.Scheme is not "data" && asked.Authority != portal.Authority)
                troubles.Enqueue($"{page.Url} asked another host: {request.Url}");
        };
    }

    public IPage Page { get; }

    /// <summary>Console errors (a CSP violation is one), exceptions and requests to other hosts.</summary>
    public IReadOnlyCollection<string> Troubles => troubles;

    public async Task SignInAsync(string email)
    {
        await Page.GotoAsync("/sign-in");
        await Page.GetByLabel("E-mail").FillAsync(email);
        await Page.GetByLabel("Password", new() { Exact = true }).FillAsync(PortalServer.Password);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Page.WaitForURLAsync(new Uri(portal, "/dashboard/") + "**");
    }

    /// <summary>Goes there and waits until the page is live.</summary>
    public async Task<int> OpenAsync(string path)
    {
        var live = Page.WaitForWebSocketAsync(new() { Timeout = 20_000 });
        var answer = await Page.GotoAsync(path);
        if (answer!.Status == 200)
        {
            await live;
            await Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        }

        return answer.Status;
    }

    /// <summary>What axe finds serious or critical.</summary>
    public async Task<IReadOnlyList<string>> BarriersAsync()
    {
        var found = await Page.RunAxe();
        return [.. found.Violations.Where(v => v.Impact is "serious" or "critical").Select(v => $"{Page.Url} {v.Id}: {v.Help} at {string.Join(", ", v.Nodes.Select(n => n.Target))}")];
    }

    public Task<bool> ScrollsSidewaysAsync() => Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth");

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();
}
