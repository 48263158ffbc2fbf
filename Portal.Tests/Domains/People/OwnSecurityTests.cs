using System.Net;
using Portal.Core.Domains.People;

namespace Portal.Tests.Domains.People;

public sealed class OwnSecurityTests
{
    private const string Next = "another long secret";
    private static readonly ShowPassword Shown = new() { Password = PortalServer.Password };

    [Fact]
    public async Task Another_password_needs_the_current_one_and_ends_every_other_session()
    {
        await using var server = new PortalServer { Clock = new() };
        using var here = await server.SignedInAsync(PortalServer.AcmeOwner);
        using var there = await server.SignedInAsync(PortalServer.AcmeOwner);
        var me = await server.ActorAsync(PortalServer.AcmeOwner);

        using var wrong = await here.PostAsync("/api/account/password", new { current_password = "not-the-password", new_password = Next });
        var refusal = await wrong.RefusedAsync(HttpStatusCode.UnprocessableEntity, "invalid");
        Assert.True(refusal.GetProperty("errors").TryGetProperty("current_password", out _));
        using var right = await here.PostAsync("/api/account/password", new { current_password = PortalServer.Password, new_password = Next });

        Assert.Equal(HttpStatusCode.NoContent, right.StatusCode);
        Assert.Equal(1, await server.EventsAsync(me.UserId, "password_changed"));
        Assert.Equal(PortalServer.AcmeOwner, (await here.JsonAsync("/api/auth/me")).Text("email"));
        using var ended = await there.GetAsync(new Uri("/api/auth/me", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, ended.StatusCode);
        using var again = await server.CreateClient().PostAsync("/api/auth/login", new { email = PortalServer.AcmeOwner, password = Next });
        Assert.True(again.IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_password_that_is_null_is_a_wrong_one()
    {
        await using var server = new PortalServer();
        using var client = await server.SignedInAsync(PortalServer.AcmeOwner);

        using var answer = await client.PostAsync("/api/account/password", new { current_password = (string?)null, new_password = Next });

        Assert.True((await answer.RefusedAsync(HttpStatusCode.UnprocessableEntity, "invalid")).GetProperty("errors").TryGetProperty("current_password", out _));
    }

    [Fact]
    public async Task Guessing_ones_own_password_is_paused_and_the_right_one_is_refused_until_then()
    {
        var clock = new TestClock();
        await using var server = new PortalServer { Clock = clock };
        var me = await server.ActorAsync(PortalServer.AcmeOwner);
        for (var i = 0; i < 5; i++)
            await Assert.ThrowsAsync<Invalid>(() => ChangeAsync("wrong"));

        await Assert.ThrowsAsync<TooOften>(() => ChangeAsync(PortalServer.Password));
        clock.Forward(TimeSpan.FromMinutes(16));
        await ChangeAsync(PortalServer.Password);

        Task ChangeAsync(string current) => server.WithAsync<OwnPassword>(own => own.ChangeAsync(me, 0, new() { CurrentPassword = current, NewPassword = Next }, Ct));
    }

    [Fact]
    public async Task Two_step_sign_in_counts_only_after_a_right_code_and_gives_ten_recovery_codes()
    {
        var clock = new TestClock();
        await using var server = new PortalServer { Clock = clock };
        var me = await server.ActorAsync(PortalServer.Admin);
        SecondFactorSetup setup = null!;
        IReadOnlyList<string> codes = [];
        await server.WithAsync<OwnSecondFactor>(async own =>
        {
            setup = await own.BeginAsync(me, Shown, Ct);
            await Assert.ThrowsAsync<Invalid>(() => own.TurnOnAsync(me, new() { Code = "000000" }, Ct));
            Assert.False((await server.UserAsync(me.UserId)).TwoFactorEnabled);
            codes = await own.TurnOnAsync(me, new() { Code = Totp.Code(setup.Secret, clock.Now()) }, Ct);
        });

        var user = await server.UserAsync(me.UserId);
        Assert.True(user.TwoFactorEnabled);
        Assert.Equal(setup.Secret, server.Get<SecretBox>().Open(user.AuthenticatorSecret!, Totp.Purpose));
        Assert.Equal(RecoveryCode.Batch, codes.Distinct().Count());
        Assert.All(codes, code => Assert.Matches("^[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}$", code));
        await using var db = server.Open();
        var kept = await db.RecoveryCodes.Where(c => c.UserId == me.UserId).Select(c => c.Hash).ToListAsync(Ct);
        Assert.All(codes, code => Assert.Contains(RecoveryCode.HashOf(me.UserId, code.ToUpperInvariant().Replace('-', ' ')), kept));
        Assert.Equal(1, await server.EventsAsync(me.UserId, "second_factor_turned_on"));
        await server.WithAsync<OwnSecondFactor>(own => Assert.ThrowsAsync<RuleBroken>(() => own.BeginAsync(me, Shown, Ct)));
    }

    [Fact]
    public async Task A_new_way_in_begins_with_the_password_for_everyone_who_has_one()
    {
        await using var server = new PortalServer { Clock = new() };
        var me = await server.ActorAsync(PortalServer.AcmeOwner);
        foreach (var guess in new[] { "", "not it" })
        {
            await server.WithAsync<OwnSecondFactor>(own => RefusedAsync(() => own.BeginAsync(me, new() { Password = guess }, Ct)));
            await server.WithAsync<Passkeys>(keys => RefusedAsync(() => keys.BeginAsync(me, new() { Password = guess }, Ct)));
        }

        Assert.Null((await server.UserAsync(me.UserId)).AuthenticatorSecret);
        await server.WithAsync<Passkeys>(async keys => Assert.Equal(me.UserId, (await keys.BeginAsync(me, Shown, Ct)).Id));

        await server.ChangeAsync(PortalServer.AcmeOwner, user => user.PasswordHash = null);
        await server.WithAsync<Passkeys>(keys => keys.BeginAsync(me, new(), Ct));
        await server.WithAsync<OwnSecondFactor>(async own => Assert.NotEmpty((await own.BeginAsync(me, new(), Ct)).Secret));

        static async Task RefusedAsync(Func<Task> begin) => Assert.Equal(["password"], (await Assert.ThrowsAsync<Invalid>(begin)).Errors.Keys);
    }

    [Fact]
    public async Task New_recovery_codes_and_turning_off_need_a_code_or_the_password()
    {
        var clock = new TestClock();
        await using var server = new PortalServer { Clock = clock };
        var me = await server.ActorAsync(PortalServer.Admin);
        await server.WithAsync<OwnSecondFactor>(async own =>
        {
            var setup = await own.BeginAsync(me, Shown, Ct);
            var code = Totp.Code(setup.Secret, clock.Now());
            var first = await own.TurnOnAsync(me, new() { Code = code }, Ct);
            await Assert.ThrowsAsync<Invalid>(() => own.RenewCodesAsync(me, new() { Proof = code }, Ct)); // it worked once
            clock.Forward(TimeSpan.FromMinutes(1));
            var second = await own.RenewCodesAsync(me, new() { Proof = Totp.Code(setup.Secret, clock.Now()) }, Ct);
            Assert.Empty(first.Intersect(second));
            Assert.Equal(RecoveryCode.Batch, (await server.Get<OwnProfile>().GetAsync(me, Ct)).RecoveryCodesLeft);
            await Assert.ThrowsAsync<Invalid>(() => own.TurnOffAsync(me, new() { Proof = "not it" }, Ct));
            await own.TurnOffAsync(me, new() { Proof = PortalServer.Password }, Ct);
        });

        var user = await server.UserAsync(me.UserId);
        Assert.False(user.TwoFactorEnabled);
        Assert.Null(user.AuthenticatorSecret);
        await using var db = server.Open();
        Assert.False(await db.RecoveryCodes.AnyAsync(c => c.UserId == me.UserId, Ct));
    }

    [Fact]
    public async Task A_new_address_counts_when_its_code_comes_back_and_the_old_one_is_told()
    {
        await using var server = new PortalServer { Clock = new() };
        var me = await server.ActorAsync(PortalServer.AcmeOwner);
        await server.WithAsync<OwnEmail>(async own =>
        {
            await Assert.ThrowsAsync<Invalid>(() => own.StartAsync(me, new() { Email = "Rudo@Example.com", Password = "wrong" }, Ct));
            await own.StartAsync(me, new() { Email = "Rudo@Example.com", Password = PortalServer.Password }, Ct);
            Assert.Equal("Rudo@Example.com", (await server.Get<OwnProfile>().GetAsync(me, Ct)).PendingEmail);
            await Assert.ThrowsAsync<Invalid>(() => own.ConfirmAsync(me, new() { Code = "00000" }, Ct));
            var code = await server.CodeAsync("Rudo@Example.com");
            var other = await server.ActorAsync(PortalServer.GlobexOwner);
            await Assert.ThrowsAsync<Invalid>(() => own.ConfirmAsync(other, new() { Code = code }, Ct));
            await own.ConfirmAsync(me, new() { Code = code }, Ct);
            await Assert.ThrowsAsync<Invalid>(() => own.ConfirmAsync(me, new() { Code = code }, Ct));
        });

        var user = await server.UserAsync(me.UserId);
        Assert.Equal(("Rudo@Example.com", "RUDO@EXAMPLE.COM", "Rudo@Example.com", "RUDO@EXAMPLE.COM"), (user.Email, user.NormalizedEmail, user.UserName, user.NormalizedUserName));
        await using var db = server.Open();
        Assert.Contains("Rudo@Example.com", (await db.NewDeliveries().SingleAsync(d => d.Recipient == PortalServer.AcmeOwner, Ct)).Body, StringComparison.Ordinal);
        Assert.Equal(1, await server.EventsAsync(me.UserId, "email_changed"));
    }

    [Fact]
    public async Task An_address_that_someone_has_looks_like_any_other_and_is_never_taken_over()
    {
        await using var server = new PortalServer { Clock = new() };
        var me = await server.ActorAsync(PortalServer.AcmeOwner);
        await server.WithAsync<OwnEmail>(own => own.StartAsync(me, new() { Email = PortalServer.GlobexOwner, Password = PortalServer.Password }, Ct));

        Assert.Equal(PortalServer.GlobexOwner, (await server.Get<OwnProfile>().GetAsync(me, Ct)).PendingEmail);
        await using var db = server.Open();
        Assert.False(await db.NewDeliveries().AnyAsync(d => d.Recipient == PortalServer.GlobexOwner, Ct));
        var code = await db.OneTimeCodes.SingleAsync(c => c.UserId == me.UserId, Ct);
        var figures = server.Get<SecretBox>().Open(code.SealedCode, "one-time-code"); // as if guessed
        await server.WithAsync<OwnEmail>(own => Assert.ThrowsAsync<Invalid>(() => own.ConfirmAsync(me, new() { Code = figures }, Ct)));
        Assert.Equal(PortalServer.AcmeOwner, (await server.UserAsync(me.UserId)).Email);
    }

    [Fact]
    public async Task Sessions_are_ended_one_by_one_or_all_others_and_only_ones_own()
    {
        await using var server = new PortalServer();
        using var first = await server.SignedInAsync(PortalServer.AcmeOwner);
        using var second = await server.SignedInAsync(PortalServer.AcmeOwner);
        using var third = await server.SignedInAsync(PortalServer.AcmeOwner);
        using var stranger = await server.SignedInAsync(PortalServer.GlobexOwner);

        var listed = (await first.JsonAsync("/api/account/sessions/")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(3, listed.Count);
        var mine = Assert.Single(listed, s => s.GetProperty("is_this").GetBoolean());
        var newest = listed[0].GetProperty("id").GetInt64();
        Assert.NotEqual(mine.GetProperty("id").GetInt64(), newest);
        using var foreign = await stranger.DeleteAsync(new Uri($"/api/account/sessions/{newest}", UriKind.Relative), Ct);
        await foreign.RefusedAsync(HttpStatusCode.NotFound, "not_found");
        for (var i = 0; i < 2; i++)
        {
            using var one = await first.DeleteAsync(new Uri($"/api/account/sessions/{newest}", UriKind.Relative), Ct);
            Assert.Equal(HttpStatusCode.NoContent, one.StatusCode);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, await MeAsync(third));
        Assert.Equal(HttpStatusCode.OK, await MeAsync(second));
        using var others = await first.PostAsync("/api/account/sessions/end-others");
        Assert.Equal(1, (await others.JsonAsync()).GetProperty("ended").GetInt32());
        Assert.Equal(HttpStatusCode.Unauthorized, await MeAsync(second));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await MeAsync(first), await MeAsync(stranger)));

        static async Task<HttpStatusCode> MeAsync(HttpClient client)
        {
            using var answer = await client.GetAsync(new Uri("/api/auth/me", UriKind.Relative), Ct);
            return answer.StatusCode;
        }
    }
}
