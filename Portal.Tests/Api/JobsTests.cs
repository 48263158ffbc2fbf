using System.Net;

namespace Portal.Tests.Api;

public class JobsTests
{
    [Fact]
    public async Task An_admin_sees_all_jobs_and_runs_one_now_even_when_it_is_paused()
    {
        await using var server = new PortalServer();
        using var admin = await server.SignedInAsync(PortalServer.Admin);
        var jobs = (await admin.JsonAsync("/api/admin/jobs")).EnumerateArray().Select(j => j.Text("name")).ToList();
        Assert.Equal(["relay-events", "pump-inbox", "send-deliveries", "send-digests", "seal-events", "close-accounts", "let-registrations-go", "watch-webhooks", "clean-up", "rotate-keys", "seal-secrets", "check-mail-status", "check-sms-status", "check-providers"], jobs);

        using var paused = await admin.PostAsync("/api/admin/jobs/clean-up/pause");
        Assert.Equal(("paused", "Nomsa Dube"), await paused.JsonAsync() is var job ? (job.Text("state"), job.Text("paused_by")) : default);
        using var asked = await admin.PostAsync("/api/admin/jobs/clean-up/run");
        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);

        var runs = await admin.JsonAsync("/api/admin/jobs/clean-up/runs");
        for (var tries = 0; tries < 100 && runs.GetProperty("items").GetArrayLength() == 0; tries++)
        {
            await Task.Delay(50, Ct);
            runs = await admin.JsonAsync("/api/admin/jobs/clean-up/runs");
        }

        Assert.Equal(("done", "Nomsa Dube"), runs.GetProperty("items")[0] is var run ? (run.Text("outcome"), run.Text("asked_by")) : default);
        Assert.Equal("paused", (await admin.JsonAsync("/api/admin/jobs/clean-up")).Text("state"));
        using var unknown = await admin.PostAsync("/api/admin/jobs/make-coffee/run");
        await unknown.RefusedAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task What_a_delivery_says_is_shown_in_a_frame_that_runs_nothing()
    {
        await using var server = new PortalServer();
        using var admin = await server.BrowserAsync(PortalServer.Admin);
        using var content = await admin.GetAsync(new Uri("/dashboard/admin/deliveries/1/content", UriKind.Relative), Ct);

        Assert.Equal(HttpStatusCode.OK, content.StatusCode);
        var policy = Assert.Single(content.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("sandbox", policy, StringComparison.Ordinal);
        Assert.Contains("Tendai Moyo", await content.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deliveries_are_exported_stopped_and_sent_again_by_programs()
    {
        await using var server = new PortalServer();
        using var admin = await server.SignedInAsync(PortalServer.Admin);
        var waiting = (await admin.JsonAsync("/api/deliveries?status=retrying")).GetProperty("items")[0];
        using var stopped = await admin.PostAsync($"/api/deliveries/{waiting.GetProperty("id")}/stop");
        Assert.Equal(HttpStatusCode.NoContent, stopped.StatusCode);
        var dead = (await admin.JsonAsync("/api/deliveries?status=dead")).GetProperty("total").GetInt32();
        using var csv = await admin.GetAsync(new Uri("/api/deliveries/export?status=dead", UriKind.Relative), Ct);
        Assert.Equal(dead + 1, (await csv.Content.ReadAsStringAsync(Ct)).TrimEnd().Split("\r\n").Length);

        using var again = await admin.PostAsync("/api/deliveries/send-again", new { q = "office@" });
        Assert.Equal((1, 0, 0), await again.JsonAsync() is var sent ? (sent.GetProperty("count").GetInt32(), sent.GetProperty("left").GetInt32(), sent.GetProperty("forgotten").GetInt32()) : default);
        Assert.Equal(dead - 1, (await admin.JsonAsync("/api/deliveries/counts")).GetProperty("dead").GetInt32());
        var detail = await admin.JsonAsync("/api/deliveries/1");
        Assert.Contains("Message-ID", detail.GetProperty("headers").EnumerateArray().Select(h => h.Text("name")));
    }
}
