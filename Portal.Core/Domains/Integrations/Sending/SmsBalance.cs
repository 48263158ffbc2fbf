namespace Portal.Core.Domains.Integrations;

/// <summary>What is left at Twilio, asked for now.</summary>
public sealed class SmsBalance(Database database, ProviderAccounts accounts, TwilioClient twilio, TimeProvider time)
{
    public async Task<SmsBalanceView> GetAsync(Actor actor, bool sandbox, CancellationToken ct = default)
    {
        // Only whether they may: nothing is read.
        await using var db = database.Open(actor, Can.ManageIntegrations);
        var account = await accounts.GetAsync(Provider.Twilio, sandbox, ct);
        var left = await twilio.BalanceAsync(account, ct);
        return new(Provider.Twilio, account.IsSandbox, left.Balance, left.Currency, time.Now());
    }
}
