using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Portal.Core.Domains.People;
using Portal.Startup;

namespace Portal.Tests.Api;

public class SignInTests
{
    [Fact]
    public async Task Who_signs_in_gets_tokens_that_say_who_they_are()
    {
        await using var server = new PortalServer();
        using var client = await server.SignedInAsync(PortalServer.AcmeOwner);

        var me = await client.JsonAsync("/api/auth/me");

        Assert.Equal((PortalServer.AcmeOwner, "client", "Africa/Harare"), (me.Text("email"), me.Text("role"), me.Text("zone")));
        var mine = Assert.Single(me.GetProperty("clients").EnumerateArray());
        Assert.Equal(("Acme Jewellers", "owner", "active"), (mine.Text("name"), mine.Text("level"), mine.Text("status")));
    }

    [Fact]
    public async Task A_grant_has_the_form_that_is_promised()
    {
        await using var server = new PortalServer();
        using var client = server.CreateClient();
        var grant = await LoginAsync(client, PortalServer.Admin);
        Assert.Equal(["access_token", "expires_in", "refresh_token", "token_type"], grant.EnumerateObject().Select(p => p.Name).Order());
        Assert.Equal(("Bearer", 1800), (grant.Text("token_type"), grant.GetProperty("expires_in").GetInt32()));
    }

    [Fact]
    public async Task A_refresh_token_works_once_and_the_second_time_ends_the_whole_session()
    {
        await using var server = new PortalServer { Clock = new() };
        using var client = server.CreateClient();
        var first = await LoginAsync(client, PortalServer.AcmeOwner);
        using var renewed = await RefreshAsync(client, first);
        Assert.Equal(HttpStatusCode.OK, renewed.StatusCode);
        var second = await renewed.JsonAsync();
        Assert.NotEqual(first.Text("refresh_token"), second.Text("refresh_token"));
        Assert.Equal(HttpStatusCode.OK, await MeAsync(client, second));

        using var reused = await RefreshAsync(client, first);

        await reused.RefusedAsync(HttpStatusCode.Unauthorized, "invalid_refresh_token");
        using var after = await RefreshAsync(client, second);
        await after.RefusedAsync(HttpStatusCode.Unauthorized, "invalid_refresh_token");
        Assert.Equal(HttpStatusCode.Unauthorized, await MeAsync(client, second));
        Assert.Equal(HttpStatusCode.Unauthorized, await MeAsync(client, first));
        Assert.Equal(1, await server.CountAsync("refresh_token_reused"));
    }

    [Fact]
    public async Task Of_many_who_bring_the_same_refresh_token_at_once_one_at_most_is_served()
    {
        await using var server = new PortalServer();
        using var client = server.CreateClient();
        var grant = await LoginAsync(client, PortalServer.AcmeOwner);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => RefreshAsync(client, grant)));
        Assert.True(answers.Count(a => a.StatusCode is HttpStatusCode.OK) <= 1);
        Assert.All(answers, a => Assert.True(a.StatusCode is HttpStatusCode.OK or HttpStatusCode.Unauthorized));
        Assert.Equal(HttpStatusCode.Unauthorized, await MeAsync(client, grant));
    }

    [Fact]
    public async Task Tokens_hold_for_their_time_and_not_longer()
    {
        await using var server = new PortalServer { Clock = new() };
        using var client = server.CreateClient();
        var grant = await LoginAsync(client, PortalServer.AcmeOwner);
        server.Clock.Forward(TimeSpan.FromMinutes(29));
        Assert.Equal(HttpStatusCode.OK, await MeAsync(client, grant));
        server.Clock.Forward(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Unauthorized, await MeAsync(client, grant));

        server.Clock.Forward(TimeSpan.FromDays(7));
        using var late = await RefreshAsync(client, grant);
        await late.RefusedAsync(HttpStatusCode.Unauthorized, "invalid_refresh_token");
    }

    [Fact]
    public async Task After_signing_out_neither_token_is_good_and_signing_out_twice_is_no_fault()
    {
        await using var server = new PortalServer();
        using var client = server.CreateClient();
        var grant = await LoginAsync(client, PortalServer.AcmeOwner);
        for (var i = 0; i < 2; i++)
        {
            using var answer = await client.PostAsync("/api/auth/logout", new { refresh_token = grant.Text("refresh_token") });
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await MeAsync(client, grant));
        using var renewed = await RefreshAsync(client, grant);
        await renewed.RefusedAsync(HttpStatusCode.Unauthorized, "invalid_refresh_token");
        Assert.Equal(1, await server.CountAsync("signed_out"));
    }

    [Fact]
    public async Task Five_wrong_passwords_pause_an_account_in_the_same_words_whether_it_exists_or_not()
    {
        await using var server = new PortalServer { Clock = new() };
        using var client = server.CreateClient();
        var said = new List<List<string>>();
        foreach (var email in new[] { PortalServer.AcmeOwner, "nobody@nowhere.local" })
        {
            said.Add([]);
            for (var i = 0; i < 6; i++)
            {
                using var answer = await client.PostAsync("/api/auth/login", new { email, password = "wrong password" });
                var problem = await answer.RefusedAsync(i < 5 ? HttpStatusCode.Unauthorized : HttpStatusCode.TooManyRequests, i < 5 ? "invalid_credentials" : "too_often");
                Assert.Equal(i == 5, answer.Headers.RetryAfter is not null);
                said[^1].Add(problem.Text("title"));
            }
        }

        Assert.Equal(said[0], said[1]);
        using var right = await client.PostAsync("/api/auth/login", new { email = PortalServer.AcmeOwner, password = PortalServer.Password });
        await right.RefusedAsync(HttpStatusCode.TooManyRequests, "too_often");
        Assert.Equal(1, await server.CountAsync("sign_in_paused"));
        server.Clock.Forward(TimeSpan.FromMinutes(15));
        await LoginAsync(client, PortalServer.AcmeOwner);
    }

    [Fact]
    public async Task Guessing_many_at_once_gets_no_more_tries_than_one_after_the_other()
    {
        await using var server = new PortalServer();
        using var client = server.CreateClient();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i =>
            client.PostAsync("/api/auth/login", new { email = PortalServer.AcmeOwner, password = $"wrong password {i}" })));
        Assert.Equal(5, answers.Count(a => a.StatusCode is HttpStatusCode.Unauthorized));
        Assert.Equal(15, answers.Count(a => a.StatusCode is HttpStatusCode.TooManyRequests));
        Assert.Equal(1, await server.CountAsync("sign_in_paused"));
    }

    [Fact]
    public async Task The_right_password_makes_the_wrong_ones_forgotten()
    {
        await using var server = new PortalServer();
        using var client = server.CreateClient();
        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < 4; i++)
            {
                using var wrong = await client.PostAsync("/api/auth/login", new { email = PortalServer.AcmeOwner, password = "wrong password" });
                await wrong.RefusedAsync(HttpStatusCode.Unauthorized, "invalid_credentials");
            }

            await LoginAsync(client, PortalServer.AcmeOwner);
        }
    }

    [Fact]
    public async Task What_is_taken_away_is_gone_within_half_a_minute()
    {
        await using var server = new PortalServer { Clock = new() };
        using var client = await server.SignedInAsync(PortalServer.AcmeOwner);
        await client.JsonAsync("/api/auth/me");
        await using (var db = server.Get<Database>().Open(Actor.System("test"), Can.KeepHouse))
            await db.Users.Where(u => u.Email == PortalServer.AcmeOwner).ExecuteUpdateAsync(u => u.SetProperty(x => x.IsActive, false), Ct);

        server.Clock.Forward(TimeSpan.FromSeconds(30));

        using var answer = await client.GetAsync(new Uri("/api/auth/me", UriKind.Relative), Ct);
        await answer.RefusedAsync(HttpStatusCode.Unauthorized, "invalid_token");
    }

    [Fact]
    public async Task What_a_visitor_says_of_their_own_address_is_not_believed()
    {
        await using var server = new PortalServer();
        using var client = server.CreateClient();
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        await LoginAsync(client, PortalServer.AcmeOwner);
        await using var db = server.Open();
        Assert.Equal("unknown", (await db.Sessions.SingleAsync(s => s.EndedAt == null, Ct)).Address); // in memory there is no other
    }

    [Fact]
    public async Task Whoever_signs_in_over_an_open_session_leaves_that_one()
    {
        await using var server = new PortalServer();
        var before = await server.SessionAsync(PortalServer.AcmeOwner);
        await using var scope = server.Services.CreateAsyncScope();
        var person = await server.Get<PersonDirectory>().FindAsync(before.UserId, before.Id, Ct);
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider, User = person!.ToPrincipal("test") };

        var isIn = await scope.ServiceProvider.GetRequiredService<CookieSignIn>().EnterAsync(
            http, await server.UserAsync(PortalServer.AcmeOwner), SignInMethod.Passkey, new(SessionKind.Browser, "::1", "test"));

        await using var db = server.Open();
        var alive = await db.Sessions.SingleAsync(s => s.UserId == before.UserId && s.EndedAt == null, Ct);
        Assert.True(isIn && alive.Id > before.Id);
        Assert.Contains(http.Response.Headers.SetCookie, c => c!.StartsWith("portal=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_opens_more_sessions_than_anyone_needs_loses_the_oldest()
    {
        await using var server = new PortalServer();
        using var client = await server.SignedInAsync(PortalServer.AcmeOwner);
        await using var db = server.Open();
        var first = await db.Sessions.SingleAsync(s => s.EndedAt == null, Ct); // those of the demo are over
        db.AddRange(Enumerable.Range(0, 999).Select(_ => new Session
        {
            UserId = first.UserId,
            Kind = SessionKind.Api,
            CreatedAt = first.CreatedAt,
            SeenAt = first.SeenAt,
            ExpiresAt = first.ExpiresAt,
            Address = "::1",
            Device = "test",
        }));
        await db.SaveChangesAsync(Ct);

        using var other = server.CreateClient();
        await LoginAsync(other, PortalServer.AcmeOwner);

        await db.Entry(first).ReloadAsync(Ct);
        Assert.NotNull(first.EndedAt);
        Assert.Equal(1000, await db.Sessions.CountAsync(s => s.UserId == first.UserId && s.EndedAt == null, Ct));
    }

    private static async Task<JsonElement> LoginAsync(HttpClient client, string email)
    {
        using var answer = await client.PostAsync("/api/auth/login", new { email, password = PortalServer.Password });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.JsonAsync();
    }

    private static Task<HttpResponseMessage> RefreshAsync(HttpClient client, JsonElement grant) =>
        client.PostAsync("/api/auth/refresh", new { refresh_token = grant.Text("refresh_token") });

    private static async Task<HttpStatusCode> MeAsync(HttpClient client, JsonElement grant)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/auth/me");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", grant.Text("access_token"));
        using var answer = await client.SendAsync(request, Ct);
        return answer.StatusCode;
    }
}
