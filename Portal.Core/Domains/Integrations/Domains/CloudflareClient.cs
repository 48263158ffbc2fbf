using System.Globalization;
using System.Text.Json.Nodes;

namespace Portal.Core.Domains.Integrations;

/// <summary>Cloudflare's API v4: zones, their records, and how visitors reach them encrypted.</summary>
public sealed class CloudflareClient(ProviderHttp http) : IProviderProbe
{
    private const int MostPages = 20;

    public Provider Provider => Provider.Cloudflare;

    /// <summary>It answers for the domain once its name servers are entered where the domain is registered.</summary>
    public async Task<CloudflareZone> AddZoneAsync(ProviderAccount account, string domain, CancellationToken ct)
    {
        var owner = account.Settings["account_id"] ?? throw new RuleBroken(ProviderNames.NotConfigured, "Cloudflare has no account ID yet, which new zones belong to: an admin can enter it under Settings, Integrations.");
        var content = ProviderJson.Content(new(domain, new(owner)), CloudflareJson.Default.CloudflareNewZone);
        return (await AskAsync(account, HttpMethod.Post, "zones", "add zone", ct, content)).Read(account, CloudflareJson.Default.CloudflareAnswerCloudflareZone).Said;
    }

    public async Task<CloudflareZone?> FindZoneAsync(ProviderAccount account, string domain, CancellationToken ct) =>
        (await AskAsync(account, HttpMethod.Get, $"zones{FormFields.Query(("name", domain))}", "find zone", ct)).Read(account, CloudflareJson.Default.CloudflareAnswerIReadOnlyListCloudflareZone).Said is [var zone, ..] ? zone : null;

    /// <summary>Has Cloudflare look again whether its name servers are entered.</summary>
    public Task CheckAgainAsync(ProviderAccount account, string zone, CancellationToken ct) => AskAsync(account, HttpMethod.Put, $"{Zone(zone)}/activation_check", "check zone", ct);

    /// <summary>All records, or those of a kind or a name.</summary>
    public async Task<IReadOnlyList<CloudflareRecord>> RecordsAsync(ProviderAccount account, string zone, string? type, string? name, CancellationToken ct)
    {
        var found = new List<CloudflareRecord>();
        for (var page = 1; page <= MostPages; page++)
        {
            var path = $"{Zone(zone)}/dns_records{FormFields.Query(("type", type), ("name", name), ("per_page", "100"), ("page", page.ToString(CultureInfo.InvariantCulture)))}";
            var answer = (await AskAsync(account, HttpMethod.Get, path, "list records", ct)).Read(account, CloudflareJson.Default.CloudflareAnswerIReadOnlyListCloudflareRecord);
            found.AddRange(answer.Said);
            if (page >= (answer.ResultInfo?.TotalPages ?? 1))
                break;
        }

        return found;
    }

    /// <summary>Cloudflare takes no record twice, so a repeat is refused and does no harm.</summary>
    public Task<CloudflareRecord> AddRecordAsync(ProviderAccount account, string zone, CloudflareRecord record, CancellationToken ct) =>
        WriteAsync(account, HttpMethod.Post, $"{Zone(zone)}/dns_records", "add record", record, ct);

    public Task<CloudflareRecord> SetRecordAsync(ProviderAccount account, string zone, string id, CloudflareRecord record, CancellationToken ct) =>
        WriteAsync(account, HttpMethod.Put, $"{Zone(zone)}/dns_records/{Uri.EscapeDataString(id)}", "set record", record, ct);

    public Task RemoveRecordAsync(ProviderAccount account, string zone, string id, CancellationToken ct) =>
        AskAsync(account, HttpMethod.Delete, $"{Zone(zone)}/dns_records/{Uri.EscapeDataString(id)}", "remove record", ct);

    /// <param name="account">Whose zone it is.</param>
    /// <param name="zone">Its id.</param>
    /// <param name="mode">off, flexible, full or strict.</param>
    /// <param name="ct">Stops it.</param>
    public Task SetEncryptionAsync(ProviderAccount account, string zone, string mode, CancellationToken ct) =>
        AskAsync(account, HttpMethod.Patch, $"{Zone(zone)}/settings/ssl", "set encryption", ct, ProviderJson.Content(new(mode), CloudflareJson.Default.CloudflareValue));

    public Task SetAlwaysHttpsAsync(ProviderAccount account, string zone, bool always, CancellationToken ct) =>
        AskAsync(account, HttpMethod.Patch, $"{Zone(zone)}/settings/always_use_https", "set https", ct, ProviderJson.Content(new(always ? "on" : "off"), CloudflareJson.Default.CloudflareValue));

    /// <summary>The certificate that Cloudflare makes by itself.</summary>
    public Task SetUniversalCertificateAsync(ProviderAccount account, string zone, bool enabled, CancellationToken ct) =>
        AskAsync(account, HttpMethod.Patch, $"{Zone(zone)}/ssl/universal/settings", "set certificate", ct, ProviderJson.Content(new(enabled), CloudflareJson.Default.CloudflareSwitch));

    public async Task<IReadOnlyList<CloudflareCertificate>> CertificatesAsync(ProviderAccount account, string zone, CancellationToken ct) =>
        (await AskAsync(account, HttpMethod.Get, $"{Zone(zone)}/ssl/verification", "read certificates", ct)).Read(account, CloudflareJson.Default.CloudflareAnswerIReadOnlyListCloudflareCertificate).Said;

    public Task<ProbeAnswer> TryAsync(ProviderAccount account, CancellationToken ct) => ProviderProbes.AskAsync(async () =>
    {
        var token = (await AskAsync(account, HttpMethod.Get, "user/tokens/verify", "verify token", ct)).Read(account, CloudflareJson.Default.CloudflareAnswerCloudflareToken).Said;
        return new(token.Status is "active", token.Status is "active" ? "The token works." : $"The token is {token.Status}.", token.ExpiresOn?.ToUniversalTime());
    });

    private static string Zone(string id) => $"zones/{Uri.EscapeDataString(id)}";

    private async Task<CloudflareRecord> WriteAsync(ProviderAccount account, HttpMethod method, string path, string name, CloudflareRecord record, CancellationToken ct) =>
        (await AskAsync(account, method, path, name, ct, ProviderJson.Content(record with { Id = null }, CloudflareJson.Default.CloudflareRecord))).Read(account, CloudflareJson.Default.CloudflareAnswerCloudflareRecord).Said;

    private async Task<ProviderReply> AskAsync(ProviderAccount account, HttpMethod method, string path, string name, CancellationToken ct, ProviderContent? content = null)
    {
        var reply = await http.SendAsync(account, new(method, path, name)
        {
            Authorization = ProviderJson.Bearer(account.Token),
            Content = content,
            IsRepeatable = method != HttpMethod.Post,
            Reads = Read,
        }, ct);

        // Now and then it says no with a good status.
        return ProviderWords.Fault(Read, reply) is { } fault ? throw ProviderWords.Refused(account, fault, reply.Status) : reply;
    }

    private static ProviderFault? Read(ProviderReply reply)
    {
        if (reply.Tree() is not { } answer || answer["success"]?.GetValueKind() is not System.Text.Json.JsonValueKind.False || (answer["errors"] as JsonArray)?.FirstOrDefault() is not { } error)
            return null;
        var (code, words) = (error.Text("code"), error.Text("message"));
        return code switch
        {
            "1000" or "6003" or "6111" or "9103" or "9106" or "9109" or "10000" or "10001" => new(code, words, RefusalOf.Account),
            "971" or "10429" => null,
            _ => new(code, words),
        };
    }
}
