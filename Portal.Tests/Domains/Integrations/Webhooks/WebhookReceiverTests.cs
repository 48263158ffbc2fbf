using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Portal.Core.Domains.Integrations;

namespace Portal.Tests.Domains.Integrations.Webhooks;

public sealed class WebhookReceiverTests
{
    [Fact]
    public async Task What_an_account_for_trying_has_signed_says_so_and_what_both_sign_with_is_live()
    {
        await using var house = await IntegrationsHouse.NewAsync(name => name is "STRIPE_WEBHOOK_SECRET" ? "whsec_live" : null);
        var ground = house.Ground;
        var trial = IntegrationsHouse.Stripe("Sandbox", "sk_test_0123456789");
        (trial.IsSandbox, trial.ConfigData) = (true, new() { ["webhook_secret"] = "whsec_trial" });
        var made = await house.AddAsync(trial);
        using var certificates = new PaypalCertificates(new WebhookHost.ToldCertificates(), ground.Clock);
        await using var intake = new InboxIntake(ground.Lane, new(ground.Box), new([]), ground.Clock);
        await using var refusals = new RefusalCount(ground.Lane, ground.Clock, NullLogger<RefusalCount>.Instance);
        var receiver = new WebhookReceiver([new StripeWebhooks()], house.Accounts, certificates, intake, refusals, ground.Clock);

        Assert.Equal(WebhookVerdict.Taken, await TellAsync("evt_trial", "whsec_trial"));
        await house.SetAsync(made.Id, ("webhook_secret", "whsec_live"));
        Assert.Equal(WebhookVerdict.Taken, await TellAsync("evt_both", "whsec_live"));
        Assert.Equal(WebhookVerdict.Taken, await TellAsync("evt_replaced", "whsec_trial"));
        Assert.Equal(WebhookVerdict.NotSigned, await TellAsync("evt_none", "whsec_another"));

        var shown = (await new InboxDesk(ground.Database, new(ground.Box), ground.Clock).ListAsync(house.Admin, new() { Sort = "id" }, Ct)).Items;
        Assert.Equal([("evt_trial", true), ("evt_both", false), ("evt_replaced", true)], shown.Select(e => (e.EventId, e.IsSandbox)));

        Task<WebhookVerdict> TellAsync(string id, string secret)
        {
            var (body, time) = ($$"""{"id":"{{id}}","type":"x"}""", (long)(ground.Clock.Now() - DateTime.UnixEpoch).TotalSeconds);
            var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{time}.{body}")));
            return receiver.ReceiveAsync(new StripeWebhooks(), new("", name => name is "Stripe-Signature" ? $"t={time},v1={signature}" : null, Encoding.UTF8.GetBytes(body)), Ct);
        }
    }
}
