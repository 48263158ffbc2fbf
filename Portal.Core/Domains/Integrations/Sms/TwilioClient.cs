namespace Portal.Core.Domains.Integrations;

/// <summary>
/// Twilio's messages of 2010-04-01. It has no way to say the same message once, so one whose answer was lost is not sent again here:
/// the trouble says that it may have arrived, and <see cref="SentToAsync"/> whether it has.
/// </summary>
public sealed class TwilioClient(ProviderHttp http) : IProviderProbe
{
    private const int Latest = 50;

    public Provider Provider => Provider.Twilio;

    public async Task<TwilioMessage> SendAsync(ProviderAccount account, TwilioSms sms, CancellationToken ct) =>
        (await AskAsync(account, HttpMethod.Post, "Messages.json", "send message", ct, ProviderContent.Form(Form(account, sms)))).Read(account, TwilioJson.Default.TwilioMessage);

    /// <summary>For when no webhook came.</summary>
    public async Task<TwilioMessage> FindAsync(ProviderAccount account, string sid, CancellationToken ct) =>
        (await AskAsync(account, HttpMethod.Get, $"Messages/{Uri.EscapeDataString(sid)}.json", "find message", ct)).Read(account, TwilioJson.Default.TwilioMessage);

    /// <summary>The latest to this number: for when the answer to one of them was lost.</summary>
    public async Task<IReadOnlyList<TwilioMessage>> SentToAsync(ProviderAccount account, string to, CancellationToken ct) =>
        (await AskAsync(account, HttpMethod.Get, $"Messages.json?To={Uri.EscapeDataString(to)}&PageSize={Latest}", "list messages", ct)).Read(account, TwilioJson.Default.TwilioMessages).Messages;

    public async Task<TwilioBalance> BalanceAsync(ProviderAccount account, CancellationToken ct) =>
        (await AskAsync(account, HttpMethod.Get, "Balance.json", "read balance", ct)).Read(account, TwilioJson.Default.TwilioBalance);

    public Task<ProbeAnswer> TryAsync(ProviderAccount account, CancellationToken ct) => ProviderProbes.AskAsync(async () =>
    {
        var left = await BalanceAsync(account, ct);
        return new(true, $"The account works. Its balance is {left.Balance} {left.Currency}.");
    });

    private Task<ProviderReply> AskAsync(ProviderAccount account, HttpMethod method, string path, string name, CancellationToken ct, ProviderContent? content = null) =>
        http.SendAsync(account, new(method, $"2010-04-01/Accounts/{Uri.EscapeDataString(account.Key ?? "")}/{path}", name)
        {
            Authorization = ProviderJson.Basic(account.Key, account.Secret),
            Content = content,
            Reads = Read,
        }, ct);

    private static IEnumerable<KeyValuePair<string, string>> Form(ProviderAccount account, TwilioSms sms)
    {
        yield return new("To", sms.To);
        if (sms.StatusCallback is { } callback)
            yield return new("StatusCallback", callback.AbsoluteUri);
        var from = sms.From ?? account.Settings["from"] ?? throw new RuleBroken("provider_not_configured", "Twilio has no sender number yet: an admin can enter one under Settings, Integrations.");
        yield return new(from.StartsWith("MG", StringComparison.Ordinal) ? "MessagingServiceSid" : "From", from);
        yield return new("Body", sms.Body);
    }

    private static ProviderFault? Read(ProviderReply reply)
    {
        if (reply.Tree() is not { } error || error.Text("code") is not { } code)
            return null;
        var words = error.Text("message");
        return code switch
        {
            "21211" or "21217" or "21219" or "21265" or "21268" or "21269" or "21601" or "21610" or "21612" or "21614" => new(code, words, RefusalOf.Recipient),
            "20003" or "20005" or "20006" or "20008" or "20010" or "21212" or "21603" or "21611" or "21660" or "21661" or "21703" => new(code, words, RefusalOf.Account, code is "21611" ? false : null),

            // Of where this one goes, or of the two together: the next one may go.
            "21408" or "21606" or "21659" => new(code, words, RefusalOf.Request, IsForGood: true),

            "63038" => new(code, words, IsForGood: false),
            _ => new(code, words),
        };
    }
}
