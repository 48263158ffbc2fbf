using System.Globalization;
using System.Xml.Linq;

namespace Portal.Core.Domains.Integrations;

/// <summary>
/// Namecheap's API: one address, a command in the form, XML back, and a no that comes with status 200. Built to its public documentation
/// and the answers in its SDK's tests: unverified. The key goes in the body, so that it is in no address.
/// </summary>
public sealed class NamecheapClient(ProviderHttp http) : IProviderProbe
{
    private static readonly XNamespace Ns = "http://api.namecheap.com/xml.response";

    private static readonly string[] Roles = ["Registrant", "Tech", "Admin", "AuxBilling"];

    public Provider Provider => Provider.Namecheap;

    /// <summary>At most fifty at once.</summary>
    public async Task<IReadOnlyList<NamecheapAvailability>> CheckAsync(ProviderAccount account, IReadOnlyList<string> domains, CancellationToken ct)
    {
        var answer = await AskAsync(account, "namecheap.domains.check", [new("DomainList", string.Join(',', domains))], isRead: true, ct);
        return [.. answer.Elements(Ns + "DomainCheckResult").Select(d => new NamecheapAvailability(
            Text(d, "Domain") ?? "", Is(d, "Available"), Is(d, "IsPremiumName"), Is(d, "IsPremiumName") ? Number(d, "PremiumRegistrationPrice") : null))];
    }

    /// <summary>It costs money and cannot be undone, and Namecheap has no key to say it once: after a lost answer, look whether it is ours.</summary>
    public async Task<NamecheapRegistration> RegisterAsync(ProviderAccount account, string domain, int years, NamecheapContact contact, CancellationToken ct)
    {
        IEnumerable<KeyValuePair<string, string>> fields =
        [
            new("DomainName", domain), new("Years", years.ToString(CultureInfo.InvariantCulture)),
            .. Roles.SelectMany(role => Contact(role, contact)),
            new("AddFreeWhoisguard", "yes"), new("WGEnabled", "yes"),
        ];
        var answer = await AskAsync(account, "namecheap.domains.create", fields, isRead: false, ct);
        var result = answer.Element(Ns + "DomainCreateResult");
        return new(Text(result, "Domain") ?? domain, Is(result, "Registered"), Number(result, "ChargedAmount"), Text(result, "OrderID"));
    }

    public async Task<NamecheapHosts> HostsAsync(ProviderAccount account, string domain, CancellationToken ct)
    {
        var result = (await AskAsync(account, "namecheap.domains.dns.getHosts", NamecheapName.Fields(domain), isRead: true, ct)).Element(Ns + "DomainDNSGetHostsResult");
        return new(Is(result, "IsUsingOurDNS"), Text(result, "EmailType"), [.. (result?.Elements(Ns + "host") ?? []).Select(h => new NamecheapHost(
            Text(h, "Name") ?? "", Text(h, "Type") ?? "", Text(h, "Address") ?? "", (int?)Number(h, "MXPref"), (int)(Number(h, "TTL") ?? 1800)))]);
    }

    /// <summary>Replaces all records: who adds one sends the others along.</summary>
    public async Task SetHostsAsync(ProviderAccount account, string domain, string? emailType, IReadOnlyList<NamecheapHost> hosts, CancellationToken ct)
    {
        IEnumerable<KeyValuePair<string, string>> fields =
        [
            .. NamecheapName.Fields(domain),
            .. emailType is null ? [] : new KeyValuePair<string, string>[] { new("EmailType", emailType) },
            .. hosts.SelectMany(Host),
        ];
        await AskAsync(account, "namecheap.domains.dns.setHosts", fields, isRead: true, ct);
    }

    /// <summary>Has other name servers answer for it, as for a zone at Cloudflare.</summary>
    public Task SetNameserversAsync(ProviderAccount account, string domain, IReadOnlyList<string> nameservers, CancellationToken ct) =>
        AskAsync(account, "namecheap.domains.dns.setCustom", [.. NamecheapName.Fields(domain), new("Nameservers", string.Join(',', nameservers))], isRead: true, ct);

    /// <summary>The first hundred of the account's domains whose name contains this.</summary>
    public async Task<IReadOnlyList<NamecheapDomain>> DomainsAsync(ProviderAccount account, string? contains, CancellationToken ct)
    {
        var answer = await AskAsync(account, "namecheap.domains.getList", [new("PageSize", "100"), .. contains is null ? [] : new KeyValuePair<string, string>[] { new("SearchTerm", contains) }], isRead: true, ct);
        return [.. answer.Descendants(Ns + "Domain").Select(d => new NamecheapDomain(Text(d, "Name") ?? "", Day(d, "Created"), Day(d, "Expires"), Is(d, "IsExpired"), Is(d, "AutoRenew")))];
    }

    public Task<ProbeAnswer> TryAsync(ProviderAccount account, CancellationToken ct) => ProviderProbes.AskAsync(async () =>
    {
        await CheckAsync(account, ["example.com"], ct);
        return new(true, $"The key works{(account.IsSandbox ? " in Namecheap's sandbox" : "")}.");
    });

    /// <param name="account">Whose domains they are.</param>
    /// <param name="command">What is wanted.</param>
    /// <param name="fields">With what.</param>
    /// <param name="isRead">Whether saying it twice is the same: reads, and what sets all of something.</param>
    /// <param name="ct">Stops it.</param>
    private async Task<XElement> AskAsync(ProviderAccount account, string command, IEnumerable<KeyValuePair<string, string>> fields, bool isRead, CancellationToken ct)
    {
        var user = account.Settings["api_user"] ?? "";
        IEnumerable<KeyValuePair<string, string>> who =
            [new("ApiUser", user), new("ApiKey", account.Key ?? ""), new("UserName", account.Settings["user_name"] ?? user), new("ClientIp", account.Settings["client_ip"] ?? "127.0.0.1"), new("Command", command)];
        var reply = await http.SendAsync(account, new(HttpMethod.Post, "xml.response", command["namecheap.".Length..])
        {
            Content = ProviderContent.Form(who.Concat(fields)),
            IsRepeatable = isRead,
            Patience = TimeSpan.FromSeconds(30),
        }, ct);
        return NamecheapXml.Read(account, reply, Ns);
    }

    private static IEnumerable<KeyValuePair<string, string>> Contact(string role, NamecheapContact contact) =>
    [
        new($"{role}FirstName", contact.FirstName), new($"{role}LastName", contact.LastName), new($"{role}Address1", contact.Address1), new($"{role}City", contact.City),
        new($"{role}StateProvince", contact.StateProvince), new($"{role}PostalCode", contact.PostalCode), new($"{role}Country", contact.Country), new($"{role}Phone", contact.Phone),
        new($"{role}EmailAddress", contact.EmailAddress), .. contact.OrganizationName is { } name ? new KeyValuePair<string, string>[] { new($"{role}OrganizationName", name) } : [],
    ];

    private static IEnumerable<KeyValuePair<string, string>> Host(NamecheapHost host, int index)
    {
        var number = (index + 1).ToString(CultureInfo.InvariantCulture);
        yield return new($"HostName{number}", host.Name);
        yield return new($"RecordType{number}", host.Type);
        yield return new($"Address{number}", host.Address);
        if (host.MxPref is { } order && host.Type is "MX")
            yield return new($"MXPref{number}", order.ToString(CultureInfo.InvariantCulture));
        yield return new($"TTL{number}", host.Ttl.ToString(CultureInfo.InvariantCulture));
    }

    private static string? Text(XElement? element, string name) => element?.Attribute(name)?.Value;

    private static bool Is(XElement? element, string name) => string.Equals(Text(element, name), "true", StringComparison.OrdinalIgnoreCase);

    private static decimal? Number(XElement? element, string name) => decimal.TryParse(Text(element, name), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateOnly? Day(XElement element, string name) => DateOnly.TryParseExact(Text(element, name), "MM/dd/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
