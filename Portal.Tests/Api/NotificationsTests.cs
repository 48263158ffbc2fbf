using System.Net;
using Portal.Core.Reactions.Notifications;

namespace Portal.Tests.Api;

public class NotificationsTests(PortalServer server) : IClassFixture<PortalServer>
{
    [Fact]
    public async Task One_lists_counts_reads_archives_snoozes_and_brings_back_ones_own()
    {
        using var owner = await server.SignedInAsync(PortalServer.GlobexOwner);
        var list = await owner.JsonAsync("/api/notifications/?filter=Unread&page_size=2");
        Assert.Equal((3, 2), (list.GetProperty("total").GetInt32(), list.GetProperty("items").GetArrayLength()));
        var first = list.GetProperty("items")[0];
        Assert.Equal(("message_received", "messages", false), (first.Text("type"), first.Text("category"), first.GetProperty("is_archived").GetBoolean()));
        var next = await owner.JsonAsync($"/api/notifications/?filter=unread&page_size=2&cursor={list.Text("next")}");
        Assert.Single(next.GetProperty("items").EnumerateArray());
        var id = first.GetProperty("id").GetInt64();

        await DoneAsync(owner, $"/api/notifications/{id}/read");
        await DoneAsync(owner, $"/api/notifications/{id}/read");
        Assert.Equal(2, (await owner.JsonAsync("/api/notifications/unread-count")).GetProperty("unread").GetInt32());
        await DoneAsync(owner, $"/api/notifications/{id}/snooze", new { until = TimeProvider.System.GetUtcNow().AddHours(2) });
        Assert.Equal(id, (await owner.JsonAsync("/api/notifications/?filter=snoozed")).GetProperty("items")[0].GetProperty("id").GetInt64());
        await DoneAsync(owner, $"/api/notifications/{id}/back");
        await DoneAsync(owner, $"/api/notifications/{id}/archive");
        Assert.Equal(id, (await owner.JsonAsync("/api/notifications/?filter=archived")).GetProperty("items")[0].GetProperty("id").GetInt64());
        using var all = await owner.PostAsync("/api/notifications/read-all", body: null);
        Assert.Equal(2, (await all.JsonAsync()).GetProperty("read").GetInt32());
        Assert.Equal(0, (await owner.JsonAsync("/api/notifications/unread-count")).GetProperty("unread").GetInt32());
    }

    [Fact]
    public async Task Anothers_and_what_is_not_there_are_both_not_found_and_odd_input_is_refused()
    {
        using var viewer = await server.SignedInAsync(PortalServer.AcmeViewer);
        await using var db = server.Open();
        var foreign = await db.Notifications.Where(n => db.Users.Any(u => u.Id == n.UserId && u.Email == PortalServer.AcmeOwner)).Select(n => n.Id).FirstAsync(Ct);
        foreach (var (path, body) in new (string, object?)[] { ("read", null), ("archive", null), ("back", null), ("snooze", new { until = "2027-01-01T08:00:00Z" }) })
        {
            using var others = await viewer.PostAsync($"/api/notifications/{foreign}/{path}", body);
            await others.RefusedAsync(HttpStatusCode.NotFound, "not_found");
            using var nothing = await viewer.PostAsync($"/api/notifications/987654321/{path}", body);
            await nothing.RefusedAsync(HttpStatusCode.NotFound, "not_found");
        }

        var own = (await viewer.JsonAsync("/api/notifications/")).GetProperty("items")[0].GetProperty("id").GetInt64();
        using var past = await viewer.PostAsync($"/api/notifications/{own}/snooze", new { until = "2020-01-01T00:00:00Z" });
        await past.RefusedAsync(HttpStatusCode.UnprocessableEntity, "invalid");
        using var unknown = await viewer.GetAsync(new Uri("/api/notifications/?filter=nonsense", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        Assert.Equal(1, await db.Notifications.CountAsync(n => n.Id == foreign && n.Place == NotificationPlace.Inbox, Ct));
    }

    private static async Task DoneAsync(HttpClient client, string path, object? body = null)
    {
        using var answer = await client.PostAsync(path, body);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }
}
