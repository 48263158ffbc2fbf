using System.Text;
using System.Text.Json;

namespace Portal.Core.Domains.Integrations;

/// <summary>What a provider's answer says, in one line that may be shown and kept.</summary>
internal static class ProviderWords
{
    private const int Longest = 300;
    private const int ShortestSecret = 6;

    public static PortalException Of(ProviderAccount account, ProviderRequest request, ProviderReply reply, TimeSpan? retryAfter)
    {
        var name = ProviderNames.Of(account.Provider);
        var (word, fault) = (request.Authorization?.Parameter, Fault(request.Reads, reply));
        var said = Clean(account, word, $"{name} said {reply.Status}{(fault?.Code is { Length: > 0 } code ? $" ({code})" : "")}{(fault?.Words is { Length: > 0 } words ? $": {words}" : ".")}");

        // A redirect is not followed and so is no answer; nor is a server's trouble, or being asked to come back.
        if ((fault is null or { Of: null, IsForGood: null }) && reply.Status is < 400 or 408 or 429 or >= 500)
            return new ProviderUnavailable(account.Provider, said) { MayHaveArrived = reply.Status is not (429 or 503 or (>= 300 and < 400)), RetryAfter = retryAfter };
        return Refused(account, word, fault ?? new(null, null), said, reply.Status);
    }

    /// <summary>A no that came in an answer whose status says yes.</summary>
    public static ProviderRefused Refused(ProviderAccount account, ProviderFault fault, int status = 200)
    {
        var said = $"{ProviderNames.Of(account.Provider)} said no{(fault.Code is { Length: > 0 } code ? $" ({code})" : "")}{(fault.Words is { Length: > 0 } words ? $": {words}" : ".")}";
        return Refused(account, null, fault, Clean(account, null, said), status);
    }

    /// <summary>For the log: which code, but not the words, for they may name a person.</summary>
    public static string ForLog(Exception error) => error switch
    {
        ProviderRefused e => $"{e.Of}, {e.ProviderCode ?? "no code"}",
        ProviderUnavailable { InnerException: { } cause } => cause.GetType().Name,
        _ => "no usable answer",
    };

    /// <summary>What an answer says against us, however odd it is: a gateway's page instead of it has only its status.</summary>
    public static ProviderFault? Fault(Func<ProviderReply, ProviderFault?> reads, ProviderReply reply)
    {
        try
        {
            return reads(reply);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>In one line, without anything secret that the other side may have repeated.</summary>
    internal static string Clean(ProviderAccount account, string? word, string text)
    {
        foreach (var secret in account.Secrets.Append(word).OfType<string>().Where(s => s.Length >= ShortestSecret).OrderByDescending(s => s.Length))
            text = text.Replace(secret, "…", StringComparison.Ordinal);
        var line = new StringBuilder(Math.Min(text.Length, Longest));
        foreach (var rune in text.EnumerateRunes().Take(Longest - 1))
            line.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        return line.ToString().TrimEnd();
    }

    private static ProviderRefused Refused(ProviderAccount account, string? word, ProviderFault fault, string said, int status)
    {
        var of = fault.Of ?? (status is 401 or 403 ? RefusalOf.Account : RefusalOf.Request);
        return new(account.Provider, of, said) { ProviderCode = fault.Code is { } code ? Clean(account, word, code) : null, IsForGood = fault.IsForGood ?? status is not (408 or 409 or 425 or 429) };
    }
}
