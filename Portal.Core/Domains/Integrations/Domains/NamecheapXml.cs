using System.Xml;
using System.Xml.Linq;

namespace Portal.Core.Domains.Integrations;

/// <summary>Namecheap's answers: nothing in them is fetched or expanded, and a no is one whatever the status says.</summary>
internal static class NamecheapXml
{
    private static readonly XmlReaderSettings Strict = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

    /// <returns>The answer to the command.</returns>
    public static XElement Read(ProviderAccount account, ProviderReply reply, XNamespace ns)
    {
        var root = Parse(account, reply);
        if (root.Attribute("Status")?.Value is not "OK")
        {
            var error = root.Element(ns + "Errors")?.Elements(ns + "Error").FirstOrDefault();
            throw ProviderWords.Refused(account, Fault(error?.Attribute("Number")?.Value, error?.Value.Trim()));
        }

        return root.Element(ns + "CommandResponse") ?? throw new ProviderUnavailable(account.Provider, "Namecheap answered without an answer.") { MayHaveArrived = true };
    }

    private static ProviderFault Fault(string? number, string? words) => number switch
    {
        // Keys, addresses that may call, users.
        ['1', '0', '1', '1', ..] or ['1', '0', '5', '0', ..] or ['1', '0', '3', '0', ..] => new(number, words, RefusalOf.Account),
        "2033409" or "2033407" or "2528166" => new(number, words, RefusalOf.Account),
        "500000" => new(number, words, IsForGood: false),
        _ => new(number, words),
    };

    private static XElement Parse(ProviderAccount account, ProviderReply reply)
    {
        try
        {
            using var stream = new MemoryStream(reply.Body);
            using var reader = XmlReader.Create(stream, Strict);
            return XElement.Load(reader);
        }
        catch (XmlException e)
        {
            throw new ProviderUnavailable(account.Provider, "Namecheap answered what cannot be read.", e) { MayHaveArrived = true };
        }
    }
}

/// <summary>Namecheap wants a domain in two parts: what one registers under, and the name before it.</summary>
internal static class NamecheapName
{
    public static IEnumerable<KeyValuePair<string, string>> Fields(string domain)
    {
        var dot = domain.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0 || dot == domain.Length - 1)
            throw new Invalid("domain", "Write the domain like example.com.");
        return [new("SLD", domain[..dot]), new("TLD", domain[(dot + 1)..])];
    }
}
