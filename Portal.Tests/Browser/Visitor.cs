using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Portal.Tests.Browser;

/// <summary>Someone with a browser, who notices what goes wrong on the way.</summary>
public sealed class Visitor : IAsyncDisposable
{
    // Focus shows on what has it or on what it fills: a field's frame, a row, a card. Within a frame it is the frame's own page that shows it.
    private const string KeyboardWalk = """
        window.keyboardWalk = (() => {
            const seen = new Set(), dark = [];
            let last, again = 0;
            const name = e => `${e.tagName.toLowerCase()} "${(e.getAttribute('aria-label') ?? e.textContent ?? '').trim().slice(0, 40)}"`;
            const looks = e => [e, ...[1, 2, 3].map(n => { let p = e; while (n-- && p) p = p.parentElement; return p; }).filter(p => p)]
                .flatMap(x => [null, '::before', '::after'].map(part => { const s = getComputedStyle(x, part); return [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.background, s.borderColor, s.color].join(); })).join('|');
            // From the top, wherever the page has put the focus.
            document.body.tabIndex = -1;
            document.body.focus();
            document.body.removeAttribute('tabindex');
            return {
                stop() {
                    const e = document.activeElement;
                    if (e === last && ['time', 'date', 'datetime-local'].includes(e.type)) return ++again < 9; // from its hours to its minutes
                    if (!e || e === document.body || seen.has(e)) return false;
                    seen.add(e);
                    [last, again] = [e, 0];
                    const focused = looks(e);
                    e.blur();
                    if (e.tagName !== 'IFRAME' && looks(e) === focused) dark.push(`${name(e)} does not show that it has the focus`);
                    e.focus({ preventScroll: true, focusVisible: true });
                    return true;
                },
                end() {
                    const missed = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')].filter(e =>
                        !seen.has(e) && !e.disabled && e.type !== 'radio' && e.type !== 'hidden' && e.tabIndex >= 0 && e.checkVisibility({ visibilityProperty: true }) && !e.closest('[inert]'));
                    return [...dark, ...missed.map(e => `${name(e)} cannot be reached by Tab`)];
                },
            };
        })();
        """;

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

    /// <summary>An admin begins to look at a client's portal, as the button on the client's page does.</summary>
    public async Task LookAsAsync(int clientId)
    {
        await Page.EvaluateAsync("""
            id => {
              const form = document.querySelector('form[action="/sign-out"]');
              form.action = `/view-as/${id}`;
              form.submit();
            }
            """, clientId);
        await Page.WaitForURLAsync("**/dashboard/client");
    }

    /// <summary>Goes there and waits until the page is live and nothing on it is still to come.</summary>
    public async Task<int> OpenAsync(string path)
    {
        var answer = await Page.GotoAsync(path);
        if (answer!.Status == 200)
            await Page.WaitForFunctionAsync("() => document.querySelector('.app[data-live]') && !document.querySelector('[aria-busy=true], tbody > tr[aria-hidden]')");
        return answer.Status;
    }

    /// <summary>Goes through the page by Tab alone. What can be done there and was not reached, or shows no focus when it is.</summary>
    public async Task<IReadOnlyList<string>> OutOfReachAsync()
    {
        await Page.EvaluateAsync(KeyboardWalk);
        for (var stop = 0; stop < 400; stop++)
        {
            await Page.Keyboard.PressAsync("Tab");
            if (!await Page.EvaluateAsync<bool>("keyboardWalk.stop()"))
                break;
        }

        return await Page.EvaluateAsync<string[]>("keyboardWalk.end()");
    }

    /// <summary>What axe finds serious or critical.</summary>
    public async Task<IReadOnlyList<string>> BarriersAsync()
    {
        // A frame of ours shows a mail and runs no script, so that no look into it would ever end.
        var found = await Page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations], Iframes = false });
        return [.. found.Violations.Where(v => v.Impact is "serious" or "critical").Select(v => $"{Page.Url} {v.Id}: {v.Help} at {string.Join(", ", v.Nodes.Select(n => n.Target))}")];
    }

    public Task<bool> ScrollsSidewaysAsync() => Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth");

    public async ValueTask DisposeAsync() => await Page.Context.CloseAsync();
}
