using System.Net;
using System.Text.Json;

namespace Portal.Tests.Api;

/// <summary>What an admin sees and tries of the way mail leaves, and the mailbox of development.</summary>
public sealed class MailTests
{
    [Fact]
    public async Task An_admin_tries_the_set_up_and_sees_each_step_but_never_the_password()
    {
        await using var mail = new MailServer { Offers = ["AUTH PLAIN"] };
        await using var server = new PortalServer
        {
            Settings = { ["SMTP_HOST"] = "localhost", ["SMTP_PORT"] = $"{mail.Port}", ["SMTP_USER"] = "portal", ["SMTP_PASSWORD"] = "top secret", ["EMAIL_FROM_ADDRESS"] = "mail@agency.test" },
        };
        using var admin = await server.SignedInAsync(PortalServer.Admin);

        var setup = await admin.JsonAsync("/api/admin/mail");
        Assert.Equal(("server", "localhost", "portal", "mail@agency.test"), (setup.Text("way"), setup.Text("host"), setup.Text("user"), setup.Text("from_address")));
        using var answer = await admin.PostAsync("/api/admin/mail/test", new { });
        var report = await answer.JsonAsync();

        Assert.True(report.GetProperty("worked").GetBoolean(), report.ToString());
        Assert.Equal(["connect done", "tls skipped", "login done", "content done"], Steps(report));
        Assert.Equal((PortalServer.Admin, "mail@agency.test"), Assert.Single(mail.Mails) is var taken ? (taken.To, taken.From) : default);
        Assert.Equal(1, await server.CountAsync("mail_tried"));
        using var browser = await server.BrowserAsync(PortalServer.Admin);
        var page = await browser.GetStringAsync(new Uri("/dashboard/admin/settings/email", UriKind.Relative), Ct);
        Assert.Contains("Send a test mail to me", page, StringComparison.Ordinal);
        Assert.DoesNotContain("top secret", page + setup + report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_test_goes_by_the_account_that_mail_goes_by_now()
    {
        await using var mail = new MailServer();
        await using var server = new PortalServer();
        using var admin = await server.SignedInAsync(PortalServer.Admin);
        using var added = await admin.PostAsync("/api/integrations/api-configs", new { provider = "smtp", name = "Our mail server", api_url = $"smtp://localhost:{mail.Port}" });
        var id = (await added.JsonAsync()).GetProperty("id").GetInt64();
        Assert.Equal(("provider", "SMTP"), (await admin.JsonAsync("/api/admin/mail")) is var setup ? (setup.Text("way"), setup.Text("provider")) : default);

        var asked = admin.PostAsync("/api/admin/mail/test", new { });
        while (!asked.IsCompleted)
        {
            await server.Get<DeliverySender>().RunAsync(Ct);
            await Task.Delay(50, Ct);
        }

        using var answer = await asked;
        var report = await answer.JsonAsync();
        Assert.True(report.GetProperty("worked").GetBoolean(), report.ToString());
        Assert.Equal(["content done"], Steps(report));
        Assert.Contains(mail.Mails, m => m.To == PortalServer.Admin);
        using var browser = await server.BrowserAsync(PortalServer.Admin);
        var page = await browser.GetStringAsync(new Uri("/dashboard/admin/settings/email", UriKind.Relative), Ct);
        Assert.Contains($"/dashboard/admin/settings/integrations/{id}\">SMTP (Our mail server)", page, StringComparison.Ordinal);
        Assert.Contains("E-mail goes by: <b>SMTP</b>", await browser.GetStringAsync(new Uri("/dashboard/admin/settings/integrations", UriKind.Relative), Ct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AUTH", "535 5.7.8 wrong password", "login", "refuses our login")]
    [InlineData("RCPT admin@portal.local", "550 5.1.1 unknown", "recipient", "refused it")]
    public async Task A_server_that_refuses_is_an_answer_that_says_where(string at, string says, string step, string words)
    {
        await using var mail = new MailServer { Offers = ["AUTH PLAIN"], Answers = said => said == at ? says : null };
        await using var server = new PortalServer { Settings = { ["SMTP_HOST"] = "localhost", ["SMTP_PORT"] = $"{mail.Port}", ["SMTP_USER"] = "portal", ["SMTP_PASSWORD"] = "x" } };
        using var admin = await server.SignedInAsync(PortalServer.Admin);

        using var answer = await admin.PostAsync("/api/admin/mail/test", new { });
        var report = await answer.JsonAsync();

        Assert.False(report.GetProperty("worked").GetBoolean());
        Assert.Equal($"{step} failed", Steps(report).Last());
        Assert.Contains(words, report.GetProperty("steps").EnumerateArray().Last().Text("detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_server_production_says_so_and_what_is_to_be_mailed_waits()
    {
        await using var server = new PortalServer { Environment = "Production", Settings = { ["Portal:MasterKey"] = HostProcess.MasterKey, ["seed-demo"] = "true" } };
        using var admin = await server.SignedInAsync(PortalServer.Admin);
        Assert.Equal("none", (await admin.JsonAsync("/api/admin/mail")).Text("way"));
        using var refused = await admin.PostAsync("/api/admin/mail/test", new { });
        await refused.RefusedAsync(HttpStatusCode.Conflict, "mail_not_set_up");
        using var browser = await server.BrowserAsync(PortalServer.Admin);
        Assert.Contains("E-mail is not set up", await browser.GetStringAsync(new Uri("/dashboard/admin", UriKind.Relative), Ct), StringComparison.Ordinal);
        using var mailbox = await browser.GetAsync(new Uri("/mailbox", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.NotFound, mailbox.StatusCode);
        Assert.False(await server.Get<DeliverySender>().HasWorkAsync(Ct));
    }

    [Fact]
    public async Task The_mailbox_shows_what_was_mailed_and_its_pictures_in_a_frame_that_can_do_nothing()
    {
        await using var server = new PortalServer();
        using var anyone = server.CreateClient();
        await using (var db = server.Open())
        {
            db.Add(new Delivery { Key = "1", Channel = "email", Recipient = "a@b.c", Title = "Grüße", Body = "Open this:\n\n    https://portal.test/in?token=1\n", Html = "<script>alert(1)</script><p>Hi</p>", CreatedAt = TimeProvider.System.Now() }.From(TimeProvider.System.Now()));
            await db.SaveChangesAsync(Ct);
        }

        await server.Get<DeliverySender>().RunAsync(Ct);

        var name = server.Get<FileMailbox>().List().Single(l => l.Subject == "Grüße").Name;
        var page = await anyone.GetStringAsync(new Uri($"/mailbox?mail={name}", UriKind.Relative), Ct);
        Assert.Contains("href=\"https://portal.test/in?token=1\"", page, StringComparison.Ordinal);
        Assert.Contains($"src=\"/mailbox/{name}/html\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        using var frame = await anyone.GetAsync(new Uri($"/mailbox/{name}/html", UriKind.Relative), Ct);
        var policy = Assert.Single(frame.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("sandbox allow-popups", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("allow-scripts", policy, StringComparison.Ordinal);
        Assert.Contains("<p>Hi</p>", await frame.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        using var missing = await anyone.GetAsync(new Uri("/mailbox/..%2fportal/html", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    private static IEnumerable<string> Steps(JsonElement report) => report.GetProperty("steps").EnumerateArray().Select(s => $"{s.Text("step")} {s.Text("outcome")}");
}
