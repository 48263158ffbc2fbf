using Portal.Core.Foundation;

namespace Portal.Benchmarks.Seed;

/// <summary>An agency that has grown for two years: its staff, clients, their people, and who reaches what. Ids are given here, so that what happened can name them.</summary>
internal sealed class BigAgency
{
    public const int Days = 730;
    private const int Admins = 5;
    private readonly PortalUser first;
    private readonly List<PortalUser> people = [];
    private readonly List<Client> clients = [];
    private readonly List<Access> access = [];
    private readonly List<int> joined = [];

    /// <param name="first">Whose password everyone has.</param>
    /// <param name="today">When the story ends: everything is told from here backwards.</param>
    public BigAgency(PortalUser first, DateTime today, int clientCount)
    {
        (this.first, Today) = (first, today);
        AddStaff(Math.Max(8, clientCount / 16));
        for (var i = 0; i < clientCount; i++)
            AddClient(i, clientCount);
    }

    public DateTime Today { get; }

    public IReadOnlyList<PortalUser> People => people;

    public IReadOnlyList<Client> Clients => clients;

    public IReadOnlyList<Access> Access => access;

    public PortalUser Admin(int number) => people[number % Admins];

    /// <summary>How many people there were when this client had come.</summary>
    public int PeopleUntil(int client) => joined[client];

    public PortalUser OwnerOf(Client client) => Of(access.First(a => a.ClientId == client.Id && a.Level is AccessLevel.Owner).UserId);

    public PortalUser Of(long userId) => people[(int)userId - 1];

    private void AddStaff(int agents)
    {
        for (var i = 0; i < Admins; i++)
            Add(Names.Person(i), i == 0 ? "admin@portal.local" : FormattableString.Invariant($"admin{i}@portal.local"), Role.Admin, Today.AddDays(-Days - 30));
        for (var i = 0; i < agents; i++)
        {
            var agent = Add(Names.Person(Admins + i), i switch { 0 => "marketing@portal.local", 1 => "website@portal.local", _ => FormattableString.Invariant($"agent{i}@portal.local") }, Role.Agent, Today.AddDays(-Days - 20));
            (agent.Department, agent.Specialisation, agent.Capacity) = (i % 2 == 0 ? Service.Marketing : Service.Website, "Campaigns and shops", 18 + (i % 9));
        }
    }

    private void AddClient(int number, int of)
    {
        var since = Today.AddDays(-Days).AddMinutes(Days * 1440L * number / of);
        var client = new Client
        {
            Id = number + 1,
            Name = number switch { 0 => "Acme Jewellers", 1 => "Globex Learning", _ => Names.Client(number) },
            Phone = FormattableString.Invariant($"+263 77 {number:0000000}"),
            BillingAddress = new() { Line1 = FormattableString.Invariant($"{1 + (number % 200)} Jason Moyo Avenue"), City = "Harare", Country = "ZW" },
            ZoneId = "Africa/Harare",
            CreatedAt = since,
        };
        Become(client, number, of);
        clients.Add(client);
        for (var place = 0; place < (number == 0 ? 3 : 1 + (number % 5)); place++)
            AddPerson(client, number, place);
        joined.Add(people.Count);
        if (client.ApprovedAt is not null && number % 29 != 28)
            Assign(client, number);
    }

    private void Become(Client client, int number, int of)
    {
        if (number >= of - 12)
            return; // the newest wait
        if (number % 41 == 7)
        {
            client.Decline("We do not run campaigns for betting products.");
            return;
        }

        client.Approve(client.CreatedAt.AddHours(20));
        if (number % 17 == 5)
            client.Deactivate("Two invoices are unpaid.");
        else if (number % 67 == 8)
            client.BeginClosing(Today.AddDays(-number % 13));
    }

    private void AddPerson(Client client, int number, int place)
    {
        var email = (number, place) switch
        {
            (0, 0) => "owner@acme.local",
            (0, 1) => "viewer@acme.local",
            (1, 0) => "owner@globex.local",
            _ => FormattableString.Invariant($"person{people.Count}@client{client.Id}.example"),
        };
        var person = Add(Names.Person(people.Count), email, Role.Client, client.CreatedAt.AddDays(place));
        person.EmailConfirmed = client.Status is not ClientStatus.Pending || number % 2 == 0;
        access.Add(new() { UserId = person.Id, ClientId = client.Id, Level = place switch { 0 => AccessLevel.Owner, 2 => AccessLevel.Manager, _ => AccessLevel.Viewer } });
    }

    private void Assign(Client client, int number)
    {
        var agents = people.Count(p => p.Role is Role.Agent) - 1; // the last has just come
        for (var i = 0; i < (number % 3 == 0 ? 2 : 1); i++)
        {
            var agent = people[Admins + (((number * 7) + i) % agents)];
            access.Add(new() { UserId = agent.Id, ClientId = client.Id, Service = agent.Department, Level = AccessLevel.Worker });
        }
    }

    private PortalUser Add(string name, string email, Role role, DateTime since)
    {
        var person = new PortalUser
        {
            Id = people.Count + 1,
            UserName = email,
            NormalizedUserName = email.ToUpperInvariant(),
            Email = email,
            NormalizedEmail = email.ToUpperInvariant(),
            EmailConfirmed = true,
            FullName = name,
            Role = role,
            ZoneId = "Africa/Harare",
            PasswordHash = first.PasswordHash,
            SecurityStamp = email,
            ConcurrencyStamp = email,
            CreatedAt = since,
            TermsVersion = 1,
            TermsAcceptedAt = since,
        };
        people.Add(person);
        return person;
    }
}
