using System.Text;
using Portal.Core.Domains.People;

namespace Portal.Tests.Domains.People;

/// <summary>An agency with an admin, on a database of its own.</summary>
internal sealed class ClientsHouse : IAsyncDisposable
{
    private ClientsHouse(TestDatabase house, Actor admin)
    {
        (House, Admin) = (house, admin);
        Directory = new(house.Database, house.Lane, house.Clock);
        var invitations = new OwnerInvitations(new(new() { DataPath = "x", PublicUrl = "https://portal.example/" }, house.Clock), house.Clock);
        Service = new(house.Database, house.Lane, invitations, Directory, house.Clock);
        Assignments = new(house.Lane, Directory);
        Import = new(house.Database, house.Lane, invitations, house.Clock);
        Clients = new(house.Database, new NothingPosted());
        Mine = new(house.Database, new NothingPosted(), house.Clock);
    }

    public TestDatabase House { get; }

    public Actor Admin { get; }

    public PersonDirectory Directory { get; }

    public ClientService Service { get; }

    public AssignmentService Assignments { get; }

    public ClientImport Import { get; }

    public ClientQueries Clients { get; }

    public AgentClientQueries Mine { get; }

    public static async Task<ClientsHouse> NewAsync()
    {
        var house = await TestDatabase.NewAsync();
        return new(house, await house.PersonAsync(Role.Admin));
    }

    public async Task<Actor> AgentAsync(Service? department, int capacity = 10, bool isActive = true)
    {
        var name = $"{Guid.NewGuid():N}@example.com";
        var user = await House.AddAsync(new PortalUser
        {
            UserName = name,
            NormalizedUserName = name.ToUpperInvariant(),
            Email = name,
            NormalizedEmail = name.ToUpperInvariant(),
            FullName = "Tendai Moyo",
            Role = Role.Agent,
            Department = department,
            Capacity = capacity,
            IsActive = isActive,
            CreatedAt = House.Clock.Now(),
        });
        return new(user.Id, user.FullName, Role.Agent, []);
    }

    /// <summary>Registered, and waiting.</summary>
    public Task<long> PendingAsync(string name) => House.ClientAsync(name);

    public Task<long> ActiveAsync(string name) => Service.CreateAsync(Admin, new() { Name = name }, Ct);

    public Task AssignAsync(long client, Actor agent, bool evenIfFull = false) =>
        Assignments.AssignAsync(Admin, new() { ClientId = client, Agent = agent.UserId, EvenIfFull = evenIfFull }, Ct);

    public Task<ImportReport> ImportAsync(string csv, bool invite = false) => Import.RunAsync(Admin, Encoding.UTF8.GetBytes(csv), invite, ct: Ct);

    public async Task<List<string>> EventsAsync()
    {
        await using var db = House.Open();
        return await db.Events.OrderBy(e => e.Id).Select(e => e.Type).ToListAsync(Ct);
    }

    public ValueTask DisposeAsync() => House.DisposeAsync();
}
