using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Portal.Core.Domains.Integrations;

/// <summary>What the codes of WhatsApp's Cloud API mean, for people: those that tell of one message.</summary>
internal static partial class WhatsappReasons
{
    public static ReasonBook Book { get; } = new("whatsapp", Code(), new Dictionary<string, string>
    {
        ["1"] = "WhatsApp had trouble of its own.",
        ["2"] = "WhatsApp is not available at the moment.",
        ["4"] = "WhatsApp takes no more from us at the moment.",
        ["100"] = "WhatsApp did not accept something in the message.",
        ["33"] = "Our number is not known to WhatsApp any more.",
        ["368"] = "WhatsApp has blocked our account for a while.",
        ["80007"] = "WhatsApp takes no more from us at the moment.",
        ["130403"] = "The message could not be delivered.",
        ["130429"] = "WhatsApp takes no more from us at the moment.",
        ["130472"] = "WhatsApp did not deliver this marketing message because the person is part of one of its experiments.",
        ["130497"] = "WhatsApp does not let us write to people in this country.",
        ["131000"] = "WhatsApp had trouble of its own.",
        ["131005"] = "Our account may not send messages.",
        ["131008"] = "Something is missing in the message.",
        ["131009"] = "WhatsApp did not accept something in the message.",
        ["131016"] = "WhatsApp is not available at the moment.",
        ["131021"] = "The recipient is our own number.",
        ["131026"] = "The number is not on WhatsApp, has an old version of it, or has not accepted its terms.",
        ["131030"] = "The number is not on the list of those that our trial number may write to.",
        ["131031"] = "WhatsApp has locked our account.",
        ["131037"] = "The display name of our number has not been approved yet.",
        ["131042"] = "The way our account pays WhatsApp is not in order.",
        ["131045"] = "Our number is not registered with WhatsApp.",
        ["131047"] = "More than 24 hours have passed since the person last wrote: only an approved template reaches them now.",
        ["131048"] = "WhatsApp takes no more from us for now, because too many people called our messages unwanted.",
        ["131049"] = "WhatsApp did not deliver this marketing message so that the person does not get too many of them.",
        ["131050"] = "The person wants no marketing messages from us.",
        ["131051"] = "WhatsApp does not take this kind of message.",
        ["131052"] = "WhatsApp could not fetch what the message brings along.",
        ["131053"] = "WhatsApp could not take the picture or file in the message.",
        ["131056"] = "Too many messages went to this number in a short time.",
        ["131057"] = "Our account is being worked on at WhatsApp.",
        ["132000"] = "The template has another number of places than there were values.",
        ["132001"] = "There is no such template in this language, or it is not approved.",
        ["132005"] = "The message is too long with its values filled in.",
        ["132007"] = "The template breaks a rule of WhatsApp.",
        ["132012"] = "A value does not fit its place in the template.",
        ["132015"] = "The template is paused because of its low quality, and cannot be sent.",
        ["132016"] = "The template is switched off because of its low quality.",
        ["132068"] = "The form in the message is blocked.",
        ["132069"] = "The form in the message has been sent too often.",
        ["133004"] = "WhatsApp is not available at the moment.",
        ["133010"] = "Our number is not registered with WhatsApp.",
        ["135000"] = "WhatsApp did not accept something in the message.",
    }.ToFrozenDictionary());

    // As its statuses are kept, and as we tell of what it refused at once.
    [GeneratedRegex(@"^(?:WhatsApp Business said (?:no|\d{3}) \((?<code>\d{1,6})\)|(?<code>\d{1,6})(?:: |$))")]
    private static partial Regex Code();
}
