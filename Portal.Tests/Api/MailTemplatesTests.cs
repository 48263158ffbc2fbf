using System.Net;
using System.Net.Http.Json;

namespace Portal.Tests.Api;

/// <summary>The templates by REST, and the frame that shows one.</summary>
public sealed class MailTemplatesTests
{
    private const string Root = "/api/admin/mail/templates";

    [Fact]
    public async Task A_template_is_read_changed_tried_and_reset()
    {
        await using var server = new PortalServer();
        using var admin = await server.SignedInAsync(PortalServer.Admin);
        var list = await admin.JsonAsync($"{Root}?changed=true");
        Assert.Equal("invoice_reminder", Assert.Single(list.GetProperty("items").EnumerateArray()).Text("key"));
        var one = await admin.JsonAsync($"{Root}/sign_in_code");
        Assert.Contains("code", one.GetProperty("variables").EnumerateArray().Select(v => v.Text("name")));

        using var saved = await admin.PutAsJsonAsync($"{Root}/sign_in_code", new { subject = "In with you", version = 0 }, Ct);
        Assert.Equal(1, (await saved.JsonAsync()).GetProperty("version").GetInt32());
        using var again = await admin.PutAsJsonAsync($"{Root}/sign_in_code", new { subject = "Another", version = 0 }, Ct);
        await again.RefusedAsync(HttpStatusCode.Conflict, "changed");
        using var wrong = await admin.PutAsJsonAsync($"{Root}/sign_in_code", new { body = "{{ cod }}", version = 1 }, Ct);
        await wrong.RefusedAsync(HttpStatusCode.UnprocessableEntity, "unknown_variable");
        using var anyone = server.CreateClient();
        using var asked = await anyone.PostAsync("/api/auth/otp/request", new { email = PortalServer.AcmeOwner });
        await using (var db = server.Open())
        {
            var mail = await db.Deliveries.Where(d => d.Recipient == PortalServer.AcmeOwner && d.IsSecret).OrderByDescending(d => d.Id).FirstAsync(Ct);
            Assert.Equal("In with you", mail.Title);
            Assert.Contains(await server.CodeAsync(PortalServer.AcmeOwner), mail.Html!, StringComparison.Ordinal);
        }

        using var tried = await admin.PostAsync($"{Root}/sign_in_code/test", new { subject = "Try" });
        Assert.Equal(PortalServer.Admin, (await tried.JsonAsync()).Text("recipient"));
        using var reset = await admin.PostAsync($"{Root}/sign_in_code/reset", new { version = 1 });
        Assert.False((await reset.JsonAsync()).GetProperty("is_changed").GetBoolean());
        Assert.Equal(2, (await admin.JsonAsync($"{Root}/sign_in_code/history")).GetProperty("items").GetArrayLength());
        using var missing = await admin.GetAsync(new Uri($"{Root}/nothing", UriKind.Relative), Ct);
        await missing.RefusedAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task A_preview_says_of_each_problem_its_code_field_and_position()
    {
        await using var server = new PortalServer();
        using var admin = await server.SignedInAsync(PortalServer.Admin);
        using var answer = await admin.PostAsync($"{Root}/welcome/preview", new { subject = "{{ nobody }}", body = "One\n{{ client" });
        var problems = (await answer.JsonAsync()).GetProperty("problems").EnumerateArray().ToList();
        Assert.Equal([("unknown_variable", "subject", 0), ("unclosed_brace", "body", 4)], problems.Select(p => (p.Text("code"), p.Text("field"), p.GetProperty("position").GetInt32())));

        using var good = await admin.PostAsync($"{Root}/welcome/preview", new { });
        var preview = await good.JsonAsync();
        Assert.Empty(preview.GetProperty("problems").EnumerateArray());
        Assert.Contains("Marula Skincare", preview.Text("html"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_frame_can_do_nothing_and_shows_what_is_typed()
    {
        await using var server = new PortalServer();
        using var browser = await server.BrowserAsync(PortalServer.Admin);
        using var frame = await browser.GetAsync(new Uri("/dashboard/admin/settings/templates/welcome/preview", UriKind.Relative), Ct);
        var policy = Assert.Single(frame.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("sandbox", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("allow-scripts", policy, StringComparison.Ordinal);
        Assert.Equal("SAMEORIGIN", Assert.Single(frame.Headers.GetValues("X-Frame-Options")));
        Assert.Contains("Marula Skincare", await frame.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        using var unsigned = await browser.PostAsync(new Uri("/dashboard/admin/settings/templates/welcome/preview", UriKind.Relative), new FormUrlEncodedContent([new("subject", "x")]), Ct);
        Assert.Equal(HttpStatusCode.BadRequest, unsigned.StatusCode);
        using var editor = await browser.GetAsync(new Uri("/dashboard/admin/settings/templates/welcome", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.OK, editor.StatusCode);
        using var missing = await browser.GetAsync(new Uri("/dashboard/admin/settings/templates/nothing", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }
}
