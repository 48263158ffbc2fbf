namespace Portal.Core.Domains.People;

/// <summary>How each client of the demo came to be as it is: by the nouns' own rules, at past times, with every step told.</summary>
internal sealed class DemoLives(PortalDb db, DemoPeople people, DemoStory story, DateTime now)
{
    public static Client Client(DemoClient cast, int number, DateTime since, DateTime now)
    {
        var parts = cast.Where.Split(", ");
        var (zone, dial) = DemoCast.Countries[parts[2]];
        var client = new Client
        {
            Name = cast.Name,
            CurrencyCode = cast.Currency,
            ZoneId = zone,
            Phone = number % 4 == 0 ? "" : $"{dial} 555 01{number:00}", // some have not got round to it
            AgencyNote = cast.Note,
            CreatedAt = since,
            BillingAddress = new() { Line1 = parts[0], City = parts[1], Country = parts[2] },
        };
        if (cast.Status is not (ClientStatus.Pending or ClientStatus.Declined))
            client.Approve(since.AddHours(20) < now ? since.AddHours(20) : since);
        if (cast.Status is ClientStatus.Declined)
            client.Decline(cast.Reason);
        if (cast.Status is ClientStatus.Inactive)
            client.Deactivate(cast.Reason);
        if (cast.Status is ClientStatus.Closing)
            client.BeginClosing(now.AddDays(-3));
        return client;
    }

    public void Live(DemoClient cast, Client client, int number)
    {
        var owner = people[DemoPeople.Name(cast.People[0])];
        Begin(cast, client, owner, number);
        Work(client, cast.Marketing, Service.Marketing, number);
        Work(client, cast.Website, Service.Website, number);
        for (var i = 0; i < cast.People.Length; i++)
            Join(cast, client, owner, i);
        End(cast, client, owner, number);
        if (client is { IsOpen: true, Phone.Length: > 0, ApprovedAt: { } approved } && (approved.AddDays(1), story.Ago(Math.Max(1, cast.Days % 29), number)) is var (soon, late) && soon < now)
            story.Tell(late > soon ? late : soon, owner, new ClientProfileChanged(client.Id, "billing_address, phone"));
    }

    /// <summary>Some were opened by the agency, most have registered.</summary>
    private void Begin(DemoClient cast, Client client, PortalUser owner, int number)
    {
        var since = client.CreatedAt;
        if (cast.Days > 160)
        {
            story.Tell(since, people.Admin(number), new ClientOpened(client.Id, client.Name));
            return;
        }

        story.Tell(since, owner, new ClientRegistered(client.Id, client.Name, owner.Id));
        story.Tell(since.AddMinutes(4), owner, new EmailVerified(owner.Id));
        if (client.ApprovedAt is { } at)
            story.Tell(at, people.Admin(number), new ClientApproved(client.Id, client.Name));
    }

    private void Work(Client client, string? agentName, Service service, int number)
    {
        if (agentName is null)
            return;
        var agent = people.Agent(agentName);
        db.Add(new Access { UserId = agent.Id, ClientId = client.Id, Service = service, Level = AccessLevel.Worker });
        story.Tell(client.ApprovedAt!.Value.AddHours(2), people.Admin(number), new AgentAssigned(client.Id, client.Name, agent.Id, agent.FullName, service));
    }

    private void Join(DemoClient cast, Client client, PortalUser owner, int place)
    {
        var person = people[DemoPeople.Name(cast.People[place])];
        var level = place == 0 ? AccessLevel.Owner : place == 1 && cast.People.Length > 2 ? AccessLevel.Manager : AccessLevel.Viewer;
        db.Add(new Access { UserId = person.Id, ClientId = client.Id, Level = level });
        if (place == 0)
            return;
        var at = story.Ago(Math.Max(1, cast.Days - (place * 19)), place + cast.Days);
        story.Tell(at, person, new MemberJoined(client.Id, person.Id, person.FullName, level));
        if (place == 2)
            story.Tell(at.AddDays(4), owner, new MemberLevelChanged(client.Id, person.Id, person.FullName, AccessLevel.Manager, level));
    }

    private void End(DemoClient cast, Client client, PortalUser owner, int number)
    {
        if (client.Status is ClientStatus.Declined)
            story.Tell(story.Ago(cast.Days - 1, number), people.Admin(number), new ClientDeclined(client.Id, client.Name, cast.Reason));
        if (client.Status is ClientStatus.Inactive)
            story.Tell(story.Ago(9 + number, number), people.Admin(number), new ClientDeactivated(client.Id, client.Name, cast.Reason));
        if (client.Status is ClientStatus.Closing)
            story.Tell(now.AddDays(-3), owner, new ClientClosing(client.Id, client.Name, client.ClosesAt!.Value));
    }
}
