using System.Net;
using System.Text.Json;

namespace Portal.Tests.Api;

public class PasswordResetTests
{
    private const string Owner = PortalServer.AcmeOwner;

    [Fact]
    public async Task A_new_password_ends_every_session_and_the_pause()
    {
        await using var server = new PortalServer { Clock = new() };
        using var signedIn = await server.SignedInAsync(Owner);
        using var client = server.CreateClient();
        for (var i = 0; i < 6; i++)
            (await client.LoginAsync(Owner, "not the password")).Dispose();
        (await client.PostAsync("/api/auth/password/forgot", new { email = Owner })).Dispose();

        using (var reset = await ResetAsync(client, await server.CodeAsync(Owner)))
            Assert.Equal(HttpStatusCode.NoContent, reset.StatusCode);

        using (var ended = await signedIn.GetAsync(new Uri("/api/auth/me", UriKind.Relative), Ct))
            await ended.RefusedAsync(HttpStatusCode.Unauthorized, "invalid_token");
        using (var entered = await client.LoginAsync(Owner, Entries.NewPassword))
            Assert.Equal(HttpStatusCode.OK, entered.StatusCode);
        using (var old = await client.LoginAsync(Owner))
            await old.RefusedAsync(HttpStatusCode.Unauthorized, "invalid_credentials");
        Assert.Equal(1, await server.CountAsync("password_reset"));
    }

    [Fact]
    public async Task What_does_not_fit_leaves_the_old_password_and_the_code_as_they_were()
    {
        await using var server = new PortalServer();
        using var client = server.CreateClient();
        (await client.PostAsync("/api/auth/password/forgot", new { email = Owner })).Dispose();
        var code = await server.CodeAsync(Owner);
        using (var wrong = await ResetAsync(client, Entries.Other(code)))
            await wrong.RefusedAsync(HttpStatusCode.UnprocessableEntity, "invalid");
        using (var tooShort = await ResetAsync(client, code, "short"))
            Assert.True((await tooShort.RefusedAsync(HttpStatusCode.UnprocessableEntity, "invalid")).GetProperty("errors").TryGetProperty("password", out _));
        using (var still = await client.LoginAsync(Owner))
            Assert.Equal(HttpStatusCode.OK, still.StatusCode);
        using var reset = await ResetAsync(client, code);
        Assert.Equal(HttpStatusCode.NoContent, reset.StatusCode);
    }

    [Fact]
    public async Task A_password_is_long_of_any_letters_and_taken_exactly_as_it_was_typed()
    {
        const string Password = "  Ünïcode and spaces, all the way to a hundred letters; no rule says which of them there have to be 🙂  ";
        await using var server = new PortalServer();
        using var client = server.CreateClient();
        (await client.PostAsync("/api/auth/password/forgot", new { email = Owner })).Dispose();
        using var reset = await ResetAsync(client, await server.CodeAsync(Owner), Password);
        Assert.Equal(HttpStatusCode.NoContent, reset.StatusCode);

        foreach (var other in new[] { Password.Trim(), Password.ToLowerInvariant(), Password[..72] })
        {
            using var wrong = await client.LoginAsync(Owner, other);
            await wrong.RefusedAsync(HttpStatusCode.Unauthorized, "invalid_credentials");
        }

        using var right = await client.LoginAsync(Owner, Password);
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
    }

    [Fact]
    public async Task A_new_password_does_not_replace_the_second_step_and_ends_one_that_is_open()
    {
        await using var server = new PortalServer { Clock = new() };
        using var client = server.CreateClient();
        var secret = await server.WithSecondFactorAsync(Owner);
        var open = await client.FirstStepAsync(Owner);
        (await client.PostAsync("/api/auth/password/forgot", new { email = Owner })).Dispose();
        (await ResetAsync(client, await server.CodeAsync(Owner))).Dispose();

        using (var stale = await client.MfaAsync(open, Core.Domains.People.Totp.Code(secret, server.Clock.Now())))
            await stale.RefusedAsync(HttpStatusCode.Unauthorized, "mfa_expired");
        using var entered = await client.LoginAsync(Owner, Entries.NewPassword);
        Assert.True((await entered.JsonAsync()).GetProperty("mfa_required").GetBoolean());
    }

    [Fact]
    public async Task That_an_account_is_closed_is_said_only_to_whom_it_belongs()
    {
        await using var server = new PortalServer();
        using var client = server.CreateClient();
        await server.ChangeAsync(Owner, u => u.IsActive = false);
        using (var guess = await client.LoginAsync(Owner, "not the password"))
            await guess.RefusedAsync(HttpStatusCode.Unauthorized, "invalid_credentials");
        using (var right = await client.LoginAsync(Owner))
            await right.RefusedAsync(HttpStatusCode.Unauthorized, "account_closed");
        (await client.PostAsync("/api/auth/otp/request", new { email = Owner })).Dispose();
        var code = await server.CodeAsync(Owner);
        using (var wrong = await client.PostAsync("/api/auth/otp/verify", new { email = Owner, code = Entries.Other(code) }))
            await wrong.RefusedAsync(HttpStatusCode.UnprocessableEntity, "invalid");
        using (var byCode = await client.PostAsync("/api/auth/otp/verify", new { email = Owner, code }))
            await byCode.RefusedAsync(HttpStatusCode.Unauthorized, "account_closed");
        (await client.PostAsync("/api/auth/password/forgot", new { email = Owner })).Dispose();
        using var reset = await ResetAsync(client, await server.CodeAsync(Owner));
        await reset.RefusedAsync(HttpStatusCode.Unauthorized, "account_closed");
    }

    [Fact]
    public async Task No_answer_and_no_event_holds_what_opens_a_door()
    {
        await using var server = new PortalServer { Clock = new() };
        using var client = server.CreateClient();
        var secret = await server.WithSecondFactorAsync(Owner, "k7m2p-9xq4w");
        (await client.PostAsync("/api/auth/password/forgot", new { email = Owner })).Dispose();
        var code = await server.CodeAsync(Owner);
        (await ResetAsync(client, code)).Dispose();
        using (var first = await client.LoginAsync(Owner, Entries.NewPassword))
            (await client.MfaAsync((await first.JsonAsync()).Text("mfa_token"), "k7m2p-9xq4w")).Dispose();
        await using var db = server.Open();
        var told = JsonSerializer.Serialize(await db.Events.Select(e => e.Data).ToListAsync(Ct));
        Assert.All(new[] { secret, code, "k7m2p", Entries.NewPassword }, s => Assert.DoesNotContain(s, told, StringComparison.OrdinalIgnoreCase));
    }

    private static Task<HttpResponseMessage> ResetAsync(HttpClient client, string code, string password = Entries.NewPassword) =>
        client.PostAsync("/api/auth/password/reset", new { email = Owner, code, password });
}
