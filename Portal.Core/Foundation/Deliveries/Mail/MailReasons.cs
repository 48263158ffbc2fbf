using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Portal.Core.Foundation;

/// <summary>What mail servers mean by their enhanced codes (RFC 3463), for people. A provider that hands on what a server said has the same.</summary>
internal static partial class MailReasons
{
    public static ReasonBook Book { get; } = new(MailSuppression.Channel, Code(), new Dictionary<string, string>
    {
        ["5.0"] = "The receiving mail server refused it.",
        ["4.0"] = "The receiving mail server did not take it for now.",
        ["5.1"] = "The address is not one that takes mail.",
        ["4.1"] = "The address does not take mail at the moment.",
        ["5.1.0"] = "The address is not one that takes mail.",
        ["5.1.1"] = "There is no mailbox of this name.",
        ["5.1.2"] = "The part after the @ does not exist.",
        ["5.1.3"] = "The address is not written the way addresses are.",
        ["5.1.6"] = "The mailbox has moved and left no new address.",
        ["5.1.7"] = "The receiving mail server does not accept our sender address.",
        ["5.1.8"] = "The receiving mail server does not accept our sender address.",
        ["5.1.10"] = "The part after the @ takes no mail.",
        ["5.2"] = "The mailbox does not take mail.",
        ["4.2"] = "The mailbox does not take mail at the moment.",
        ["5.2.1"] = "The mailbox has been closed.",
        ["4.2.1"] = "The mailbox gets too much mail at the moment.",
        ["5.2.2"] = "The mailbox is full.",
        ["4.2.2"] = "The mailbox is full.",
        ["5.2.3"] = "The mail is larger than the mailbox takes.",
        ["5.3"] = "The receiving mail server cannot take it.",
        ["4.3"] = "The receiving mail server has trouble of its own at the moment.",
        ["5.3.4"] = "The mail is larger than the receiving mail server takes.",
        ["5.4"] = "No way to the receiving mail server was found.",
        ["4.4"] = "The receiving mail server could not be reached.",
        ["5.4.1"] = "The receiving mail server takes no mail for this address.",
        ["4.4.2"] = "The connection to the receiving mail server broke.",
        ["4.4.7"] = "The receiving mail server did not take it for too long.",
        ["5.5"] = "The receiving mail server did not understand it.",
        ["4.5.3"] = "The mail has too many recipients at once.",
        ["5.6"] = "The receiving mail server cannot deal with what is in it.",
        ["5.7"] = "The receiving side's rules did not allow it.",
        ["4.7"] = "The receiving side's rules do not allow it for now.",
        ["5.7.1"] = "The receiving side's rules did not allow it, most often because it took it for unwanted mail.",
        ["4.7.1"] = "The receiving side wants it sent again later.",
        ["5.7.23"] = "Our sender address is not allowed to come from where it came from (SPF).",
        ["5.7.25"] = "The server that sent it has no name (reverse DNS).",
        ["5.7.26"] = "Our sender address could not be proven (SPF, DKIM or DMARC).",
        ["4.7.26"] = "Our sender address could not be proven (SPF, DKIM or DMARC).",
        ["5.7.606"] = "The receiving side has blocked the server that sent it.",
    }.ToFrozenDictionary());

    // With the words that we put before a refusal ourselves, but not with those about our own login and sender.
    [GeneratedRegex(@"^(?:The mail server (?:refused it|asks to come back later): |smtp; ?)?[45]\d\d[ -]#?(?<code>[45]\.\d{1,3}\.\d{1,3})\b")]
    private static partial Regex Code();
}
