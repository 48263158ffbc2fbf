using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using Portal.Core.Domains.Integrations;
using Portal.Core.Domains.People;
using Portal.Core.Reactions;
using Portal.Core.Reactions.Audit;
using Portal.Core.Reactions.Notifications;
using Portal.Core.Reactions.Reports;

namespace Portal.Tests.Architecture;

/// <summary>What the portal would send to SQL Server, taken down before it leaves and read as T-SQL.</summary>
public class SqlServerCommands
{
    private static readonly Actor Admin = new(1, "Admin", Role.Admin, []);
    private static readonly Actor Agent = new(2, "Agent", Role.Agent, [new(1, Service.Website, AccessLevel.Worker)]);
    private static readonly Actor Owner = new(3, "Owner", Role.Client, [new(1, null, AccessLevel.Owner)]);
    private static readonly DateTime Then = new(2026, 11, 21, 10, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task Everything_the_services_ask_is_TSQL()
    {
        var (tap, services) = await StartAsync();
        await using var scope = services;
        await AskScreensAsync(services);
        await AskMachineryAsync(services, tap);
        await AskHouseAsync(services);
        await AskPeopleAsync(services);
        await AskTeamAsync(services);
        await AskOwnAsync(services);
        await AskClientsAsync(services);

        AssertParses(tap.Sent);
        string[] tables = ["Clients", "Access", "Events", "Deliveries", "Inbox", "Jobs", "Users", "Sessions", "RefreshTokens", "RateWindows", "AnsweredRequests", "ChainHeads", "SecretKeys", "SigningKeys", "ProtectionKeys"];
        Assert.Empty(tables.Except(tables.Where(table => tap.Sent.Any(sql => sql.Contains($"FROM [{table}]", StringComparison.Ordinal) || sql.Contains($"FROM {table}", StringComparison.Ordinal)))));
        Assert.Contains(tap.Sent, sql => sql.StartsWith("UPDATE Deliveries SET Holder", StringComparison.Ordinal) && sql.Contains("OPENJSON", StringComparison.Ordinal));
        Assert.Contains(tap.Sent, sql => sql.StartsWith("UPDATE Deliveries SET Status = 'Sent'", StringComparison.Ordinal) && sql.Contains("OPENJSON", StringComparison.Ordinal));
        Assert.Contains(tap.Sent, sql => sql.Contains("DELETE", StringComparison.Ordinal) && sql.Contains("[RateWindows]", StringComparison.Ordinal));
        await services.GetRequiredService<Lane>().DisposeAsync();
    }

    [Fact]
    public async Task Every_table_is_written_changed_and_emptied_in_TSQL()
    {
        var (tap, services) = await StartAsync();
        await using var scope = services;
        var types = services.GetRequiredService<Database>().Open(Actor.System("test"), Can.KeepHouse).Model.GetEntityTypes().Where(t => !t.IsOwned()).ToList();
        foreach (var type in types)
        {
            foreach (var state in new[] { EntityState.Added, EntityState.Modified, EntityState.Deleted })
            {
                if (type.ClrType == typeof(EventRow) && state is not EntityState.Added)
                    continue; // what happened stays
                await using var db = services.GetRequiredService<Database>().Open(Actor.System("test"), Can.KeepHouse);
                foreach (var i in Enumerable.Range(1, 5))
                    Mark(db.Entry(Made(db, type, i)), state);
                await db.SaveChangesAsync(Ct);
            }

            var table = type.GetTableName();
            Assert.Contains(tap.Sent, sql => sql.Contains("INTO [" + table, StringComparison.Ordinal) || sql.Contains("MERGE [" + table, StringComparison.Ordinal));
            Assert.True(type.ClrType == typeof(EventRow) || tap.Sent.Any(sql => sql.Contains("DELETE FROM [" + table, StringComparison.Ordinal)), table);
        }

        AssertParses(tap.Sent);
    }

    [Fact]
    public void The_migrations_and_the_schema_are_TSQL()
    {
        using var db = new Database(new SqlServerTap().Provider, TimeProvider.System).Open(Actor.System("test"), Can.KeepHouse);
        var script = db.GetService<IMigrator>().GenerateScript();
        Assert.Contains("CREATE TABLE [Events]", script, StringComparison.Ordinal);
        AssertParses([script, db.Database.GenerateCreateScript(), db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent)]);
    }

    [Fact]
    public void The_parser_refuses_what_is_only_SQLite() =>
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => AssertParses(["SELECT \"a\" FROM t LIMIT 1"]));

    private static async Task AskScreensAsync(IServiceProvider services)
    {
        var audit = services.GetRequiredService<AuditQueries>();
        foreach (var sort in new[] { null, "at", "-at", "type", "-actor", "id" })
            await audit.ListAsync(Admin, new() { Sort = sort }, Ct);
        foreach (var (sort, key) in new[] { ("at", "\"2026-11-21T10:00:00Z\""), ("type", "\"x\""), ("id", "5") })
            await audit.ListAsync(Admin, new() { Sort = sort, Cursor = new Cursor(sort + "+", true, System.Text.Json.JsonElement.Parse(key), 5).Write() }, Ct);
        await audit.ListAsync(Admin, new() { Q = "no_%m", Type = "signed_in", Actor = 1, Client = 1, SubjectKind = "user", SubjectId = 1, From = new(2026, 1, 1), To = new(2026, 2, 1) }, Ct);
        await TryAsync(() => audit.GetAsync(Admin, 1, Ct));
        await audit.Export(Admin, new() { Type = "signed_in" }, Ct).WriteCsvAsync(Stream.Null, Ct);
        await audit.VerifyAsync(Admin, Ct);
        var (home, palette) = (services.GetRequiredService<ClientHomeQueries>(), services.GetRequiredService<PaletteQueries>());
        await services.GetRequiredService<AdminHomeQueries>().GetAsync(Admin, 30, Ct);
        await TryAsync(() => services.GetRequiredService<AgentHomeQueries>().GetAsync(Agent, Ct));
        await home.StandingAsync(Owner, Ct);
        await home.ServicesAsync(Owner, Ct);
        await TryAsync(() => home.GetAsync(Owner, Ct));
        await palette.FindAsync(Admin, "ma_%", Ct);
        var desk = services.GetRequiredService<DeliveryDesk>();
        await desk.ListAsync(Admin, new() { Q = "a", Status = DeliveryState.Dead, Sort = "recipient" }, Ct);
        await TryAsync(() => desk.SendAgainAsync(Admin, 1, Ct));
        await services.GetRequiredService<MailCheck>().SeeAsync(Admin, Ct);
        await TryAsync(() => services.GetRequiredService<PeopleQueries>().MeAsync(Owner, Ct));
        foreach (var state in Enum.GetValues<MessageState>())
            await services.GetRequiredService<MessageQueries>().ListAsync(Owner, MessageChannel.Sms, new() { Status = state, Q = "+26", Subject = "a", Client = 1, Sort = "to" }, Ct);
        foreach (var provider in new[] { Provider.Resend, Provider.Twilio })
        {
            await services.GetRequiredService<StatusChecks>().HasWorkAsync(provider, Ct);
            await services.GetRequiredService<StatusChecks>().RunAsync(provider, Ct);
        }
    }

    private static async Task AskMachineryAsync(IServiceProvider services, SqlServerTap tap)
    {
        var (limits, once, jobs) = (services.GetRequiredService<RateLimits>(), services.GetRequiredService<OnceDesk>(), services.GetRequiredService<JobDesk>());
        var limit = new RateLimit("test", 5, TimeSpan.FromMinutes(1));
        await limits.TakeAsync(limit, "me", ct: Ct);
        await limits.LookAsync(limit, "me", Ct);
        await limits.ForgetAsync(limit, "me", Ct);
        await limits.CleanUpAsync(Ct);
        await once.BeginAsync("door", [1], Ct);
        await TryAsync(() => once.AnswerAsync("door", new(200, null, null, [])));
        await once.ForgetAsync("door");
        await once.CleanUpAsync(Ct);
        await jobs.RunAsync("test", _ => Task.FromResult(new JobResult(1, "done")), Ct);
        await services.GetRequiredService<Sealer>().HasWorkAsync(Ct);
        await TryAsync(() => services.GetRequiredService<Sealer>().RunAsync(Ct)); // finds no head
        await services.GetRequiredService<InboxIntake>().StoreAsync("stripe", [new("1", "paid", new byte[] { 1 })], Ct);
        await services.GetRequiredService<SigningKeys>().RotateAsync(Ct);
        await TryAsync(() => services.GetRequiredService<SecretKeys>().RotateAsync(Ct)); // finds no key
        await services.GetRequiredService<SigningKeys>().PublishedAsync(Ct);
        services.GetRequiredService<ProtectionKeys>().StoreElement(new("key"), "key");
        services.GetRequiredService<ProtectionKeys>().GetAllElements();
        await services.GetRequiredService<DeliverySender>().HasWorkAsync(Ct);

        // Each finds one row that is due; whether it is there to be worked on, the tap does not know.
        tap.Finds("SELECT TOP(@p) [e].[Id]\nFROM [Events]", [1L]);
        tap.Finds("SELECT TOP(@p) [i].[Id]\nFROM [Inbox]", [1L]);
        await services.GetRequiredService<DeliverySender>().RunAsync(Ct);
        await AskForManyDeliveriesAsync(services);
        await TryAsync(() => services.GetRequiredService<EventRelay>().RunAsync(Ct));
        await TryAsync(() => services.GetRequiredService<InboxPump>().RunAsync(Ct));
    }

    private static async Task AskForManyDeliveriesAsync(IServiceProvider services)
    {
        await using var db = services.GetRequiredService<Database>().Open(Actor.System("test"), Can.KeepHouse);
        var delivery = new Delivery { Key = "k", Channel = "email", Recipient = "a@b.c", Title = "t", Body = "b", IsSecret = true, CreatedAt = Then };
        await DeliverySql.ClaimAsync(db, [delivery], "holder", Then, Then);
        await TryAsync(() => DeliverySql.SuppressedAsync(db, ["a@b.c"])); // finds no columns
        await DeliverySql.SentAsync(db, "holder", [new(delivery, DeliveryOutcome.Kind.Sent, "250 Ok")], Then);
    }

    private static async Task AskHouseAsync(IServiceProvider services)
    {
        var (desk, queries, board) = (services.GetRequiredService<DeliveryDesk>(), services.GetRequiredService<DeliveryQueries>(), services.GetRequiredService<JobBoard>());
        foreach (var state in Enum.GetValues<DeliveryState>())
            await desk.ListAsync(Admin, new() { Status = state, Channel = "email", Client = 1, Subject = "a_%", From = new(2026, 1, 1), To = new(2026, 2, 1), Sort = "-subject" }, Ct);
        await desk.SendManyAgainAsync(Admin, new() { Ids = [1, 2], Before = Then }, Ct);
        await desk.SendManyAgainAsync(Admin, new() { Q = "a" }, Ct);
        await TryAsync(() => desk.StopAsync(Admin, 1, Ct));
        await TryAsync(() => desk.LiftAsync(Admin, 1, Ct));
        await TryAsync(() => queries.GetAsync(Admin, 1, Ct));
        await queries.CountsAsync(Admin, Ct);
        await queries.SuppressionsAsync(Admin, new() { Q = "a", Sort = "address" }, Ct);
        await queries.Export(Admin, new(), Ct).WriteCsvAsync(Stream.Null, Ct);
        await services.GetRequiredService<BesideDelivery>().OfAsync(Admin, 1, Ct);
        await board.ListAsync(Admin, Ct);
        await services.GetRequiredService<HouseCleaning>().DeliveriesAsync(Ct);
        await services.GetRequiredService<HouseCleaning>().JobRunsAsync(Ct);
        await services.GetRequiredService<HouseCleaning>().WebhooksAsync(Ct);
        await services.GetRequiredService<HouseCleaning>().ReportsAsync(Ct);
        var inbox = services.GetRequiredService<InboxDesk>();
        await inbox.ListAsync(Admin, new() { Q = "a_%", Provider = "stripe", State = InboxState.Dead, Sort = "received_at" }, Ct);
        await TryAsync(() => inbox.GetAsync(Admin, 1, Ct));
        await TryAsync(() => inbox.RunAgainAsync(Admin, 1, Ct));
        await TryAsync(() => services.GetRequiredService<ReportQueries>().OfAsync(Admin, 1, Ct));
        await services.GetRequiredService<NotificationCleaning>().RunAsync(Ct);
        await services.GetRequiredService<RetentionDesk>().GetAsync(Admin, Ct);
    }

    private static async Task AskPeopleAsync(IServiceProvider services)
    {
        var people = services.GetRequiredService<PersonDirectory>();
        await people.FindAsync(1, 1, Ct);
        var (signIn, tokens) = (services.GetRequiredService<SignInService>(), services.GetRequiredService<TokenService>());
        await TryAsync(() => signIn.CheckAsync(new() { Email = "a@b.c", Password = "x" }, "::1", "test", Ct));
        await TryAsync(() => signIn.BeginAsync(new() { Id = 1, FullName = "A", Role = Role.Client, CreatedAt = Then }, SignInMethod.Password, new(SessionKind.Api, "::1", "test"), ct: Ct));
        await AskEntryAsync(services);
        await signIn.EndAsync(Owner, 1, Ct);
        await TryAsync(() => tokens.RefreshAsync(new() { RefreshToken = "x" }, "::1", Ct));
        await tokens.LogoutAsync(new() { RefreshToken = "x" }, Ct);
        var users = services.GetRequiredService<UserManager<PortalUser>>();
        await users.FindByEmailAsync("a@b.c");
        await users.FindByNameAsync("a@b.c");
        await users.FindByIdAsync("1");
        await services.GetRequiredService<PeopleDemo>().SeedAsync(Ct).ContinueWith(_ => { }, Ct, TaskContinuationOptions.None, TaskScheduler.Default);
        foreach (var actor in new[] { Admin, Agent, Owner })
        {
            await using var db = services.GetRequiredService<Database>().Open(actor, Can.SeeHome);
            await db.Files.OrderBy(f => f.Id).ToListAsync(Ct);
            await db.Clients.ExecuteUpdateAsync(c => c.SetProperty(x => x.ZoneId, "UTC"), Ct);
        }
    }

    private static async Task AskEntryAsync(IServiceProvider services)
    {
        var (codes, second, arrival) = (services.GetRequiredService<CodeSignIn>(), services.GetRequiredService<SecondStep>(), new Arrival(SessionKind.Api, "::1", "test"));
        await TryAsync(() => codes.AskAsync(new() { Email = "a@b.c" }, CodePurpose.SignIn, "::1", Ct));
        await TryAsync(() => codes.VerifyAsync(new() { Email = "a@b.c", Code = "123456" }, arrival, Ct));
        await TryAsync(() => services.GetRequiredService<Registration>().RegisterAsync(
            new() { FullName = "A", Company = "B", Email = "a@b.c", Password = "longer than twelve", AcceptTerms = true }, "::1", Ct));
        await TryAsync(() => services.GetRequiredService<PasswordResets>().ResetAsync(new() { Email = "a@b.c", Code = "123456", Password = "longer than twelve" }, arrival, Ct));
        await second.IsOpenAsync("x", Ct);
        await TryAsync(() => second.PassAsync(new() { MfaToken = "x", Code = "123456" }, arrival, ct: Ct));
        var passkeys = services.GetRequiredService<Passkeys>();
        await passkeys.ListAsync(Owner, Ct);
        await TryAsync(() => passkeys.RemoveAsync(Owner, "AAAA", Ct));
        await passkeys.RefusedAsync("AAAA", arrival, Ct);
        await TryAsync(() => services.GetRequiredService<PeopleQueries>().MyClientAsync(Owner, Ct));
    }

    private static async Task AskTeamAsync(IServiceProvider services)
    {
        var (staff, members) = (services.GetRequiredService<StaffQueries>(), services.GetRequiredService<MemberQueries>());
        foreach (var sort in new[] { null, "-clients", "workload", "-last_sign_in", "capacity" })
            await staff.AgentsAsync(Admin, new() { Sort = sort, Q = "n", Department = Service.Website, Active = true, Workload = WorkloadLevel.Over }, Ct);
        foreach (var (sort, key) in new[] { ("workload", "50"), ("last_sign_in", "\"2026-11-21T10:00:00Z\""), ("name", "\"x\"") })
            await staff.AgentsAsync(Admin, new() { Sort = sort, Cursor = new Cursor(sort + "+", false, System.Text.Json.JsonElement.Parse(key), 5).Write() }, Ct);
        await staff.AdminsAsync(Admin, new() { Q = "n", Sort = "-last_sign_in" }, Ct);
        await staff.FiguresAsync(Admin, Ct);
        await members.StaffInvitationsAsync(Admin, new() { Q = "a", Sort = "expires" }, Ct);
        await services.GetRequiredService<StaffActivity>().OfAsync(Admin, 1, Ct);
        await services.GetRequiredService<AgencyService>().TermsAsync(Ct);
        await TryAsync(() => staff.GetAsync(Admin, 1, Role.Agent, Ct));
        await TryAsync(() => members.ListAsync(Admin, 1, new() { Sort = "joined" }, Ct));
        await TryAsync(() => services.GetRequiredService<AgentService>().HandOverAsync(Admin, new() { AgentId = 1, To = 2, Clients = [1, 2] }, Ct));
        await TryAsync(() => services.GetRequiredService<StaffService>().DeactivateAsync(Admin, 2, Ct));
        await TryAsync(() => services.GetRequiredService<MemberService>().RemoveAsync(Admin, 1, 2, Ct));
        await TryAsync(() => services.GetRequiredService<InvitationService>().InviteStaffAsync(Admin, new() { FullName = "A", Email = "a@b.c", Role = Role.Admin }, Ct));
        await TryAsync(() => services.GetRequiredService<OrganisationService>().GetAsync(Admin, 1, Ct));
    }

    private static async Task AskOwnAsync(IServiceProvider services)
    {
        var (sessions, events) = (services.GetRequiredService<OwnSessions>(), services.GetRequiredService<OwnEvents>());
        foreach (var sort in new[] { null, "seen_at", "-id" })
            await sessions.ListAsync(Owner, 1, new() { Sort = sort }, Ct);
        await sessions.EndOthersAsync(Owner, 1, Ct);
        await events.ListAsync(Owner, new() { Sort = "-at" }, Ct);
        await services.GetRequiredService<ClosingService>().HasWorkAsync(Ct);
        await services.GetRequiredService<ClosingService>().RunAsync(Ct);
        await services.GetRequiredService<Registrations>().HasWorkAsync(Ct);
        await services.GetRequiredService<Registrations>().RunAsync(Ct);
        await services.GetRequiredService<OwnClosing>().ErasesAtAsync(Owner, Ct);
        await TryAsync(() => services.GetRequiredService<OwnProfile>().GetAsync(Owner, Ct));
        await TryAsync(() => services.GetRequiredService<OwnData>().ExportAsync(Owner, Ct));
        await TryAsync(() => services.GetRequiredService<Pictures>().ReadAsync(Agent, PictureOf.Person, 7, Ct));
        await using var db = services.GetRequiredService<Database>().Open(Actor.System("test"), Can.KeepHouse);
        await OwnEmail.PendingAsync(db, 1, Ct);
        await Departure.RefusalAsync(db, new() { Id = 1, FullName = "A", Role = Role.Admin, CreatedAt = Then }, Ct);
        await Departure.RefusalAsync(db, new() { Id = 1, FullName = "A", Role = Role.Client, CreatedAt = Then }, Ct);
    }

    private static async Task AskClientsAsync(IServiceProvider services)
    {
        var (clients, mine) = (services.GetRequiredService<ClientQueries>(), services.GetRequiredService<AgentClientQueries>());
        foreach (var sort in new[] { null, "created", "name", "-name" })
            await clients.ListAsync(Admin, new() { Sort = sort, Q = "n", Status = ClientStatus.Active, Service = Service.Website, Agent = 2, WithoutAgent = true, From = new(2026, 1, 1), To = new(2026, 12, 31) }, Ct);
        await clients.ListAsync(Admin, new() { Sort = "name", Q = "a@b.c", Cursor = new Cursor("name+", false, System.Text.Json.JsonElement.Parse("\"x\""), 5).Write() }, Ct);
        await clients.AgentChoicesAsync(Admin, Ct);
        await TryAsync(() => clients.CountsAsync(Admin, Ct));
        await TryAsync(() => clients.GetAsync(Admin, 1, Ct));
        await mine.ListAsync(Agent, new() { Q = "n" }, Ct);
        await TryAsync(() => mine.GetAsync(Agent, 1, Ct));
        await TryAsync(() => mine.StatsAsync(Agent, Ct));
        await TryAsync(() => services.GetRequiredService<Portal.Core.Reactions.Reports.ClientFeed>().ListAsync(Admin, 1, new(), Ct));
        await TryAsync(() => services.GetRequiredService<ClientImport>().PreviewAsync(Admin, "name,owner_email\nA,a@b.example"u8.ToArray(), Ct));
    }

    private static async Task<(SqlServerTap Tap, ServiceProvider Services)> StartAsync()
    {
        var (tap, master) = (new SqlServerTap(), MasterKey.New());
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Portal:MasterKey"] = master }).Build();
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration)
            .AddFoundation(configuration, makeMasterKey: false).AddPeople().AddIntegrations(configuration).AddReactions(withSamples: true).AddMail(configuration, hasMailbox: true)
            .Replace(ServiceDescriptor.Singleton<IProvider>(tap.Provider))
            .BuildServiceProvider();
        var wrapped = new MasterKey(master).Wrap(new byte[32]);
        tap.Finds("FROM [SecretKeys]", [1L, Then, 1, SecretKey.Box, wrapped], [2L, Then, 1, SecretKey.Chain, wrapped]);
        tap.Finds("FROM SecretKeys", [1L, SecretKey.Box, wrapped], [2L, SecretKey.Chain, wrapped]);
        await services.GetRequiredService<SecretKeys>().PrepareAsync(Ct);
        return (tap, services);
    }

    /// <summary>That a row is not there is all the tap can say; what was asked is what counts.</summary>
    private static async Task TryAsync(Func<Task> ask)
    {
        try
        {
            await ask();
        }
        catch (Exception e) when (e is PortalException or InvalidOperationException)
        {
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2067", Justification = "Tests are not trimmed.")]
    private static object Made(PortalDb db, Microsoft.EntityFrameworkCore.Metadata.IEntityType type, int number)
    {
        var row = RuntimeHelpers.GetUninitializedObject(type.ClrType);
        var entry = db.Entry(row);
        foreach (var property in type.GetProperties().Where(p => !p.IsShadowProperty() && (!p.IsNullable || p.IsPrimaryKey())))
            entry.Property(property.Name).CurrentValue = Value(property.ClrType, number, property.IsPrimaryKey() || property.GetContainingIndexes().Any(x => x.IsUnique));
        foreach (var part in type.GetComplexProperties())
            entry.ComplexProperty(part.Name).CurrentValue = Activator.CreateInstance(part.ClrType);
        return row;
    }

    private static void Mark(EntityEntry row, EntityState state)
    {
        row.State = state is EntityState.Modified ? EntityState.Unchanged : state;
        if (state is not EntityState.Modified)
            return;
        foreach (var property in row.Properties.Where(p => !p.Metadata.IsKey() && p.Metadata.Name != nameof(IBelongsToClient.ClientId) && (row.Entity is not IBelongsToPerson || p.Metadata.Name != nameof(IBelongsToPerson.UserId))))
            property.IsModified = true;
    }

    private static object? Value(Type type, int number, bool isUnique) => type switch
    {
        _ when type == typeof(string) => $"{number}",
        _ when type == typeof(byte[]) => new[] { (byte)number },
        _ when type == typeof(DateTime) => Then,
        { IsEnum: true } when isUnique => Enum.GetValues(type).GetValue(number % Enum.GetValues(type).Length),
        _ when isUnique || type == typeof(int) => Convert.ChangeType(number, type, System.Globalization.CultureInfo.InvariantCulture),
        { IsEnum: true } => Enum.GetValues(type).GetValue(0),
        { IsValueType: true } => Activator.CreateInstance(type),
        _ => null,
    };

    private static void AssertParses(IEnumerable<string> commands)
    {
        foreach (var sql in commands.Distinct())
        {
            new TSql150Parser(initialQuotedIdentifiers: true).Parse(new StringReader(sql), out var errors);
            Assert.True(errors.Count == 0, $"{string.Join("; ", errors.Select(e => $"line {e.Line}: {e.Message}"))}\n{sql}");
        }
    }
}
