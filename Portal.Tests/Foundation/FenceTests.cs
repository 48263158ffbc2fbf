using System.Reflection;

namespace Portal.Tests.Foundation;

public class FenceTests
{
    // No verb of the portal needs a manager yet, so the tests make one.
    private static readonly Can Manage = (Can)Activator.CreateInstance(
        typeof(Can), BindingFlags.Instance | BindingFlags.NonPublic, null, ["test_manage", true, true, (AccessLevel?)AccessLevel.Manager], null)!;

    [Fact]
    public async Task Who_reaches_no_client_may_still_see_to_their_own_account()
    {
        await using var house = await TestDatabase.NewAsync();
        var nobodys = await house.PersonAsync(Role.Client);

        await using var db = house.Database.Open(nobodys, Can.SeeSelf);

        Assert.Throws<Forbidden>(() => house.Database.Open(nobodys, Can.SeeHome));
        Assert.Empty(await db.Clients.ToListAsync(Ct));
    }

    [Fact]
    public async Task A_verb_is_refused_before_any_row_is_seen()
    {
        await using var house = await TestDatabase.NewAsync();
        var acme = await house.ClientAsync("Acme");
        foreach (var actor in new[] { Actor.Nobody, await house.PersonAsync(Role.Agent, new Grant(acme, null, AccessLevel.Worker)), await house.PersonAsync(Role.Client, new Grant(acme, null, AccessLevel.Owner)) })
            Assert.Equal("see_audit", Assert.Throws<Forbidden>(() => house.Database.Open(actor, Can.SeeAudit)).Can.Name);
        Assert.Throws<Forbidden>(() => house.Database.Open(Actor.Nobody, Can.SeeSelf));
        var admin = await house.PersonAsync(Role.Admin);
        Assert.Throws<Forbidden>(() => house.Database.Open(admin, Can.KeepHouse));
    }

    [Fact]
    public async Task Everyone_reads_the_clients_they_have_access_to_and_an_admin_all()
    {
        await using var house = await TestDatabase.NewAsync();
        var (acme, globex) = (await house.ClientAsync("Acme"), await house.ClientAsync("Globex"));
        await AddRowsAsync(house, acme, globex, null);

        Assert.Equal([acme], await SeenAsync(house, await house.PersonAsync(Role.Client, new Grant(acme, null, AccessLevel.Viewer))));
        Assert.Equal([acme, globex], await SeenAsync(house, await house.PersonAsync(Role.Agent, new(acme, Service.Marketing, AccessLevel.Worker), new(globex, null, AccessLevel.Worker))));
        Assert.Equal([], await SeenAsync(house, await house.PersonAsync(Role.Agent)));
        Assert.Equal([acme, globex], await SeenAsync(house, await house.PersonAsync(Role.Admin)));
    }

    [Fact]
    public async Task Rows_of_the_house_are_seen_by_those_who_reach_the_client_and_without_a_client_by_admins_only()
    {
        await using var house = await TestDatabase.NewAsync();
        var (acme, globex) = (await house.ClientAsync("Acme"), await house.ClientAsync("Globex"));
        await AddRowsAsync(house, acme, globex, null);
        var viewer = await house.PersonAsync(Role.Client, new Grant(acme, null, AccessLevel.Viewer));
        var admin = await house.PersonAsync(Role.Admin);

        await using (var db = house.Database.Open(viewer, Can.SeeHome))
        {
            Assert.Equal([acme], await db.Files.Select(f => f.ClientId).ToListAsync(Ct));
            Assert.Equal([acme], await db.Deliveries.Select(f => f.ClientId).ToListAsync(Ct));
            Assert.Equal([acme], await db.Events.Select(f => f.ClientId).ToListAsync(Ct));
            Assert.Equal(0, await db.Files.CountAsync(f => f.ClientId == globex, Ct));
        }

        await using var all = house.Database.Open(admin, Can.SeeHome);
        Assert.Equal([null, acme, globex], await all.Files.OrderBy(f => f.ClientId).Select(f => f.ClientId).ToListAsync(Ct));
    }

    [Fact]
    public async Task An_access_that_the_actor_only_claims_to_have_opens_nothing()
    {
        await using var house = await TestDatabase.NewAsync();
        var acme = await house.ClientAsync("Acme");
        var liar = (await house.PersonAsync(Role.Client)) with { Grants = [new(acme, null, AccessLevel.Owner)] };

        Assert.Equal([], await SeenAsync(house, liar));
        await Assert.ThrowsAsync<NotFound>(() => RenameAsync(house, liar, Manage, acme));
    }

    [Fact]
    public async Task A_viewer_changes_nothing_and_a_manager_does()
    {
        await using var house = await TestDatabase.NewAsync();
        var acme = await house.ClientAsync("Acme");
        var viewer = await house.PersonAsync(Role.Client, new Grant(acme, null, AccessLevel.Viewer));
        Assert.Throws<Forbidden>(() => house.Database.Open(viewer, Manage));

        var manager = await house.PersonAsync(Role.Client, new Grant(acme, null, AccessLevel.Manager));
        await RenameAsync(house, manager, Manage, acme);
        Assert.Equal("Renamed", await NameAsync(house, acme));
    }

    [Fact]
    public async Task A_viewer_of_one_client_is_no_manager_there_for_managing_another()
    {
        await using var house = await TestDatabase.NewAsync();
        var (acme, globex) = (await house.ClientAsync("Acme"), await house.ClientAsync("Globex"));
        var both = await house.PersonAsync(Role.Client, new(acme, null, AccessLevel.Viewer), new(globex, null, AccessLevel.Owner));

        await Assert.ThrowsAsync<Forbidden>(() => RenameAsync(house, both, Manage, acme));
        await RenameAsync(house, both, Manage, globex);

        Assert.Equal(("Acme", "Renamed"), (await NameAsync(house, acme), await NameAsync(house, globex)));
    }

    [Fact]
    public async Task Another_clients_row_is_not_found_to_write_either()
    {
        await using var house = await TestDatabase.NewAsync();
        var (acme, globex) = (await house.ClientAsync("Acme"), await house.ClientAsync("Globex"));
        var owner = await house.PersonAsync(Role.Client, new Grant(acme, null, AccessLevel.Owner));

        await Assert.ThrowsAsync<NotFound>(() => RenameAsync(house, owner, Manage, globex));
        await using var db = house.Database.Open(owner, Manage);
        db.Remove(new Client { Id = globex, Name = "Globex", CreatedAt = house.Clock.Now() });
        await Assert.ThrowsAsync<NotFound>(() => db.SaveChangesAsync(Ct));
        Assert.Equal("Globex", await NameAsync(house, globex));
    }

    [Fact]
    public async Task Set_based_changes_ask_for_the_level_first_and_obey_the_fence()
    {
        await using var house = await TestDatabase.NewAsync();
        var (acme, globex) = (await house.ClientAsync("Acme"), await house.ClientAsync("Globex"));
        var both = await house.PersonAsync(Role.Client, new(acme, null, AccessLevel.Viewer), new(globex, null, AccessLevel.Owner));
        var third = await house.ClientAsync("Third");
        Assert.Throws<Forbidden>(() => house.Database.Open(both, Manage, acme));
        Assert.Throws<NotFound>(() => house.Database.Open(both, Manage, third));

        await using (var db = house.Database.Open(both, Manage, globex))
        {
            var now = house.Clock.Now();
            Assert.Equal(2, await db.Clients.ExecuteUpdateAsync(c => c.SetProperty(x => x.ZoneId, "Asia/Kolkata"), Ct));
        }

        await using var all = house.Open();
        Assert.Equal("UTC", (await all.Clients.SingleAsync(c => c.Id == third, Ct)).ZoneId);
    }

    [Fact]
    public async Task A_row_stays_with_its_client_even_for_the_portal_itself()
    {
        await using var house = await TestDatabase.NewAsync();
        var (acme, globex) = (await house.ClientAsync("Acme"), await house.ClientAsync("Globex"));
        await AddRowsAsync(house, acme);
        await using var db = house.Open();
        var file = await db.Files.SingleAsync(Ct);
        db.Entry(file).Property(nameof(StoredFile.ClientId)).CurrentValue = globex;
        await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync(Ct));
    }

    [Fact]
    public async Task What_happened_is_neither_rewritten_nor_removed()
    {
        await using var house = await TestDatabase.NewAsync();
        await AddRowsAsync(house, await house.ClientAsync("Acme"));
        await using (var db = house.Open())
        {
            db.Entry(await db.Events.SingleAsync(Ct)).Property(nameof(EventRow.ActorName)).CurrentValue = "Nobody";
            await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync(Ct));
        }

        await using (var db = house.Open())
        {
            db.Remove(await db.Events.SingleAsync(Ct));
            await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync(Ct));
        }

        await using (var db = house.Open())
        {
            (await db.Events.SingleAsync(Ct)).Done(house.Clock.Now());
            Assert.Equal(1, await db.SaveChangesAsync(Ct));
        }
    }

    [Fact]
    public async Task The_second_of_two_who_edit_at_once_is_told()
    {
        await using var house = await TestDatabase.NewAsync();
        var acme = await house.ClientAsync("Acme");
        await using var first = house.Open();
        await using var second = house.Open();
        var (one, other) = (await first.Clients.SingleAsync(Ct), await second.Clients.SingleAsync(Ct));
        (one.Name, other.Name) = ("First", "Second");

        await first.SaveChangesAsync(Ct);

        Assert.Equal("changed", (await Assert.ThrowsAsync<Conflict>(() => second.SaveChangesAsync(Ct))).Code);
        Assert.Equal("First", await NameAsync(house, acme));
        Assert.Equal(1, one.Version);
    }

    [Fact]
    public async Task The_same_key_twice_is_a_conflict_and_no_bug()
    {
        await using var house = await TestDatabase.NewAsync();
        await AddRowsAsync(house, 0L);
        Assert.Equal("already_exists", (await Assert.ThrowsAsync<Conflict>(() => AddRowsAsync(house, 0L))).Code);
    }

    [Fact]
    public async Task An_instant_that_is_not_UTC_never_reaches_the_database()
    {
        await using var house = await TestDatabase.NewAsync();
        var local = new Client { Name = "Acme", CreatedAt = new(2026, 11, 21, 10, 0, 0, DateTimeKind.Local) };
        await Assert.ThrowsAnyAsync<Exception>(() => house.AddAsync(local));
        var id = await house.ClientAsync("Acme");
        await using var db = house.Open();
        Assert.Equal(DateTimeKind.Utc, (await db.Clients.SingleAsync(c => c.Id == id, Ct)).CreatedAt.Kind);
    }

    private static async Task<List<long>> SeenAsync(TestDatabase house, Actor actor)
    {
        await using var db = house.Database.Open(actor, Can.SeeHome.Allows(actor) ? Can.SeeHome : Can.SeeSelf);
        return await db.Clients.OrderBy(c => c.Id).Select(c => c.Id).ToListAsync(Ct);
    }

    private static async Task RenameAsync(TestDatabase house, Actor actor, Can can, long client)
    {
        await using var db = house.Database.Open(actor, can);
        var row = new Client { Id = client, Name = "Acme", CreatedAt = house.Clock.Now() };
        db.Attach(row);
        row.Name = "Renamed";
        await db.SaveChangesAsync(Ct);
    }

    private static async Task<string> NameAsync(TestDatabase house, long client)
    {
        await using var db = house.Open();
        return (await db.Clients.SingleAsync(c => c.Id == client, Ct)).Name;
    }

    private static async Task AddRowsAsync(TestDatabase house, params long?[] clients)
    {
        await using var db = house.Open();
        foreach (var client in clients)
        {
            var (key, now) = ($"{client ?? -1:x8}", house.Clock.Now());
            db.Add(new StoredFile { ClientId = client, Name = "a.txt", ContentType = "text/plain", Size = 1, Sha256 = [1], StoreKey = key, CreatedAt = now });
            db.Add(new Delivery { ClientId = client, Key = key, Channel = "email", Recipient = "a@b.c", Title = "t", Body = "b", CreatedAt = now }.From(now));
            db.Record(new DeliverySentAgain(1, client, "email", "a@b.c"));
        }

        await db.SaveChangesAsync(Ct);
    }
}
