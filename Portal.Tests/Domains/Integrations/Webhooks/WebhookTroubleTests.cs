using Microsoft.Extensions.Logging.Abstractions;
using Portal.Core.Domains.Integrations;

namespace Portal.Tests.Domains.Integrations.Webhooks;

/// <summary>Calls that are refused: counted, shown, and told of when none is taken.</summary>
public sealed class WebhookTroubleTests : IAsyncLifetime
{
    private IntegrationsHouse house = null!;
    private RefusalCount refusals = null!;
    private InboxIntake intake = null!;
    private WebhookTrouble trouble = null!;

    private TestDatabase Ground => house.Ground;

    public async ValueTask InitializeAsync()
    {
        house = await IntegrationsHouse.NewAsync(name => name is "STRIPE_SECRET_KEY" or "SENDGRID_API_KEY" ? "x" : null);
        refusals = new(Ground.Lane, Ground.Clock, NullLogger<RefusalCount>.Instance);
        intake = new(Ground.Lane, new(Ground.Box), new([]), Ground.Clock);
        trouble = new(Ground.Database, refusals, [new StripeWebhooks(), new SendgridWebhooks(), new ResendWebhooks()], house.Accounts, Ground.Clock);
    }

    public async ValueTask DisposeAsync()
    {
        await refusals.DisposeAsync();
        await intake.DisposeAsync();
        await house.DisposeAsync();
    }

    [Fact]
    public async Task However_many_are_refused_they_are_one_row_an_hour_and_none_is_lost()
    {
        // What was counted is written down before the host is gone.
        await using (var count = new RefusalCount(Ground.Lane, Ground.Clock, NullLogger<RefusalCount>.Instance))
        {
            Parallel.For(0, 5_000, _ => count.Add(Provider.Stripe, RefusedFor.WrongSignature));
            Ground.Clock.Forward(TimeSpan.FromHours(1));
            count.Add(Provider.Stripe, RefusedFor.WrongSignature);
            count.Add(Provider.Stripe, RefusedFor.NotSigned);
        }

        await using var db = Ground.Open();
        Assert.Equal([(RefusedFor.NotSigned, 1), (RefusedFor.WrongSignature, 1), (RefusedFor.WrongSignature, 5_000)], (await db.WebhookRefusals.ToListAsync(Ct)).Select(r => (r.Reason, r.Count)).Order());
    }

    [Fact]
    public async Task When_none_is_taken_the_admins_hear_of_it_once_until_it_is_over()
    {
        await RefuseAsync(WebhookTrouble.Fewest - 1);
        Assert.Equal(0, await trouble.RunAsync(Ct)); // that may be anybody
        await RefuseAsync(10);
        Assert.Equal(1, await trouble.RunAsync(Ct));
        Assert.Equal(1, await trouble.RunAsync(Ct));
        Assert.Equal(1, await ToldAsync());
        var shown = Assert.Single(await trouble.ListAsync(house.Admin, Ct));
        Assert.Equal((Provider.Stripe, RefusedFor.WrongSignature, 12, (DateTime?)null), (shown.Provider, shown.Reason, shown.Count, shown.LastTakenAt));

        // The right secret is entered, and the next call is taken.
        Ground.Clock.Forward(TimeSpan.FromMinutes(10));
        await intake.StoreAsync("stripe", [new("evt_1", "x", new byte[] { 1 })], Ct);
        Assert.Equal(0, await trouble.RunAsync(Ct));
        Ground.Clock.Forward(TimeSpan.FromHours(2));
        Assert.Empty(await trouble.ListAsync(house.Admin, Ct));

        // It breaks again: a day has to pass before anybody hears of the same.
        await RefuseAsync(10);
        await trouble.RunAsync(Ct);
        Assert.Equal(1, await ToldAsync());
        Ground.Clock.Forward(TimeSpan.FromHours(23));
        await RefuseAsync(10);
        Assert.Equal(1, await trouble.RunAsync(Ct));
        Assert.Equal(2, await ToldAsync());
    }

    [Fact]
    public async Task Rubbish_of_strangers_alarms_nobody()
    {
        await RefuseAsync(50, reason: RefusedFor.NotSigned);
        await RefuseAsync(50, Provider.Resend); // nobody has set it up
        await intake.StoreAsync("sendgrid", [new("e1", "delivered", new byte[] { 1 })], Ct);
        await RefuseAsync(50, Provider.Sendgrid); // in the hour of a call that was taken
        Assert.Equal(0, await trouble.RunAsync(Ct));
        Assert.Equal(3, (await trouble.ListAsync(house.Admin, Ct)).Count);
        await Assert.ThrowsAsync<Forbidden>(async () => await trouble.ListAsync(await Ground.PersonAsync(Role.Agent), Ct));
    }

    [Fact]
    public async Task Of_who_signs_only_where_that_is_turned_on_what_is_not_signed_is_told_and_old_rows_go()
    {
        await RefuseAsync(WebhookTrouble.Fewest, Provider.Sendgrid, RefusedFor.NotSigned);
        Assert.Equal(1, await trouble.RunAsync(Ct));
        Ground.Clock.Forward(TimeSpan.FromDays(31));
        Assert.Equal(0, await trouble.RunAsync(Ct));
        await using var db = Ground.Open();
        Assert.Equal((0, 0), (await db.WebhookRefusals.CountAsync(Ct), await db.RefusedProviders.CountAsync(Ct)));
    }

    [Fact]
    public async Task A_sandbox_whose_calls_are_taken_hides_no_live_account_whose_are_not()
    {
        await RefuseAsync(5);
        Ground.Clock.Forward(TimeSpan.FromMinutes(1));
        await intake.StoreAsync("stripe", [new("evt_1", "x", new byte[] { 1 }, IsSandbox: true)], Ct);
        Assert.Equal(1, await trouble.RunAsync(Ct));
    }

    private async Task RefuseAsync(int count, Provider provider = Provider.Stripe, RefusedFor reason = RefusedFor.WrongSignature)
    {
        for (var i = 0; i < count; i++)
            refusals.Add(provider, reason);
        Assert.True(await refusals.FlushAsync());
    }

    private async Task<int> ToldAsync()
    {
        await using var db = Ground.Open();
        return await db.Events.CountAsync(e => e.Type == "provider_calls_refused", Ct);
    }
}
