using System.Data.Common;
using System.Net;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Portal.Tests.Api;

public class RegistrationTests
{
    private const string Ada = "ada@okafor.example";

    [Fact]
    public async Task Who_registers_verifies_the_address_and_waits_for_approval()
    {
        await using var server = new PortalServer { Clock = new() };
        using var client = server.CreateClient();
        var (organisations, addresses) = (await server.CountAsync("client_registered"), await server.CountAsync("email_verified"));
        using (var registered = await client.PostAsync("/api/auth/register", Entries.Registrant(Ada)))
            Assert.Equal((HttpStatusCode.Accepted, ""), (registered.StatusCode, await registered.Content.ReadAsStringAsync(Ct)));
        using (var early = await client.LoginAsync(Ada))
            await early.RefusedAsync(HttpStatusCode.Forbidden, "email_not_verified");
        using (var guess = await client.LoginAsync(Ada, "not the password"))
            await guess.RefusedAsync(HttpStatusCode.Unauthorized, "invalid_credentials");

        using (var verified = await client.PostAsync("/api/auth/verify", new { email = Ada, code = await server.CodeAsync(Ada) }))
            Assert.Equal(HttpStatusCode.NoContent, verified.StatusCode);

        using var granted = await client.LoginAsync(Ada);
        var mine = await client.AsAsync(granted, "/api/auth/me/client");
        Assert.Equal(("Okafor & Daughters", "pending", "owner"), (mine.Text("name"), mine.Text("status"), mine.Text("level")));
        using var closed = await client.GetAsync(new Uri("/api/audit", UriKind.Relative), Ct);
        await closed.RefusedAsync(HttpStatusCode.Forbidden, "forbidden");
        await using var db = server.Open();
        var user = await db.Users.SingleAsync(u => u.Email == Ada, Ct);
        Assert.Equal((1, server.Clock.Now(), "+263 77 123 4567", Role.Client), (user.TermsVersion, user.TermsAcceptedAt, user.PhoneNumber, user.Role));
        Assert.Equal((organisations + 1, addresses + 1), (await server.CountAsync("client_registered"), await server.CountAsync("email_verified")));
    }

    [Fact]
    public async Task A_known_address_gets_the_same_answer_and_a_mail_and_nothing_else_happens()
    {
        await using var server = new PortalServer();
        using var client = server.CreateClient();
        var before = await KeptAsync(server);
        using var registered = await client.PostAsync("/api/auth/register", Entries.Registrant("Owner@ACME.local", "quite another password"));
        Assert.Equal((HttpStatusCode.Accepted, ""), (registered.StatusCode, await registered.Content.ReadAsStringAsync(Ct)));

        Assert.Equal(before, await KeptAsync(server));
        await using var db = server.Open();
        var mail = await db.NewDeliveries().SingleAsync(d => d.Recipient == PortalServer.AcmeOwner, Ct);
        Assert.Contains("account already", mail.Title, StringComparison.Ordinal);
        Assert.DoesNotMatch(Entries.SixFigures(), mail.Body);
        using var still = await client.LoginAsync(PortalServer.AcmeOwner);
        Assert.Equal(HttpStatusCode.OK, still.StatusCode);
    }

    [Fact]
    public async Task Of_many_who_register_one_address_at_once_one_gets_an_account()
    {
        await using var server = new PortalServer();
        using var client = server.CreateClient();
        var before = await KeptAsync(server);
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => client.PostAsync("/api/auth/register", Entries.Registrant(Ada))));
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.Accepted, a.StatusCode));
        await using var db = server.Open();
        Assert.Equal((before.People + 1, before.Clients + 1), await KeptAsync(server));
        Assert.Equal(1, await db.Users.CountAsync(u => u.Email == Ada, Ct));
    }

    [Fact]
    public async Task Whoever_is_always_a_moment_late_is_told_to_come_back_and_nothing_is_kept()
    {
        var others = new Others();
        await using var server = new PortalServer { Between = others };
        using var client = server.CreateClient();
        var before = await KeptAsync(server);

        // Between every look at the address and its save somebody takes it, or lets it go again.
        var (theirs, taken) = (PortalServer.AcmeViewer.ToUpperInvariant(), Ada.ToUpperInvariant());
        others.Then = () => server.ChangeAsync(PortalServer.AcmeViewer, user => user.NormalizedEmail = others.Came % 2 == 1 ? taken : theirs);
        using (var late = await client.PostAsync("/api/auth/register", Entries.Registrant(Ada)))
        {
            await late.RefusedAsync(HttpStatusCode.ServiceUnavailable, "store_unavailable");
            Assert.Equal(TimeSpan.FromSeconds(5), late.Headers.RetryAfter?.Delta);
        }

        Assert.Equal(3, others.Came);
        Assert.Equal(before, await KeptAsync(server));
        others.Then = null;
        await server.ChangeAsync(PortalServer.AcmeViewer, user => user.NormalizedEmail = theirs);
        using var registered = await client.PostAsync("/api/auth/register", Entries.Registrant(Ada));
        Assert.Equal(HttpStatusCode.Accepted, registered.StatusCode);
        Assert.Equal((before.People + 1, before.Clients + 1), await KeptAsync(server));
    }

    [Fact]
    public async Task Whoever_registers_again_before_verifying_goes_on_with_a_new_code()
    {
        await using var server = new PortalServer();
        using var client = server.CreateClient();
        for (var i = 0; i < 2; i++)
            (await client.PostAsync("/api/auth/register", Entries.Registrant(Ada))).EnsureSuccessStatusCode().Dispose();

        using var verified = await client.PostAsync("/api/auth/verify", new { email = Ada, code = await server.CodeAsync(Ada) });

        Assert.Equal(HttpStatusCode.NoContent, verified.StatusCode);
        await using var db = server.Open();
        Assert.Equal((1, 2), (await db.Users.CountAsync(u => u.Email == Ada, Ct), await db.NewDeliveries().CountAsync(d => d.Recipient == Ada && d.Title.StartsWith("Verify"), Ct)));
    }

    // Anyone can type this address first, with a password of their own.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nobody_gets_in_with_a_password_for_an_address_that_someone_else_then_confirmed(bool strangerIsFirst)
    {
        await using var server = new PortalServer();
        using var client = server.CreateClient();
        var stranger = new { full_name = "Eve", company = "Evil & Co", email = Ada, password = "correct horse of a stranger", accept_terms = true };
        foreach (var registrant in strangerIsFirst ? new object[] { stranger, Entries.Registrant(Ada) } : [Entries.Registrant(Ada), stranger])
            (await client.PostAsync("/api/auth/register", registrant)).EnsureSuccessStatusCode().Dispose();

        (await client.PostAsync("/api/auth/verify", new { email = Ada, code = await server.CodeAsync(Ada) })).EnsureSuccessStatusCode().Dispose();

        using var login = await client.PostAsync("/api/auth/login", new { email = Ada, password = "correct horse of a stranger" });
        Assert.Equal(HttpStatusCode.Unauthorized, login.StatusCode);
        await using var db = server.Open();
        Assert.Equal(strangerIsFirst, !await db.Clients.AnyAsync(c => c.Name == "Evil & Co", Ct));
    }

    [Theory]
    [InlineData("full_name", "")]
    [InlineData("company", "")]
    [InlineData("email", "no address")]
    [InlineData("mobile_number", "call me")]
    [InlineData("password", "elevenchars")]
    [InlineData("accept_terms", false)]
    public async Task What_does_not_fit_is_refused_by_its_field_and_nothing_is_kept(string field, object value)
    {
        await using var server = new PortalServer();
        using var client = server.CreateClient();
        var before = await KeptAsync(server);
        var fields = System.Text.Json.JsonSerializer.SerializeToNode(Entries.Registrant(Ada))!.AsObject();
        fields[field] = System.Text.Json.JsonSerializer.SerializeToNode(value);
        using var answer = await client.PostAsync("/api/auth/register", fields);
        var problem = await answer.RefusedAsync(HttpStatusCode.UnprocessableEntity, "invalid");
        Assert.Equal([field], problem.GetProperty("errors").EnumerateObject().Select(e => e.Name));
        await using var db = server.Open();
        Assert.Equal((before, 0), (await KeptAsync(server), await db.NewDeliveries().CountAsync(Ct)));
    }

    [Fact]
    public async Task Another_code_can_be_asked_for_and_makes_the_first_useless()
    {
        await using var server = new PortalServer { Clock = new() };
        using var client = server.CreateClient();
        (await client.PostAsync("/api/auth/register", Entries.Registrant(Ada))).Dispose();
        var first = await server.CodeAsync(Ada);
        using (var asked = await client.PostAsync("/api/auth/verify/request", new { email = Ada }))
            Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        var second = await server.CodeAsync(Ada);
        if (first != second) // one in a million
            await VerifyAsync(client, first, HttpStatusCode.UnprocessableEntity);
        server.Clock.Forward(TimeSpan.FromMinutes(9));
        await VerifyAsync(client, second, HttpStatusCode.NoContent);
        await VerifyAsync(client, second, HttpStatusCode.UnprocessableEntity); // it works once
    }

    [Fact]
    public async Task A_code_to_verify_is_good_for_ten_minutes_and_five_tries()
    {
        await using var server = new PortalServer { Clock = new() };
        using var client = server.CreateClient();
        (await client.PostAsync("/api/auth/register", Entries.Registrant(Ada))).Dispose();
        var code = await server.CodeAsync(Ada);
        server.Clock.Forward(TimeSpan.FromMinutes(10));
        await VerifyAsync(client, code, HttpStatusCode.UnprocessableEntity);

        (await client.PostAsync("/api/auth/verify/request", new { email = Ada })).Dispose();
        code = await server.CodeAsync(Ada);
        for (var i = 0; i < 5; i++)
            await VerifyAsync(client, Entries.Other(code), HttpStatusCode.UnprocessableEntity);
        await VerifyAsync(client, code, HttpStatusCode.UnprocessableEntity);
        using var still = await client.LoginAsync(Ada);
        await still.RefusedAsync(HttpStatusCode.Forbidden, "email_not_verified");
    }

    [Fact]
    public async Task Whoever_comes_in_by_mail_does_not_keep_the_password_that_a_stranger_may_have_chosen()
    {
        await using var server = new PortalServer();
        using var client = server.CreateClient();
        (await client.PostAsync("/api/auth/register", Entries.Registrant(Ada))).Dispose();
        (await client.PostAsync("/api/auth/otp/request", new { email = Ada })).Dispose();
        using (var entered = await client.PostAsync("/api/auth/otp/verify", new { email = Ada, code = await server.CodeAsync(Ada) }))
            Assert.Equal(HttpStatusCode.OK, entered.StatusCode);
        using var stranger = await client.LoginAsync(Ada);
        await stranger.RefusedAsync(HttpStatusCode.Unauthorized, "invalid_credentials");
    }

    [Theory]
    [InlineData(PortalServer.Admin)]
    [InlineData(PortalServer.MarketingAgent)]
    public async Task Only_a_clients_people_have_an_organisation_of_their_own(string email)
    {
        await using var server = new PortalServer();
        using var client = await server.SignedInAsync(email);
        using var answer = await client.GetAsync(new Uri("/api/auth/me/client", UriKind.Relative), Ct);
        var problem = await answer.RefusedAsync(HttpStatusCode.NotFound, "not_found");
        Assert.Contains("only a client's people", problem.Text("title"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clients_person_sees_their_own_organisation_and_their_level()
    {
        await using var server = new PortalServer();
        using var client = await server.SignedInAsync(PortalServer.AcmeViewer);
        var mine = await client.JsonAsync("/api/auth/me/client");
        Assert.Equal(("Acme Jewellers", "active", "viewer", "USD"), (mine.Text("name"), mine.Text("status"), mine.Text("level"), mine.Text("currency")));
        Assert.False(mine.TryGetProperty("agency_note", out _));
    }

    private static async Task<(int People, int Clients)> KeptAsync(PortalServer server)
    {
        await using var db = server.Open();
        return (await db.Users.CountAsync(Ct), await db.Clients.CountAsync(Ct));
    }

    private static async Task VerifyAsync(HttpClient client, string code, HttpStatusCode expected)
    {
        using var answer = await client.PostAsync("/api/auth/verify", new { email = Ada, code });
        Assert.Equal(expected, answer.StatusCode);
    }

    /// <summary>Do something whenever somebody outside of the lane has looked for a person by their address.</summary>
    private sealed class Others : DbCommandInterceptor
    {
        public Func<Task>? Then { get; set; }

        public int Came { get; private set; }

        public override async ValueTask<DbDataReader> ReaderExecutedAsync(DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
        {
            if (Then is { } then && command.Transaction is null && command.CommandText.StartsWith("SELECT", StringComparison.Ordinal) && command.CommandText.Contains("\"NormalizedEmail\" = ", StringComparison.Ordinal))
            {
                Came++;
                await then();
            }

            return result;
        }
    }
}
