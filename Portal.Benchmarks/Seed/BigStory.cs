using Portal.Core.Domains.People;
using Portal.Core.Foundation;

namespace Portal.Benchmarks.Seed;

/// <summary>What happened in the big agency, in the order in which it happened, and what came of it: sessions, messages, invitations.</summary>
internal sealed class BigStory(BigAgency agency, int eventCount)
{
    private const int EventsPerMessage = 10;
    private const string Device = "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0";
    private readonly Random chance = new(1);
    private readonly List<(DateTime At, PortalUser Who, DomainEvent What)> told = [];
    private readonly List<Session> sessions = [];
    private readonly List<Invitation> invitations = [];

    public IReadOnlyList<Session> Sessions => sessions;

    public IReadOnlyList<Invitation> Invitations => invitations;

    public void Tell()
    {
        foreach (var (client, number) in agency.Clients.Select((client, number) => (client, number)))
            Begin(client, number);
        for (var left = eventCount - told.Count; left > 0; left--)
            Go(left);
        Invite(null, 0, agency.Today.AddDays(-3));
    }

    /// <summary>All that happened is dispatched but for a few that were given up: nobody is written to about the past.</summary>
    public IEnumerable<EventRow> Events()
    {
        foreach (var ((at, who, what), number) in told.Where(t => t.At < agency.Today).OrderBy(t => t.At).Take(eventCount).Select((t, number) => (t, number)))
        {
            var row = EventRow.Of(what, new(who.Id, who.FullName, who.Role, []), at);
            if (number % 50_000 == 20_000)
                GiveUp(row, at);
            else
                row.Done(at);
            yield return row;
        }
    }

    /// <summary>About one event in ten, sent but for the few that were refused and those that are still to go.</summary>
    public IEnumerable<Delivery> Messages()
    {
        for (var number = 0; number < eventCount / EventsPerMessage; number++)
        {
            var (at, to) = (At(number * EventsPerMessage), agency.People[number % agency.People.Count]);
            var message = new Delivery
            {
                Key = FormattableString.Invariant($"seed-{number}"),
                Channel = "email",
                Recipient = to.Email!,
                Title = "Something happened",
                Body = $"Dear {to.FullName},\n\nsomething happened that you wanted to hear of.\n",
                EventId = (number * EventsPerMessage) + 1,
                CreatedAt = at,
            }.From(at);
            if (number % 500 == 7)
                message.Refused("The mailbox does not exist.", at);
            else if (number % 1000 == 3)
                message.From(agency.Today.AddDays(30));
            else
                message.Sent(null, at);
            yield return message;
        }
    }

    private static void GiveUp(EventRow row, DateTime at)
    {
        while (!row.IsGivenUp)
            row.Failed("The reaction failed.", at);
    }

    private DateTime At(int number) => agency.Today.AddSeconds(-BigAgency.Days * 86_400L * (eventCount - number) / eventCount);

    private void Begin(Client client, int number)
    {
        var (admin, owner) = (agency.Admin(number), agency.OwnerOf(client));
        told.Add((client.CreatedAt, owner, new ClientRegistered(client.Id, client.Name, owner.Id)));
        if (client.ApprovedAt is not { } approved)
            return;
        told.Add((approved, admin, new ClientApproved(client.Id, client.Name)));
        foreach (var access in agency.Access.Where(a => a.ClientId == client.Id))
        {
            var person = agency.Of(access.UserId);
            if (access is { Level: AccessLevel.Worker, Service: { } service })
                told.Add((approved.AddHours(2), admin, new AgentAssigned(client.Id, client.Name, person.Id, person.FullName, service)));
            else if (access.Level is not AccessLevel.Owner)
                told.Add((person.CreatedAt.AddDays(1), person, new MemberJoined(client.Id, person.Id, person.FullName, access.Level)));
        }

        if (number % 2 == 0)
            Invite(client, number, client.CreatedAt.AddDays(9));
    }

    /// <summary>An ordinary moment: someone who was there by then does something. Acme and the first admin are busier than anyone.</summary>
    private void Go(int number)
    {
        var at = At(eventCount - number).AddSeconds(chance.Next(60));
        var known = Math.Clamp((int)((at - agency.Today.AddDays(-BigAgency.Days)).TotalDays / BigAgency.Days * agency.Clients.Count) - 1, 0, agency.Clients.Count - 1);
        var client = agency.Clients[chance.Next(20) == 0 ? 0 : chance.Next(known + 1)];
        var who = chance.Next(25) == 0 ? agency.Admin(0) : agency.People[chance.Next(agency.PeopleUntil(known))];
        var admin = agency.Admin(chance.Next(5));
        switch (chance.Next(100))
        {
            case < 50: SignIn(who, at); break;
            case < 62: told.Add((at, who, new SignedOut(who.Id, Math.Max(1, sessions.Count)))); break;
            case < 68: told.Add((at, who, new SignInRefused(who.Id, Address(who), Device))); break;
            case < 72: told.Add((at, who, new OwnProfileChanged(who.Id, "zone"))); break;
            case < 74: told.Add((at, who, new PasswordChanged(who.Id))); break;
            case < 88: told.Add((at, agency.OwnerOf(client), new ClientProfileChanged(client.Id, "phone"))); break;
            case < 93: told.Add((at, admin, new ClientViewed(client.Id, client.Name))); break;
            case < 97: told.Add((at, admin, new ClientViewEnded(client.Id, client.Name))); break;
            default: told.Add((at, admin, new ClientNoteChanged(client.Id))); break;
        }
    }

    private void SignIn(PortalUser who, DateTime at)
    {
        var session = new Session
        {
            Id = sessions.Count + 1,
            UserId = who.Id,
            Kind = sessions.Count % 3 == 0 ? SessionKind.Api : SessionKind.Browser,
            Method = SignInMethod.Password,
            CreatedAt = at,
            SeenAt = at.AddMinutes(30),
            ExpiresAt = at.AddDays(30),
            Address = Address(who),
            Device = Device,
        };
        if (sessions.Count % 4 != 0)
            session.End(at.AddHours(1));
        sessions.Add(session);
        who.LastSignInAt = at;
        told.Add((at, who, new SignedIn(who.Id, session.Id, session.Kind, session.Method, session.Address, session.Device)));
    }

    /// <summary>Some came, some were told not to, most have let it lie.</summary>
    private void Invite(Client? client, int number, DateTime at)
    {
        for (var i = 0; i < (client is null ? 12 : 2); i++)
        {
            var id = invitations.Count + 1;
            var invitation = new Invitation
            {
                Id = id,
                ClientId = client?.Id,
                FullName = Names.Person(id + 500),
                Email = FormattableString.Invariant($"guest{id}@example.com"),
                Role = client is null ? Role.Agent : Role.Client,
                Level = client is null ? null : AccessLevel.Viewer,
                Department = client is null ? Service.Marketing : null,
                Hash = Tokens.Hash(FormattableString.Invariant($"seed-{id}")),
                InvitedBy = client is null ? agency.Admin(0).Id : agency.OwnerOf(client).Id,
                CreatedAt = at,
                ExpiresAt = at + Invitation.Lifetime,
            };
            if (client is not null && number % 6 == 0)
                invitation.Accept(at.AddDays(1));
            else if (client is not null && number % 6 == 2)
                invitation.Withdraw(at.AddDays(1));
            invitations.Add(invitation);
        }
    }

    private static string Address(PortalUser who) => FormattableString.Invariant($"203.0.113.{who.Id % 250}");
}
