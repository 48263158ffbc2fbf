using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Portal.Tests.Api;

/// <summary>What a page says when it cannot do what was asked: whose mistake it was, and a number only where the log has it.</summary>
public sealed class RefusedPagesTests
{
    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task Who_asked_wrongly_is_not_told_that_it_was_us(string environment)
    {
        var log = new HeardLog();
        await using var server = Server(environment, log);
        using var browser = server.CreateClient(new() { AllowAutoRedirect = false });

        await SaysAsync(browser, HttpMethod.Delete, null, HttpStatusCode.MethodNotAllowed, "This address does not take that.");
        await SaysAsync(browser, HttpMethod.Post, new StringContent("{}", Encoding.UTF8, "application/json"), HttpStatusCode.UnsupportedMediaType, "takes what its own form sends");
        await SaysAsync(browser, HttpMethod.Post, Multipart("--no--such--boundary"), HttpStatusCode.BadRequest, "We could not read what was sent.");
        Assert.DoesNotContain(log.Lines, line => line.Contains(" failed.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_sends_too_much_is_told_so()
    {
        await using var server = Server("Production");
        using var browser = new HttpClient { BaseAddress = server.Listen() };
        await SaysAsync(browser, HttpMethod.Post, new StringContent($"a={new string('x', 11 * 1024 * 1024)}", Encoding.ASCII, "application/x-www-form-urlencoded"), HttpStatusCode.RequestEntityTooLarge, "larger than we take");
    }

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task A_form_from_before_its_keys_changed_is_shown_anew_and_a_stale_sign_out_leads_home(string environment)
    {
        await using var server = Server(environment);
        using var stranger = server.CreateClient(new() { AllowAutoRedirect = false });
        Assert.Equal("/sign-in?next=here", await StaleAsync(stranger, "/sign-in?next=here"));
        using var browser = await server.BrowserAsync(PortalServer.Admin);
        Assert.Equal("/", await StaleAsync(browser, "/sign-out"));
    }

    [Fact]
    public async Task Only_what_the_log_has_gets_a_number()
    {
        var log = new HeardLog();
        await using var server = Server("Development", log);
        using var browser = await server.BrowserAsync(PortalServer.Admin);
        using (var idle = await browser.GetAsync(new Uri("/error", UriKind.Relative), Ct))
            Assert.DoesNotContain("written down", await idle.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);

        await server.Get<Database>().Provider.ExecuteAsync("ALTER TABLE Invitations RENAME TO Elsewhere");
        using var answer = await browser.GetAsync(new Uri("/account/export", UriKind.Relative), Ct);

        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("It has been written down", text, StringComparison.Ordinal);
        Assert.Matches("if you write to us: [0-9a-f]{32}", text);
        Assert.Contains(log.Lines, line => line.StartsWith("GET /account/export failed.", StringComparison.Ordinal));
    }

    private static PortalServer Server(string environment, HeardLog? log = null) => new()
    {
        Environment = environment,
        Log = log,
        Settings = { ["Portal:MasterKey"] = HostProcess.MasterKey, ["Portal:FirstAdmin:Email"] = "boss@example.com", ["Portal:FirstAdmin:Password"] = PortalServer.Password, ["seed-demo"] = "true" },
    };

    private static StringContent Multipart(string body)
    {
        var content = new StringContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("multipart/form-data") { Parameters = { new("boundary", "here") } };
        return content;
    }

    private static async Task SaysAsync(HttpClient browser, HttpMethod method, HttpContent? content, HttpStatusCode status, string words)
    {
        using var request = new HttpRequestMessage(method, "/sign-in") { Content = content, Headers = { ExpectContinue = true } };
        using var answer = await browser.SendAsync(request, Ct);
        var text = await answer.Content.ReadAsStringAsync(Ct);
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(words, text, StringComparison.Ordinal);
        Assert.DoesNotContain("on our side", text, StringComparison.Ordinal);
        Assert.DoesNotContain("number", text, StringComparison.Ordinal);
    }

    private static async Task<string?> StaleAsync(HttpClient browser, string path)
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", "stale"), KeyValuePair.Create("_handler", "sign-in")]);
        using var answer = await browser.PostAsync(new Uri(path, UriKind.Relative), form, Ct);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location?.OriginalString;
    }
}
