using Portal.Core.Domains.People;

namespace Portal.Tests.Domains.People;

public sealed class ClosingTests
{
    [Fact]
    public async Task A_closed_account_can_be_kept_for_two_weeks()
    {
        var clock = new TestClock();
        await using var server = new PortalServer { Clock = clock };
        await NothingIsClosingAsync(server);
        var me = await server.ActorAsync(PortalServer.AcmeViewer);
        await server.WithAsync<OwnClosing>(async own =>
        {
            await Assert.ThrowsAsync<Invalid>(() => own.CloseAsync(me, new() { Email = "someone@else.com", Password = PortalServer.Password }, Ct));
            await Assert.ThrowsAsync<Invalid>(() => own.CloseAsync(me, new() { Email = PortalServer.AcmeViewer, Password = "wrong" }, Ct));
            Assert.Null(await own.ErasesAtAsync(me, Ct));
            for (var i = 0; i < 2; i++)
                await own.CloseAsync(me, new() { Email = PortalServer.AcmeViewer.ToUpperInvariant(), Password = PortalServer.Password }, Ct);
            Assert.Equal(clock.Now().AddDays(14), await own.ErasesAtAsync(me, Ct));

            clock.Forward(TimeSpan.FromDays(13));
            Assert.False(await server.Get<ClosingService>().HasWorkAsync(Ct));
            await own.KeepAsync(me, Ct);
            clock.Forward(TimeSpan.FromDays(2));
        });

        Assert.Equal((0, 0), await server.Get<ClosingService>().RunAsync(Ct));
        Assert.True((await server.UserAsync(me.UserId)).IsActive);
        Assert.Equal((1, 1), (await server.EventsAsync(me.UserId, "account_closing"), await server.EventsAsync(me.UserId, "account_kept")));
    }

    [Fact]
    public async Task After_two_weeks_nothing_is_left_of_the_person()
    {
        var clock = new TestClock();
        await using var server = new PortalServer { Clock = clock };
        await NothingIsClosingAsync(server);
        using var client = await server.SignedInAsync(PortalServer.AcmeViewer);
        var me = await server.ActorAsync(PortalServer.AcmeViewer);
        using (var photo = new MemoryStream(PicturesTests.Png))
            await server.Get<Pictures>().SetAsync(me, PictureOf.Person, me.UserId, "me.png", photo, Ct);
        await server.WithAsync<OwnSecondFactor>(async own => await own.TurnOnAsync(me, new() { Code = Totp.Code((await own.BeginAsync(me, new() { Password = PortalServer.Password }, Ct)).Secret, clock.Now()) }, Ct));
        await CloseAsync(server, PortalServer.AcmeViewer);
        clock.Forward(TimeSpan.FromDays(14));

        Assert.Equal((1, 0), await server.Get<ClosingService>().RunAsync(Ct));
        Assert.Equal((0, 0), await server.Get<ClosingService>().RunAsync(Ct));

        var user = await server.UserAsync(me.UserId);
        Assert.Equal(("Erased person", $"erased-{me.UserId}@erased.invalid", false), (user.FullName, user.Email, user.IsActive));
        Assert.True(user is { PasswordHash: null, PhoneNumber: null, PhotoId: null, AuthenticatorSecret: null, TwoFactorEnabled: false, ErasesAt: null });
        await using var db = server.Open();
        Assert.False(await db.Access.AnyAsync(a => a.UserId == me.UserId, Ct));
        Assert.False(await db.RecoveryCodes.AnyAsync(c => c.UserId == me.UserId, Ct));
        Assert.False(await db.Files.AnyAsync(Ct));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(server.DataPath, "files"), "*", SearchOption.AllDirectories));
        Assert.All(await db.Sessions.Where(s => s.UserId == me.UserId).ToListAsync(Ct), s => Assert.True(s is { EndedAt: not null, Address: "", Device: "" }));
        Assert.Equal(1, await server.EventsAsync(me.UserId, "account_erased"));
        using var after = await client.GetAsync(new Uri("/api/auth/me", UriKind.Relative), Ct);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, after.StatusCode);
    }

    [Fact]
    public async Task What_was_written_to_the_person_no_longer_says_to_whom()
    {
        var clock = new TestClock();
        await using var server = new PortalServer { Clock = clock };
        await NothingIsClosingAsync(server);
        await using var db = server.Open();
        var me = await server.ActorAsync(PortalServer.AcmeViewer);
        db.Add(new Delivery { Key = "before", Channel = "email", Recipient = PortalServer.AcmeViewer, Title = "Dear viewer", Body = "Dear viewer", CreatedAt = clock.Now() });
        var earlier = new Delivery { Key = "earlier", Channel = "email", Recipient = "earlier@acme.local", UserId = me.UserId, Title = "Dear viewer", Body = "Dear viewer", CreatedAt = clock.Now() };
        earlier.Refused("550 earlier@acme.local is no user.", clock.Now());
        db.Add(earlier);
        db.Add(new Delivery { Key = "waits", Channel = "email", Recipient = PortalServer.AcmeViewer, Title = "Dear viewer", Body = "Dear viewer", CreatedAt = clock.Now() }.From(clock.Now().AddYears(1)));
        await db.SaveChangesAsync(Ct);
        db.Add(new DeliveryAttempt { DeliveryId = earlier.Id, At = clock.Now(), TookMs = 1, Outcome = AttemptOutcome.RefusedForGood, Words = "550 earlier@acme.local is no user.", Host = "h" });
        await db.SaveChangesAsync(Ct);
        await CloseAsync(server, PortalServer.AcmeViewer);
        clock.Forward(TimeSpan.FromDays(14));
        await server.Get<ClosingService>().RunAsync(Ct);

        var message = await db.Deliveries.AsNoTracking().SingleAsync(d => d.Key == "before", Ct);
        Assert.Equal(("", "", "", ""), (message.Recipient, message.RecipientSearch, message.Title, message.Body));
        Assert.False(await db.Deliveries.AnyAsync(d => d.RecipientSearch == PortalServer.AcmeViewer, Ct));
        Assert.True(await db.Deliveries.AsNoTracking().SingleAsync(d => d.Key == "earlier", Ct) is { Recipient: "", Body: "", Trouble: null, Status: DeliveryStatus.Dead });
        Assert.Equal("", await db.DeliveryAttempts.Where(a => a.DeliveryId == earlier.Id).Select(a => a.Words).SingleAsync(Ct));
        Assert.True(await db.Deliveries.AsNoTracking().SingleAsync(d => d.Key == "waits", Ct) is { Status: DeliveryStatus.NotNeeded, NextTryAt: null, DoneAt: not null });
    }

    [Theory]
    [InlineData(PortalServer.AcmeOwner, "last_owner")]
    [InlineData(PortalServer.Admin, "last_admin")]
    public async Task Who_is_the_last_of_their_kind_stays(string email, string code)
    {
        await using var server = new PortalServer();
        await using (var db = server.Open())
            await db.Users.Where(u => u.Role == Role.Admin && u.Email != PortalServer.Admin).ExecuteUpdateAsync(u => u.SetProperty(x => x.IsActive, false), Ct);

        var refusal = await Assert.ThrowsAsync<RuleBroken>(() => CloseAsync(server, email));

        Assert.Equal(code, refusal.Code);
        Assert.Null((await server.UserAsync((await server.ActorAsync(email)).UserId)).ErasesAt);
    }

    [Fact]
    public async Task An_owner_may_go_when_there_is_another_and_stays_when_they_have_become_the_last()
    {
        var clock = new TestClock();
        await using var server = new PortalServer { Clock = clock };
        await NothingIsClosingAsync(server);
        var (owner, viewer) = (await server.ActorAsync(PortalServer.AcmeOwner), await server.ActorAsync(PortalServer.AcmeViewer));
        await LevelAsync(AccessLevel.Owner);
        await CloseAsync(server, PortalServer.AcmeOwner);
        await LevelAsync(AccessLevel.Viewer);
        clock.Forward(TimeSpan.FromDays(15));
        Assert.Equal((0, 0), await server.Get<ClosingService>().RunAsync(Ct));

        await LevelAsync(AccessLevel.Owner);
        Assert.False(await server.Get<ClosingService>().HasWorkAsync(Ct)); // not again before tomorrow
        clock.Forward(TimeSpan.FromDays(1));

        Assert.Equal((1, 0), await server.Get<ClosingService>().RunAsync(Ct));
        Assert.False((await server.UserAsync(owner.UserId)).IsActive);

        async Task LevelAsync(AccessLevel level)
        {
            await using var db = server.Open();
            await db.Access.Where(a => a.UserId == viewer.UserId).ExecuteUpdateAsync(a => a.SetProperty(x => x.Level, level), Ct);
        }
    }

    [Fact]
    public async Task A_client_whose_two_weeks_are_over_is_closed_once()
    {
        var clock = new TestClock();
        await using var server = new PortalServer { Clock = clock };
        await NothingIsClosingAsync(server);
        using var client = await server.SignedInAsync(PortalServer.AcmeOwner);
        var acme = (await server.ActorAsync(PortalServer.AcmeOwner)).Grants[0].ClientId;
        await using (var db = server.Open())
        {
            (await db.Clients.SingleAsync(c => c.Id == acme, Ct)).BeginClosing(clock.Now());
            await db.SaveChangesAsync(Ct);
        }

        Assert.Equal((0, 0), await server.Get<ClosingService>().RunAsync(Ct));
        clock.Forward(TimeSpan.FromDays(14));
        Assert.Equal((0, 1), await server.Get<ClosingService>().RunAsync(Ct));
        Assert.Equal((0, 0), await server.Get<ClosingService>().RunAsync(Ct));

        await using var look = server.Open();
        Assert.Equal(ClientStatus.Closed, (await look.Clients.SingleAsync(c => c.Id == acme, Ct)).Status);
        Assert.Equal(1, await look.Events.CountAsync(e => e.Type == "client_closed" && e.ClientId == acme, Ct));
    }

    [Fact]
    public async Task One_that_cannot_be_erased_stops_neither_the_other_people_nor_the_clients()
    {
        var clock = new TestClock();
        await using var server = new PortalServer { Clock = clock };
        await NothingIsClosingAsync(server);
        var (first, other) = (await server.ActorAsync(PortalServer.WebsiteAgent), await server.ActorAsync(PortalServer.AcmeViewer));
        Assert.True(first.UserId < other.UserId);
        await CloseAsync(server, PortalServer.AcmeViewer);
        await server.ChangeAsync(PortalServer.WebsiteAgent, user => user.ErasesAt = clock.Now());
        await using (var db = server.Open())
        {
            (await db.Clients.SingleAsync(c => c.Name == "Globex Learning", Ct)).BeginClosing(clock.Now());
            await db.SaveChangesAsync(Ct);
        }

        clock.Forward(TimeSpan.FromDays(14));
        await server.StickAsync("Users", first.UserId);

        Assert.Contains("2 done, 1 failed", (await Assert.ThrowsAsync<RuleBroken>(() => server.Get<ClosingService>().RunAsync(Ct))).Message, StringComparison.Ordinal);

        Assert.Equal((true, false), ((await server.UserAsync(first.UserId)).IsActive, (await server.UserAsync(other.UserId)).IsActive));
        await server.UnstickAsync("Users");
        Assert.Equal((1, 0), await server.Get<ClosingService>().RunAsync(Ct));
    }

    [Fact]
    public async Task However_many_cannot_be_erased_the_others_are_and_the_log_says_who_it_was()
    {
        var (clock, log) = (new TestClock(), new HeardLog());
        await using var server = new PortalServer { Clock = clock, Log = log };
        await NothingIsClosingAsync(server);
        var people = Enumerable.Range(0, 102).Select(i => $"{i}@going.example").Select(name => new PortalUser
        {
            UserName = name,
            NormalizedUserName = name.ToUpperInvariant(),
            Email = name,
            NormalizedEmail = name.ToUpperInvariant(),
            FullName = name,
            Role = Role.Client,
            CreatedAt = clock.Now(),
            ErasesAt = clock.Now(),
        }).ToList();
        await using (var db = server.Open())
        {
            db.AddRange(people);
            await db.SaveChangesAsync(Ct);
        }

        await server.Get<Database>().Provider.ExecuteAsync($"CREATE TRIGGER Stuck BEFORE UPDATE ON Users WHEN OLD.Id < {people[^1].Id} BEGIN SELECT RAISE(ABORT, 'It is stuck.'); END");
        var failure = await Assert.ThrowsAsync<RuleBroken>(() => server.Get<ClosingService>().RunAsync(Ct));

        Assert.Contains("1 done, 101 failed", failure.Message, StringComparison.Ordinal);
        Assert.False((await server.UserAsync(people[^1].Id)).IsActive);
        Assert.Contains(log.Lines, line => line.StartsWith($"Erasing a person {people[0].Id} failed", StringComparison.Ordinal));
    }

    /// <summary>What is about to end in the demo is kept, so that nothing ends but what the test ends.</summary>
    private static async Task NothingIsClosingAsync(PortalServer server)
    {
        await using var db = server.Open();
        foreach (var client in await db.Clients.Where(c => c.Status == ClientStatus.Closing).ToListAsync(Ct))
            client.Keep();
        await db.SaveChangesAsync(Ct);
        await db.Users.Where(u => u.ErasesAt != null).ExecuteUpdateAsync(u => u.SetProperty(x => x.ErasesAt, (DateTime?)null), Ct);
    }

    private static async Task CloseAsync(PortalServer server, string email)
    {
        var me = await server.ActorAsync(email);
        await server.WithAsync<OwnClosing>(own => own.CloseAsync(me, new() { Email = email, Password = PortalServer.Password }, Ct));
    }
}
