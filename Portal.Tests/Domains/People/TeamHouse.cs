using System.Text.RegularExpressions;
using Portal.Core.Domains.People;

namespace Portal.Tests.Domains.People;

/// <summary>An agency with an admin, and whoever a test needs, on a database of its own.</summary>
internal sealed partial class TeamHouse : IAsyncDisposable
{
    private readonly TestDatabase house;

    private TeamHouse(TestDatabase house, Actor admin)
    {
        (this.house, Admin) = (house, admin);
        Directory = new(house.Database, house.Lane, house.Clock);
    }

    public Actor Admin { get; }

    public TestClock Clock => house.Clock;

    public Database Database => house.Database;

    public PersonDirectory Directory { get; }

    public InvitationService Invitations => new(house.Lane, new RateLimits(house.Database, house.Lane, house.Clock), house.Mails, house.Clock);

    public MemberService Members => new(house.Lane, Directory, house.Clock);

    public MemberQueries MemberList => new(house.Database, house.Clock);

    public AgentService Agents => new(house.Database, house.Lane, Directory);

    public StaffService Staff => new(house.Lane, Directory, house.Clock);

    public StaffQueries StaffList => new(house.Database);

    public AgencyService Agency => new(house.Database, house.Clock);

    public OrganisationService Organisations => new(house.Database, house.Clock);

    public static async Task<TeamHouse> NewAsync()
    {
        var house = await TestDatabase.NewAsync();
        return new(house, await house.PersonAsync(Role.Admin));
    }

    public PortalDb Open() => house.Open();

    public async Task<long> ClientAsync(string name = "Acme")
    {
        var client = new Client { Name = name, CreatedAt = Clock.Now() };
        client.Approve(Clock.Now());
        return (await house.AddAsync(client)).Id;
    }

    public Task<Actor> MemberAsync(long clientId, AccessLevel level = AccessLevel.Owner) => house.PersonAsync(Role.Client, new Grant(clientId, null, level));

    public Task<Actor> AdminAsync() => house.PersonAsync(Role.Admin);

    public async Task<Actor> AgentAsync(Service department, int capacity, params long[] clients)
    {
        var agent = await house.PersonAsync(Role.Agent, [.. clients.Select(c => new Grant(c, department, AccessLevel.Worker))]);
        await using var db = Open();
        await db.Users.Where(u => u.Id == agent.UserId).ExecuteUpdateAsync(u => u.SetProperty(x => x.Department, department).SetProperty(x => x.Capacity, capacity), Ct);
        return agent;
    }

    public async Task<Session> SessionAsync(Actor person) => await house.AddAsync(new Session
    {
        UserId = person.UserId,
        Kind = SessionKind.Browser,
        CreatedAt = Clock.Now(),
        SeenAt = Clock.Now(),
        ExpiresAt = Clock.Now().AddDays(1),
        Address = "::1",
        Device = "test",
    });

    public async Task<PortalUser> UserAsync(Actor person)
    {
        await using var db = Open();
        return await db.Users.AsNoTracking().SingleAsync(u => u.Id == person.UserId, Ct);
    }

    public async Task<List<string>> EventsAsync()
    {
        await using var db = Open();
        return await db.Events.OrderBy(e => e.Id).Select(e => e.Type).ToListAsync(Ct);
    }

    public async Task<List<Delivery>> MailsAsync()
    {
        await using var db = Open();
        return await db.Deliveries.AsNoTracking().OrderBy(d => d.Id).ToListAsync(Ct);
    }

    public ValueTask DisposeAsync() => house.DisposeAsync();

    public static string? TokenOf(string mail) => Token().Match(mail) is { Success: true } found ? found.Groups[1].Value : null;

    [GeneratedRegex(@"/invited\?token=([\w-]+)")]
    private static partial Regex Token();
}
