using System.Net;
using System.Text;
using Portal.Core.Domains.Integrations;

namespace Portal.Tests.Domains.Integrations.Simulators;

/// <summary>Who comes in at the simulators, how they behave, and how what they have to tell arrives.</summary>
public sealed class SimulatorDoorTests
{
    private static readonly ProviderMail Mail = new("us@example.com", "ann@example.com", "Hello", "Good day");

    [Fact]
    public async Task Without_any_credentials_the_simulators_account_is_handed_out_and_its_connection_works()
    {
        await using var house = await SimulatorHouse.NewAsync();
        var accounts = house.Get<ProviderAccounts>();
        foreach (var probe in house.Get<IEnumerable<IProviderProbe>>().Where(p => SimulatorAccounts.Simulated.Contains(p.Provider)))
        {
            foreach (var account in new[] { (await accounts.FindAsync(probe.Provider, false, Ct))!, await house.AccountAsync(probe.Provider) })
            {
                Assert.Equal(AccountSource.Simulator, account.Source);
                Assert.True((await probe.TryAsync(account, Ct)) is { Works: true }, $"{account}");
            }
        }

        Assert.Null(await accounts.FindAsync(Provider.Namecheap, false, Ct));
        var standing = (await house.Get<ApiConfigQueries>().StandingsAsync(house.Admin, Ct)).Single(s => s.Provider == Provider.Sendgrid);
        Assert.Equal((AccountSource.Simulator, AccountSource.Simulator), (standing.Live.Source!.Value, standing.Sandbox.Source!.Value));
    }

    [Fact]
    public async Task The_configurations_of_the_demo_lead_here_and_can_be_tested()
    {
        await using var house = await SimulatorHouse.NewAsync();
        foreach (var config in (await house.Get<ApiConfigQueries>().ListAsync(house.Admin, new(), Ct)).Items.Where(c => SimulatorAccounts.Simulated.Contains(c.Provider)))
        {
            var answer = await house.Get<ApiConfigTester>().TestAsync(house.Admin, config.Id, Ct);
            Assert.True(answer.Works, $"{config.Name}: {answer.Words}");
        }
    }

    [Fact]
    public async Task What_is_configured_comes_before_the_simulator()
    {
        await using var house = await SimulatorHouse.NewAsync(("SENDGRID_API_KEY", "SG.real"));
        Assert.Equal(AccountSource.Environment, (await house.Get<ProviderAccounts>().FindAsync(Provider.Sendgrid, false, Ct))!.Source);
        Assert.Equal(AccountSource.Simulator, (await house.Get<ProviderAccounts>().FindAsync(Provider.Sendgrid, true, Ct))!.Source);
        Assert.Equal(AccountSource.Database, (await house.Get<ProviderAccounts>().FindAsync(Provider.Stripe, true, Ct))!.Source); // the demo's
    }

    [Fact]
    public async Task Nobody_comes_in_without_a_key_of_ours_and_nothing_too_large()
    {
        await using var house = await SimulatorHouse.NewAsync();
        using var http = new HttpClient { BaseAddress = house.Address };
        foreach (var path in new[] { "sendgrid/v3/mail/send", "resend/emails", "twilio/2010-04-01/Accounts/ACx/Messages.json", "whatsapp/v23.0/1/messages", "stripe/v1/customers", "paypal/v1/oauth2/token", "paypal/v2/checkout/orders" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"simulators/{path}") { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
            request.Headers.Authorization = new("Bearer", "sk_made_up");
            Assert.Equal(HttpStatusCode.Unauthorized, (await http.SendAsync(request, Ct)).StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri("simulators/nobody/x", UriKind.Relative), Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri("simulators/stripe/pay/cs_none", UriKind.Relative), Ct)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri("simulators/stripe/v9/x", UriKind.Relative), Ct)).StatusCode);
        using var large = new ByteArrayContent(new byte[(1 << 20) + 1]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await http.PostAsync(new Uri("simulators/stripe/v1/customers", UriKind.Relative), large, Ct)).StatusCode);
        await using var db = house.Open();
        Assert.Equal(0, await db.SimulatedObjects.CountAsync(o => o.Kind == "customer" || o.Kind == "message" || o.Kind == "call", Ct));
    }

    [Fact]
    public async Task Outside_Development_nothing_of_real_clients_goes_to_a_stand_in()
    {
        await using var server = new PortalServer { Environment = "Production", HasSimulators = true, Settings = new() { ["Portal:MasterKey"] = MasterKey.New(), ["Portal:PublicUrl"] = "https://portal.example" } };
        var accounts = server.Get<ProviderAccounts>();
        foreach (var provider in SimulatorAccounts.Simulated)
        {
            Assert.Null(await accounts.FindAsync(provider, false, Ct));
            Assert.Equal((AccountSource.Simulator, true), await accounts.FindAsync(provider, true, Ct) is { } trial ? (trial.Source, trial.IsSandbox) : default);
            Assert.Equal([true], (await accounts.AllAsync(provider, Ct)).Select(a => a.IsSandbox));
        }
    }

    [Theory]
    [InlineData("Production", null)]
    [InlineData("Development", "false")]
    public async Task Where_they_are_not_switched_on_there_are_none(string environment, string? asked)
    {
        await using var server = new PortalServer { Environment = environment, Settings = new() { ["Portal:MasterKey"] = MasterKey.New(), ["Portal:Simulators"] = asked ?? "" } };
        using var http = server.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new("http://localhost:5080") });
        foreach (var path in new[] { "/simulators/stripe/v1/balance", "/simulators/paypal/approve/x" })
            Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri(path, UriKind.Relative), Ct)).StatusCode);
        Assert.Null(server.Services.GetService(typeof(SimulatorAccounts)));
        Assert.Null(server.Services.GetService(typeof(SimulatorCallbacks)));
        Assert.Null(await server.Get<ProviderAccounts>().FindAsync(Provider.Paypal, true, Ct));
        Assert.IsType<CertificateFetcher>(server.Get<ICertificateSource>());
        Assert.DoesNotContain(server.Get<IEnumerable<JobPlan>>(), p => p.Name == "call-back");
    }

    [Fact]
    public async Task A_provider_that_is_down_fails_or_stumbles_does_so_as_it_was_told()
    {
        await using var house = await SimulatorHouse.NewAsync();
        var (client, account) = (house.Get<SendgridClient>(), await house.AccountAsync(Provider.Sendgrid));
        await house.BehaveAsync(Provider.Sendgrid, s => s.FailurePercent = 100);
        var id = await house.SentAsync("email", Mail.To, await client.SendAsync(account, Mail, Ct));
        await house.PassAsync(20);
        Assert.Equal(ReportStatus.Bounced, await house.StatusAsync(id));
        await house.BehaveAsync(Provider.Sendgrid, s => s.IsDown = true);
        await Assert.ThrowsAsync<ProviderUnavailable>(() => client.SendAsync(account, Mail, Ct));
        await house.BehaveAsync(Provider.Sendgrid, s => s.TroublePercent = 100);
        await Assert.ThrowsAsync<ProviderUnavailable>(() => client.SendAsync(account, Mail, Ct));
        await Assert.ThrowsAsync<Invalid>(() => house.BehaveAsync(Provider.Sendgrid, s => s.FailurePercent = 101));
        await Assert.ThrowsAsync<Forbidden>(() => house.Get<SimulatorDesk>().ChangeAsync(new(2, "Agent", Role.Agent, []), ChangeSimulator.Of(Provider.Stripe, SimulatorSettings.Usual), Ct));
        var calls = await house.Get<SimulatorBoard>().ListAsync(house.Admin, new() { Provider = Provider.Sendgrid, Kind = "call" }, Ct);
        Assert.Equal(("POST v3/mail/send", "500"), (calls.Items[0].Owner, calls.Items[0].Status));
    }

    [Fact]
    public async Task Several_hosts_call_back_each_thing_once()
    {
        await using var house = await SimulatorHouse.NewAsync();
        await using var beside = new PortalServer { Clock = house.Clock, HasSimulators = true, DataPath = house.Server.DataPath, Settings = new() { ["Portal:PublicUrl"] = house.Address.AbsoluteUri.TrimEnd('/') } };
        var (client, account) = (house.Get<TwilioClient>(), await house.AccountAsync(Provider.Twilio));
        for (var i = 0; i < 30; i++)
            await client.SendAsync(account, new("+263771234567", "Hello"), Ct);
        house.Clock.Forward(TimeSpan.FromSeconds(20));
        var taken = await Task.WhenAll(house.Get<SimulatorCallbacks>().RunAsync(Ct), beside.Get<SimulatorCallbacks>().RunAsync(Ct));
        Assert.Equal(60, taken.Sum()); // sent and delivered
        await using var db = house.Open();
        Assert.All(await db.SimulatedCallbacks.ToListAsync(Ct), c => Assert.Equal((200, 0, true), (c.Answer, c.Tries, c.DoneAt is not null)));
    }

    [Fact]
    public async Task What_a_host_has_claimed_and_could_not_tell_is_told_after_its_lease_and_what_is_not_taken_later()
    {
        await using var house = await SimulatorHouse.NewAsync();
        await house.Get<ResendClient>().SendAsync(await house.AccountAsync(Provider.Resend), Mail with { To = "unread@example.com" }, Ct);
        house.Clock.Forward(TimeSpan.FromSeconds(20));
        await using (var db = house.Open())
        {
            foreach (var row in await db.SimulatedCallbacks.ToListAsync(Ct))
                row.Claim(house.Clock.Now());
            await db.SaveChangesAsync(Ct);
        }

        Assert.Equal(0, await house.PassAsync(60));
        Assert.Equal(2, await house.PassAsync(61));

        // A portal that cannot be reached is tried again, later each time.
        await using var away = new PortalServer { Clock = house.Clock, HasSimulators = true, DataPath = house.Server.DataPath, Settings = new() { ["Portal:PublicUrl"] = $"http://localhost:{SimulatorHouse.FreePort()}" } };
        await house.Get<ResendClient>().SendAsync(await house.AccountAsync(Provider.Resend), Mail with { To = "unread@example.com" }, Ct);
        house.Clock.Forward(TimeSpan.FromSeconds(20));
        Assert.Equal(0, await away.Get<SimulatorCallbacks>().RunAsync(Ct));
        await using (var db = house.Open())
            Assert.All(await db.SimulatedCallbacks.Where(c => c.DoneAt == null).ToListAsync(Ct), c => Assert.Equal((1, true), (c.Tries, c.NextTryAt > house.Clock.Now())));
        Assert.Equal(2, await house.PassAsync(15));
    }

    [Fact]
    public async Task The_simulators_certificate_vouches_for_the_simulators_account_and_for_no_other()
    {
        await using var house = await SimulatorHouse.NewAsync(("PAYPAL_CLIENT_ID", "real"), ("PAYPAL_CLIENT_SECRET", "real"), ("PAYPAL_WEBHOOK_ID", "WH-REAL"));
        var keys = await house.Get<SimulatorAccounts>().KeysAsync(Provider.Paypal, Ct);
        Assert.Equal(HttpStatusCode.OK, await PostAsync(keys["webhook_id"]!.GetValue<string>()));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync("WH-REAL"));

        async Task<HttpStatusCode> PostAsync(string webhook)
        {
            var signing = keys.DeepClone().AsObject();
            signing["webhook_id"] = webhook;
            using var http = new HttpClient { BaseAddress = house.Address };
            using var request = new HttpRequestMessage(HttpMethod.Post, "webhooks/paypal") { Content = new StringContent("""{"id":"WH-1","event_type":"PAYMENT.CAPTURE.COMPLETED"}""", Encoding.UTF8, "application/json") };
            foreach (var (name, value) in CallbackSigning.Sign(Provider.Paypal, signing, "t-1", "", """{"id":"WH-1","event_type":"PAYMENT.CAPTURE.COMPLETED"}""", house.Clock.Now()))
                request.Headers.Add(name, value);
            return (await http.SendAsync(request, Ct)).StatusCode;
        }
    }

    [Fact]
    public async Task Its_keys_are_this_portals_own_and_lie_sealed()
    {
        await using var house = await SimulatorHouse.NewAsync();
        var account = await house.AccountAsync(Provider.Stripe);
        await house.Get<SendgridClient>().SendAsync(await house.AccountAsync(Provider.Sendgrid), Mail with { Text = "canary of a text" }, Ct);
        await using var db = house.Open();
        Assert.All(await db.SimulatedObjects.Select(o => o.Sealed).ToListAsync(Ct), s =>
        {
            Assert.StartsWith("v1.", s, StringComparison.Ordinal);
            Assert.DoesNotContain("canary", s, StringComparison.Ordinal);
            Assert.DoesNotContain(account.Key!, s, StringComparison.Ordinal);
        });
        await using var other = await SimulatorHouse.NewAsync();
        Assert.NotEqual(account.Key, (await other.AccountAsync(Provider.Stripe)).Key);
    }

    [Fact]
    public async Task What_is_old_is_let_go()
    {
        await using var house = await SimulatorHouse.NewAsync();
        await house.Get<SendgridClient>().SendAsync(await house.AccountAsync(Provider.Sendgrid), Mail, Ct);
        await house.PassAsync(60);
        Assert.Equal(0, await house.Get<SimulatorBoard>().CleanUpAsync(Ct));
        house.Clock.Forward(TimeSpan.FromDays(8));
        Assert.Equal(4, await house.Get<SimulatorBoard>().CleanUpAsync(Ct)); // a request and three call-backs
        house.Clock.Forward(TimeSpan.FromDays(60));
        Assert.Equal(1, await house.Get<SimulatorBoard>().CleanUpAsync(Ct));
    }
}
