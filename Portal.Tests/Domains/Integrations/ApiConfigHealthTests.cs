using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Portal.Core.Domains.Integrations;

namespace Portal.Tests.Domains.Integrations;

public sealed class ApiConfigHealthTests : IAsyncLifetime
{
    private IntegrationsHouse house = null!;

    public async ValueTask InitializeAsync() => house = await IntegrationsHouse.NewAsync();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task It_breaks_once_however_many_notice_and_works_again_once()
    {
        var made = await house.AddAsync();
        var account = (await house.FindAsync())!;
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => house.Health.BrokenAsync(account, "401: no such key sk_live_0123456789", Ct)));
        await house.Health.BrokenAsync(account, "again", Ct);
        Assert.Equal(["created", "activated", "broke"], await house.EventsAsync(made.Id));
        var seen = await house.Queries.GetAsync(house.Admin, made.Id, Ct);
        Assert.Equal((ApiConfigStatus.Broken, "401: no such key …"), (seen.Status, seen.StatusWords));

        await DayAsync();
        await DayAsync();
        Assert.Equal(["created", "activated", "broke", "recovered"], await house.EventsAsync(made.Id));
        Assert.Equal(2, house.Probe.Asked);
    }

    [Fact]
    public async Task What_was_used_before_the_credentials_were_changed_says_nothing_of_the_new_ones()
    {
        var made = await house.AddAsync();
        var old = (await house.FindAsync())!;
        await house.ChangeAsync(made.Id, c => c.ApiKey = "sk_live_fresh_one");
        await house.Health.BrokenAsync(old, "401", Ct);
        Assert.Equal(ApiConfigStatus.Untested, (await house.Queries.GetAsync(house.Admin, made.Id, Ct)).Status);
    }

    [Fact]
    public async Task Two_weeks_before_the_end_they_are_told_once_and_at_the_end_again()
    {
        var made = await house.AddAsync();
        await house.SetAsync(made.Id, ("expires_on", "2026-12-06")); // in fifteen days
        await DayAsync();
        Assert.Equal(ApiConfigStatus.Expiring, (await house.Queries.GetAsync(house.Admin, made.Id, Ct)).Status);
        await DayAsync();
        Assert.Single(await house.EventsAsync(made.Id), "expiring");
        house.Ground.Clock.Forward(TimeSpan.FromDays(13));
        await house.Tester.RunAsync(Ct);
        Assert.Equal(["expiring", "broke"], (await house.EventsAsync(made.Id))[^2..]);
        Assert.Equal("The credentials have expired.", (await house.Queries.GetAsync(house.Admin, made.Id, Ct)).StatusWords);

        // Renewed: nothing is known of the new ones, and nobody is told of what they have just done.
        await house.ChangeAsync(made.Id, c => (c.ApiKey, c.ConfigData) = ("sk_live_renewed_1", new() { ["expires_on"] = "2027-12-06" }));
        await DayAsync();
        Assert.Equal(ApiConfigStatus.Ok, (await house.Queries.GetAsync(house.Admin, made.Id, Ct)).Status);
        Assert.Equal("changed", (await house.EventsAsync(made.Id))[^1]);
    }

    [Fact]
    public async Task The_calendar_tells_where_nobody_can_be_asked_and_otherwise_nothing_is_claimed()
    {
        var made = await house.AddAsync(new() { Provider = Provider.Cloudflare, Name = "Zones", AccessToken = "a-token" });
        await DayAsync();
        Assert.Equal(ApiConfigStatus.Untested, (await house.Queries.GetAsync(house.Admin, made.Id, Ct)).Status);
        Assert.Equal("cannot_be_tested", (await Assert.ThrowsAsync<RuleBroken>(() => house.Tester.TestAsync(house.Admin, made.Id, Ct))).Code);
        await house.SetAsync(made.Id, ("expires_on", "2026-11-25"));
        await DayAsync();
        Assert.Equal(["changed", "expiring"], (await house.EventsAsync(made.Id))[^2..]);
    }

    [Fact]
    public async Task Of_what_is_not_in_use_nobody_is_told_and_nobody_tries_it_daily()
    {
        await house.AddAsync();
        var made = await house.AddAsync(IntegrationsHouse.Stripe("Unused"));
        house.Probe.Answer = account => new(false, $"Invalid API Key provided: {account.Key}.\nTry another.");
        var answer = await house.Tester.TestAsync(house.Admin, made.Id, Ct);
        Assert.Equal((false, "Invalid API Key provided: …. Try another.", ApiConfigStatus.Broken), (answer.Works, answer.Words, answer.Status));
        Assert.Equal(["created", "tested"], await house.EventsAsync(made.Id));
        house.Ground.Clock.Forward(TimeSpan.FromDays(2));
        Assert.Equal((1, 1), await house.Tester.RunAsync(Ct));
        Assert.Equal(["created", "tested"], await house.EventsAsync(made.Id));
    }

    [Fact]
    public async Task Who_cannot_be_reached_says_nothing_of_the_credentials_and_the_log_nothing_of_what_was_sent()
    {
        var made = await house.AddAsync();
        await house.Tester.TestAsync(house.Admin, made.Id, Ct);
        house.Probe.Answer = account => throw new HttpRequestException($"GET https://api.stripe.com failed with {account.Key}");
        var answer = await house.Tester.TestAsync(house.Admin, made.Id, Ct);
        Assert.Equal((false, "The provider could not be reached.", ApiConfigStatus.Ok), (answer.Works, answer.Words, answer.Status));
        await DayAsync();
        Assert.Equal(ApiConfigStatus.Ok, (await house.Queries.GetAsync(house.Admin, made.Id, Ct)).Status);
        Assert.Contains(house.Log.Lines, line => line.Contains("HttpRequestException", StringComparison.Ordinal));
        Assert.DoesNotContain(house.Log.Lines, line => line.Contains("sk_live", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Credentials_that_are_refused_while_they_are_tried_are_written_down_once_and_the_admin_hears_it()
    {
        using var provider = new ScriptedProvider().Says(HttpStatusCode.Unauthorized, """{"error":"invalid_client","error_description":"Client Authentication failed"}""");
        using var http = new ProviderHttp(provider, (account, words, ct) => house.Health.BrokenAsync(account, words, ct), TimeProvider.System, NullLogger<ProviderHttp>.Instance);
        var probe = new PaypalPayments(new PaypalWay(http, TimeProvider.System));
        var tester = new ApiConfigTester(house.Ground.Database, house.Accounts, [probe], house.Limits, house.Ground.Clock, NullLogger<ApiConfigTester>.Instance);
        var made = await house.AddAsync(new() { Provider = Provider.Paypal, Name = "PayPal", ApiKey = "client-of-ours", ApiSecret = "secret-of-ours", IsActive = true });
        var found = await tester.TestAsync(house.Admin, made.Id, Ct);
        Assert.Equal((false, ApiConfigStatus.Broken), (found.Works, found.Status));
        Assert.Contains("Client Authentication failed", found.Words, StringComparison.Ordinal);
        Assert.Single(await house.EventsAsync(made.Id), "broke");
    }

    [Fact]
    public async Task What_does_not_matter_to_its_provider_changes_nothing_of_how_it_stands()
    {
        var made = await house.AddAsync();
        await house.Health.BrokenAsync((await house.FindAsync())!, "401", Ct);
        await house.ChangeAsync(made.Id, c => (c.Name, c.ConfigData) = ("Renamed", new() { ["note"] = "of Ann", ["publishable_key"] = "pk_live_1", ["webhook_secret"] = "whsec_other" }));
        var seen = await house.Queries.GetAsync(house.Admin, made.Id, Ct);
        Assert.Equal((ApiConfigStatus.Broken, "401"), (seen.Status, seen.StatusWords));
        await DayAsync(); // it works by now
        await house.ChangeAsync(made.Id, c => c.Name = "Again");
        await DayAsync();
        Assert.Equal(["created", "activated", "broke", "changed", "recovered", "changed"], await house.EventsAsync(made.Id));

        await house.ChangeAsync(made.Id, c => c.ApiKey = "sk_live_another_1");
        Assert.Equal(ApiConfigStatus.Untested, (await house.Queries.GetAsync(house.Admin, made.Id, Ct)).Status);
    }

    [Fact]
    public async Task What_has_expired_shows_at_once_and_is_told_as_soon_as_it_is_entered()
    {
        var made = await house.AddAsync();
        Assert.Equal(ApiConfigStatus.Expiring, (await house.SetAsync(made.Id, ("expires_on", "2026-11-24"))).Status);
        Assert.Equal("expiring", (await house.EventsAsync(made.Id))[^1]);

        house.Ground.Clock.Set(new(2026, 11, 24, 0, 1, 0, DateTimeKind.Utc)); // nobody has looked yet
        var seen = await house.Queries.GetAsync(house.Admin, made.Id, Ct);
        Assert.Equal((ApiConfigStatus.Broken, "The credentials have expired."), (seen.Status, seen.StatusWords));
        Assert.Equal((ApiConfigStatus.Broken, "The credentials have expired."), Assert.Single((await house.Queries.ListAsync(house.Admin, new() { Status = ApiConfigStatus.Broken }, Ct)).Items) is var line ? (line.Status, line.StatusWords) : default);
        Assert.Empty((await house.Queries.ListAsync(house.Admin, new() { Status = ApiConfigStatus.Expiring }, Ct)).Items);
        Assert.Equal(ApiConfigStatus.Broken, (await house.Queries.StandingsAsync(house.Admin, Ct)).Single(s => s.Provider == Provider.Stripe).Live.Status);
        await house.Tester.RunAsync(Ct); // within the hour, not the day
        Assert.Equal("broke", (await house.EventsAsync(made.Id))[^1]);

        // Another day, and the calendar has nothing more against it.
        Assert.Equal(ApiConfigStatus.Untested, (await house.SetAsync(made.Id, ("expires_on", "2027-11-24"))).Status);
        var late = IntegrationsHouse.Stripe("Late", isActive: true);
        late.ConfigData = new() { ["expires_on"] = "2026-11-01" };
        var over = await house.AddAsync(late);
        Assert.Equal(ApiConfigStatus.Broken, over.Status);
        Assert.Equal(["created", "activated", "broke"], await house.EventsAsync(over.Id));
    }

    [Fact]
    public async Task Another_service_account_is_not_broken_because_the_last_one_was()
    {
        var made = await house.AddAsync(new() { Provider = Provider.SearchConsole, Name = "Search", IsActive = true, ConfigData = new() { ["service_account"] = "one" } });
        var old = (await house.FindAsync(Provider.SearchConsole))!;
        await house.SetAsync(made.Id, ("service_account", "other"));
        await house.Health.BrokenAsync(old, "401", Ct);
        Assert.Equal(ApiConfigStatus.Untested, (await house.Queries.GetAsync(house.Admin, made.Id, Ct)).Status);
    }

    [Fact]
    public async Task A_configuration_is_tested_ten_times_in_ten_minutes_whoever_does()
    {
        var made = await house.AddAsync();
        for (var i = 0; i < ApiConfigTester.Tries.Times; i++)
            await house.Tester.TestAsync(house.Admin, made.Id, Ct);
        await Assert.ThrowsAsync<TooOften>(() => house.Tester.TestAsync(house.Admin, made.Id, Ct));
        Assert.Equal(ApiConfigTester.Tries.Times, house.Probe.Asked);
        await house.Tester.TestAsync(house.Admin, (await house.AddAsync(IntegrationsHouse.Stripe("Another"))).Id, Ct);
    }

    private async Task DayAsync()
    {
        house.Ground.Clock.Forward(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));
        Assert.True(await house.Tester.HasWorkAsync(Ct));
        await house.Tester.RunAsync(Ct);
        Assert.False(await house.Tester.HasWorkAsync(Ct));
    }
}
