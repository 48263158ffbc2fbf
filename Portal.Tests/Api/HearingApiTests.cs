using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Portal.Core.Reactions.Notifications;

namespace Portal.Tests.Api;

public sealed class HearingApiTests : IAsyncDisposable
{
    private readonly PortalServer server = new();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Ones_own_are_read_and_changed()
    {
        using var owner = await server.SignedInAsync(PortalServer.AcmeOwner);
        var read = await owner.JsonAsync("/api/notifications/preferences");
        Assert.Equal(25, read.GetProperty("types").GetArrayLength());
        var version = read.GetProperty("version").GetInt64();
        using var saved = await owner.PutAsJsonAsync("/api/notifications/preferences", new { version, quiet_from = "22:00", quiet_to = "07:00", digest = "day", digest_hour = 7, types = new { task_assigned = new { email = false, in_app = (bool?)null } } }, Ct);
        var now = await saved.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>(Ct);
        Assert.Equal(("22:00", "day", 7), (now.Text("quiet_from"), now.Text("digest"), now.GetProperty("digest_hour").GetInt32()));
        var task = now.GetProperty("types").EnumerateArray().Single(t => t.Text("type") == "task_assigned");
        Assert.False(task.GetProperty("email").GetProperty("on").GetBoolean());
        Assert.True(task.GetProperty("email").GetProperty("default").GetBoolean());

        using var stale = await owner.PutAsJsonAsync("/api/notifications/preferences", new { version, digest = "hour" }, Ct);
        await stale.RefusedAsync(HttpStatusCode.Conflict, "changed");
        using var critical = await owner.PutAsJsonAsync("/api/notifications/preferences", new { version = version + 1, types = new { payment_due = new { email = false } } }, Ct);
        await critical.RefusedAsync(HttpStatusCode.UnprocessableEntity, "invalid");

        using var admins = await owner.PutAsJsonAsync("/api/notifications/preferences", new { version = version + 1, types = new { client_registered = new { email = false } } }, Ct);
        using var unknown = await owner.PutAsJsonAsync("/api/notifications/preferences", new { version = version + 1, types = new { client_registerd = new { email = false } } }, Ct);
        await admins.RefusedAsync(HttpStatusCode.UnprocessableEntity, "invalid");
        await unknown.RefusedAsync(HttpStatusCode.UnprocessableEntity, "invalid");

        var export = await owner.JsonAsync("/api/account/export");
        var kept = export.GetProperty("more").GetProperty("notifications");
        Assert.Equal("22:00:00", kept.GetProperty("settings").Text("quiet_from"));
        Assert.Equal("task_assigned", kept.GetProperty("choices")[0].Text("type"));
        Assert.NotEqual(0, kept.GetProperty("told").GetArrayLength());
    }

    [Fact]
    public async Task Defaults_are_the_admins()
    {
        using var admin = await server.SignedInAsync(PortalServer.Admin);
        var version = (await admin.JsonAsync("/api/admin/notification-defaults")).Text("version");
        using var saved = await admin.PutAsJsonAsync("/api/admin/notification-defaults", new { version, types = new { content_posted = new { email = false } } }, Ct);
        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        using var stale = await admin.PutAsJsonAsync("/api/admin/notification-defaults", new { version, types = new { } }, Ct);
        await stale.RefusedAsync(HttpStatusCode.Conflict, "changed");
    }

    [Fact]
    public async Task One_press_in_a_mail_program_needs_no_cookie_and_may_be_pressed_twice()
    {
        var (userId, url) = await LinkAsync("message_received");
        using var mail = server.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false });
        for (var i = 0; i < 2; i++)
        {
            using var form = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
            using var answer = await mail.PostAsync(url, form, Ct);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }

        await using var db = server.Open();
        Assert.Equal(("message_received", Channels.Email), await db.HearingChoices.SingleAsync(c => c.UserId == userId, Ct) is var choice ? (choice.Type, choice.Off) : default);
        Assert.Equal(1, await db.Events.CountAsync(e => e.Type == "mail_unsubscribed", Ct));
    }

    [Fact]
    public async Task Reading_the_page_changes_nothing_and_its_buttons_lead_there_and_back()
    {
        var (userId, url) = await LinkAsync("message_received");
        using var browser = server.CreateClient();
        Assert.Contains("No more e-mails about “New message”?", WebUtility.HtmlDecode(await browser.GetStringAsync(url, Ct)), StringComparison.Ordinal);
        await using var db = server.Open();
        Assert.Equal(0, await db.HearingChoices.CountAsync(c => c.UserId == userId, Ct));

        Assert.Contains("E-mails about “New message” are off", await PressAsync(browser, url, "turn_off"), StringComparison.Ordinal);
        Assert.Contains("Your e-mails are paused", await PressAsync(browser, url, "pause"), StringComparison.Ordinal);
        Assert.True((await db.HearingSettings.AsNoTracking().SingleAsync(s => s.UserId == userId, Ct)).IsEmailPaused);
        await PressAsync(browser, url, "resume");
        Assert.Contains("No more e-mails about", await PressAsync(browser, url, "turn_on"), StringComparison.Ordinal);
        Assert.Equal(0, await db.HearingChoices.CountAsync(c => c.UserId == userId, Ct));
    }

    [Fact]
    public async Task A_link_says_nothing_to_who_reads_it_and_nobody_makes_another()
    {
        var (_, url) = await LinkAsync("message_received");
        var token = url.Query["?token=".Length..];
        Assert.DoesNotContain("message", url.ToString(), StringComparison.Ordinal);
        using var browser = server.CreateClient(new() { AllowAutoRedirect = false });
        var spoiled = token[..^3] + (token[^3] == 'A' ? 'B' : 'A') + token[^2..];
        var box = server.Get<SecretBox>();
        foreach (var forged in new[] { "", "x", spoiled, token[..^1], "v1.1.AAAA", "v1.99.AAAA", "v2" + token[2..], box.Seal("1:message_received", "totp"), box.Seal("1:payment_due", "unsubscribe"), box.Seal("987654321:*", "unsubscribe"), box.Seal("1:nothing", "unsubscribe"), new string('a', 5000) })
        {
            var path = new Uri($"/unsubscribe?token={Uri.EscapeDataString(forged)}", UriKind.Relative);
            using var page = await browser.GetAsync(path, Ct);
            using var form = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
            using var press = await browser.PostAsync(path, form, Ct);
            Assert.Equal((forged, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (forged, page.StatusCode, press.StatusCode));
        }

        using var empty = await browser.PostAsync(url, null, Ct);
        Assert.Equal(HttpStatusCode.Redirect, empty.StatusCode); // asks, and does nothing
        await using var db = server.Open();
        Assert.Equal(0, await db.HearingChoices.CountAsync(c => c.Type == "message_received", Ct));
    }

    private async Task<(long UserId, Uri Url)> LinkAsync(string type)
    {
        var owner = await server.ActorAsync(PortalServer.AcmeOwner);
        return (owner.UserId, new Uri(new Uri(server.Get<MailLinks>().Unsubscribe(owner.UserId, type)).PathAndQuery, UriKind.Relative) is var relative ? new Uri(server.ClientOptions.BaseAddress, relative) : null!);
    }

    private static async Task<string> PressAsync(HttpClient browser, Uri url, string act)
    {
        using var form = new FormUrlEncodedContent([new("act", act)]);
        using var answer = await browser.PostAsync(url, form, Ct);
        return WebUtility.HtmlDecode(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Ct));
    }
}
