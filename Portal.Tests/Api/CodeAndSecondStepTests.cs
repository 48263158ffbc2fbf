using System.Net;
using Portal.Core.Domains.People;

namespace Portal.Tests.Api;

public class CodeAndSecondStepTests
{
    private const string Owner = PortalServer.AcmeOwner;

    [Fact]
    public async Task A_mailed_code_signs_in_once()
    {
        await using var server = new PortalServer { Clock = new() };
        using var client = server.CreateClient();
        var before = await server.CountAsync("signed_in");
        (await client.PostAsync("/api/auth/otp/request", new { email = Owner })).Dispose();
        var code = await server.CodeAsync(Owner);
        using (var wrong = await VerifyAsync(client, Entries.Other(code)))
            Assert.True((await wrong.RefusedAsync(HttpStatusCode.UnprocessableEntity, "invalid")).GetProperty("errors").TryGetProperty("code", out _));
        using var granted = await VerifyAsync(client, $"{code[..3]} {code[3..]}");
        Assert.Equal(Owner, (await client.AsAsync(granted, "/api/auth/me")).Text("email"));
        using var again = await VerifyAsync(client, code);
        await again.RefusedAsync(HttpStatusCode.UnprocessableEntity, "invalid");
        Assert.Equal(1, await server.CountAsync("sign_in_refused"));
        await using var db = server.Open();
        var signedIn = Assert.Single(await db.Events.Where(e => e.Type == "signed_in").OrderBy(e => e.Id).Skip(before).ToListAsync(Ct));
        Assert.Contains("\"method\":\"code\"", signedIn.Data, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_code_for_one_thing_is_not_good_for_another()
    {
        await using var server = new PortalServer();
        using var client = server.CreateClient();
        (await client.PostAsync("/api/auth/password/forgot", new { email = Owner })).Dispose();
        using var answer = await VerifyAsync(client, await server.CodeAsync(Owner));
        await answer.RefusedAsync(HttpStatusCode.UnprocessableEntity, "invalid");
    }

    [Fact]
    public async Task Codes_are_mailed_five_times_in_a_quarter_of_an_hour_to_anyone_or_no_one()
    {
        await using var server = new PortalServer { Clock = new() };
        using var client = server.CreateClient();
        foreach (var email in new[] { Owner, "nobody@nowhere.example" })
        {
            for (var i = 0; i < 6; i++)
            {
                using var answer = await client.PostAsync(i % 2 == 0 ? "/api/auth/otp/request" : "/api/auth/password/forgot", new { email });
                Assert.Equal(i < 5 ? HttpStatusCode.Accepted : HttpStatusCode.TooManyRequests, answer.StatusCode);
                Assert.Equal(i < 5 ? null : TimeSpan.FromMinutes(15), answer.Headers.RetryAfter?.Delta);
            }
        }

        await using (var db = server.Open())
            Assert.Equal((5, 0), (await db.NewDeliveries().CountAsync(d => d.Recipient == Owner, Ct), await db.NewDeliveries().CountAsync(d => d.Recipient.StartsWith("nobody"), Ct)));
        server.Clock.Forward(TimeSpan.FromMinutes(15));
        using var later = await client.PostAsync("/api/auth/otp/request", new { email = Owner });
        Assert.Equal(HttpStatusCode.Accepted, later.StatusCode);
    }

    [Fact]
    public async Task Who_guesses_codes_of_many_addresses_is_stopped()
    {
        await using var server = new PortalServer();
        using var client = server.CreateClient();
        var refused = 0;
        for (var i = 0; i < CodeSignIn.TriedFrom.Times + 2; i++)
        {
            using var answer = await client.PostAsync("/api/auth/otp/verify", new { email = $"person{i}@nowhere.example", code = "123456" });
            refused += answer is { StatusCode: HttpStatusCode.TooManyRequests, Headers.RetryAfter: not null } ? 1 : 0;
        }

        Assert.Equal(2, refused);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Neither_password_nor_mailed_code_is_enough_where_a_second_step_is_owed(bool byMail)
    {
        await using var server = new PortalServer { Clock = new() };
        using var client = server.CreateClient();
        var secret = await server.WithSecondFactorAsync(Owner);
        var before = await server.CountAsync("signed_in");
        (await client.PostAsync("/api/auth/otp/request", new { email = Owner })).Dispose();
        using var first = byMail ? await VerifyAsync(client, await server.CodeAsync(Owner)) : await client.LoginAsync(Owner);
        var wanted = await first.JsonAsync();
        Assert.Equal(["mfa_required", "mfa_token"], wanted.EnumerateObject().Select(p => p.Name));
        Assert.Equal(before, await server.CountAsync("signed_in"));

        using (var wrong = await client.MfaAsync(wanted.Text("mfa_token"), Entries.Other(Totp.Code(secret, server.Clock.Now()))))
            await wrong.RefusedAsync(HttpStatusCode.UnprocessableEntity, "invalid");
        using var granted = await client.MfaAsync(wanted.Text("mfa_token"), Totp.Code(secret, server.Clock.Now()));

        Assert.Equal(Owner, (await client.AsAsync(granted, "/api/auth/me")).Text("email"));
        Assert.Equal((before + 1, 1), (await server.CountAsync("signed_in"), await server.CountAsync("sign_in_refused")));
    }

    [Fact]
    public async Task A_code_of_the_app_works_once_also_for_many_at_once()
    {
        await using var server = new PortalServer { Clock = new() };
        using var client = server.CreateClient();
        var code = Totp.Code(await server.WithSecondFactorAsync(Owner), server.Clock.Now());
        List<string> tokens = [];
        for (var i = 0; i < 4; i++)
            tokens.Add(await client.FirstStepAsync(Owner));

        var answers = await Task.WhenAll(tokens.Select(t => client.MfaAsync(t, code)));

        Assert.Equal((1, 3), (answers.Count(a => a.StatusCode is HttpStatusCode.OK), answers.Count(a => a.StatusCode is HttpStatusCode.UnprocessableEntity)));
    }

    [Fact]
    public async Task A_recovery_code_works_once_however_it_is_written()
    {
        await using var server = new PortalServer();
        using var client = server.CreateClient();
        await server.WithSecondFactorAsync(Owner, "k7m2p-9xq4w", "h3n8r-5tz6v");
        var (first, second) = (await client.FirstStepAsync(Owner), await client.FirstStepAsync(Owner));
        using (var granted = await client.MfaAsync(first, "K7M2P 9XQ4W"))
            Assert.Equal(HttpStatusCode.OK, granted.StatusCode);
        using (var again = await client.MfaAsync(second, "k7m2p-9xq4w"))
            await again.RefusedAsync(HttpStatusCode.UnprocessableEntity, "invalid");
        await using var db = server.Open();
        Assert.Contains("\"left\":1", (await db.Events.SingleAsync(e => e.Type == "recovery_code_used", Ct)).Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobodys_recovery_code_is_good_for_another()
    {
        await using var server = new PortalServer();
        using var client = server.CreateClient();
        await server.WithSecondFactorAsync(Owner, "k7m2p-9xq4w");
        await server.WithSecondFactorAsync(PortalServer.GlobexOwner, "h3n8r-5tz6v");
        using var answer = await client.MfaAsync(await client.FirstStepAsync(PortalServer.GlobexOwner), "k7m2p-9xq4w");
        await answer.RefusedAsync(HttpStatusCode.UnprocessableEntity, "invalid");
    }

    [Fact]
    public async Task Five_wrong_codes_end_a_sign_in_and_ten_pause_the_second_step()
    {
        await using var server = new PortalServer { Clock = new() };
        using var client = server.CreateClient();
        var secret = await server.WithSecondFactorAsync(Owner);
        var wrong = Entries.Other(Totp.Code(secret, server.Clock.Now()));
        for (var round = 0; round < 2; round++)
        {
            var token = await client.FirstStepAsync(Owner);
            for (var i = 0; i < 5; i++)
            {
                using var answer = await client.MfaAsync(token, wrong);
                await answer.RefusedAsync(i < 4 ? HttpStatusCode.UnprocessableEntity : HttpStatusCode.Unauthorized, i < 4 ? "invalid" : "mfa_expired");
            }

            using var right = await client.MfaAsync(token, Totp.Code(secret, server.Clock.Now()));
            await right.RefusedAsync(HttpStatusCode.Unauthorized, "mfa_expired");
        }

        using var paused = await client.MfaAsync(await client.FirstStepAsync(Owner), Totp.Code(secret, server.Clock.Now()));
        await paused.RefusedAsync(HttpStatusCode.TooManyRequests, "too_often");
        Assert.NotNull(paused.Headers.RetryAfter);
        server.Clock.Forward(TimeSpan.FromMinutes(15));
        using var later = await client.MfaAsync(await client.FirstStepAsync(Owner), Totp.Code(secret, server.Clock.Now()));
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Fact]
    public async Task The_second_step_waits_ten_minutes_and_is_taken_once()
    {
        await using var server = new PortalServer { Clock = new() };
        using var client = server.CreateClient();
        var secret = await server.WithSecondFactorAsync(Owner);
        var token = await client.FirstStepAsync(Owner);
        server.Clock.Forward(TimeSpan.FromMinutes(10));
        using (var late = await client.MfaAsync(token, Totp.Code(secret, server.Clock.Now())))
            await late.RefusedAsync(HttpStatusCode.Unauthorized, "mfa_expired");
        token = await client.FirstStepAsync(Owner);
        using (var granted = await client.MfaAsync(token, Totp.Code(secret, server.Clock.Now())))
            Assert.Equal(HttpStatusCode.OK, granted.StatusCode);
        server.Clock.Forward(TimeSpan.FromMinutes(1));
        using (var again = await client.MfaAsync(token, Totp.Code(secret, server.Clock.Now())))
            await again.RefusedAsync(HttpStatusCode.Unauthorized, "mfa_expired");
        using var made = await client.MfaAsync("made up", "123456");
        await made.RefusedAsync(HttpStatusCode.Unauthorized, "mfa_expired");
    }

    private static Task<HttpResponseMessage> VerifyAsync(HttpClient client, string code) => client.PostAsync("/api/auth/otp/verify", new { email = Owner, code });
}
