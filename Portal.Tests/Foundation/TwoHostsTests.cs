using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Portal.Core.Domains.People;

namespace Portal.Tests.Foundation;

/// <summary>Two hosts on one database: what one knows, the other knows.</summary>
public sealed class TwoHostsTests : IAsyncLifetime
{
    private readonly TempFolder data = new();
    private PortalServer one = null!;
    private PortalServer two = null!;

    public ValueTask InitializeAsync()
    {
        one = new PortalServer { DataPath = data.Path };
        two = new PortalServer { DataPath = data.Path };
        _ = one.Services;
        _ = two.Services;
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await one.DisposeAsync();
        await two.DisposeAsync();
        data.Dispose();
    }

    [Fact]
    public async Task A_token_of_one_is_good_at_the_other()
    {
        using var signedIn = await one.SignedInAsync(PortalServer.AcmeOwner);
        using var stranger = two.CreateClient();
        stranger.DefaultRequestHeaders.Authorization = signedIn.DefaultRequestHeaders.Authorization;

        var me = await stranger.JsonAsync("/api/auth/me");

        Assert.Equal(PortalServer.AcmeOwner, me.Text("email"));
    }

    [Fact]
    public void A_cookie_of_one_is_good_at_the_other()
    {
        var written = one.Get<IDataProtectionProvider>().CreateProtector("cookie").Protect("acme");

        Assert.Equal("acme", two.Get<IDataProtectionProvider>().CreateProtector("cookie").Unprotect(written));
    }

    [Fact]
    public async Task Wrong_passwords_at_both_add_up_to_one_pause()
    {
        using var first = one.CreateClient();
        using var second = two.CreateClient();
        for (var i = 0; i < SignInService.WrongPasswords.Times; i++)
        {
            using var wrong = await (i % 2 == 0 ? first : second).PostAsync("/api/auth/login", new { email = "nobody@example.com", password = "wrong" });
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        foreach (var client in new[] { first, second })
        {
            using var paused = await client.PostAsync("/api/auth/login", new { email = "nobody@example.com", password = "wrong" });
            await paused.RefusedAsync(HttpStatusCode.TooManyRequests, "too_often");
        }
    }

    [Fact]
    public async Task Each_event_is_dispatched_once_when_both_relay_at_the_same_time()
    {
        const int Count = 400;
        await using var db = one.Get<Database>().Open(Actor.System("test"), Can.KeepHouse);
        var before = await db.Events.CountAsync(e => e.DoneAt != null, Ct);
        await one.Get<Lane>().RunAsync(Actor.System("test"), Can.KeepHouse, async db =>
        {
            var person = await db.Users.Where(u => u.Email == PortalServer.AcmeOwner).Select(u => u.Id).SingleAsync(Ct);
            for (var i = 0; i < Count; i++)
                db.Record(new SignInPaused(person, "127.0.0.1", 15));
        }, Ct);

        var relayed = await Task.WhenAll(
            Task.Run(() => one.Get<EventRelay>().RunAsync(Ct), Ct), Task.Run(() => two.Get<EventRelay>().RunAsync(Ct), Ct));

        var type = EventTypes.Name(typeof(SignInPaused));
        var deliveries = db.NewDeliveries();
        Assert.Equal(Count, await deliveries.CountAsync(Ct));
        Assert.Equal(Count, await deliveries.Select(d => d.EventId).Distinct().CountAsync(Ct));
        Assert.Equal(Count, await db.Events.CountAsync(e => e.Type == type && e.DoneAt != null, Ct));
        Assert.Equal(await db.Events.CountAsync(Ct) - before, relayed.Sum());
    }

    [Fact]
    public async Task A_job_runs_on_one_of_them_at_a_time()
    {
        var (inside, most, runs) = (0, 0, 0);
        async Task<JobResult> WorkAsync(CancellationToken ct)
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await Task.Delay(20, ct);
            Interlocked.Decrement(ref inside);
            Interlocked.Increment(ref runs);
            return new(1, "done");
        }

        for (var i = 0; i < 10; i++)
            await Task.WhenAll(new[] { one, two, one, two }.Select(host => host.Get<JobDesk>().RunAsync("test-job", WorkAsync, Ct)));

        Assert.Equal(1, most);
        Assert.InRange(runs, 10, 40);
    }

    [Fact]
    public async Task A_request_that_one_answered_is_not_done_again_by_the_other()
    {
        var delivery = await DeadDeliveryAsync();
        using var first = await one.SignedInAsync(PortalServer.Admin);
        using var second = two.CreateClient();
        second.DefaultRequestHeaders.Authorization = first.DefaultRequestHeaders.Authorization;

        using var done = await first.PostAsync($"/api/deliveries/{delivery}/send-again", null, "key-1");
        using var repeated = await second.PostAsync($"/api/deliveries/{delivery}/send-again", null, "key-1");

        Assert.Equal(HttpStatusCode.NoContent, done.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, repeated.StatusCode);
        Assert.True(repeated.Headers.Contains("Idempotent-Replayed"));
    }

    [Fact]
    public async Task Of_the_last_two_owners_who_go_at_two_hosts_at_once_one_stays()
    {
        var (owner, second) = (await one.ActorAsync(PortalServer.AcmeOwner), await one.ActorAsync(PortalServer.AcmeViewer));
        await one.Get<MemberService>().ChangeLevelAsync(owner, new() { UserId = second.UserId, Level = AccessLevel.Owner }, Ct);

        var refused = await Assert.ThrowsAsync<Conflict>(() => two.MeanwhileAsync<OwnClosing>(
            there => there.CloseAsync(owner, new() { Email = PortalServer.AcmeOwner, Password = PortalServer.Password }, Ct),
            () => one.Get<MemberService>().RemoveAsync(owner, null, second.UserId, Ct)));

        Assert.Equal("changed", refused.Code);
        Assert.Null((await one.UserAsync(owner.UserId)).ErasesAt);
        Assert.False((await one.UserAsync(second.UserId)).IsActive);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_the_last_two_administrators_who_go_at_two_hosts_at_once_one_stays(bool hasAgency)
    {
        var (admin, second) = (await one.ActorAsync(PortalServer.Admin), await one.ActorAsync("daniel@portal.local"));
        if (hasAgency)
            await one.Get<AgencyService>().SetTermsAsync(admin, new() { Text = "Be kind.", Version = 1 }, Ct);

        await Assert.ThrowsAsync<Conflict>(() => two.MeanwhileAsync<OwnClosing>(
            there => there.CloseAsync(admin, new() { Email = PortalServer.Admin, Password = PortalServer.Password }, Ct),
            () => one.Get<StaffService>().DeactivateAsync(admin, second.UserId, Ct)));

        Assert.Null((await one.UserAsync(admin.UserId)).ErasesAt);
        Assert.False((await one.UserAsync(second.UserId)).IsActive);
    }

    private async Task<long> DeadDeliveryAsync()
    {
        await using var db = one.Get<Database>().Open(Actor.System("test"), Can.KeepHouse);
        var now = TimeProvider.System.Now();
        var delivery = new Delivery { Key = "dead", Channel = "email", Recipient = "a@example.com", Title = "Hello", Body = "Hello", CreatedAt = now }.From(now);
        delivery.Refused("No such mailbox.", now);
        db.Add(delivery);
        await db.SaveChangesAsync(Ct);
        return delivery.Id;
    }
}
