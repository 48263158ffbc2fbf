using Microsoft.Extensions.DependencyInjection;
using Portal.Core.Domains.People;

namespace Portal.Tests.Domains.People;

public class JoinTests
{
    private static readonly AcceptInvitation Yes = new() { FullName = "Chipo Sibanda", Password = PortalServer.Password, AcceptTerms = true };

    [Fact]
    public async Task Whoever_accepts_is_in_with_the_level_and_the_terms_they_were_shown()
    {
        var clock = new TestClock();
        await using var server = new PortalServer { Clock = clock };
        var (acme, token) = await InviteAsync(server);
        await using var scope = server.Services.CreateAsyncScope();
        var join = scope.ServiceProvider.GetRequiredService<JoinService>();
        Assert.Equal(("Acme Jewellers", OfferState.Open), (await join.LookAsync(token, Ct)) is { } offer ? (offer.To, offer.State) : default);
        var before = await server.CountAsync("member_joined");

        var user = await join.AcceptAsync(token, Yes, Ct);

        await using var db = Open(server);
        var access = await db.Access.SingleAsync(a => a.UserId == user.Id, Ct);
        Assert.Equal((acme, AccessLevel.Viewer, (Service?)null), (access.ClientId, access.Level, access.Service));
        var kept = await db.Users.SingleAsync(u => u.Id == user.Id, Ct);
        Assert.Equal((true, 1, clock.Now(), "Africa/Harare"), (kept.EmailConfirmed, kept.TermsVersion, kept.TermsAcceptedAt, kept.ZoneId));
        var joined = Assert.Single(await db.Events.Where(e => e.Type == "member_joined").OrderBy(e => e.Id).Skip(before).ToListAsync(Ct));
        Assert.Equal((user.Id, "Chipo Sibanda", acme), (joined.ActorId, joined.ActorName, joined.ClientId));
        using var program = await server.SignedInAsync("new@example.com");
        Assert.Equal("client", (await program.JsonAsync("/api/auth/me")).Text("role"));
    }

    [Fact]
    public async Task Whoever_was_removed_can_be_asked_again_and_comes_back_as_someone_new()
    {
        await using var server = new PortalServer();
        var (acme, token) = await InviteAsync(server);
        await using var scope = server.Services.CreateAsyncScope();
        var join = scope.ServiceProvider.GetRequiredService<JoinService>();
        var first = await join.AcceptAsync(token, Yes, Ct);
        await server.Get<MemberService>().RemoveAsync(await ActorAsync(server, PortalServer.AcmeOwner), null, first.Id, Ct);

        var second = await join.AcceptAsync((await InviteAsync(server)).Token, Yes, Ct);

        await using var db = Open(server);
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(acme, (await db.Access.SingleAsync(a => a.UserId == second.Id, Ct)).ClientId);
        var gone = await db.Users.SingleAsync(u => u.Id == first.Id, Ct);
        Assert.Equal((false, $"erased-{first.Id}@erased.invalid", (string?)null), (gone.IsActive, gone.Email, gone.PasswordHash));
    }

    [Fact]
    public async Task An_agent_comes_with_department_specialisation_and_capacity()
    {
        await using var server = new PortalServer();
        await server.Get<InvitationService>().InviteStaffAsync(
            await ActorAsync(server, PortalServer.Admin), new() { FullName = "Chipo", Email = "new@example.com", Department = Service.Website, Specialisation = "Shops", Capacity = 4 }, Ct);
        await using var scope = server.Services.CreateAsyncScope();

        var user = await scope.ServiceProvider.GetRequiredService<JoinService>().AcceptAsync(await TokenAsync(server), Yes, Ct);

        Assert.Equal((Role.Agent, (Service?)Service.Website, "Shops", 4), (user.Role, user.Department, user.Specialisation, user.Capacity));
        await using var db = Open(server);
        Assert.Equal(1, await db.Events.CountAsync(e => e.Type == "staff_joined" && e.SubjectId == user.Id, Ct));
    }

    [Fact]
    public async Task An_invitation_works_once_however_many_accept_it_at_the_same_time()
    {
        await using var server = new PortalServer();
        var (_, token) = await InviteAsync(server);

        var joined = await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            await using var scope = server.Services.CreateAsyncScope();
            var error = await Record.ExceptionAsync(() => scope.ServiceProvider.GetRequiredService<JoinService>().AcceptAsync(token, Yes, Ct));
            Assert.True(error is null or RuleBroken or Conflict or Invalid, $"{error}");
            return error is null;
        }));

        Assert.Single(joined, yes => yes);
        await using var db = Open(server);
        Assert.Equal(1, await db.Users.CountAsync(u => u.Email == "new@example.com", Ct));
    }

    [Fact]
    public async Task Expired_withdrawn_used_and_unknown_links_let_nobody_in()
    {
        var clock = new TestClock();
        await using var server = new PortalServer { Clock = clock };
        var (_, token) = await InviteAsync(server);
        await using var scope = server.Services.CreateAsyncScope();
        var join = scope.ServiceProvider.GetRequiredService<JoinService>();
        Assert.Null(await join.LookAsync("guess", Ct));
        await Assert.ThrowsAsync<NotFound>(() => join.AcceptAsync("guess", Yes, Ct));

        clock.Forward(Invitation.Lifetime);
        Assert.Equal(OfferState.Expired, (await join.LookAsync(token, Ct))!.State);
        await Assert.ThrowsAsync<RuleBroken>(() => join.AcceptAsync(token, Yes, Ct));

        var owner = await ActorAsync(server, PortalServer.AcmeOwner);
        await using var db = Open(server);
        var id = await db.Invitations.Where(i => i.Email == "new@example.com").Select(i => i.Id).SingleAsync(Ct);
        await server.Get<InvitationService>().SendAgainAsync(owner, Can.ManageMembers, id, Ct);
        Assert.Null(await join.LookAsync(token, Ct)); // the old link is dead
        var newer = await TokenAsync(server);
        await server.Get<InvitationService>().WithdrawAsync(owner, Can.ManageMembers, id, Ct);
        Assert.Equal(OfferState.Withdrawn, (await join.LookAsync(newer, Ct))!.State);
        await Assert.ThrowsAsync<RuleBroken>(() => join.AcceptAsync(newer, Yes, Ct));
        Assert.False(await db.Users.AnyAsync(u => u.Email == "new@example.com", Ct));
    }

    [Theory]
    [InlineData("", PortalServer.Password, true, "full_name")]
    [InlineData("Chipo", "short", true, "password")]
    [InlineData("Chipo", PortalServer.Password, false, "accept_terms")]
    public async Task What_does_not_fit_is_refused_by_field(string name, string password, bool terms, string field)
    {
        await using var server = new PortalServer();
        var (_, token) = await InviteAsync(server);
        await using var scope = server.Services.CreateAsyncScope();
        var refusal = await Assert.ThrowsAsync<Invalid>(() =>
            scope.ServiceProvider.GetRequiredService<JoinService>().AcceptAsync(token, new() { FullName = name, Password = password, AcceptTerms = terms }, Ct));
        Assert.Equal(field, Assert.Single(refusal.Errors.Keys));
    }

    private static PortalDb Open(PortalServer server) => server.Get<Database>().Open(Actor.System("test"), Can.KeepHouse);

    private static async Task<(long Acme, string Token)> InviteAsync(PortalServer server)
    {
        var owner = await ActorAsync(server, PortalServer.AcmeOwner);
        await server.Get<InvitationService>().InviteMemberAsync(owner, new() { FullName = "Chipo", Email = "new@example.com", Level = AccessLevel.Viewer }, Ct);
        return (owner.Grants[0].ClientId, await TokenAsync(server));
    }

    private static async Task<string> TokenAsync(PortalServer server)
    {
        await using var db = Open(server);
        return TeamHouse.TokenOf(await db.Deliveries.OrderByDescending(d => d.Id).Select(d => d.Body).FirstAsync(Ct))!;
    }

    private static async Task<Actor> ActorAsync(PortalServer server, string email)
    {
        await using var db = Open(server);
        var user = await db.Users.SingleAsync(u => u.Email == email, Ct);
        return new(user.Id, user.FullName, user.Role, await db.Access.Where(a => a.UserId == user.Id).Select(a => new Grant(a.ClientId, a.Service, a.Level)).ToListAsync(Ct));
    }
}
