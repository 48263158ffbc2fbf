using System.Text.Json.Nodes;
using Portal.Core.Domains.Integrations;

namespace Portal.Tests.Domains.Integrations;

public sealed class ApiConfigServiceTests : IAsyncLifetime
{
    private IntegrationsHouse house = null!;

    public async ValueTask InitializeAsync() => house = await IntegrationsHouse.NewAsync();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task One_is_used_in_each_environment_and_the_next_takes_its_place_in_the_same_save()
    {
        var first = await house.AddAsync();
        var waiting = await house.AddAsync(IntegrationsHouse.Stripe("Another"));
        var sandbox = IntegrationsHouse.Stripe("Sandbox", "sk_0123456789", isActive: true);
        sandbox.IsSandbox = true;
        var test = await house.AddAsync(sandbox);
        Assert.Equal((true, false, true), (first.IsActive, waiting.IsActive, test.IsActive));

        Assert.True((await house.ChangeAsync(waiting.Id, c => c.IsActive = true)).IsActive);
        Assert.Equal([(first.Id, false), (waiting.Id, true), (test.Id, true)], await StatesAsync());
        Assert.True((await house.ChangeAsync(first.Id, c => c.IsActive = true)).IsActive); // back to the older row: the order of the writes is another
        Assert.Equal([(first.Id, true), (waiting.Id, false), (test.Id, true)], await StatesAsync());
        var third = await house.AddAsync(IntegrationsHouse.Stripe("Third", isActive: true));
        Assert.Equal([(first.Id, false), (waiting.Id, false), (test.Id, true), (third.Id, true)], await StatesAsync());
        Assert.Equal(["created", "activated", "deactivated", "activated", "deactivated"], await house.EventsAsync(first.Id));
        Assert.Equal(["created", "activated"], await house.EventsAsync(third.Id));

        await house.ChangeAsync(test.Id, c => c.IsSandbox = false); // what is used there goes on being used, elsewhere
        Assert.Equal([(first.Id, false), (waiting.Id, false), (test.Id, true), (third.Id, false)], await StatesAsync());
    }

    [Fact]
    public async Task The_database_itself_refuses_a_second_one_in_use()
    {
        await house.AddAsync();
        var other = await house.AddAsync(IntegrationsHouse.Stripe("Another"));
        await using var db = house.Ground.Open();
        (await db.ApiConfigurations.SingleAsync(c => c.Id == other.Id, Ct)).Activate();
        await Assert.ThrowsAsync<Conflict>(() => db.SaveChangesAsync(Ct));
    }

    [Fact]
    public async Task What_is_left_out_stays_and_what_is_empty_goes()
    {
        var input = IntegrationsHouse.Stripe();
        input.ConfigData = new() { ["webhook_secret"] = "whsec_0123456789", ["publishable_key"] = "pk_1", ["region"] = new JsonObject { ["code"] = "eu" } };
        var made = await house.AddAsync(input);

        await house.ChangeAsync(made.Id, c => (c.Name, c.ConfigData) = ("Renamed", new() { ["publishable_key"] = "pk_2", ["region"] = null }));
        var seen = await house.Queries.GetAsync(house.Admin, made.Id, Ct);
        Assert.Equal(("Renamed", true, "6789", "https://api.stripe.com"), (seen.Name, seen.ApiKey.Set, seen.ApiKey.LastFour, seen.ApiUrl));
        Assert.Equal(made.ApiKey.Fingerprint, seen.ApiKey.Fingerprint);
        Assert.Equal(("pk_2", null, true), (seen.ConfigData["publishable_key"]?.ToString(), seen.ConfigData["region"], seen.ConfigData["webhook_secret"]!["set"]!.GetValue<bool>()));

        // As a whole: secrets stay, because nobody can read them to send them back; nor is what is shown of one taken for one.
        var whole = await house.Service.SaveAsync(house.Admin, new() { ConfigId = made.Id, Provider = Provider.Stripe, Name = "Whole", ConfigData = new() { ["webhook_secret"] = seen.ConfigData["webhook_secret"]!.DeepClone() } }, Ct);
        Assert.Equal(["webhook_secret"], whole.ConfigData.Select(p => p.Key));
        Assert.Equal("whsec_0123456789", (await house.FindAsync())!.Settings["webhook_secret"]);
        Assert.DoesNotContain("webhook_secret", (await house.SetAsync(made.Id, ("webhook_secret", ""))).ConfigData.Select(p => p.Key));
        var refused = await Assert.ThrowsAsync<Invalid>(() => house.ChangeAsync(made.Id, c => c.ApiKey = ""));
        Assert.Equal(["api_key"], refused.Errors.Keys);
    }

    [Fact]
    public async Task The_same_again_changes_nothing_and_is_no_event()
    {
        var made = await house.AddAsync();
        var again = await house.ChangeAsync(made.Id, c => (c.Name, c.ApiKey, c.ApiUrl, c.IsActive) = ("Stripe", "sk_live_0123456789", "https://api.stripe.com/", true));
        Assert.Equal(made.Version, again.Version);
        Assert.Equal(["created", "activated"], await house.EventsAsync(made.Id));
    }

    [Fact]
    public async Task Secrets_follow_to_another_address_only_when_they_are_given_again()
    {
        var made = await house.AddAsync();
        await house.SetAsync(made.Id, ("webhook_secret", "whsec_0123456789"));
        var refused = await Assert.ThrowsAsync<Invalid>(() => house.ChangeAsync(made.Id, c => c.ApiUrl = "https://collector.example"));
        Assert.Equal(["api_key", "config_data.webhook_secret"], refused.Errors.Keys.Order());
        Assert.Equal("https://api.stripe.com", (await house.Queries.GetAsync(house.Admin, made.Id, Ct)).ApiUrl);

        await house.ChangeAsync(made.Id, c => c.ApiUrl = "https://api.stripe.com/v9"); // the same server
        var moved = await house.ChangeAsync(made.Id, c => (c.ApiUrl, c.ApiKey, c.ConfigData) = ("https://stripe.example", "sk_other", new() { ["webhook_secret"] = null }));
        Assert.Equal("https://stripe.example", moved.ApiUrl);

        // A client may know of a further address by a setting.
        await house.SetAsync(made.Id, ("shape", "round"));
        Assert.Equal(["api_key"], (await Assert.ThrowsAsync<Invalid>(() => house.SetAsync(made.Id, ("token_url", "https://collector.example")))).Errors.Keys);
        Assert.Equal("https://auth.example", (await house.ChangeAsync(made.Id, c => (c.ApiKey, c.ConfigData) = ("sk_other", new() { ["token_url"] = "https://auth.example" }))).ConfigData["token_url"]!.ToString());

        // PayPal's test environment is another server.
        var paypal = await house.AddAsync(new() { Provider = Provider.Paypal, Name = "PayPal", ApiKey = "id", ApiSecret = "secret" });
        Assert.Equal(["api_key", "api_secret"], (await Assert.ThrowsAsync<Invalid>(() => house.ChangeAsync(paypal.Id, c => c.IsSandbox = true))).Errors.Keys.Order());
    }

    [Fact]
    public async Task Nothing_that_is_named_like_a_secret_lies_open()
    {
        var made = await house.AddAsync();
        var seen = await house.SetAsync(made.Id, ("partner_token", "hidden-partner-token"), ("colour", "teal"));
        Assert.Equal(("oken", "teal"), (seen.ConfigData["partner_token"]!["last_four"]!.ToString(), seen.ConfigData["colour"]!.ToString()));
        Assert.Equal("hidden-partner-token", (await house.FindAsync())!.Settings["partner_token"]);
        await using (var db = house.Ground.Open())
            Assert.DoesNotContain("hidden", (await db.ApiConfigurations.SingleAsync(Ct)).ConfigData, StringComparison.Ordinal);

        JsonNode[] nested = [new JsonObject { ["a"] = new JsonArray(new JsonObject { ["client_secret"] = "x" }) }, new JsonObject { ["api_key"] = "x" }];
        foreach (var node in nested)
            Assert.Equal(["config_data.extra"], (await Assert.ThrowsAsync<Invalid>(() => house.SetAsync(made.Id, ("extra", node)))).Errors.Keys);
        Assert.Equal(["config_data.api_key"], (await Assert.ThrowsAsync<Invalid>(() => house.SetAsync(made.Id, ("api_key", "x")))).Errors.Keys);
        Assert.Equal(["config_data.my_password"], (await Assert.ThrowsAsync<Invalid>(() => house.SetAsync(made.Id, ("my_password", 5)))).Errors.Keys);
    }

    [Fact]
    public async Task What_is_missing_or_wrong_is_named_by_its_field_and_nothing_is_done()
    {
        var refused = await Assert.ThrowsAsync<Invalid>(() => house.AddAsync(new() { Provider = Provider.Whatsapp, Name = " ", ApiUrl = "ftp://x", ConfigData = new() { ["expires_on"] = "soon" } }));
        Assert.Equal(["access_token", "api_url", "config_data.expires_on", "config_data.phone_number_id", "name"], refused.Errors.Keys.Order(StringComparer.Ordinal));
        foreach (var url in new[] { "http://api.stripe.com", "https://user:word@api.stripe.com", "https://api.stripe.com/?key=1", "file:///etc/passwd", "stripe", "https://" })
            Assert.Equal(["api_url"], (await Assert.ThrowsAsync<Invalid>(() => house.AddAsync(With(IntegrationsHouse.Stripe(), c => c.ApiUrl = url)))).Errors.Keys);
        Assert.Equal(["api_url"], (await Assert.ThrowsAsync<Invalid>(() => house.AddAsync(new() { Provider = Provider.Smtp, Name = "Mail" }))).Errors.Keys);
        Assert.Equal(["provider"], (await Assert.ThrowsAsync<Invalid>(() => house.AddAsync(new() { Name = "x" }))).Errors.Keys);
        Assert.Equal(["config_data"], (await Assert.ThrowsAsync<Invalid>(() => house.AddAsync(With(IntegrationsHouse.Stripe(), c => c.ConfigData = new() { ["a"] = new string('x', 8_001) })))).Errors.Keys);
        Assert.Equal(["api_key"], (await Assert.ThrowsAsync<Invalid>(() => house.AddAsync(IntegrationsHouse.Stripe(key: "sk\u0000live")))).Errors.Keys);
        Assert.Empty(await StatesAsync());
        await house.AddAsync(With(IntegrationsHouse.Stripe(), c => c.ApiUrl = "http://localhost:5080/simulators/stripe"));
    }

    [Fact]
    public async Task A_key_or_an_address_of_the_other_environment_is_refused_by_name()
    {
        foreach (var (key, isSandbox) in new[] { ("sk_live_1", true), ("rk_live_1", true), ("sk_test_1", false), ("rk_test_1", false) })
            Assert.Equal(["api_key"], (await Assert.ThrowsAsync<Invalid>(() => house.AddAsync(With(IntegrationsHouse.Stripe(key: key), c => c.IsSandbox = isSandbox)))).Errors.Keys);
        Assert.Equal(["config_data.publishable_key"], (await Assert.ThrowsAsync<Invalid>(() => house.AddAsync(With(IntegrationsHouse.Stripe(), c => c.ConfigData = new() { ["publishable_key"] = "pk_test_1" })))).Errors.Keys);

        // The key that is there already is known for what it is, though nobody can read it.
        var made = await house.AddAsync();
        var refused = await Assert.ThrowsAsync<Invalid>(() => house.ChangeAsync(made.Id, c => c.IsSandbox = true));
        Assert.Equal(["api_key"], refused.Errors.Keys);
        Assert.DoesNotContain("0123", refused.Message, StringComparison.Ordinal);

        var paypal = new SaveApiConfig { Provider = Provider.Paypal, Name = "PayPal", ApiKey = "id", ApiSecret = "secret", ApiUrl = "https://api-m.sandbox.paypal.com" };
        Assert.Equal(["api_url"], (await Assert.ThrowsAsync<Invalid>(() => house.AddAsync(paypal))).Errors.Keys);
        Assert.Equal(["api_url"], (await Assert.ThrowsAsync<Invalid>(() => house.AddAsync(With(paypal, c => (c.ApiUrl, c.IsSandbox) = ("https://api-m.paypal.com", true))))).Errors.Keys);
        Assert.Equal("https://api-m.sandbox.paypal.com", (await house.AddAsync(With(paypal, c => c.ApiUrl = "https://api-m.sandbox.paypal.com"))).ApiUrl);
    }

    [Fact]
    public async Task A_name_is_given_once()
    {
        var made = await house.AddAsync();
        var other = await house.AddAsync(IntegrationsHouse.Stripe("Other"));
        foreach (var refused in new[] { await Assert.ThrowsAsync<Invalid>(() => house.AddAsync(IntegrationsHouse.Stripe("stripe "))), await Assert.ThrowsAsync<Invalid>(() => house.ChangeAsync(other.Id, c => c.Name = "STRIPE")) })
            Assert.Equal(("name_taken", "name"), (refused.Code, Assert.Single(refused.Errors.Keys)));
        await house.ChangeAsync(made.Id, c => c.Name = "STRIPE"); // its own
        await house.Service.DeleteAsync(house.Admin, made.Id, null, Ct);
        Assert.Equal("Stripe", (await house.ChangeAsync(other.Id, c => c.Name = "Stripe")).Name);
    }

    [Fact]
    public async Task A_change_in_between_is_told_but_that_somebody_tried_it_is_none()
    {
        var made = await house.AddAsync();
        await house.Tester.TestAsync(house.Admin, made.Id, Ct);
        var changed = await house.ChangeAsync(made.Id, c => (c.Name, c.Version) = ("Mine", made.Version));
        var refused = await Assert.ThrowsAsync<Conflict>(() => house.ChangeAsync(made.Id, c => (c.Name, c.Version) = ("Theirs", made.Version)));
        Assert.Equal("changed", refused.Code);
        await Assert.ThrowsAsync<Conflict>(() => house.Service.DeleteAsync(house.Admin, made.Id, made.Version, Ct));
        await house.Service.DeleteAsync(house.Admin, made.Id, changed.Version, Ct);
        await Assert.ThrowsAsync<NotFound>(() => house.Service.DeleteAsync(house.Admin, made.Id, null, Ct));
        await using var db = house.Ground.Open();
        Assert.Equal(0, await db.ApiSecrets.CountAsync(Ct));
    }

    [Fact]
    public async Task The_history_says_who_changed_what_and_of_secrets_only_that_they_did()
    {
        var made = await house.AddAsync();
        await house.ChangeAsync(made.Id, c => (c.Name, c.ApiKey, c.ConfigData) = ("Renamed", "sk_live_another_one", new() { ["publishable_key"] = "pk_1", ["shape"] = "round", ["webhook_secret"] = "whsec_hidden" }));
        var history = (await house.Queries.HistoryAsync(house.Admin, made.Id, new(), Ct)).Items;
        Assert.Equal(["api_config_changed", "api_config_activated", "api_config_created"], history.Select(h => h.What));
        Assert.Equal(house.Admin.Name, history[0].Who);
        Assert.Equal(["name: Stripe → Renamed", "publishable_key: pk_1", "shape: set", "webhook_secret: set", "api_key: replaced"], history[0].Changes!.Split('\n'));
        await Assert.ThrowsAsync<NotFound>(() => house.Queries.HistoryAsync(house.Admin, made.Id + 1, new(), Ct));
    }

    [Fact]
    public async Task Only_admins_come_near()
    {
        var made = await house.AddAsync();
        foreach (var other in new[] { await house.Ground.PersonAsync(Role.Agent), await house.Ground.PersonAsync(Role.Client) })
        {
            await Assert.ThrowsAsync<Forbidden>(() => house.Queries.ListAsync(other, new(), Ct));
            await Assert.ThrowsAsync<Forbidden>(() => house.Queries.StandingsAsync(other, Ct));
            await Assert.ThrowsAsync<Forbidden>(() => house.Service.CreateAsync(other, IntegrationsHouse.Stripe(), Ct));
            await Assert.ThrowsAsync<Forbidden>(() => house.Service.DeleteAsync(other, made.Id, null, Ct));
            await Assert.ThrowsAsync<Forbidden>(() => house.Tester.TestAsync(other, made.Id, Ct));
            await Assert.ThrowsAsync<Forbidden>(() => house.Sealing.RenewAsync(other, Ct));
        }
    }

    [Fact]
    public async Task The_list_is_found_by_name_provider_state_and_use()
    {
        await house.AddAsync();
        await house.AddAsync(IntegrationsHouse.Stripe("Über-Stripe"));
        await house.AddAsync(With(new SaveApiConfig { Provider = Provider.Cloudflare, Name = "Zones", AccessToken = "t" }, c => c.IsSandbox = true));
        Assert.Equal(["Stripe", "Über-Stripe", "Zones"], await NamesAsync(new()));
        Assert.Equal(["Über-Stripe"], await NamesAsync(new() { Q = "uber" }));
        Assert.Equal(["Zones"], await NamesAsync(new() { Provider = Provider.Cloudflare }));
        Assert.Equal(["Stripe", "Zones"], await NamesAsync(new() { IsActive = true }));
        Assert.Equal(["Über-Stripe"], await NamesAsync(new() { IsActive = false }));
        Assert.Equal(["Zones"], await NamesAsync(new() { IsSandbox = true }));
        Assert.Empty(await NamesAsync(new() { Status = ApiConfigStatus.Broken }));
        Assert.Equal(["Zones", "Über-Stripe", "Stripe"], await NamesAsync(new() { Sort = "-created_at" }));
    }

    private static SaveApiConfig With(SaveApiConfig input, Action<SaveApiConfig> change)
    {
        change(input);
        return input;
    }

    private async Task<string[]> NamesAsync(ApiConfigPage page) => [.. (await house.Queries.ListAsync(house.Admin, page, Ct)).Items.Select(c => c.Name)];

    private async Task<(long, bool)[]> StatesAsync() => [.. (await house.Queries.ListAsync(house.Admin, new() { Sort = "created_at" }, Ct)).Items.OrderBy(c => c.Id).Select(c => (c.Id, c.IsActive))];
}
