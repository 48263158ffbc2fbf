namespace Portal.Core.Domains.People;

/// <summary>The last ninety days of the demo: who signed in, who was invited, what was looked at.</summary>
internal sealed class DemoDays(PortalDb db, DemoPeople people, DemoStory story)
{
    private const int Days = 90;

    private static readonly string[] Devices =
    [
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0",
    ];

    private readonly List<(Session Session, PortalUser Who)> sessions = [];

    /// <summary>Staff comes every few days, an organisation's people every other week, nobody before they had an account.</summary>
    public void AddSessions()
    {
        foreach (var (person, number) in people.All.Select((person, number) => (person, number + 1)))
        {
            var every = person.Role is Role.Client ? 9 + (number % 8) : 3 + (number % 2);
            for (var day = Days - (number % every); day > 0; day -= every)
            {
                if (story.Ago(day, number + day) is var at && at > person.CreatedAt.AddHours(1) && at.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
                    SignIn(person, at, number);
            }
        }
    }

    /// <summary>When the sessions have their ids.</summary>
    public void TellSessions()
    {
        foreach (var (session, who) in sessions)
            story.Tell(session.CreatedAt, who, new SignedIn(who.Id, session.Id, session.Kind, session.Method, session.Address, session.Device));
    }

    public List<Invitation> Invite(IReadOnlyList<Client> clients) =>
    [
        Invite(clients[0], "Chiedza Maphosa", "chiedza@acme.local", AccessLevel.Manager, days: 2),
        Invite(clients[3], "Lwazi Cele", "lwazi.cele@savannaprint.example", AccessLevel.Viewer, days: 5),
        Invite(clients[8], "Maeve Doyle", "maeve.doyle@harbourpine.example", AccessLevel.Manager, days: 11),
        Invite(null, "Ruvimbo Chari", "ruvimbo@portal.local", null, days: 1),
    ];

    public void TellInvitations(List<Invitation> invitations, IReadOnlyList<Client> clients)
    {
        foreach (var i in invitations)
        {
            var by = people.All.Single(p => p.Id == i.InvitedBy);
            story.Tell(i.CreatedAt, by, i.ClientId is { } client ? new MemberInvited(client, i.Id, i.Email, i.Level!.Value) : new StaffInvited(i.Id, i.Email, i.Role));
        }

        foreach (var (agent, number) in people.All.Where(p => p.Role is Role.Agent).Select((agent, number) => (agent, number)))
            story.Tell(story.Ago(17 + (number * 11), number), people.Admin(number), new AgentProfileChanged(agent.Id, "specialisation, capacity"));
        foreach (var (client, number) in clients.Where(c => c.Status is ClientStatus.Active).Where((_, n) => n % 5 == 3).Select((client, number) => (client, number)))
        {
            var at = story.Ago(6 + (number * 13), number + 3);
            story.Tell(at, people.Admin(number), new ClientViewed(client.Id, client.Name));
            story.Tell(at.AddMinutes(12), people.Admin(number), new ClientViewEnded(client.Id, client.Name));
        }
    }

    private void SignIn(PortalUser person, DateTime at, int number)
    {
        var session = new Session
        {
            UserId = person.Id,
            Kind = SessionKind.Browser,
            Method = number % 4 == 0 ? SignInMethod.Code : SignInMethod.Password,
            CreatedAt = at,
            SeenAt = at.AddMinutes(15 * (1 + (number % 9))),
            ExpiresAt = at.AddHours(12),
            Address = $"203.0.113.{number % 250}",
            Device = Devices[number % Devices.Length],
        };
        session.End(session.SeenAt);
        person.LastSignInAt = at;
        sessions.Add((session, person));
        db.Add(session);
    }

    private Invitation Invite(Client? client, string name, string email, AccessLevel? level, int days)
    {
        var at = story.Ago(days, days);
        var by = client is null ? people.Admin(0).Id : db.Access.Local.First(a => a.ClientId == client.Id && a.Level is AccessLevel.Owner).UserId;
        var invitation = new Invitation
        {
            ClientId = client?.Id,
            FullName = name,
            Email = email,
            Role = client is null ? Role.Agent : Role.Client,
            Level = level,
            Department = client is null ? Service.Marketing : null,
            Hash = Tokens.Hash(Tokens.New()),
            InvitedBy = by,
            CreatedAt = at,
            ExpiresAt = at + Invitation.Lifetime,
        };
        db.Add(invitation);
        return invitation;
    }
}
