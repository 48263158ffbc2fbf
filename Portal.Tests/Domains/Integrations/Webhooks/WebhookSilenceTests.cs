using Portal.Core.Domains.Integrations;

namespace Portal.Tests.Domains.Integrations.Webhooks;

public sealed class WebhookSilenceTests
{
    [Fact]
    public async Task A_provider_that_no_longer_tells_of_what_leaves_is_noticed_once_until_it_does()
    {
        await using var house = await IntegrationsHouse.NewAsync(name => name is "TWILIO_ACCOUNT_SID" or "TWILIO_AUTH_TOKEN" ? "x" : null);
        var ground = house.Ground;
        var silence = new WebhookSilence(ground.Database, house.Accounts, ground.Clock);
        await using var intake = new InboxIntake(ground.Lane, new(ground.Box), new([]), ground.Clock);

        // It has never called: perhaps nobody wants it to.
        await SentAsync(ground, "SM0");
        ground.Clock.Forward(TimeSpan.FromHours(3));
        Assert.Equal(0, await silence.RunAsync(Ct));

        // It called, and nothing has left since.
        await intake.StoreAsync("twilio", [new("SM0:sent", "status.sent", new byte[] { 1 })], Ct);
        ground.Clock.Forward(TimeSpan.FromHours(3));
        Assert.Equal(0, await silence.RunAsync(Ct));

        await SentAsync(ground, "SM1");
        Assert.Equal(0, await silence.RunAsync(Ct)); // it has time
        ground.Clock.Forward(TimeSpan.FromHours(3));
        Assert.Equal(1, await silence.RunAsync(Ct));
        Assert.Equal(1, await silence.RunAsync(Ct));
        Assert.Equal(Provider.Twilio, Assert.Single(await silence.ListAsync(house.Admin, Ct)).Provider);
        await using (var db = ground.Open())
            Assert.Equal(1, await db.Events.CountAsync(e => e.Type == "provider_fell_silent", Ct));

        await intake.StoreAsync("twilio", [new("SM1:sent", "status.sent", new byte[] { 1 })], Ct);
        Assert.Equal(0, await silence.RunAsync(Ct));
        Assert.Empty(await silence.ListAsync(house.Admin, Ct));
    }

    [Fact]
    public async Task Whoever_was_replaced_by_another_is_silent_rightly()
    {
        await using var house = await IntegrationsHouse.NewAsync(name => name is "TWILIO_ACCOUNT_SID" or "TWILIO_AUTH_TOKEN" ? "x" : null);
        var ground = house.Ground;
        var silence = new WebhookSilence(ground.Database, house.Accounts, ground.Clock);
        await using var intake = new InboxIntake(ground.Lane, new(ground.Box), new([]), ground.Clock);
        await intake.StoreAsync("twilio", [new("SM0:sent", "status.sent", new byte[] { 1 })], Ct);
        ground.Clock.Forward(TimeSpan.FromHours(1));
        await SentAsync(ground, "other-1", by: null);
        await SentAsync(ground, "other-2", Provider.Whatsapp);
        ground.Clock.Forward(TimeSpan.FromHours(3));
        Assert.Equal(0, await silence.RunAsync(Ct));
    }

    /// <param name="by">Whose account it went by; null for the installation's own way.</param>
    private static async Task SentAsync(TestDatabase ground, string receipt, Provider? by = Provider.Twilio)
    {
        var now = ground.Clock.Now();
        var delivery = new Delivery { Key = receipt, Channel = "sms", Recipient = "+1555", Title = "Hello", Body = "Hello", CreatedAt = now }.From(now);
        delivery.Sent(receipt, now);
        await ground.AddAsync(delivery);
        if (by is { } provider)
            await ground.AddAsync(new ProviderHandover { Account = "a", DeliveryId = delivery.Id, Provider = provider, IsSandbox = false, BeganAt = now });
    }
}
