using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Portal.Core.Domains.Integrations;

/// <summary>What Twilio's codes mean, for people: those of its error reference that tell of one message.</summary>
internal static partial class TwilioReasons
{
    public static ReasonBook Book { get; } = new("sms", Code(), new Dictionary<string, string>
    {
        ["21211"] = "The number is not a telephone number.",
        ["21214"] = "The number cannot be reached.",
        ["21217"] = "The number is not a telephone number.",
        ["21219"] = "The number has not been confirmed for our trial account.",
        ["21265"] = "The number is a short code, which takes no messages from us.",
        ["21408"] = "Messages to this country are not switched on at our provider.",
        ["21606"] = "Our sender number cannot write to this number.",
        ["21608"] = "The number has not been confirmed for our trial account.",
        ["21610"] = "The recipient has answered STOP and gets no more messages.",
        ["21611"] = "Our sender number has too many messages waiting.",
        ["21612"] = "There is no way from our sender number to this number.",
        ["21614"] = "The number is not that of a mobile phone.",
        ["21617"] = "The message is longer than a text message can be.",
        ["21659"] = "Our sender number cannot write to this country.",
        ["30001"] = "Too many messages were waiting at the provider.",
        ["30002"] = "Our account at the provider has been suspended.",
        ["30003"] = "The phone was switched off or out of reach.",
        ["30004"] = "The phone or its network blocks our messages.",
        ["30005"] = "The number does not exist or is not in use any more.",
        ["30006"] = "The number is a landline, or its network takes no text messages.",
        ["30007"] = "The network took the message for unwanted and did not deliver it.",
        ["30008"] = "The network did not deliver the message and did not say why.",
        ["30009"] = "A part of the message was lost on its way.",
        ["30010"] = "The message would have cost more than is allowed.",
        ["30017"] = "The phone's network has too much to do at the moment.",
        ["30018"] = "The network of this country needs our sender to be registered first.",
        ["30022"] = "The network takes no more messages from us today.",
        ["30023"] = "The network takes no more messages from us today.",
        ["30024"] = "Our sender name is not registered in this country.",
        ["30032"] = "Our toll-free number has not been verified yet.",
        ["30034"] = "Our sender number is not registered for this kind of message in the United States.",
        ["30035"] = "Our sender number is still being registered.",
        ["30036"] = "The message waited longer than it may, and was given up.",
        ["30400"] = "The network did not deliver the message and did not say why.",
        ["30410"] = "The network did not answer in time, so it is not known whether the message arrived.",
        ["30450"] = "The network sends no messages to this number for its protection.",
        ["30454"] = "Our account may send no more messages today.",
        ["30500"] = "The provider had trouble of its own.",
        ["60410"] = "The number is blocked because of misuse that came from its range.",
    }.ToFrozenDictionary());

    [GeneratedRegex(@"^(?:Error |Twilio said (?:no|\d{3}) \()(?<code>\d{5})\b")]
    private static partial Regex Code();
}
