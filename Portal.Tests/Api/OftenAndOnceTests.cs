using System.Net;

namespace Portal.Tests.Api;

public class OftenAndOnceTests
{
    [Fact]
    public async Task Who_asks_too_often_is_told_when_to_come_back_and_others_are_served()
    {
        await using var server = new PortalServer { Clock = new(), Settings = { ["Portal:ApiRequestsPerMinute"] = "20" } };
        using var owner = await server.SignedInAsync(PortalServer.AcmeOwner);
        using var other = await server.SignedInAsync(PortalServer.GlobexOwner);
        for (var i = 0; i < 20; i++)
            await owner.JsonAsync("/api/auth/me");

        using var refused = await owner.GetAsync(new Uri("/api/auth/me", UriKind.Relative), Ct);

        await refused.RefusedAsync(HttpStatusCode.TooManyRequests, "too_often");
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        await other.JsonAsync("/api/auth/me");
        server.Clock.Forward(refused.Headers.RetryAfter.Delta.Value);
        await owner.JsonAsync("/api/auth/me");
    }

    [Fact]
    public async Task A_burst_within_the_limit_is_served_whole()
    {
        await using var server = new PortalServer();
        using var owner = await server.SignedInAsync(PortalServer.AcmeOwner);

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => owner.GetAsync(new Uri("/api/auth/me", UriKind.Relative), Ct)));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
    }

    [Fact]
    public async Task Two_hosts_on_one_database_share_the_limit()
    {
        await using var server = new PortalServer { Settings = { ["Portal:ApiRequestsPerMinute"] = "20" } };
        using var here = await server.SignedInAsync(PortalServer.AcmeOwner);
        await using var beside = new PortalServer { DataPath = server.DataPath, Settings = { ["Portal:ApiRequestsPerMinute"] = "20" } };
        using var there = beside.CreateClient();
        there.DefaultRequestHeaders.Authorization = here.DefaultRequestHeaders.Authorization;
        var served = 0;
        for (var i = 0; i < 30; i++)
        {
            using var answer = await (i % 2 == 0 ? here : there).GetAsync(new Uri("/api/auth/me", UriKind.Relative), Ct);
            served += answer.IsSuccessStatusCode ? 1 : 0;
        }

        Assert.Equal(20, served);
    }

    [Fact]
    public async Task A_request_with_a_key_happens_once_and_is_answered_the_same_again()
    {
        await using var server = new PortalServer();
        using var client = await server.SignedInAsync(PortalServer.Admin);
        var id = await DeadAsync(server);
        var path = $"/api/deliveries/{id}/send-again";

        using var first = await client.PostAsync(path, idempotencyKey: "key-1");
        using var second = await client.PostAsync(path + "/", idempotencyKey: "key-1");
        using var without = await client.PostAsync(path);

        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, second.StatusCode);
        Assert.False(first.Headers.Contains("Idempotent-Replayed"));
        Assert.True(second.Headers.Contains("Idempotent-Replayed"));
        await without.RefusedAsync(HttpStatusCode.Conflict, "delivery_not_dead");
        await using var db = server.Get<Database>().Open(Actor.System("test"), Can.KeepHouse);
        Assert.Equal(1, await db.Events.CountAsync(e => e.Type == "delivery_sent_again", Ct));
    }

    [Fact]
    public async Task Twenty_at_once_with_one_key_happen_once()
    {
        await using var server = new PortalServer();
        using var client = await server.SignedInAsync(PortalServer.Admin);
        var id = await DeadAsync(server);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.PostAsync($"/api/deliveries/{id}/send-again", idempotencyKey: "key-1")));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.NoContent, a.StatusCode));
        Assert.Equal(19, answers.Count(a => a.Headers.Contains("Idempotent-Replayed")));
    }

    [Fact]
    public async Task A_key_is_good_for_one_body_and_a_refusal_is_kept_like_any_answer()
    {
        await using var server = new PortalServer();
        using var client = await server.SignedInAsync(PortalServer.Admin);
        var path = $"/api/deliveries/{await DeadAsync(server)}/send-again";
        using var missing = await client.PostAsync("/api/deliveries/999/send-again", idempotencyKey: "key-1");
        await missing.RefusedAsync(HttpStatusCode.NotFound, "not_found");
        using var again = await client.PostAsync("/api/deliveries/999/send-again", idempotencyKey: "key-1");
        await again.RefusedAsync(HttpStatusCode.NotFound, "not_found");
        Assert.True(again.Headers.Contains("Idempotent-Replayed"));

        using var first = await client.PostAsync(path, idempotencyKey: "key-1"); // another route, so another door
        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        using var other = await client.PostAsync(path, new { a = 1 }, "key-1");
        await other.RefusedAsync(HttpStatusCode.UnprocessableEntity, "idempotency_mismatch");
        using var tooLong = await client.PostAsync(path, idempotencyKey: new string('k', 201));
        var problem = await tooLong.RefusedAsync(HttpStatusCode.UnprocessableEntity, "invalid");
        Assert.True(problem.GetProperty("errors").TryGetProperty("idempotency_key", out _));
    }

    [Fact]
    public async Task One_persons_key_says_nothing_about_anothers()
    {
        await using var server = new PortalServer();
        using var admin = await server.SignedInAsync(PortalServer.Admin);
        using var owner = await server.SignedInAsync(PortalServer.AcmeOwner);
        var path = $"/api/deliveries/{await DeadAsync(server)}/send-again";
        using var done = await admin.PostAsync(path, idempotencyKey: "key-1");
        using var refused = await owner.PostAsync(path, idempotencyKey: "key-1");
        Assert.Equal(HttpStatusCode.NoContent, done.StatusCode);
        await refused.RefusedAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    private static async Task<long> DeadAsync(PortalServer server)
    {
        await using var db = server.Get<Database>().Open(Actor.System("test"), Can.KeepHouse);
        var now = server.Get<TimeProvider>().Now();
        var delivery = new Delivery { Key = "k", Channel = "email", Recipient = "a@b.c", Title = "t", Body = "b", CreatedAt = now };
        delivery.Refused("No such address.", now);
        db.Add(delivery);
        await db.SaveChangesAsync(Ct);
        return delivery.Id;
    }
}
