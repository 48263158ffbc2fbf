using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Portal.Core.Domains.Integrations;

/// <summary>Why SendGrid did not even try, for people: it has words in place of codes.</summary>
internal static partial class SendgridReasons
{
    public static ReasonBook Book { get; } = new(MailSuppression.Channel, Code(), new Dictionary<string, string>
    {
        ["Bounced Address"] = "Mail to this address has come back before, so it was not sent.",
        ["Spam Reporting Address"] = "The recipient has called our mail unwanted before, so it was not sent.",
        ["Unsubscribed Address"] = "The recipient has unsubscribed, so it was not sent.",
        ["Invalid"] = "The address is not one that takes mail.",
        ["Spam Content"] = "The mail looks like unwanted mail, so it was not sent.",
        ["Recipient List over Package Quota"] = "Our account may send no more mail for now.",
    }.ToFrozenDictionary());

    [GeneratedRegex("^(?<code>Bounced Address|Spam Reporting Address|Unsubscribed Address|Invalid|Spam Content|Recipient List over Package Quota)$")]
    private static partial Regex Code();
}
