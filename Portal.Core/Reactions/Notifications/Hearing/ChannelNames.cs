namespace Portal.Core.Reactions.Notifications;

/// <summary>What the channels are called on the wire and at a delivery.</summary>
public static class ChannelNames
{
    public const string InApp = "in_app";

    /// <summary>In the order in which people choose.</summary>
    public static readonly IReadOnlyList<(Channels Channel, string Name)> All =
    [
        (Channels.InApp, InApp),
        (Channels.Email, MailSuppression.Channel),
        (Channels.Sms, Input.Name(nameof(PhoneChannel.Sms))),
        (Channels.WhatsApp, Input.Name(nameof(PhoneChannel.Whatsapp))),
    ];

    public static string Of(Channels channel) => All.Single(c => c.Channel == channel).Name;

    /// <summary>None for a name that is no channel of ours.</summary>
    public static Channels Of(string? name) => All.FirstOrDefault(c => c.Name == name).Channel;
}
