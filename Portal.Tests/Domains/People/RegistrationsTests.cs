using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Portal.Core.Domains.People;
using Portal.Jobs;

namespace Portal.Tests.Domains.People;

/// <summary>What a registration holds that nobody has confirmed: nothing that someone else may need.</summary>
public sealed class RegistrationsTests : IAsyncDisposable
{
    private const string Ada = "Ada@okafor.example";
    private const string Ben = "ben@okafor.example";
    private const string Company = "Okafor & Daughters";
    private readonly TestClock clock = new();
    private readonly HeardLog log = new();
    private readonly PortalServer server;

    public RegistrationsTests() => server = new() { Clock = clock, Log = log };

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task An_unconfirmed_registration_blocks_neither_its_name_nor_its_address_and_a_confirmed_one_both()
    {
        await RegisterAsync();
        var admin = await server.ActorAsync(PortalServer.Admin);
        var sheet = Encoding.UTF8.GetBytes($"name,owner_email\n{Company},{Ada}\n");
        Assert.Equal(1, (await server.Get<ClientImport>().PreviewAsync(admin, sheet, Ct)).New);

        await server.WithAsync<CodeSignIn>(async codes => await codes.VerifyAsync(new() { Email = Ada, Code = await server.CodeAsync(Ada) }, new(SessionKind.Browser, "::1", "test"), Ct));

        Assert.Equal((0, 1), await server.Get<ClientImport>().PreviewAsync(admin, sheet, Ct) is var report ? (report.New, report.Skipped) : default);
        Assert.Equal(["name"], (await Assert.ThrowsAsync<Invalid>(() => CreateAsync(admin, Company, ""))).Errors.Keys);
        Assert.Equal(["owner_email"], (await Assert.ThrowsAsync<Invalid>(() => CreateAsync(admin, "Another", Ada))).Errors.Keys);
        await Assert.ThrowsAsync<Invalid>(() => server.Get<InvitationService>().InviteStaffAsync(admin, new() { FullName = "Ada", Email = Ada, Role = Role.Admin }, Ct));
    }

    [Fact]
    public async Task An_unconfirmed_registration_stands_in_nobodys_way_who_moves_to_its_address()
    {
        await RegisterAsync();
        var owner = await server.ActorAsync(PortalServer.AcmeOwner);
        await server.WithAsync<OwnEmail>(async own =>
        {
            await own.StartAsync(owner, new() { Email = Ada, Password = PortalServer.Password }, Ct);
            await own.ConfirmAsync(owner, new() { Code = await server.CodeAsync(Ada) }, Ct);
        });

        await using var db = server.Open();
        Assert.Equal(owner.UserId, (await db.Users.SingleAsync(u => u.Email == Ada, Ct)).Id);
        Assert.Equal(ClientStatus.Declined, (await db.Clients.SingleAsync(c => c.Name == Company, Ct)).Status);
    }

    [Fact]
    public async Task What_the_agency_approved_keeps_its_name_though_nobody_confirmed()
    {
        await RegisterAsync();
        var admin = await server.ActorAsync(PortalServer.Admin);
        await server.Get<ClientService>().ApproveAsync(admin, new() { ClientId = await server.ClientIdAsync(Company) }, Ct);
        clock.Forward(Registrations.Patience);

        Assert.Equal(["name"], (await Assert.ThrowsAsync<Invalid>(() => CreateAsync(admin, Company, ""))).Errors.Keys);
        Assert.False(await server.Get<Registrations>().HasWorkAsync(Ct));
    }

    [Fact]
    public async Task An_invitation_takes_the_address_over_and_declines_what_a_stranger_registered_with_it()
    {
        await RegisterAsync();
        var (admin, stranger) = (await server.ActorAsync(PortalServer.Admin), await server.UserAsync(Ada));
        var theirs = await CreateAsync(admin, Company, Ada);
        var old = (await ClientsAsync()).Single(c => c.Id != theirs).Id;

        PortalUser ada = null!;
        await server.WithAsync<JoinService>(async join => ada = await join.AcceptAsync(
            await TokenAsync(), new() { FullName = "Ada Okafor", Password = Entries.NewPassword, AcceptTerms = true }, Ct));

        Assert.NotEqual(stranger.Id, ada.Id);
        await using var db = server.Open();
        Assert.Equal(theirs, (await db.Access.SingleAsync(a => a.UserId == ada.Id, Ct)).ClientId);
        Assert.False(await db.Access.AnyAsync(a => a.ClientId == old, Ct));
        Assert.Equal(ClientStatus.Declined, (await db.Clients.SingleAsync(c => c.Id == old, Ct)).Status);
        Assert.Equal(1, await db.Events.CountAsync(e => e.Type == "client_declined" && e.ClientId == old, Ct));
        Assert.Equal((false, (string?)null), await server.UserAsync(stranger.Id) is var gone ? (gone.IsActive, gone.PasswordHash) : default);
        using var client = server.CreateClient();
        using (var guess = await client.LoginAsync(Ada))
            Assert.Equal(System.Net.HttpStatusCode.Unauthorized, guess.StatusCode);
        using var granted = await client.LoginAsync(Ada, Entries.NewPassword);
        Assert.Equal(Company, (await client.AsAsync(granted, "/api/auth/me/client")).Text("name"));
    }

    [Fact]
    public async Task Who_confirms_first_keeps_the_address_and_the_invitation_is_refused()
    {
        await RegisterAsync();
        await CreateAsync(await server.ActorAsync(PortalServer.Admin), "Okafor", Ada);
        var token = await TokenAsync();
        await server.ChangeAsync(Ada, user => user.EmailConfirmed = true);

        await server.WithAsync<JoinService>(join => Assert.ThrowsAsync<Invalid>(() => join.AcceptAsync(
            token, new() { FullName = "Ada Okafor", Password = Entries.NewPassword, AcceptTerms = true }, Ct)));

        Assert.Equal(ClientStatus.Pending, (await ClientsAsync()).Single(c => c.Name == Company).Status);
    }

    [Fact]
    public async Task After_a_week_without_a_confirmation_nothing_is_left_of_a_registration()
    {
        await RegisterAsync();
        var (job, stranger) = (server.Get<Registrations>(), await server.UserAsync(Ada));
        clock.Forward(Registrations.Patience - TimeSpan.FromMinutes(1));
        Assert.False(await job.HasWorkAsync(Ct));
        clock.Forward(TimeSpan.FromMinutes(1));
        Assert.True(await job.HasWorkAsync(Ct));

        Assert.Equal(1, await job.RunAsync(Ct));
        Assert.Equal(0, await job.RunAsync(Ct));

        Assert.Equal(ClientStatus.Declined, Assert.Single(await ClientsAsync()).Status);
        Assert.Equal((false, "Erased person"), await server.UserAsync(stranger.Id) is var gone ? (gone.IsActive, gone.FullName) : default);
        Assert.Equal(1, await server.EventsAsync(stranger.Id, "account_erased"));
        await using (var db = server.Open())
            Assert.False(await db.Deliveries.AnyAsync(d => d.Recipient == Ada, Ct) || await db.OneTimeCodes.AnyAsync(c => c.UserId == stranger.Id, Ct));
        await RegisterAsync(); // and again from the beginning
        Assert.NotEqual(stranger.Id, (await server.UserAsync(Ada)).Id);
    }

    [Fact]
    public async Task One_that_cannot_go_stops_none_of_the_others_and_the_job_says_so()
    {
        await RegisterAsync();
        await RegisterAsync(Ben);
        var (ada, ben) = (await server.UserAsync(Ada), await server.UserAsync(Ben));
        Assert.True(ada.Id < ben.Id);
        clock.Forward(Registrations.Patience);
        await server.StickAsync("Users", ada.Id);
        var job = ActivatorUtilities.CreateInstance<LetRegistrationsGoJob>(server.Services);

        var failure = await Assert.ThrowsAsync<RuleBroken>(async () => await job.Execute(null!, Ct));

        Assert.Equal("left_undone", failure.Code);
        Assert.Equal((true, false), ((await server.UserAsync(ada.Id)).IsActive, (await server.UserAsync(ben.Id)).IsActive));
        Assert.Contains(log.Lines, line => line.StartsWith($"Letting a registration go {ada.Id} failed", StringComparison.Ordinal) && line.Contains("It is stuck.", StringComparison.Ordinal));
        await using (var db = server.Open())
            Assert.Equal("Letting a registration go: 1 done, 1 failed. The log says why.", (await db.Jobs.SingleAsync(j => j.Name == "let-registrations-go", Ct)).LastError);

        await server.UnstickAsync("Users");
        await job.Execute(null!, Ct);
        Assert.False((await server.UserAsync(ada.Id)).IsActive);
    }

    [Fact]
    public async Task A_registration_waits_as_long_as_its_address_is_invited()
    {
        await RegisterAsync();
        clock.Forward(TimeSpan.FromDays(6));
        await CreateAsync(await server.ActorAsync(PortalServer.Admin), "Okafor", Ada);
        clock.Forward(TimeSpan.FromDays(2));
        Assert.False(await server.Get<Registrations>().HasWorkAsync(Ct));
        clock.Forward(Invitation.Lifetime);
        Assert.True(await server.Get<Registrations>().HasWorkAsync(Ct));
    }

    private async Task RegisterAsync(string email = Ada)
    {
        using var client = server.CreateClient();
        using var registered = await client.PostAsync("/api/auth/register", Entries.Registrant(email));
        Assert.Equal(System.Net.HttpStatusCode.Accepted, registered.StatusCode);
    }

    private Task<long> CreateAsync(Actor admin, string name, string owner) => server.Get<ClientService>().CreateAsync(admin, new() { Name = name, OwnerEmail = owner }, Ct);

    private async Task<List<Client>> ClientsAsync()
    {
        await using var db = server.Open();
        return await db.Clients.AsNoTracking().Where(c => c.Name.StartsWith("Okafor")).ToListAsync(Ct);
    }

    private async Task<string> TokenAsync()
    {
        var address = Ada.ToLowerInvariant();
        await using var db = server.Open();
        return TeamHouse.TokenOf((await db.Deliveries.Where(d => d.Recipient == address).OrderByDescending(d => d.Id).FirstAsync(Ct)).Body)!;
    }
}
