namespace Portal.Core.Domains.Integrations;

/// <summary>Text messages by Twilio.</summary>
internal sealed class SmsChannel(OwnWay own, SandboxClients sandbox, ProviderAccounts accounts, Handing handing, TwilioClient twilio, Database database, PortalOptions portal)
    : ProviderChannel("sms", "text messages", own, sandbox)
{
    // By their clock, which is not ours.
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(5);
    private static readonly Actor Self = Actor.System("deliveries");
    private static readonly TimeSpan FirstLook = TimeSpan.FromHours(1);

    public override int AtOnce => 16;

    /// <summary>Twilio refuses an address that it cannot reach.</summary>
    private Uri? Callback(ProviderAccount account) => new Uri($"{portal.PublicUrl.TrimEnd('/')}/webhooks/twilio") is var address && ((address.Scheme == Uri.UriSchemeHttps && !address.IsLoopback) || account.BaseUrl.IsLoopback) ? address : null;

    protected override ValueTask<ProviderAccount?> FindAsync(bool isSandbox, CancellationToken ct) => accounts.FindAsync(Provider.Twilio, isSandbox, ct);

    protected override Task<string?> SendAsync(Delivery delivery, ProviderAccount account, CancellationToken ct)
    {
        var sms = new TwilioSms(delivery.Recipient, delivery.Body) { StatusCallback = Callback(account) };
        return handing.SendAsync(delivery, new(account, async stop => (await twilio.SendAsync(account, sms, stop)).Sid)
        {
            FindAsync = async (since, stop) => await UnclaimedAsync(delivery, [.. (await twilio.SentToAsync(account, sms.To, stop)).Where(m => m.Body == sms.Body && m.CreatedAt >= since - Apart).Select(m => m.Sid)], stop),
            LooksAfter = FirstLook,
        }, ct);
    }

    /// <returns>The first of these that is not known to be another delivery of the same words to the same number.</returns>
    private async Task<string?> UnclaimedAsync(Delivery delivery, List<string> sids, CancellationToken ct)
    {
        if (sids.Count == 0)
            return null;
        await using var db = database.Open(Self, Can.KeepHouse);
        var others = await db.Deliveries.Where(d => d.RecipientSearch == delivery.RecipientSearch && d.Channel == delivery.Channel && d.Id != delivery.Id && d.Receipt != null && sids.Contains(d.Receipt)).Select(d => d.Receipt!).ToListAsync(ct);
        return sids.Except(others).FirstOrDefault();
    }
}
