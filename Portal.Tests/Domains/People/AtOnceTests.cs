using Portal.Core.Domains.People;

namespace Portal.Tests.Domains.People;

/// <summary>Whoever changes an account on a state that is gone by then is told, and nobody's change is lost.</summary>
public sealed class AtOnceTests
{
    [Fact]
    public async Task Of_two_who_change_one_agent_at_once_the_later_is_told()
    {
        await using var server = new PortalServer();
        var (admin, agent) = (await server.ActorAsync(PortalServer.Admin), await server.UserAsync(PortalServer.MarketingAgent));

        await ToldAsync(() => server.MeanwhileAsync<AgentService>(
            there => there.ChangeAsync(admin, new() { AgentId = agent.Id, Capacity = 30 }, Ct),
            () => server.Get<AgentService>().ChangeAsync(admin, new() { AgentId = agent.Id, Capacity = 40 }, Ct)));

        Assert.Equal(40, (await server.UserAsync(agent.Id)).Capacity);
    }

    [Fact]
    public async Task Of_two_set_ups_of_two_step_sign_in_at_once_only_the_shown_secret_counts()
    {
        await using var server = new PortalServer();
        var (me, shown) = (await server.ActorAsync(PortalServer.AcmeOwner), "");
        var password = new ShowPassword { Password = PortalServer.Password };

        await ToldAsync(() => server.MeanwhileAsync<OwnSecondFactor>(
            there => there.BeginAsync(me, password, Ct),
            () => server.WithAsync<OwnSecondFactor>(async here => shown = (await here.BeginAsync(me, password, Ct)).Secret)));

        Assert.Equal(shown, server.Get<SecretBox>().Open((await server.UserAsync(me.UserId)).AuthenticatorSecret!, Totp.Purpose));
    }

    [Theory]
    [InlineData("second factor off")]
    [InlineData("deactivated")]
    [InlineData("activated")]
    [InlineData("photo")]
    public async Task What_is_done_to_an_account_is_not_overwritten_by_an_older_state(string what)
    {
        await using var server = new PortalServer();
        var admin = await server.ActorAsync(PortalServer.Admin);
        var person = (await server.UserAsync("daniel@portal.local")).Id;
        await server.WithSecondFactorAsync("daniel@portal.local");
        await server.ChangeAsync("daniel@portal.local", user => user.IsActive = what is not "activated");
        await using var db = server.Open();
        var old = await db.Users.SingleAsync(u => u.Id == person, Ct);

        await (what switch
        {
            "second factor off" => server.Get<StaffService>().TurnOffSecondFactorAsync(admin, person, Ct),
            "deactivated" => server.Get<StaffService>().DeactivateAsync(admin, person, Ct),
            "activated" => server.Get<StaffService>().ActivateAsync(admin, person, Ct),
            _ => PhotoAsync(server, await server.ActorAsync("daniel@portal.local")),
        });

        old.FullName = "Somebody Else";
        old.Touch();
        await ToldAsync(() => db.SaveChangesAsync(Ct));
    }

    private static async Task PhotoAsync(PortalServer server, Actor me)
    {
        using var photo = new MemoryStream(PicturesTests.Png);
        await server.Get<Pictures>().SetAsync(me, PictureOf.Person, me.UserId, "me.png", photo, Ct);
    }

    private static async Task ToldAsync(Func<Task> change) => Assert.Equal("changed", (await Assert.ThrowsAsync<Conflict>(change)).Code);
}
