using Microsoft.Extensions.DependencyInjection;
using Portal.Core.Domains.People;

namespace Portal.Tests.Domains.People;

public class FirstAdminTests
{
    [Fact]
    public async Task The_link_makes_one_admin_however_many_open_it_at_once()
    {
        await using var server = new PortalServer();
        await using (var db = server.Get<Database>().Open(Actor.System("test"), Can.KeepHouse))
            await db.Users.Where(u => u.Role == Role.Admin).ExecuteUpdateAsync(u => u.SetProperty(x => x.Role, Role.Agent), Ct);

        var made = await Task.WhenAll(Enumerable.Range(0, 6).Select(async i =>
        {
            await using var scope = server.Services.CreateAsyncScope();
            var input = Input();
            input.Email = $"admin{i}@example.com";
            var error = await Record.ExceptionAsync(() => scope.ServiceProvider.GetRequiredService<FirstAdmin>().CreateAsync(server.Get<SetupLink>().Token, input, Ct));
            Assert.True(error is null or NotFound, $"{error}");
            return error is null;
        }));

        Assert.Single(made, yes => yes);
    }

    [Fact]
    public async Task Whoever_has_the_link_sets_up_the_first_admin_once()
    {
        await using var server = new PortalServer();
        await using var scope = server.Services.CreateAsyncScope();
        var (first, link) = (scope.ServiceProvider.GetRequiredService<FirstAdmin>(), server.Get<SetupLink>());
        Assert.False(first.IsNeeded()); // the demo has one
        await Assert.ThrowsAsync<NotFound>(() => first.CreateAsync(link.Token, Input(), Ct));

        await using (var db = server.Get<Database>().Open(Actor.System("test"), Can.KeepHouse))
            await db.Users.Where(u => u.Role == Role.Admin).ExecuteUpdateAsync(u => u.SetProperty(x => x.Role, Role.Agent), Ct);
        await Assert.ThrowsAsync<NotFound>(() => first.CreateAsync("rubbish", Input(), Ct));
        await first.CreateAsync(link.Token, Input(), Ct);
        await Assert.ThrowsAsync<NotFound>(() => first.CreateAsync(link.Token, Input("second@example.com"), Ct));
        using var client = await server.SignedInAsync("boss@example.com");
        Assert.Equal("admin", (await client.JsonAsync("/api/auth/me")).Text("role"));
    }

    [Theory]
    [InlineData("boss@example.com", "short", "password")]
    [InlineData("not an address", PortalServer.Password, "email")]
    [InlineData(PortalServer.AcmeOwner, PortalServer.Password, "email")] // taken
    public async Task A_first_admin_that_does_not_fit_is_refused_by_field(string email, string password, string field)
    {
        await using var server = new PortalServer();
        await using var scope = server.Services.CreateAsyncScope();
        var refusal = await Assert.ThrowsAsync<Invalid>(() =>
            scope.ServiceProvider.GetRequiredService<FirstAdmin>().CreateAsync(new NewAdmin { FullName = "Boss", Email = email, Password = password }, Ct));
        Assert.Contains(field, refusal.Errors.Keys);
    }

    [Fact]
    public async Task Two_hosts_that_start_at_once_on_an_empty_database_both_work()
    {
        using var folder = new TempFolder();
        var settings = new Dictionary<string, string>
        {
            ["Portal:MasterKey"] = MasterKey.New(),
            ["Portal:FirstAdmin:Email"] = "boss@example.com",
            ["Portal:FirstAdmin:Password"] = PortalServer.Password,
        };
        PortalServer[] hosts = [.. Enumerable.Range(0, 2).Select(_ => new PortalServer { Environment = "Production", DataPath = folder.Path, Settings = settings })];

        await Task.WhenAll(hosts.Select(h => Task.Run(() => h.CreateClient().Dispose(), Ct)));

        foreach (var host in hosts)
        {
            using var client = await host.SignedInAsync("boss@example.com");
            Assert.Equal(1, (await client.JsonAsync("/api/audit?type=first_admin_created")).GetProperty("total").GetInt32());
        }

        foreach (var host in hosts)
            await host.DisposeAsync();
    }

    private static NewAdmin Input(string email = "boss@example.com") => new() { FullName = "Boss", Email = email, Password = PortalServer.Password };
}
