using System.Text.RegularExpressions;

namespace Portal.Core.Domains.Integrations;

/// <summary>Resend's API. A mail with a key is one mail, however often it is sent within a day.</summary>
public sealed partial class ResendClient(ProviderHttp http) : IProviderProbe
{
    private const int LongestKey = 256;

    public Provider Provider => Provider.Resend;

    /// <returns>Its id, which its events carry.</returns>
    public async Task<string?> SendAsync(ProviderAccount account, ProviderMail mail, CancellationToken ct)
    {
        var reply = await http.SendAsync(account, new(HttpMethod.Post, "emails", "send mail")
        {
            Authorization = ProviderJson.Bearer(account.Key),
            Content = ProviderJson.Content(Wire(mail), ResendJson.Default.ResendMail),
            Headers = mail.Key is { } key ? [("Idempotency-Key", key.Length > LongestKey ? key[..LongestKey] : key)] : [],
            IsRepeatable = mail.Key is not null,
            Reads = Read,
        }, ct);
        return reply.Read(account, ResendJson.Default.ResendTaken).Id;
    }

    /// <summary>For when no webhook came.</summary>
    public async Task<ResendState> FindAsync(ProviderAccount account, string id, CancellationToken ct) =>
        (await GetAsync(account, $"emails/{Uri.EscapeDataString(id)}", "find mail", ct)).Read(account, ResendJson.Default.ResendState);

    public async Task<ProbeAnswer> TryAsync(ProviderAccount account, CancellationToken ct)
    {
        try
        {
            var domains = (await GetAsync(account, "domains", "list domains", ct)).Read(account, ResendJson.Default.ResendDomains).Data.Where(d => d.Status is "verified").Select(d => d.Name).ToList();
            return domains.Count > 0 ? new(true, $"The key works. Mail may come from {string.Join(", ", domains)}.") : new(false, "The key works, but no domain is verified yet, so no mail would be taken.");
        }
        catch (ProviderRefused e) when (e.ProviderCode is "restricted_api_key")
        {
            return new(true, "The key works and may only send mail.");
        }
        catch (ProviderRefused e)
        {
            return new(false, e.Said);
        }
    }

    internal static ResendMail Wire(ProviderMail mail) => new(mail.FromName is { } name ? $"{Plain().Replace(name, " ").Trim()} <{mail.From}>" : mail.From, [mail.To], mail.Subject)
    {
        ReplyTo = mail.ReplyTo,
        Text = mail.Text,
        Html = mail.Html,
        Headers = mail.Headers.Count == 0 ? null : mail.Headers.ToDictionary(),
        Tags = mail.Tags.Count == 0 ? null : [.. mail.Tags.Select(t => new ResendTag(Tag().Replace(t.Key, "_"), Tag().Replace(t.Value, "_")))],
        Attachments = mail.Attachments.Count == 0 ? null : [.. mail.Attachments.Select(a => new ResendAttachment(Convert.ToBase64String(a.Bytes.Span), a.Name, a.Type))],
    };

    private Task<ProviderReply> GetAsync(ProviderAccount account, string path, string name, CancellationToken ct) =>
        http.SendAsync(account, new(HttpMethod.Get, path, name) { Authorization = ProviderJson.Bearer(account.Key), Reads = Read }, ct);

    private static ProviderFault? Read(ProviderReply reply)
    {
        if (reply.Tree() is not { } error || error.Text("name") is not { } name)
            return null;
        var words = error.Text("message");
        return name switch
        {
            "missing_api_key" or "invalid_api_key" or "invalid_from_address" or "daily_quota_exceeded" or "monthly_quota_exceeded" => new(name, words, RefusalOf.Account),
            "restricted_api_key" => new(name, words, RefusalOf.Request), // it may send mail, and no more was asked of it
            "invalid_to_address" => new(name, words, RefusalOf.Recipient),
            "validation_error" when words?.Contains("`to`", StringComparison.Ordinal) is true => new(name, words, RefusalOf.Recipient),
            "rate_limit_exceeded" => null,
            "concurrent_idempotent_requests" => new(name, words, IsForGood: false),
            "invalid_idempotent_request" => new(name, words, IsForGood: true),
            _ => new(name, words),
        };
    }

    // What an address in angle brackets cannot stand beside.
    [GeneratedRegex("""[<>",;:\\\r\n]+""")]
    private static partial Regex Plain();

    // Resend takes nothing else in a tag.
    [GeneratedRegex("[^A-Za-z0-9_-]")]
    private static partial Regex Tag();
}
